"""A ruleset as a whole: its zone, calendar, dates in force, parameters, definitions and decisions; its outcome at an instant."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import moment
from facts import Record
from local_time import date_of_day, zone
from tree import Names, mapped, written
from work_days import Calendar, Fault

ERROR = "error"  # in the place of an outcome


class CalendarData(NamedTuple):
    week_off: tuple  # 0 is Sunday
    days_off: tuple  # (month, day)
    single_days_off: tuple
    first: int
    last: int

    @property
    def known(self):
        return calendar_of(self)

    def yaml(self):
        names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        off = [{"name": f"yearly {month}-{day}", "date": f"{month:02}-{day:02}"} for month, day in self.days_off]
        off += [{"name": f"single {day}", "only": date_of_day(day).isoformat()} for day in self.single_days_off]
        known = {"from": date_of_day(self.first).isoformat(), "until": date_of_day(self.last).isoformat()}
        return {"calendar": "week", "known": known, "week_off": [names[day] for day in self.week_off], "days_off": off}


known_calendars = {}


def calendar_of(data):
    if data not in known_calendars:
        known_calendars.clear()
        known_calendars[data] = Calendar(data.week_off, data.days_off, data.single_days_off, data.first, data.last)
    return known_calendars[data]


@dataclass
class Ruleset:
    zone: str
    calendar: CalendarData
    effective: tuple  # first and last day in force, or nothing
    parameters: dict  # name: (type, value)
    define: dict
    decisions: list  # the last one is asked for

    @property
    def local(self):
        return zone(self.zone)

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
        parts = {"ruleset": "random", "vocabulary": "vocabulary.yaml", "zone": self.zone, "calendars": ["week.yaml"],
                 "calendar": "week", "effective": effective, "parameters": parameters, "define": written(self.define),
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
