"""An independent reading of the policy, §1: local days, business days and terms.

Instants are aware datetimes in UTC, local days are dates.
"""

from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

UTC = timezone.utc
ZONE = ZoneInfo("America/Sao_Paulo")
DAY = timedelta(days=1)
STEP = timedelta(microseconds=1)
FIRST_YEAR, LAST_YEAR = 2000, 2079  # what the calendar `br_bank` knows


@lru_cache(maxsize=None)
def day_of(instant):
    return instant.astimezone(ZONE).date()


@lru_cache(maxsize=None)
def start_of(day):
    """The first instant of a local day; where summer time skips midnight it is 01:00."""
    midnights = (datetime.combine(day, time(fold=fold), ZONE).astimezone(UTC) for fold in (0, 1))
    return min(midnight for midnight in midnights if day_of(midnight) == day)


@lru_cache(maxsize=None)
def local_text(instant):
    return instant.astimezone(ZONE).isoformat()


def easter(year):
    """Gregorian Easter Sunday (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=None)
def days_off(year):
    """The calendar `br_bank`: national holidays, Carnival Monday and Tuesday, Corpus Christi."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"br_bank knows {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    fixed = [(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25)]
    if year >= 2024:
        fixed.append((11, 20))
    moving = (-48, -47, -2, 60)
    return {date(year, *day) for day in fixed} | {easter(year) + days * DAY for days in moving}


@lru_cache(maxsize=None)
def is_business_day(day):
    return day.weekday() < 5 and day not in days_off(day.year)


@lru_cache(maxsize=None)
def add_business_days(day, count):
    """The count-th business day strictly after the day, or before it when count is negative."""
    step = DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while not is_business_day(day):
            day += step
    return day


@lru_cache(maxsize=None)
def business_days_up_to(start, end):
    """How many business days lie after `start`, up to and with `end`."""
    return sum(is_business_day(start + n * DAY) for n in range(1, (end - start).days + 1))


@lru_cache(maxsize=None)
def business_term_end(instant, count):
    return start_of(add_business_days(day_of(instant), count) + DAY)


@lru_cache(maxsize=None)
def calendar_term_end(instant, count):
    return start_of(day_of(instant) + (count + 1) * DAY)


def a_year_after(day):
    """The day of the same number a year later; after 29 February it is 1 March."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)
