"""The abstract tree of a ruleset: one tree that is written as YAML with CEL for praxe and compiled to Python for the oracles.

A compiled expression takes the moment `r` (moment.py) and the names `e` bound in the decision at work.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Optional

import moment
from facts import LEVELS
from local_time import add_months
from work_days import Fault

NAMES = {"add_months": add_months, **{name: getattr(moment, name) for name in (
    "both", "either", "exists", "every_one", "exactly_one", "those", "given", "term", "quotient")}}


GIVEN_TYPES = {"T": "timestamp", "D": "date", "int": "int", "bool": "bool", "job": "Job"}  # of arguments


class Node(NamedTuple):
    """An expression; `cel` and `python` are templates with a place for each argument and for the variable it binds."""

    gives: str
    cel: str
    python: str
    arguments: tuple = ()
    variable: str = ""

    def write(self, language):
        template = self.cel if language == "cel" else self.python
        texts = (argument.write(language) for argument in self.arguments)
        return template.format(*texts, v=self.variable)

    def compiled(self):
        return eval(f"lambda r, e: {self.write('python')}", NAMES)  # noqa: S307 - text of our own making


class Names(dict):
    """The arguments and variables of a decision at work, and its lets."""

    def __init__(self, decision, bound):
        super().__init__(bound)
        self.decision = decision

    def let(self, name, r):
        return self.decision.compiled_lets[name](r, self)


def mapped(nodes):
    return {name: node.compiled() for name, node in nodes.items()}


@dataclass(frozen=True)
class Exception_:
    id: str
    when: tuple
    then: dict


class Cell(NamedTuple):
    """A condition in a table: the column's name, what stands in the cell, and the same as a condition."""

    column: str
    text: str
    node: Node


@dataclass(frozen=True)
class Rule:
    id: str
    then: dict  # by field: the member of a closed set, or a node
    when: tuple = ()
    any: tuple = ()
    unless: tuple = ()
    cells: tuple = ()
    exceptions: tuple = ()
    group: Optional[Node] = None  # the condition of a group that holds this rule and those beside it with the same

    @cached_property
    def conditions(self):
        """All must hold."""
        group = (self.group,) if self.group else ()
        hold = [node.compiled() for node in (*group, *self.when, *(cell.node for cell in self.cells))]
        if self.any:
            parts = [node.compiled() for node in self.any]
            hold.append(lambda r, e: moment.some([lambda part=part: part(r, e) for part in parts]))
        return hold + [negated(node.compiled()) for node in self.unless]

    @cached_property
    def outputs(self):
        return outputs_of(self.then)

    @cached_property
    def compiled_exceptions(self):
        return [([node.compiled() for node in one.when], outputs_of(one.then)) for one in self.exceptions]


def negated(condition):
    return lambda r, e: not condition(r, e)


def outputs_of(then):
    return {name: value.compiled() if isinstance(value, Node) else lambda r, e, member=value: member
            for name, value in then.items()}


def all_hold(conditions, r, e):
    """What is false decides, on whichever side an error stands."""
    fault = None
    for condition in conditions:
        try:
            if not condition(r, e):
                return False
        except Fault as error:
            fault = fault or error
    if fault:
        raise fault
    return True


