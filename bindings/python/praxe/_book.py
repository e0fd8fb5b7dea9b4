"""Books of cases: one timer for all of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from . import _core
from ._ruleset import Case, Ruleset
from ._values import Change, Wakeup


class Book:
    """Many cases, and the one instant at which the first of their answers changes.

    The book has a clock, which only `due` moves; a case is decided at the clock's instant, whatever its own `at` says.
    Any thread may use it, one at a time: the others wait. The GIL is released while it decides.
    """

    __slots__ = ("_core",)

    def __init__(
        self,
        ruleset: Ruleset,
        now: datetime.datetime | str,
        *,
        decisions: str | Sequence[str] | None = None,
        texts: bool = False,
        lang: str = "en",
        max_evaluations: int = 100_000,
        horizon: datetime.timedelta | None = None,
    ) -> None:
        """decisions: names; otherwise all questions that a case's facts can answer. The rest is as in Ruleset.decide."""
        options = ruleset._options(decisions, None, True, False, texts, lang, max_evaluations, horizon, {})
        self._core = _core.Book.open(ruleset._core, now, options)

    def put(self, case_id: str, case: Case) -> list[Change]:
        """Puts a case into the book, or other facts in place of those it has.

        `case` is a dict, JSON text or bytes, or the path of a JSON file; it is kept as JSON text. Gives what the new
        facts change; of a case that is new, all it decides. A wrong case raises CaseError and leaves the book as it was.
        """
        return self._core.put(case_id, case)

    def remove(self, case_id: str) -> bool:
        """False if there is no such case."""
        return self._core.remove(case_id)

    def next_wakeup(self) -> Wakeup | None:
        """The earliest of all; None: no answer changes by itself."""
        return next(iter(self._core.wakeups(1)), None)

    def wakeups(self, at_most: int | None = None) -> list[Wakeup]:
        """The earliest ones in order: by instant, then case, then as the ruleset orders its decisions."""
        return self._core.wakeups(at_most)

    def due(self, until: datetime.datetime | str, at_most: int | None = None) -> list[Change]:
        """Moves the clock on, and decides at its own instant each decision that is due by then.

        Gives what changes, in order. Where that are `at_most`, the clock stands at the last, and the next call goes on
        from there. The clock does not go back.
        """
        return self._core.due(until, at_most)

    @property
    def now(self) -> datetime.datetime:
        """Where the clock stands."""
        return self._core.now

    def __contains__(self, case_id: str) -> bool:
        return self._core.contains(case_id)

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        return f"<praxe.Book of {len(self)} cases at {self.now}>"
