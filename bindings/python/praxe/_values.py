"""What praxe hands out as plain values: reasons, diagnostics and errors. They can be compared, copied and pickled."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from ._core import Answer


@dataclasses.dataclass(frozen=True)
class Flip:
    """What ends an answer's validity: a comparison that turns over, or a fact dated ahead that takes effect.

    Of several at one instant it is the first that the rules come to. Each may be None.
    """

    #: The decision it stands in; None in a definition, and for the ruleset's own dates.
    decision: str | None
    rule: str | None
    #: The exception of that rule, if it stands in one.
    exception: str | None
    #: The `let` or definition that it stands in, if any.
    binding: str | None
    #: As written; None where no expression asked (a fact that is needed, or only shown).
    comparison: str | None
    #: The fact ("client.appointments[0].renewed_at") or else the parameter that it rests on; "effective.from" and
    #: "effective.until" are the ruleset's.
    fact: str | None
    #: file:line:column
    rule_at: str | None


@dataclasses.dataclass(frozen=True)
class Validity:
    """Until when an answer holds for the same case."""

    #: The first instant at which the outcome differs; None: never.
    until: datetime.datetime | None
    #: Where the search stopped: "horizon" (of the search) or "calendar" (its last known day); None: nowhere.
    limited_by: str | None
    #: Evaluations that the search took, beside the answer's own.
    evaluations: int
    #: What ends it; None unless decided with explain=True.
    because: Flip | None
    #: The outcome from then on, a DecisionError where it is one; None unless decided with explain=True, or where an
    #: item is no longer decided for.
    next: Any


@dataclasses.dataclass(frozen=True)
class Wakeup:
    """When a decision of a case is looked at again: its outcome differs then, or the search went no further."""

    at: datetime.datetime
    case_id: str
    decision: str


@dataclasses.dataclass(frozen=True)
class Change:
    """A decision of a case whose outcome is another than before."""

    at: datetime.datetime
    case_id: str
    decision: str
    #: The outcome until then, a DecisionError where it was one; None where it had none.
    before: Any
    #: The answer from then on.
    now: Answer
    #: What turned over; None where the case was put.
    because: Flip | None


@dataclasses.dataclass(frozen=True)
class DuplicateGroup:
    """Registrations that belong together; or some of which it cannot be told with whom."""

    #: In the order they were given.
    ids: tuple[str, ...]
    #: They share something with several that are told apart.
    unclear: bool
    #: What the ruleset's decision "duplicates" says of this group alone, asked without valid_until.
    answer: Answer


@dataclasses.dataclass(frozen=True)
class Cause:
    """What brought a change about in a stream of events."""

    kind: Literal["event", "time", "ruleset"]
    #: The event's id, type and number in the stream; None where it was none, or has none.
    id: str | None
    type: str | None
    line: int | None
    #: The name of the ruleset that came into force.
    ruleset: str | None
    #: The event is of an earlier instant, which had passed when it came.
    late: bool


@dataclasses.dataclass(frozen=True)
class ReplayedChange(Change):
    """A change along a stream of events."""

    cause: Cause


@dataclasses.dataclass(frozen=True)
class Because:
    """A rule that decided, or on whose outcome the answer rested."""

    decision: str
    rule: str
    #: The exception that replaced the rule's outcome, if any.
    exception: str | None
    #: The clauses cited, the deciding one first.
    cite: tuple[str, ...]
    #: What the rule says, in the language asked for; None unless decided with texts=True.
    text: str | None
    #: The same in every language.
    texts: dict[str, str]
    #: The item's key, where the decision is made per item; then valid_until is the item's own.
    item: str | None
    valid_until: datetime.datetime | None
    #: valid_until is where the search ended; the item's outcome holds at least until then.
    limited: bool
    #: The item's own, as Answer.validity; None where it has none.
    validity: Validity | None = None


@dataclasses.dataclass(frozen=True)
class AgendaItem:
    """Something to be done on a day."""

    client: str
    id: str
    kind: str
    #: The first instant at which it is late.
    due_at: datetime.datetime
    planned_at: datetime.datetime | None
    #: The last day it may be moved to; None: it cannot be moved.
    movable_until: datetime.date | None
    cite: tuple[str, ...]
    #: What is to be done, in the language asked for.
    text: str | None
    #: Whose list it was on, where it was handed over.
    handed_over_by: str | None


@dataclasses.dataclass(frozen=True)
class AgendaMove:
    """An item that is too much for the day, and a day that has room for it."""

    item: AgendaItem
    to: datetime.date


@dataclasses.dataclass(frozen=True)
class PersonDay:
    """One person's day; `over` and `moves` count what was handed over to them too."""

    person: str
    day: datetime.date
    #: By due_at, then id, then client.
    items: tuple[AgendaItem, ...]
    capacity: int
    #: How many items are too many, before anything is moved.
    over: int
    #: At most `over`, what can wait longest first.
    moves: tuple[AgendaMove, ...]
    #: It is a day of work, and they are there.
    works: bool
    away: bool
    #: Who takes over the list of somebody away; None: nobody.
    hand_over_to: str | None

    @property
    def load(self) -> int:
        """How many items there are."""
        return len(self.items)


