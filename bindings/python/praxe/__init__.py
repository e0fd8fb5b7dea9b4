"""praxe decides a sales team's cases: who, until when, and why.

    import praxe
    ruleset = praxe.load(praxe.rules_path())
    answers = ruleset.decide({"at": ..., "client": {...}, "request": {...}, "staff": [...]})
    answers["lead_owner"].outcome        # {'route': 'transfer', 'owner': 'ana', ...}
    answers["lead_owner"].valid_until    # a datetime: set one timer, and ask again then
    answers["lead_owner"].because[0]     # the rule that decided, and the clause it cites

Money comes and goes as Decimal, instants as datetime with a zone. Nothing is printed and no clock is read.
"""

import pathlib as _pathlib

from ._agenda import agenda
from ._book import Book
from ._columns import DecidedBatch, DecidedColumns
from ._core import Answer, __version__
from ._measures import Indicator, Measured, Measures
from ._replay import Replay
from ._ruleset import Answers, Case, Ruleset, load
from ._values import (
    AgendaItem,
    AgendaMove,
    Because,
    CallError,
    CaseError,
    Cause,
    Change,
    DecisionError,
    Diagnostic,
    DuplicateGroup,
    Error,
    EventError,
    Flip,
    PersonDay,
    ReplayedChange,
    RulesetError,
    Validity,
    Wakeup,
    WhyNot,
    Working,
)

__all__ = [
    "AgendaItem",
    "AgendaMove",
    "Answer",
    "Answers",
    "Because",
    "Book",
    "CallError",
    "Case",
    "CaseError",
    "Cause",
    "Change",
    "DecidedBatch",
    "DecidedColumns",
    "DecisionError",
    "Diagnostic",
    "DuplicateGroup",
    "Error",
    "EventError",
    "Flip",
    "Indicator",
    "Measured",
    "Measures",
    "PersonDay",
    "Replay",
    "ReplayedChange",
    "Ruleset",
    "RulesetError",
    "Validity",
    "Wakeup",
    "WhyNot",
    "Working",
    "__version__",
    "agenda",
    "load",
    "rules_path",
]

for _class in (
    AgendaItem, AgendaMove, Answer, Answers, Because, Book, CallError, CaseError, Cause, Change, DecidedBatch, DecidedColumns, DecisionError, Diagnostic, DuplicateGroup, Error,
    EventError, Flip, Indicator, Measured, Measures, PersonDay, Replay, ReplayedChange, Ruleset, RulesetError, Validity, Wakeup, WhyNot, Working,
):  # fmt: skip
    _class.__module__ = "praxe"  # where people know them from
del _class


def rules_path(name: str = "company.yaml") -> _pathlib.Path:
    """Where a file of the rulesets that come with praxe stands: `praxe.load(praxe.rules_path())`."""
    return _pathlib.Path(__file__).parent / "rules" / name
