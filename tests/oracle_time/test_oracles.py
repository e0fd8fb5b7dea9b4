"""Tests of what the oracles stand on: local days, business days, absence, errors, and answers computed by hand.

    python3 test_oracles.py
"""

import subprocess
import sys
import unittest
from pathlib import Path

import moment
import oracles
import seeded_faults
from calendars import CalendarData
from engine import yaml_text
from facts import Case, Record
from local_time import DAY, HOUR, MINUTE, add_months, day_of_date, instant_of, weekday, zone
from generate import Pair, pair
from open_hours import OpenHours
from ruleset import ERROR, Ruleset
from shrink import shrunk
from surroundings import ZONES
from tree import Decision, Node, Rule
from work_days import Calendar, Fault

HERE = Path(__file__).parent
AT = Node("mT", "at", "r.at")


def day(text):
    return day_of_date(*map(int, text.split("-")))


def compared(operator, text):
    instant = Node("T", f'timestamp("{text}")', str(instant_of(text)))
    return Node("bool", f"{{0}} {operator} {{1}}", f"r.saw(({{0}}) {operator} ({{1}}))", (AT, instant))


def ruleset_of(*decisions, effective=(None, None)):
    calendar = CalendarData((0, 6), ((12, 25),), (), day("2017-01-01"), day("2020-12-31"))
    return Ruleset("America/Sao_Paulo", (calendar,), effective, {}, {}, list(decisions))


def case_at(text, jobs=(), **box):
    return Case(instant_of(text), Record("Box", box), list(jobs), {})


class LocalTime(unittest.TestCase):
    def test_a_day_without_midnight_begins_when_the_clocks_have_jumped(self):
        sao_paulo = zone("America/Sao_Paulo")
        self.assertEqual(sao_paulo.start_of(day("2018-11-04")), instant_of("2018-11-04T03:00:00Z"))
        self.assertEqual(sao_paulo.day_of(instant_of("2018-11-04T02:59:59.999999Z")), day("2018-11-03"))

    def test_an_hour_that_occurs_twice_belongs_to_one_day(self):
        sao_paulo = zone("America/Sao_Paulo")
        for text in ("2019-02-17T01:30:00Z", "2019-02-17T02:30:00Z"):  # 23:30 both times
            self.assertEqual(sao_paulo.clock("getHours", instant_of(text)), 23)
            self.assertEqual(sao_paulo.day_of(instant_of(text)), day("2019-02-16"))

    def test_a_day_has_begun_even_if_the_clocks_go_back_over_its_midnight(self):
        st_johns = zone("America/St_Johns")  # 2008-11-02, 00:01 became 23:01
        midnight = instant_of("2008-11-02T00:00:00-02:30")
        self.assertEqual(st_johns.start_of(day("2008-11-02")), midnight)
        back = instant_of("2008-11-02T00:30:00-02:30")
        self.assertEqual((st_johns.clock("getHours", back), st_johns.clock("getDate", back)), (23, 1))
        self.assertEqual(st_johns.day_of(back), day("2008-11-02"))

    def test_a_day_that_never_was_is_empty(self):
        apia = zone("Pacific/Apia")
        self.assertEqual(apia.start_of(day("2011-12-30")), apia.start_of(day("2011-12-31")))
        self.assertEqual(apia.day_of(apia.start_of(day("2011-12-30"))), day("2011-12-31"))

    def test_days_follow_one_another_in_every_zone(self):
        for name, (first, last) in ZONES.items():
            for number in range(day(f"{first}-01-01"), day(f"{last}-12-31")):
                start = zone(name).start_of(number)
                self.assertLessEqual(start, zone(name).start_of(number + 1))
                if start < zone(name).start_of(number + 1):
                    self.assertEqual(zone(name).day_of(start), number)

    def test_months_end_on_the_next_day_where_theirs_is_missing(self):
        self.assertEqual(add_months(day("2019-01-31"), 1), day("2019-03-01"))
        self.assertEqual(add_months(day("2020-02-29"), 12), day("2021-03-01"))
        self.assertEqual(add_months(day("2019-12-31"), 2), day("2020-03-01"))
        self.assertEqual(weekday(day("2018-11-04")), 0)


class BusinessDays(unittest.TestCase):
    calendar = Calendar((0, 6), [(12, 25)], [day("2018-12-26")], day("2018-12-01"), day("2018-12-31"))

    def test_counts_leave_out_the_start(self):
        self.assertEqual(self.calendar.add(day("2018-12-24"), 1), day("2018-12-27"))
        self.assertEqual(self.calendar.between(day("2018-12-24"), day("2018-12-27")), 1)
        self.assertEqual(self.calendar.between(day("2018-12-27"), day("2018-12-24")), -1)
        self.assertEqual(self.calendar.following(day("2018-12-25")), day("2018-12-27"))

    def test_beyond_its_end_it_knows_nothing(self):
        self.assertRaises(Fault, self.calendar.add, day("2018-12-31"), 1)
        self.assertRaises(Fault, self.calendar.between, day("2018-12-31"), day("2019-01-01"))

    def test_a_negative_count_goes_backwards(self):
        self.assertEqual(self.calendar.add(day("2018-12-27"), -1), day("2018-12-24"))
        self.assertEqual(self.calendar.add(day("2018-12-25"), -2), day("2018-12-21"))
        self.assertRaises(Fault, self.calendar.add, day("2018-12-03"), -1)
        self.assertRaises(Fault, moment.term, -1)

    def test_absences_are_no_business_days(self):
        less = self.calendar.less(((day("2018-12-20"), day("2018-12-24")),))
        self.assertEqual(less.between(day("2018-12-19"), day("2018-12-28")), 2)
        self.assertEqual(self.calendar.between(day("2018-12-19"), day("2018-12-28")), 5)


