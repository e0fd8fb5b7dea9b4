"""Pairs that random ones seldom meet, looked at in every run: a day in which the clocks change, and ties just before an instant."""

from facts import Case, Record
from local_time import day_of_date, instant_of
from ruleset import CalendarData, Ruleset
from tree import Decision, Node, Rule

WEEK = CalendarData((0, 6), (), (), day_of_date(2017, 1, 1), day_of_date(2020, 12, 31))
CLOCKS = {"America/New_York": "2018-03-11T01:30:00-05:00", "Europe/Lisbon": "2018-10-28T00:30:00+01:00"}


def pair_of(zone_name, at, condition, **box):
    rules = (Rule("one", {"state": "low"}, when=(condition,)), Rule("two", {"state": "mid"}))
    decision = Decision("made", gives={"state": "level"}, rules=rules)
    ruleset = Ruleset(zone_name, WEEK, (None, day_of_date(2018, 12, 31)), {}, {}, [decision])
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


PINNED = [*(day_of_changing_clocks(name) for name in CLOCKS), just_before()]
