"""The engine, in C++ (bindings/python/src)."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ._values import (
    Because,
    Change,
    DecisionError,
    DuplicateGroup,
    EventError,
    PersonDay,
    ReplayedChange,
    Validity,
    Wakeup,
    WhyNot,
    Working,
)

__version__: str

def nearest(wrong: str, known: Sequence[str]) -> str:
    """The known name nearest to a misspelt one, or an empty text."""

def duplicates(
    ruleset: Ruleset, registrations: Iterable[Mapping[str, Any]], at: datetime.datetime | str | None, texts: bool, lang: str
) -> list[DuplicateGroup]: ...

def decide_columns(ruleset: Ruleset, cases: Any, options: Options, threads: int) -> DecidedColumns: ...

class Options:
    """How cases are to be decided; made by Ruleset.options, immutable."""

class Ruleset:
    """A compiled ruleset; immutable."""

    @staticmethod
    def load(path: bytes, files: Mapping[str, str]) -> Ruleset: ...
    def options(
        self,
        *,
        decisions: Sequence[str],
        at: datetime.datetime | str | None,
        valid_until: bool,
        explain: bool,
        texts: bool,
        lang: str,
        max_evaluations: int,
        horizon: int | None,
    ) -> Options: ...
    def decide(self, case: Any, options: Options) -> tuple[Answer, ...]: ...
    def to_json(self, answers: Sequence[Answer]) -> str: ...
    def question(self, decision: str, lang: str) -> str: ...
    def word(self, name: str, lang: str) -> str: ...
    def title(self, lang: str) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def zone(self) -> datetime.tzinfo: ...
    @property
    def decisions(self) -> tuple[str, ...]: ...

class Answer:
    """What one decision answers. Immutable; keeps its ruleset alive. Made by Ruleset.decide."""

    @property
    def decision(self) -> str:
        """The decision's name."""
    @property
    def outcome(self) -> Any:
        """Plain Python values; raises the DecisionError where the decision could not be made."""
    @property
    def because(self) -> list[Because]:
        """The deciding rule first; one for each item where the decision is made per item."""
    @property
    def valid_until(self) -> datetime.datetime | None:
        """The first instant at which the outcome differs for this same case; None: never."""
    @property
    def limited(self) -> bool:
        """The search ended at its horizon, or where a calendar ends: the outcome holds at least until valid_until."""
    @property
    def validity(self) -> Validity | None:
        """Until when and what limited it; with explain=True what ends it, and the outcome from then on."""
    @property
    def error(self) -> DecisionError | None:
        """None, or the DecisionError that outcome raises."""
    @property
    def why_not(self) -> list[WhyNot]:
        """For every rule that did not decide; empty unless explain=True."""
    @property
    def workings(self) -> list[Working]:
        """How amounts came about, in the order in which they were made; empty unless explain=True."""
    def to_json(self) -> str:
        """The answer as one JSON object."""
    def _repr_html_(self) -> str: ...
    @property
    def _ruleset(self) -> Ruleset: ...
    @property
    def _lang(self) -> str: ...
    @property
    def _has_validity(self) -> bool: ...

class Book:
    """Many cases and their next wake-up."""

    @staticmethod
    def open(ruleset: Ruleset, now: datetime.datetime | str, options: Options) -> Book: ...
    def put(self, case_id: str, case: Any) -> list[Change]: ...
    def remove(self, case_id: str) -> bool: ...
    def wakeups(self, at_most: int | None) -> list[Wakeup]: ...
    def due(self, until: datetime.datetime | str, at_most: int | None) -> list[Change]: ...
    def contains(self, case_id: str) -> bool: ...
    @property
    def now(self) -> datetime.datetime: ...
    def __len__(self) -> int: ...

class Measures:
    """Indicators over many cases."""

    @staticmethod
    def open(ruleset: Ruleset, indicators: list[str], at: datetime.datetime | str | None) -> Measures: ...
    def add(self, case: Any) -> None: ...
    def results(self) -> list[tuple[str, list[dict[str, Any]], int, int, str | None]]: ...
    def to_json(self) -> str: ...
    def facts_json(self) -> str: ...
    def __len__(self) -> int: ...

class Replay:
    """A stream of events through time."""

    @staticmethod
    def open(
        rulesets: Sequence[Ruleset], events: str, options: Options, window: int, last: datetime.datetime | str | None
    ) -> Replay: ...
    def read(self, event: Any, number: int) -> list[ReplayedChange | EventError]: ...
    def advance(self, until: datetime.datetime | str) -> list[ReplayedChange | EventError]: ...
    def finish(self) -> list[ReplayedChange | EventError]: ...
    def facts(self, case_id: str) -> str | None: ...
    def cases(self) -> list[str]: ...
    def counts(self) -> dict[str, int]: ...
    @property
    def ended(self) -> bool: ...
    @property
    def now(self) -> datetime.datetime | None: ...

class Agenda:
    """Many cases, and what is on for a day."""

    @staticmethod
    def open(
        ruleset: Ruleset, day: datetime.date | str | None, at: datetime.datetime | str | None, capacity: int | None, lang: str
    ) -> Agenda: ...
    def add(self, title: str, case: Any) -> None: ...
    def plan(self) -> list[PersonDay]: ...

class DecidedColumns:
    """Answers as Arrow columns; immutable."""

    def schema(self, decision: str | None) -> object: ...
    def array(self, decision: str | None) -> object: ...
    def stream(self, decision: str | None) -> object: ...
    @property
    def decisions(self) -> tuple[str, ...]: ...
    @property
    def is_batch(self) -> bool: ...
    @property
    def rows(self) -> int: ...
