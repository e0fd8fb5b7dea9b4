"""Pairs that random ones seldom meet, looked at in every run: a day in which the clocks change, ties just before an instant,
lets gone back with, closing times, and the end of known opening hours."""

from dataclasses import replace

from calendars import CalendarData
from facts import Case, Record
from local_time import HOUR, day_of_date, day_of_text, instant_of
from ruleset import Ruleset
from tree import Decision, Node, Rule

WEEK = CalendarData((0, 6), (), (), day_of_date(2017, 1, 1), day_of_date(2020, 12, 31))
CLOCKS = {"America/New_York": "2018-03-11T01:30:00-05:00", "Europe/Lisbon": "2018-10-28T00:30:00+01:00"}


def pair_of(zone_name, at, condition, **box):
    rules = (Rule("one", {"state": "low"}, when=(condition,)), Rule("two", {"state": "mid"}))
    decision = Decision("made", gives={"state": "level"}, rules=rules)
    ruleset = Ruleset(zone_name, (WEEK,), (None, day_of_date(2018, 12, 31)), {}, {}, [decision])
    return ruleset, Case(instant_of(at), Record("Box", box), [], {})


def day_of_changing_clocks(zone_name):
    """The next day begins an hour sooner or later than the clocks said at first."""
    return pair_of(zone_name, CLOCKS[zone_name], Node("bool", f'at.getDayOfWeek("{zone_name}") == 1',
                                                      f'r.clock("getDayOfWeek", "{zone_name}", r.at) == 1'))


def just_before():
    """What is dated at the instant gone back to had not happened."""
    h0 = instant_of("2018-03-12T12:00:00Z")
    there = Node("bool", "has(box.h1)", 'r.has(r.case.box, "h1")')
    before = Node("bool", "(has(box.h0) && before(box.h0, {0}))",
                  'both(lambda: r.has(r.case.box, "h0"), lambda: r.before(r.get(r.case.box, "h0"), lambda r: {0}))', (there,))
    later = Node("bool", "({0} || at >= timestamp(\"2018-03-13T12:00:00Z\"))",
                 f"either(lambda: {{0}}, lambda: r.saw(r.at >= {instant_of('2018-03-13T12:00:00Z')}))", (before,))
    return pair_of("UTC", "2018-03-11T12:00:00Z", later, h0=h0, h1=h0)


def let_gone_back():
    """A let is worked out anew for the instant gone back to."""
    h0 = instant_of("2018-03-12T12:00:00Z")
    seen = Node("bool", "has(box.h1)", 'r.has(r.case.box, "h1")')
    condition = Node("bool", "(k0 && !before(box.h0, k0))", 'both(lambda: e.let("k0", r), lambda: not r.before('
                     'r.get(r.case.box, "h0"), lambda r: e.let("k0", r)))')
    ruleset, case = pair_of("UTC", "2018-03-11T12:00:00Z", condition, h0=h0, h1=h0)
    return replace(ruleset, decisions=[replace(ruleset.asked, lets={"k0": seen})]), case


def team_of_nights(condition, at, last):
    """Somebody is there from 1:00 to 4:00, on the day in which the clocks jump from 2:00 to 3:00 too."""
    nights = (("night", ((("weekdays", (0, 1, 2, 3, 4, 5, 6)), ((60, 240),)),)),)
    ruleset, case = pair_of("America/New_York", at, condition)
    return replace(ruleset, calendars=(WEEK._replace(last=last, hours=nights),)), case


def hours_passed(operator, hours, absences=()):
    """Since the first of these nights began."""
    began = "2018-03-10T01:00:00-05:00"
    away = "".join(f', [[date("{day}"), date("{day}")]]' for day in absences)
    days = tuple((day_of_text(day), day_of_text(day)) for day in absences)
    return Node("bool", f'business_hours_since(timestamp("{began}"), "night"{away}) {operator} business_hours("{hours}h")',
                f'r.saw(r.hours("night", absences={days}).between({instant_of(began)}, r.at) {operator} {hours * HOUR})')


def closing_with_changed_clocks():
    """Five hours have passed with the second closing time: that night has two."""
    return team_of_nights(hours_passed(">=", 5), "2018-03-10T00:00:00-05:00", day_of_date(2018, 12, 31))


def end_of_known_hours():
    """What was opened until then is read at the end of the last known day, and no more after it."""
    return team_of_nights(hours_passed(">", 5), "2018-03-10T00:00:00-05:00", day_of_date(2018, 3, 11))


def closing_time():
    """Decided at the instant at which the team leaves."""
    condition = Node("bool", 'is_open(at, "night")', 'r.saw(r.hours("night").is_open(r.at))')
    return team_of_nights(condition, "2018-03-10T04:00:00-05:00", day_of_date(2018, 12, 31))


def hours_of_someone_away():
    """The hours of the first night count for nothing."""
    condition = hours_passed(">=", 1, absences=["2018-03-10"])
    return team_of_nights(condition, "2018-03-10T12:00:00-05:00", day_of_date(2018, 12, 31))


PINNED = [*(day_of_changing_clocks(name) for name in CLOCKS), just_before(), closing_with_changed_clocks(),
          end_of_known_hours(), closing_time(), hours_of_someone_away(), let_gone_back()]
