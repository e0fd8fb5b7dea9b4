"""A calendar as data with the hours of its teams: as YAML for praxe, and as what the oracles count on."""

from functools import lru_cache
from typing import NamedTuple

from local_time import date_of_day, zone
from open_hours import OpenHours
from work_days import Calendar

WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]


class CalendarData(NamedTuple):
    week_off: tuple  # 0 is Sunday
    days_off: tuple  # (month, day)
    single_days_off: tuple
    first: int
    last: int
    hours: tuple = ()  # (team, rules); "" is the only one, of whoever names no team
    name: str = "week"
    over: object = None  # the calendar underneath, whose days off count too
    drop: tuple = ()     # but for these, by name

    def yaml(self):
        off = [{"name": yearly_name(day), "date": f"{day[0]:02}-{day[1]:02}"} for day in self.days_off]
        off += [{"name": single_name(day), "only": date_of_day(day).isoformat()} for day in self.single_days_off]
        known = {"from": date_of_day(self.first).isoformat(), "until": date_of_day(self.last).isoformat()}
        hours = {team: [hours_yaml(*rule) for rule in rules] for team, rules in self.hours}
        under = [self.over.name] if self.over else []
        parts = {"calendar": self.name, "over": under, "drop": list(self.drop), "known": known, "week_off": [WEEKDAYS[day] for day in self.week_off], "days_off": off,
                 "hours": hours.get("", hours)}
        return {name: part for name, part in parts.items() if part or name not in ("over", "drop", "hours")}

    def alone(self):
        """The same with what is underneath written out; the hours underneath are nobody's here."""
        if self.over is None:
            return self
        under = self.over
        yearly = self.days_off + tuple(day for day in under.days_off if yearly_name(day) not in self.drop)
        single = self.single_days_off + tuple(day for day in under.single_days_off if single_name(day) not in self.drop)
        return self._replace(days_off=yearly, single_days_off=single, over=None, drop=())


def yearly_name(day):
    return f"yearly {day[0]}-{day[1]}"


def single_name(day):
    return f"single {day}"


def hours_yaml(days, spans):
    kind, which = days
    named = {"weekdays": lambda: [WEEKDAYS[day] for day in which], "date": lambda: f"{which[0]:02}-{which[1]:02}",
             "only": lambda: date_of_day(which).isoformat()}[kind]()
    names = {} if kind == "weekdays" else {"name": f"{kind} {named}"}
    return {**names, kind: named, "open": ["-".join(f"{time // 60:02}:{time % 60:02}" for time in span) for span in spans]}


class Known:
    """What a calendar says in a zone, worked out where it is asked for."""

    def __init__(self, data, zone_name):
        data = data.alone()
        self.days = Calendar(data.week_off, data.days_off, data.single_days_off, data.first, data.last)
        self.rules, self.zone = dict(data.hours), zone(zone_name)
        self.laid_out = {}

    def hours(self, team, absences=()):
        key = team, absences
        if key not in self.laid_out:
            days = self.days
            self.laid_out[key] = OpenHours(self.rules[team], days.first, days.last, days.is_day_off, self.zone, absences)
        return self.laid_out[key]


@lru_cache(maxsize=8)
def known(data, zone_name):
    return Known(data, zone_name)
