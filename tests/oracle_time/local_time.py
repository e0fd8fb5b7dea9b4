"""Local time from the zone database alone: offsets, days, parts of the clock, instants as text.

Instants are integers of microseconds since 1970-01-01T00:00:00Z, days are integers since 1970-01-01. A local day runs from
its first instant to the next day's first instant, also where the clocks skip midnight or go back over it.
"""

from bisect import bisect_right
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
EPOCH_DAY = date(1970, 1, 1).toordinal()
FIRST_YEAR, LAST_YEAR = 2000, 2034  # what the zones below know


def day_of_date(year, month, day):
    return date(year, month, day).toordinal() - EPOCH_DAY


def date_of_day(day):
    return date.fromordinal(day + EPOCH_DAY)


def weekday(day):
    """0 is Sunday."""
    return (day + 4) % 7


def add_months(day, months):
    """The day of the same number so many months later, or the first of the next month where that is missing."""
    start = date_of_day(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    try:
        return day_of_date(year, month + 1, start.day)
    except ValueError:  # never in December
        return day_of_date(year, month + 2, 1)


class Zone:
    """Offsets as a list of spans: from `starts[i]` on, local time is `offsets[i]` microseconds ahead of UTC."""

    def __init__(self, name):
        self.name = name
        self.info = ZoneInfo(name)
        self.starts, self.offsets = [-(10**20)], []
        first, last = (day_of_date(year, 1, 1) * DAY for year in (FIRST_YEAR, LAST_YEAR))
        self.offsets.append(self.asked_offset(first))
        for step in range(first, last, DAY):
            self.find_transitions(step, step + DAY)
        self.transitions = self.starts[1:]

    def asked_offset(self, instant):
        there = (EPOCH + timedelta(microseconds=instant)).astimezone(self.info).utcoffset()
        return there // timedelta(microseconds=1)

    def find_transitions(self, low, high):
        if self.asked_offset(high) == self.offsets[-1]:
            return
        while high - low > 1:
            middle = (low + high) // 2
            if self.asked_offset(middle) == self.offsets[-1]:
                low = middle
            else:
                high = middle
        self.starts.append(high)
        self.offsets.append(self.asked_offset(high))

    def offset(self, instant):
        return self.offsets[bisect_right(self.starts, instant) - 1]

    @lru_cache(maxsize=None)
    def start_of(self, day):
        """The first instant at which the clocks show this date or a later one."""
        return self.shows(day * DAY)

    def shows(self, local):
        """The first instant at which the clocks show this date and time, or a later one."""
        span = max(0, bisect_right(self.starts, local - 2 * DAY) - 1)
        while True:
            start = max(self.starts[span], local - self.offsets[span])
            if span + 1 == len(self.starts) or start < self.starts[span + 1]:
                return start
            span += 1

    def day_of(self, instant):
        day = (instant + self.offset(instant)) // DAY
        while self.start_of(day + 1) <= instant:
            day += 1
        return day

    def clock(self, part, instant):
        """What CEL calls a part of the clock, as the clocks on the wall show it."""
        local = instant + self.offset(instant)
        return CLOCK_PARTS[part](local // DAY, local % DAY)

    def text(self, instant):
        there = timezone(timedelta(microseconds=self.offset(instant)))
        return (EPOCH + timedelta(microseconds=instant)).astimezone(there).isoformat()


CLOCK_PARTS = {
    "getMinutes": lambda day, time: time // MINUTE % 60,
    "getHours": lambda day, time: time // HOUR,
    "getDayOfWeek": lambda day, time: weekday(day),
    "getDate": lambda day, time: date_of_day(day).day,
    "getDayOfMonth": lambda day, time: date_of_day(day).day - 1,
    "getMonth": lambda day, time: date_of_day(day).month - 1,
    "getDayOfYear": lambda day, time: day - day_of_date(date_of_day(day).year, 1, 1),
    "getFullYear": lambda day, time: date_of_day(day).year,
}

zone = lru_cache(maxsize=None)(Zone)


def instant_of(text):
    """Microseconds of an RFC 3339 text."""
    return (datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) // timedelta(microseconds=1)


def day_of_text(text):
    return date.fromisoformat(text).toordinal() - EPOCH_DAY