class BusinessHours(unittest.TestCase):
    """Spans of the local day, on a calendar of May 2024 and on days in which the clocks change."""

    week = (("weekdays", (1, 2, 3, 4, 5)), ((480, 720), (780, 1080)))
    saturdays = (("weekdays", (6,)), ((540, 780),))
    half_day = (("only", day_of_date(2024, 5, 9)), ((480, 720),))
    open_day_off = (("date", (5, 30)), ((600, 840),))

    def hours(self, *rules, zone_name="America/Sao_Paulo", first="2024-05-01", last="2024-05-31", off=(), absences=()):
        days_off = [day(text) for text in off]
        return OpenHours(rules, day(first), day(last), lambda one: one in days_off, zone(zone_name), absences)

    def ends(self, hours, text, time):
        return hours.add_to(instant_of(f"{text}-03:00"), int(time * HOUR))

    def test_terms_end_as_the_language_says(self):
        """The examples of docs/language.md."""
        hours = self.hours(self.week, self.saturdays)
        self.assertEqual(self.ends(hours, "2024-05-02T16:45:00", 2), instant_of("2024-05-03T11:45:00Z"))
        self.assertEqual(self.ends(hours, "2024-05-02T17:00:00", 1), instant_of("2024-05-02T21:00:00Z"))
        self.assertEqual(self.ends(hours, "2024-05-02T20:00:00", 0), instant_of("2024-05-02T23:00:00Z"))
        away = self.hours(self.week, self.saturdays, absences=((day("2024-05-03"), day("2024-05-03")),))
        self.assertEqual(self.ends(away, "2024-05-02T17:00:00", 2), instant_of("2024-05-04T13:00:00Z"))

    def test_single_days_come_before_weekdays_and_open_days_off(self):
        hours = self.hours(self.half_day, self.open_day_off, self.week, off=["2024-05-08", "2024-05-30"])
        self.assertEqual(hours.closes_at(day("2024-05-09")), instant_of("2024-05-09T12:00:00-03:00"))
        self.assertEqual(hours.closes_at(day("2024-05-30")), instant_of("2024-05-30T14:00:00-03:00"))
        self.assertRaises(Fault, hours.closes_at, day("2024-05-08"))

    def test_the_team_is_gone_at_closing_time_and_there_at_opening_time(self):
        hours, close, open_ = self.hours(self.week), *map(instant_of, ("2024-05-02T15:00:00Z", "2024-05-02T16:00:00Z"))
        self.assertEqual([hours.is_open(close + tick) for tick in (-1, 0, 1)], [True, False, False])
        self.assertEqual([hours.is_open(open_ + tick) for tick in (-1, 0, 1)], [False, True, True])
        self.assertEqual(hours.between(close - 1, open_ + 1), 2)

    def test_hours_over_a_change_of_the_clocks_are_longer_or_shorter(self):
        every_day = ("weekdays", (0, 1, 2, 3, 4, 5, 6))
        rows = [("America/New_York", "2018-03-11", (60, 240), 2), ("America/New_York", "2018-03-11", (120, 180), 0),
                ("Europe/Lisbon", "2018-10-28", (0, 1440), 25)]
        for zone_name, date, span, length in rows:
            hours = self.hours((every_day, (span,)), zone_name=zone_name, first=date, last=date)
            self.assertEqual(hours.between(hours.known_from, hours.known_until), length * HOUR)

    def test_hours_are_read_up_to_the_end_of_the_last_known_day(self):
        hours = self.hours(self.week)
        self.assertEqual(hours.up_to(hours.known_until), 23 * 9 * HOUR)
        self.assertRaises(Fault, hours.up_to, hours.known_until + 1)
        self.assertRaises(Fault, hours.is_open, hours.known_until)
        self.assertRaises(Fault, hours.add_to, hours.known_until - 1, 1)


class Errors(unittest.TestCase):
    @staticmethod
    def fails():
        raise Fault("of the test")

    def test_what_decides_absorbs_an_error_on_either_side(self):
        self.assertFalse(moment.both(self.fails, lambda: False))
        self.assertTrue(moment.either(self.fails, lambda: True))
        self.assertRaises(Fault, moment.both, self.fails, lambda: True)
        self.assertRaises(Fault, moment.either, lambda: False, self.fails)


