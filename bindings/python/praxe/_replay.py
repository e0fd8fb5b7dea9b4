"""Streams of events through time: every change of an answer, and what caused it."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, Union

from . import _core
from ._ruleset import Ruleset
from ._values import CallError, EventError, ReplayedChange

Event = Union[Mapping[str, Any], str, bytes]


class Replay:
    """Facts follow from events, and every change of an answer is told once.

    What an event does to facts is said in a file, `events.yaml` beside the ruleset's vocabulary. Time goes on to each
    event's instant; what changes by time then is told first, then what the event changes. Any thread may use it, one
    at a time. The GIL is released while it decides.
    """

    __slots__ = ("_core",)

    def __init__(
        self,
        ruleset: Ruleset | Sequence[Ruleset],
        *,
        events: str | os.PathLike[str] = "",
        decisions: str | Sequence[str] | None = None,
        window: datetime.timedelta = datetime.timedelta(0),
        last: datetime.datetime | str | None = None,
        valid_until: bool = False,
        explain: bool = False,
        texts: bool = False,
        lang: str = "en",
    ) -> None:
        """ruleset    one, or several that follow one another by their effective dates
        events     the file of types of events, where it is another than the one beside the vocabulary
        decisions  names; otherwise all questions that a client's facts can answer
        window     events wait so long, by the instants of those that follow, for earlier ones that come after them
        last       the stream ends here: later events are left out
        explain    of changes that time brings about, what turned over (`because`)
        valid_until, texts, lang   of the answers, as in Ruleset.decide
        """
        rulesets = [ruleset] if isinstance(ruleset, Ruleset) else list(ruleset)
        if not rulesets:
            raise CallError("a replay needs a ruleset")
        if window < datetime.timedelta(0):
            raise CallError(f"window is a span of time that is not negative, not {window}")
        options = rulesets[0]._options(decisions, None, valid_until, explain, texts, lang, 100_000, None, {})
        micros = window // datetime.timedelta(microseconds=1)
        self._core = _core.Replay.open([one._core for one in rulesets], os.fspath(events), options, micros, last)

    def run(
        self,
        events: Iterable[Event] | os.PathLike[str],
        *,
        until: datetime.datetime | str | None = None,
        errors: Literal["raise", "return"] = "raise",
    ) -> Iterator[ReplayedChange | EventError]:
        """Tells what events change, as they are asked for: dicts, JSON texts, or the path of a file with one a line.

        After the last one time goes on to `until`. An event that is wrong, or does not go with the facts, changes
        nothing; it raises its EventError, which ends the iterator, or with errors="return" stands in its own place.
        """
        if errors not in ("raise", "return"):
            raise CallError(f'errors is "raise" or "return", not {errors!r}')
        if isinstance(events, (str, bytes, Mapping)):
            raise CallError("this is one event: run takes many\n    hint: run([event]), or run(pathlib.Path(file))")
        given: Iterable[Event] = _lines(events) if isinstance(events, os.PathLike) else events
        return self._run(iter(given), until, errors)

    def _run(
        self, events: Iterator[Event], until: datetime.datetime | str | None, errors: str
    ) -> Iterator[ReplayedChange | EventError]:
        for number, event in enumerate(events, 1):
            yield from _told(self._core.read(event, number), errors)
            if self._core.ended:
                break
        yield from _told(self._core.finish() if until is None else self._core.advance(until), errors)

    def facts(self, case_id: str) -> dict[str, Any] | None:
        """The facts of a case as of now, as Ruleset.decide takes them; None if no event was of it."""
        text = self._core.facts(case_id)
        return None if text is None else json.loads(text)

    def cases(self) -> list[str]:
        """All cases, by id."""
        return self._core.cases()

    @property
    def now(self) -> datetime.datetime | None:
        """The instant that time has come to; None before the first event."""
        return self._core.now

    @property
    def counts(self) -> dict[str, int]:
        """How many events, duplicates, late and refused ones, changes and cases there were."""
        return self._core.counts()

    def __repr__(self) -> str:
        counts = self.counts
        return f"<praxe.Replay: {counts['events']} events of {counts['cases']} cases, {counts['changes']} changes>"


def _lines(path: os.PathLike[str]) -> Iterator[bytes]:
    with open(path, "rb") as file:
        yield from file


def _told(told: list[ReplayedChange | EventError], errors: str) -> Iterator[ReplayedChange | EventError]:
    for one in told:
        if isinstance(one, EventError) and errors == "raise":
            raise one
        yield one
