"""A ruleset as a whole: its zone, calendar, dates in force, parameters, definitions and decisions; its outcome at an instant."""

from dataclasses import dataclass
from functools import cached_property

import moment
from calendars import known
from facts import Record
from local_time import date_of_day, zone
from tree import Names, mapped, written
from work_days import Fault

ERROR = "error"  # in the place of an outcome


@dataclass
class Ruleset:
    zone: str
    calendars: tuple  # the first is the ruleset's own
    effective: tuple  # first and last day in force, or nothing
    parameters: dict  # name: (type, value)
    define: dict
    decisions: list  # the last one is asked for

    @property
    def local(self):
        return zone(self.zone)

    @cached_property
    def known(self):
        """The calendars by name; "" is the ruleset's own."""
        named = {data.name: known(data, self.zone) for data in self.calendars}
        return {"": named[self.calendars[0].name], **named}

    @cached_property
    def definitions(self):
        return mapped(self.define)

    @cached_property
    def named(self):
        return {decision.name: decision for decision in self.decisions}

    @property
    def asked(self):
        return self.decisions[-1]

    def outcome(self, case, at):
        """What was asked for at an instant, and what was looked at."""
        r = moment.Moment(self, case, at)
        try:
            return shown(self.decided(r), r), r.trace
        except Fault:
            return ERROR, r.trace

    def decided(self, r):
        self.in_force(r)
        for name, condition in self.asked.compiled["needs"]:
            if (condition is None or holds(condition, r)) and not r.has(r.case.box, name):
                raise Fault("a need is not met")
        return r.decide(self.asked.name)

    def in_force(self, r):
        first, last = self.effective
        if first is not None and not r.saw(r.at >= self.local.start_of(first)):
            raise Fault("not in force yet")
        if last is not None and r.saw(r.at >= self.local.start_of(last + 1)):
            raise Fault("no longer in force")

    def item_outcome(self, case, at, key):
        """The outcome for one item of the decision asked for, by its id; nothing where it is not there or an error."""
        r = moment.Moment(self, case, at)
        try:
            self.in_force(r)
            for name, condition in self.asked.compiled["needs"]:
                if (condition is None or holds(condition, r)) and not r.has(r.case.box, name):
                    raise Fault("a need is not met")
            items = self.asked.compiled["list"](r, Names(self.asked, {}))
            item = next((item for item in items if id_of(item) == key), None)
            return item and shown(self.asked.decide_item(r, item), r)
        except Fault:
            return ERROR

    def yaml(self):
        first, last = self.effective
        effective = {name: date_of_day(day).isoformat() for name, day in (("from", first), ("until", last)) if day is not None}
        parameters = {name: {"is": type, "value": value, "min": 0, "max": 100000, "pt": name, "en": name}
                      for name, (type, value) in self.parameters.items()}
        parts = {"ruleset": "random", "vocabulary": "vocabulary.yaml", "zone": self.zone,
                 "calendars": [f"{calendar.name}.yaml" for calendar in self.calendars], "calendar": self.calendars[0].name,
                 "effective": effective, "parameters": parameters, "define": written(self.define),
                 "decisions": {decision.name: decision.yaml() for decision in self.decisions}}
        return {name: part for name, part in parts.items() if part}


def holds(condition, r):
    try:
        return condition(r, None)
    except Fault:
        return False


def id_of(item):
    return item.fields["id"] if isinstance(item, Record) else item["id"]


def shown(value, r):
    """The outcome as it is told: a fact's record shows what has happened, what is absent is left out."""
    if isinstance(value, Record):
        fields = {name: r.seen(value, name) for name in value.fields}
        return {name: shown(fact, r) for name, fact in fields.items() if fact is not None}
    if isinstance(value, dict):
        return {name: shown(part, r) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [shown(part, r) for part in value]
    return value