@dataclass
class Decision:
    name: str
    hit: str = "first"
    given: dict = field(default_factory=dict)  # name: type
    each: Optional[tuple] = None  # variable, list
    pick: Optional[tuple] = None
    where: Optional[Node] = None
    order: tuple = ()
    gives: dict = field(default_factory=dict)
    optional: tuple = ()
    lets: dict = field(default_factory=dict)
    always: dict = field(default_factory=dict)
    rules: tuple = ()
    table: tuple = ()  # its columns, if the rules are its rows
    needs: tuple = ()  # (field of the box, condition or nothing)
    require: tuple = ()

    @cached_property
    def compiled_lets(self):
        return mapped(self.lets)

    @cached_property
    def compiled(self):
        return {
            "list": (self.each or self.pick)[1].compiled() if self.each or self.pick else None,
            "where": self.where.compiled() if self.where else None,
            "order": [key.compiled() for key in self.order], "always": outputs_of(self.always),
            "needs": [(name, condition and condition.compiled()) for name, condition in self.needs],
            "require": [node.compiled() for node in self.require]}

    # ---- deciding
    def decide(self, r, bound):
        if self.each:
            items = self.compiled["list"](r, Names(self, bound))
            made = [self.decide_item(r, item) for item in items]
            return [outcome for outcome in made if outcome is not None]
        if self.pick:
            return self.best(r, Names(self, bound))
        return self.outcome(r, Names(self, bound))

    def decide_item(self, r, item):
        """The outcome for one item of a decision made per item; nothing where `where` leaves it out."""
        e = Names(self, {self.each[0]: item})
        if self.where and not self.compiled["where"](r, e):
            return None
        return self.outcome(r, e)

    def best(self, r, e):
        best, best_keys = None, None
        for item in self.compiled["list"](r, e):
            e[self.pick[0]] = item
            if self.where and not self.compiled["where"](r, e):
                continue
            keys = [key(r, e) for key in self.compiled["order"]]
            if best_keys is None or keys < best_keys:
                best, best_keys = item, keys
        return best

    def outcome(self, r, e):
        for required in self.compiled["require"]:
            if required(r, e) is False:
                raise Fault("what is required is false")
        if not self.rules:
            return self.made(r, e)
        applying = []
        fault = None
        for rule in self.rules:
            try:
                if all_hold(rule.conditions, r, e):
                    applying.append(rule)
                    if self.hit == "first":
                        break
            except Fault as error:
                if self.hit == "first":
                    raise
                fault = fault or error
        if fault:
            raise fault
        if self.hit == "unique" and len(applying) > 1:
            raise Fault("two rules apply")
        outcomes = [self.fire(r, e, rule) for rule in applying]
        return self.one_of(outcomes)

    def one_of(self, outcomes):
        if self.hit in ("collect", "rule_order"):
            return outcomes
        if not outcomes:
            raise Fault("no rule applies")
        if self.hit == "any" and any(outcome != outcomes[0] for outcome in outcomes):
            raise Fault("rules that apply differ")
        if self.hit == "priority":
            return min(outcomes, key=lambda outcome: LEVELS.index(outcome["state"]))
        return outcomes[0]

    def fire(self, r, e, rule):
        general = self.made(r, e, rule.outputs)
        if not rule.exceptions:
            return general
        for conditions, outputs in rule.compiled_exceptions:
            names = Names(self, {**e, "general": general})
            if all_hold(conditions, r, names):
                return self.made(r, names, outputs)
        return general

    def made(self, r, e, outputs=()):
        made = {name: output(r, e) for name, output in self.compiled["always"].items()}
        for name in outputs:
            made[name] = outputs[name](r, e)
        return made

    # ---- as YAML
    def yaml(self):
        parts = {
            "needs": [need_yaml(*need) for need in self.needs], "require": [node.write("cel") for node in self.require],
            "given": {name: GIVEN_TYPES[type] for name, type in self.given.items()},
            "each": bound_yaml(self.each), "pick": bound_yaml(self.pick),
            "where": self.where and self.where.write("cel"), "order": [key.write("cel") for key in self.order],
            "gives": self.gives, "optional": list(self.optional), "let": written(self.lets), "always": written(self.always)}
        if self.rules:
            parts["hit"] = self.hit
            if self.hit == "priority":
                parts["priority"] = "state"
            if self.table:
                parts["table"] = self.table_text()
            else:
                parts["rules"] = self.rules_yaml()
        return {name: part for name, part in parts.items() if part}

    def rules_yaml(self):
        rules = []
        for rule in self.rules:
            if rule.group is None:
                rules.append(rule_yaml(rule))
            elif rules and rules[-1].get("when") == rule.group.write("cel") and "rules" in rules[-1]:
                rules[-1]["rules"].append(rule_yaml(rule))
            else:
                rules.append({"group": {"pt": "grupo", "en": "group"}, "when": rule.group.write("cel"),
                              "rules": [rule_yaml(rule)]})
        return rules

    def table_text(self):
        outputs = list(self.rules[0].then)
        lines = [" | ".join(["id", *self.table]) + " || " + " | ".join(outputs)]
        for rule in self.rules:
            cells = {cell.column: cell.text for cell in rule.cells}
            row = [rule.id, *(cells.get(column, "-") for column in self.table)]
            lines.append(" | ".join(row) + " || " + " | ".join(text_of(rule.then[name]) for name in outputs))
        return "\n".join(lines) + "\n"


def text_of(value):
    return value.write("cel") if isinstance(value, Node) else value


def written(nodes):
    return {name: text_of(value) for name, value in nodes.items()}


def bound_yaml(bound):
    return bound and {bound[0]: bound[1].write("cel")}


def need_yaml(name, condition):
    return {f"box.{name}": condition.write("cel")} if condition else f"box.{name}"


def rule_yaml(rule):
    parts = {"id": rule.id, "when": [node.write("cel") for node in rule.when], "any": [node.write("cel") for node in rule.any],
             "unless": [node.write("cel") for node in rule.unless], "then": written(rule.then),
             "except": [{"id": one.id, "when": [node.write("cel") for node in one.when], "then": written(one.then)}
                        for one in rule.exceptions]}
    return {name: part for name, part in parts.items() if part}
