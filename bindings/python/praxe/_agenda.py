"""The day's list of each person over many cases."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from . import _core
from ._ruleset import Case, Ruleset
from ._values import CaseError, PersonDay


def agenda(
    ruleset: Ruleset,
    cases: Iterable[Case],
    *,
    day: datetime.date | str | None = None,
    at: datetime.datetime | str | None = None,
    capacity: int | None = None,
    lang: str = "en",
) -> list[PersonDay]:
    """What is on for whom on a day, what is too much, where it can move, and who takes over; in order of persons' ids.

    day       by default that of the first case: its `agenda.day`, or the local day of its instant
    at        the instant of decision, instead of the cases' own
    capacity  items a day, instead of the ruleset's

    A case that is wrong, or that cannot be decided for somebody, raises its CaseError; `index` says which it was.
    """
    planned: _core.Agenda | None = None
    for index, case in enumerate(cases):
        planned = planned or _core.Agenda.open(ruleset._core, day, at, capacity, lang)
        try:
            planned.add(f"case {index + 1}", case)
        except CaseError as error:
            error.index = index
            raise
    return [] if planned is None else planned.plan()
