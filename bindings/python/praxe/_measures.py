"""Indicators over many cases."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import _core
from ._values import CallError, CaseError


@dataclasses.dataclass(frozen=True)
class Measured:
    """The measure of all that was looked at, or of one group of it."""

    #: None where the indicator has no groups.
    group: Any
    #: Decimal for money and per cent; None where there was nothing to measure.
    value: Any
    #: Of a share or ratio what it was made of; otherwise None.
    part: Any
    whole: Any
    #: How many were looked at.
    elements: int
    #: None: there is no goal, or nothing to measure.
    goal_met: bool | None


@dataclasses.dataclass(frozen=True)
class Indicator:
    """What was measured of one indicator."""

    #: One; with groups one for each that is shown.
    measured: list[Measured]
    #: How many groups there are, shown or not.
    groups: int
    #: Cases in which something was wrong.
    cases_left_out: int
    #: Why nothing is measured: a limit was passed; otherwise None.
    error: str | None

    @property
    def value(self) -> Any:
        """Of an indicator without groups: its value."""
        if self.groups or len(self.measured) != 1:
            raise CallError(self.error or "this indicator has groups: look at measured")
        return self.measured[0].value


class Measures(Mapping[str, Indicator]):
    """Indicators by their names, in the ruleset's order. Immutable; made by Ruleset.measure."""

    __slots__ = ("_indicators", "_json", "cases", "errors", "facts")

    def __init__(self, core: _core.Measures, errors: list[CaseError]) -> None:
        self._indicators = {
            name: Indicator([Measured(**one) for one in measured], groups, left_out, error)
            for name, measured, groups, left_out, error in core.results()
        }
        self._json = core.to_json()
        #: How many cases could be read.
        self.cases = len(core)
        #: With errors="return" what was wrong, in the order of the cases.
        self.errors = errors
        #: The facts of the base that indicators stand for.
        self.facts: dict[str, Any] = json.loads(core.facts_json())

    def __getitem__(self, indicator: str) -> Indicator:
        return self._indicators[indicator]

    def __iter__(self) -> Iterator[str]:
        return iter(self._indicators)

    def __len__(self) -> int:
        return len(self._indicators)

    def to_json(self) -> str:
        """One object on one line, as the command `praxe measure --format json` writes it."""
        return self._json

    def __repr__(self) -> str:
        return f"<praxe.Measures of {self.cases} cases: {', '.join(self)}>"


def measure(core: _core.Measures, cases: Iterable[Any], errors: str) -> Measures:
    """Adds one case after another, in constant memory."""
    wrong: list[CaseError] = []
    for index, case in enumerate(cases):
        try:
            core.add(case)
        except CaseError as error:
            error.index = index
            if errors == "raise":
                raise
            wrong.append(error.with_traceback(None))
    return Measures(core, wrong)
