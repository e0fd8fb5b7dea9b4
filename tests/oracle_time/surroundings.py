"""Where and when a random case plays: a zone, a calendar and an instant at which something happens to the clocks or the days.

Everything is drawn close to that instant: changes of the clocks, month ends, 29 February, days off, opening and closing times,
each met exactly, one microsecond (or minute) before or after, and often by several facts at once.
"""

from calendars import CalendarData, Known, single_name, yearly_name
from local_time import DAY, HOUR, MINUTE, date_of_day, day_of_date, weekday, zone

ZONES = {  # the years whose transitions are met
    "America/Sao_Paulo": (2016, 2019), "Europe/Lisbon": (2017, 2020), "America/New_York": (2017, 2020),
    "America/St_Johns": (2007, 2010),   # until 2011 the clocks went back one minute after midnight
    "America/Havana": (2017, 2019),     # and here from one o'clock to midnight
    "Asia/Beirut": (2017, 2020),        # no midnight in spring
    "Australia/Lord_Howe": (2017, 2020),  # by half an hour
    "Pacific/Apia": (2011, 2012),       # no 30 December 2011
    "Asia/Kathmandu": (2017, 2020), "UTC": (2017, 2020)}  # without transitions
SHARES = [6, 3, 2, 1, 1, 1, 2, 1, 0.5, 0.5]
WEEKS_OFF = [(0, 6), (0, 6), (0,), (5, 6)]
WEEKDAYS = [(1, 2, 3, 4, 5), (1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4)]
WHOLE_DAYS = [((8, 12), (13, 18)), ((8, 12), (13, 18)), ((9, 18),), ((8, 20),),
              ((0, 24),), ((0, 3), (22, 24)), ((1, 2.5), (23, 24))]  # changes of the clocks
HALF_DAYS = [(), ((8, 12),), ((13, 18),), ((10, 14),), ((0, 12),), ((12, 24),), ((2, 3),)]


