"""Opening hours given as data, laid out as spans of instants and added up one after another.

A rule of hours is `(days, spans)`: days is a tuple of weekdays, a `(month, day)` of every year under "date", or one day under
"only"; spans are minutes of the local day, `(from, until)`.
"""

from bisect import bisect_left, bisect_right

from local_time import DAY, FIRST_YEAR, LAST_YEAR, MINUTE, day_of_date, weekday
from work_days import Fault


class Rules:
    """The last rule that names a day holds; those of single days come first, and open days off too."""

    def __init__(self, rules):
        self.of_single_days = {day: spans for days, spans in rules for day in single_days(*days)}
        self.of_weekdays = {day: spans for (kind, which), spans in rules if kind == "weekdays" for day in which}

    def spans(self, day, is_day_off):
        if day in self.of_single_days:
            return self.of_single_days[day]
        return () if is_day_off else self.of_weekdays.get(weekday(day), ())


def single_days(kind, which):
    if kind == "date":
        return [day_of_date(year, *which) for year in range(FIRST_YEAR, LAST_YEAR)]
    return [which] if kind == "only" else []


class OpenHours:
    """While somebody is there; `absences` are first and last days on which nobody is."""

    def __init__(self, rules, first, last, is_day_off, zone, absences=()):
        self.zone, self.first, self.last = zone, first, last
        self.known_from, self.known_until = zone.start_of(first), zone.start_of(last + 1)
        self.opens, self.closes, self.before = [], [], [0]
        laid_down = Rules(rules)
        for day in range(first, last + 1):
            if any(start <= day <= end for start, end in absences):
                continue
            for start, end in laid_down.spans(day, is_day_off(day)):
                self.add(zone.shows(day * DAY + start * MINUTE), zone.shows(day * DAY + end * MINUTE))

    def add(self, opens, closes):
        if opens < closes:  # or else the clocks jump over it
            self.opens.append(opens)
            self.closes.append(closes)
            self.before.append(self.before[-1] + closes - opens)

    def up_to(self, at):
        """Opening time from the first known instant on."""
        if not self.known_from <= at <= self.known_until:
            raise Fault("the calendar knows nothing of that instant")
        span = bisect_right(self.opens, at) - 1
        return 0 if span < 0 else self.before[span] + min(at, self.closes[span]) - self.opens[span]

    def between(self, start, end):
        return self.up_to(end) - self.up_to(start)

    def add_to(self, at, time):
        """When a term of so much opening time ends."""
        last = self.up_to(at) + time
        if time == 0:
            return at
        reached = self.reached(last)
        if reached is None:
            raise Fault("the end is not known")
        return reached

    def reached(self, time):
        """The first instant up to which so much time, more than none, was opening time; nothing beyond what is known."""
        if not 0 < time <= self.before[-1]:
            return None
        span = bisect_left(self.before, time) - 1
        return self.opens[span] + time - self.before[span]

    def is_open(self, at):
        if not self.known_from <= at < self.known_until:
            raise Fault("the calendar knows nothing of that instant")
        span = bisect_right(self.opens, at) - 1
        return span >= 0 and at < self.closes[span]

    def closes_at(self, day):
        if not self.first <= day <= self.last:
            raise Fault("the calendar knows nothing of that day")
        span = bisect_left(self.opens, self.zone.start_of(day + 1)) - 1
        if span < 0 or self.closes[span] <= self.zone.start_of(day):
            raise Fault("nobody is there that day")
        return self.closes[span]