class Answers(unittest.TestCase):
    def until(self, ruleset, case):
        """By candidates."""
        now = ruleset.outcome(case, case.at)
        self.assertNotEqual(now[0], ERROR)
        return oracles.first_difference(ruleset, case, now, oracles.candidates(ruleset, case))

    def test_a_flip_that_changes_nothing_is_passed_over(self):
        later = (compared(">=", "2018-11-04T12:00:00Z"), compared(">", "2018-11-05T12:00:00Z"))
        rules = (Rule("one", {"state": "low"}, when=later), Rule("two", {"state": "mid"}))
        held = self.until(ruleset_of(Decision("made", gives={"state": "level"}, rules=rules)), case_at("2018-11-03T10:00:00Z"))
        self.assertEqual(held.until, instant_of("2018-11-05T12:00:00.000001Z"))
        self.assertEqual((held.first_flip, held.evaluations), (instant_of("2018-11-04T12:00:00Z"), 3))

    def test_the_last_day_in_force_ends_an_answer(self):
        decision = Decision("made", gives={"state": "level"}, rules=(Rule("one", {"state": "low"}),))
        held = self.until(ruleset_of(decision, effective=(None, day("2018-11-03"))), case_at("2018-11-03T10:00:00Z"))
        self.assertEqual(held.until, instant_of("2018-11-04T03:00:00Z"))

    def test_an_item_appears_at_its_instant_and_is_not_there_just_before(self):
        size = Node("int", "jobs.size()", "len(r.jobs())")
        job = Record("Job", {"id": "a", "opened_at": instant_of("2018-11-05T00:00:00Z"), "size": 1})
        decision = Decision("made", gives={"tally": "int"}, always={"tally": size})
        held = self.until(ruleset_of(decision), case_at("2018-11-03T10:00:00Z", [job]))
        self.assertEqual(held.until, instant_of("2018-11-05T00:00:00Z"))

    def test_before_leaves_out_what_is_dated_at_its_instant(self):
        happened = Node("bool", "has(box.h0)", 'r.has(r.case.box, "h0")')
        for instant, there in (("2018-11-03T09:00:00Z", False), ("2018-11-03T09:00:00.000001Z", True)):
            when = Node("T", "", str(instant_of(instant)))
            before = Node("bool", "before({0}, {1})", "r.before({0}, lambda r: {1})", (when, happened))
            ruleset = ruleset_of(Decision("made", gives={"truth": "bool"}, always={"truth": before}))
            case = case_at("2018-11-03T10:00:00Z", h0=instant_of("2018-11-03T09:00:00Z"))
            self.assertEqual(ruleset.outcome(case, case.at)[0], {"truth": there})

    def test_both_oracles_find_the_same(self):
        """Of pairs on whole minutes whose answer lies within the week."""
        for seed in range(1, 12, 2):
            random = pair(seed, whole_minutes=True)
            now = random.ruleset.outcome(random.case, random.case.at)
            by_minutes = oracles.first_difference(random.ruleset, random.case, now, oracles.minutes(random.ruleset, random.case))
            end = random.case.at + oracles.DAYS_BY_MINUTES * DAY
            near = [instant for instant in oracles.candidates(random.ruleset, random.case) if instant < end]
            by_candidates = oracles.first_difference(random.ruleset, random.case, now, near)
            self.assertEqual(by_minutes.until, by_candidates.until, f"seed {seed}")


class Tools(unittest.TestCase):
    def test_pairs_are_the_same_for_the_same_seed(self):
        """In another process too, where texts have other hashes."""
        code = "from generate import pair; print([pair(n, False).ruleset.yaml() for n in range(1, 17)])"
        there = {subprocess.run([sys.executable, "-c", code], cwd=HERE, env={"PYTHONHASHSEED": seed}, check=True,
                                capture_output=True).stdout for seed in "123"}
        self.assertEqual(len(there), 1)
        self.assertNotEqual(yaml_text(pair(4, False).ruleset.yaml()), yaml_text(pair(6, False).ruleset.yaml()))

    def test_a_failing_pair_is_made_smaller(self):
        rules = (Rule("one", {"state": "low"}, when=(compared(">=", "2018-11-04T12:00:00Z"),)), Rule("two", {"state": "mid"}))
        job = Record("Job", {"id": "a", "opened_at": 0, "size": 1})
        decision = Decision("made", gives={"state": "level"}, rules=rules)
        large = Pair(ruleset_of(decision), case_at("2018-11-03T10:00:00Z", [job], n0=1))
        small = shrunk(large, lambda other: any(rule.id == "one" for rule in other.ruleset.asked.rules))
        self.assertEqual([rule.when for rule in small.ruleset.asked.rules], [()])
        self.assertEqual((small.case.jobs, small.case.box.fields), ([], {}))

    def test_seeded_faults_have_their_places_in_the_sources(self):
        self.assertEqual(seeded_faults.misplaced(), [])

    def test_hours_are_the_clocks_own(self):
        start = day("2018-11-04") * DAY  # 05:45 there
        self.assertEqual(list(oracles.hours(zone("Asia/Kathmandu"), start, start + HOUR))[1], start + 15 * MINUTE)


if __name__ == "__main__":
    unittest.main()