class Surroundings:
    def __init__(self, random, whole_minutes):
        self.random, self.whole_minutes = random, whole_minutes
        self.zone_name = random.choices(list(ZONES), SHARES)[0]
        self.zone = zone(self.zone_name)
        self.years = ZONES[self.zone_name]
        self.drawn = []
        self.anchor = self.floor(self.anchor_instant())
        self.calendars = self.random_calendars()
        self.names = [("",), ("",), *((calendar.name,) for calendar in self.calendars)]
        self.teams = [(team, calendar.name if calendar != self.calendars[0] else "")
                      for calendar in self.calendars for team, _ in calendar.hours]
        self.turns = sorted(self.openings_and_closings())
        self.at = self.floor(self.anchor + self.span(-3 * DAY, 12 * HOUR))
        if random.random() < 0.2:
            self.at = self.floor(self.turn(-3 * DAY, 12 * HOUR))
        self.clock_zone = self.zone_name if random.random() < 0.8 else random.choice(list(ZONES))

    def floor(self, instant):
        return instant // MINUTE * MINUTE if self.whole_minutes else instant

    def anchor_instant(self):
        year = self.random.randint(*self.years)
        near = [t for t in self.zone.transitions if abs(self.year_of(t) - year) <= 1]
        if near and self.random.random() < 0.6:
            return self.random.choice(near)
        month = self.random.randint(1, 12)
        days = [day_of_date(year, month, 1), day_of_date(year, month, 28), day_of_date(year // 4 * 4, 2, 29),
                day_of_date(year, month, self.random.randint(1, 28)), day_of_date(year, 12, 31)]
        return self.zone.start_of(self.random.choice(days)) + self.random.choice([0, 0, 9 * HOUR, 18 * HOUR])

    def year_of(self, instant):
        return date_of_day(instant // DAY).year

    def random_calendars(self):
        """The ruleset's own, whose only hours may be those of whoever names no team, and often another."""
        own = self.random_calendar(("",) if self.random.random() < 0.2 else ("front", "back"))
        if self.random.random() < 0.4:
            return (own,)
        other = self.random_calendar(("front",))._replace(name="other")
        return own, self.laid_over(own, other) if self.random.random() < 0.5 else other

    def laid_over(self, under, calendar):
        """Without one of the days off underneath, now and then."""
        own = {yearly_name(day) for day in calendar.days_off} | {single_name(day) for day in calendar.single_days_off}
        names = [yearly_name(day) for day in under.days_off] + [single_name(day) for day in under.single_days_off]
        dropped = [name for name in names if name not in own and self.random.random() < 0.4]
        last = min(calendar.last, under.last)
        known = tuple(day for day in calendar.single_days_off if day <= last)
        return calendar._replace(over=under, drop=tuple(dropped), single_days_off=known, last=last)

    def random_calendar(self, teams):
        day = self.zone.day_of(self.anchor)
        last = day + (self.random.randint(2, 6) if self.random.random() < 0.12 else 450)
        near = [day + n for n in self.random.sample(range(-4, 7), self.random.randint(0, 3)) if day + n <= last]
        yearly = tuple((date_of_day(one).month, date_of_day(one).day) for one in near[:2] if date_of_day(one).month != 2)
        return CalendarData(self.random.choice(WEEKS_OFF), yearly, tuple(near[2:]), day - 100, last,
                            tuple((team, self.random_hours(day)) for team in teams))

    def random_hours(self, day):
        """Of weekdays, and of single days near `day`: half ones, and days off that are open."""
        choose = self.random.choice
        rules = [(("weekdays", choose(WEEKDAYS)), choose(WHOLE_DAYS))]
        if self.random.random() < 0.4:
            rules.append((("weekdays", (choose([6, 6, weekday(day), weekday(day + 1)]),)), choose(HALF_DAYS)))
        for _ in range(choose([0, 1, 1, 2])):
            single = day + self.random.randint(-3, 4)
            date = date_of_day(single)
            yearly = self.random.random() < 0.3 and date.month != 2
            rules.append((("date", (date.month, date.day)) if yearly else ("only", single), choose(HALF_DAYS)))
        return tuple((days, tuple((int(start * 60), int(end * 60)) for start, end in spans)) for days, spans in rules)

    def openings_and_closings(self):
        """Near the anchor."""
        day = self.zone.day_of(self.anchor)
        for calendar in self.calendars:
            known_near = Known(calendar._replace(first=day - 4, last=min(day + 4, calendar.last)), self.zone_name)
            for team, _ in calendar.hours:
                hours = known_near.hours(team)
                yield from (*hours.opens, *hours.closes)

    def turn(self, low, high):
        """An opening or a closing, or close to one."""
        turns = [turn for turn in self.turns if low <= turn - self.anchor <= high]
        return self.random.choice(turns or [self.anchor]) + self.random.choice([0, 0, 1, -1, MINUTE, -MINUTE, HOUR, -HOUR])

    def span(self, low, high):
        """A difference between instants: none, the smallest, or a round one."""
        small = MINUTE if self.whole_minutes else 1
        choices = [0, small, -small, MINUTE, -MINUTE, HOUR, -HOUR, 90 * MINUTE, -90 * MINUTE, DAY, -DAY,
                   self.random.randint(-72, 72) * HOUR, self.random.randint(-72, 72) * HOUR,
                   self.random.randint(-4000, 4000) * MINUTE, self.random.randint(-4 * DAY, 4 * DAY)]
        return self.random.choice([choice for choice in choices if low <= choice <= high])

    def instant(self, low=-4 * DAY, high=4 * DAY):
        kind = self.random.random()
        if self.drawn and kind < 0.25:
            instant = self.random.choice(self.drawn)
        elif self.drawn and kind < 0.3:
            instant = self.random.choice(self.drawn) + self.span(-1, 1)
        elif kind < 0.4:
            instant = self.turn(low, high)
        elif kind < 0.6:
            instant = self.anchor + self.span(low, high)
        elif kind < 0.75:
            instant = self.at + self.span(low, high)
        else:
            instant = self.zone.start_of(self.day()) + self.random.choice([0, 0, -1, 1, 9 * HOUR, 18 * HOUR])
        self.drawn.append(self.floor(instant))
        return self.drawn[-1]

    def day(self):
        day = self.zone.day_of(self.anchor) + self.random.choice([-3, -2, -1, -1, 0, 0, 0, 1, 1, 2, 3, 4])
        return day - date_of_day(day).day if self.random.random() < 0.05 else day

    def weekday(self):
        return weekday(self.day())