@dataclasses.dataclass(frozen=True)
class WhyNot:
    """A rule that did not decide: its first condition that does not hold, and what that read."""

    rule: str
    item: str | None
    #: As written; None: its conditions hold, but another rule came first.
    condition: str | None
    #: "false", or the message of an error.
    value: str | None
    read: dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Working:
    """A function that rounds amounts, as it was called on the way to the answer."""

    #: The decision at work; None in a definition.
    decision: str | None
    #: As written.
    expression: str
    #: Its arguments, without the names of roundings.
    of: tuple[Any, ...]
    #: A Decimal, or a list of them.
    value: Any
    #: Each amount before rounding: "12.501", or cut, "33.33333333…".
    exact: tuple[str, ...]
    #: The parts, from 0, to which a cent that was left over went.
    odd_cents: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong with a ruleset or a case."""

    #: The file and the line and column (counted from 1, in bytes); None where facts came as a dict.
    file: str | None
    line: int | None
    column: int | None
    message: str
    #: The remedy, where there is one.
    hint: str | None
    #: The fact it is about, such as "client.appointments[0].owner"; None where it is about none.
    path: str | None


class Error(Exception):
    """Whatever praxe raises of its own."""


class CallError(Error, ValueError):
    """The call is wrong: an unknown decision, an instant without a zone."""


class _SourceError(Error):
    def __init__(self, text: str, diagnostics: list[Diagnostic]) -> None:
        super().__init__(text, diagnostics)
        self.text = text
        #: Everything that is wrong, in order.
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return self.text


class RulesetError(_SourceError):
    """A ruleset could not be loaded. As text: every place with its line, a caret and a hint."""


class CaseError(_SourceError):
    """A case could not be read. As text: everything that is wrong with it, with its place and a hint."""

    #: The number of the case in a stream of them (Ruleset.decide_many), counted from 0.
    index: int | None = None


class EventError(_SourceError):
    """An event is wrong, or does not go with the facts."""


class DecisionError(Error):
    """A decision could not be made, for want of a fact for one: the place of its answer holds this.

    code is one of missing_fact, no_such_field, no_such_key, no_such_overload, arithmetic, range, conversion, limit,
    no_rule, conflict, other. path names the fact, fact_at and rule_at are `file:line:column`; each may be None.
    """

    def __init__(
        self, decision: str, code: str, message: str, path: str | None, fact_at: str | None, rule_at: str | None
    ) -> None:
        super().__init__(decision, code, message, path, fact_at, rule_at)
        self.decision = decision
        self.code = code
        self.message = message
        self.path = path
        self.fact_at = fact_at
        self.rule_at = rule_at

    def __str__(self) -> str:
        return f"{self.decision}: {self.message}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DecisionError) and self.args == other.args

    def __hash__(self) -> int:
        return hash(self.args)
