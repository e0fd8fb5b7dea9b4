"""What random cases are drawn from: the days that matter, instants beside a limit, and the many spellings of an instant."""

from datetime import date, datetime, timedelta, timezone

from civil_time import DAY, STEP, UTC, ZONE, add_business_days, business_days_up_to, day_of, easter, start_of
from facts import money_text
from ownership import INACTIVATION_DAYS

MISSING_MIDNIGHTS = [date(2015, 10, 18), date(2016, 10, 16), date(2017, 10, 15), date(2018, 11, 4)]
REPEATED_HOURS = [date(2015, 2, 21), date(2016, 2, 20), date(2017, 2, 18), date(2018, 2, 17), date(2019, 2, 16)]
TWENTIETH_OF_NOVEMBER = [date(2023, 11, 20), date(2024, 11, 20)]
LEAP_DAYS = [date(2020, 2, 29), date(2024, 2, 29)]
CARNIVALS = [easter(year) - 47 * DAY for year in (2019, 2023, 2024, 2025, 2026)]
OTHER_HOLIDAYS = ([easter(year) + days * DAY for year in (2022, 2024, 2025) for days in (-2, 60)]
                  + [date(2024, 5, 1), date(2024, 12, 25), date(2025, 1, 1), date(2025, 4, 21), date(2026, 9, 7)])
LEAP_YEARS_AGO = [date(2021, 3, 1), date(2025, 3, 1)]  # a year after 29 February
MONTH_ENDS = [date(2023, 2, 28), date(2024, 4, 30), date(2024, 12, 31), date(2025, 1, 31)]
SPECIAL_DAYS = [MISSING_MIDNIGHTS, MISSING_MIDNIGHTS, REPEATED_HOURS, REPEATED_HOURS, TWENTIETH_OF_NOVEMBER, LEAP_DAYS,
                CARNIVALS, OTHER_HOLIDAYS, MONTH_ENDS]
DAYS_AFTER = [-2, -1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 7, 8, 9, INACTIVATION_DAYS, INACTIVATION_DAYS + 1]
OFFSETS = [UTC] + [timezone(timedelta(minutes=minutes)) for minutes in (-180, -120, 330, 840, -720)]


class Drawing:
    """Every choice comes from the one random source."""

    def __init__(self, random):
        self.random = random
        self.choice = random.choice

    def chance(self, percent):
        return self.random.random() * 100 < percent

    # -- time

    def beside(self, instant):
        return instant + self.choice((-STEP, 0 * STEP, STEP))

    def within(self, first, last):
        """Some instant in [first, last), now and then on a whole second."""
        microseconds = self.random.randrange(max(1, (last - first) // STEP))
        found = first + microseconds * STEP
        return found if self.chance(50) else max(first, found.replace(microsecond=0))

    def some_time_of(self, day):
        first, end = start_of(day), start_of(day + DAY)
        return self.choice((first, first + STEP, end - STEP, end - timedelta(minutes=self.random.randrange(1, 120)),
                            self.within(first, end), self.within(first, end)))

    def text(self, instant):
        """RFC 3339 in one of its many spellings."""
        if self.chance(60):
            local = instant.astimezone(ZONE)
        else:
            local = instant.astimezone(self.choice(OFFSETS))
        spelt = local.isoformat(timespec=self.choice(("auto", "microseconds")))
        return spelt.replace("+00:00", "Z") if self.chance(70) else spelt

    def money(self, cents):
        """An amount as text or, where it is small enough for every reader, as a number."""
        if cents > 10**9 or self.chance(85):
            return money_text(cents)
        return cents // 100 if cents % 100 == 0 else cents / 100

    def spelt(self, value):
        if isinstance(value, dict):
            return {name: self.spelt(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self.spelt(member) for member in value]
        if isinstance(value, datetime):
            return self.text(value)
        return value.isoformat() if isinstance(value, date) else value


class DrawingAboutNow(Drawing):
    """Of cases built backwards: the instant of decision first, mostly at the edge of a day that matters."""

    def __init__(self, random):
        super().__init__(random)
        self.at = self.instant_of_decision()
        self.edge = day_of(self.at + STEP)  # the day that starts at, or just before or after, the instant of decision

    def instant_of_decision(self):
        if self.chance(75):
            day = self.choice(self.choice(SPECIAL_DAYS)) + self.choice(DAYS_AFTER) * DAY
        elif self.chance(12):
            day = self.choice(LEAP_YEARS_AGO) + DAY
        else:
            day = date(self.choice((2001, 2014, 2021, 2023, 2024, 2025, 2033, 2077)), 1, 15) + self.random.randrange(330) * DAY
        return self.beside(start_of(day)) if self.chance(65) else self.some_time_of(day)

    def business_start(self, count):
        """An instant whose term of `count` business days ends where the edge day starts, if a term can end there."""
        last = self.edge - DAY
        first = add_business_days(self.edge, -count - 1)
        days = [first + n * DAY for n in range(20) if business_days_up_to(first + n * DAY, last) == count]
        return self.some_time_of(self.choice(days))
