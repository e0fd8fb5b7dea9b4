"""Business days of a calendar given as data, counted one by one."""

from local_time import date_of_day, weekday


class Fault(Exception):
    """An error value: a decision that meets one has no outcome."""


class Calendar:
    """Days off of the week, of every year and single ones; unknown outside of `known`."""

    def __init__(self, week_off, days_off, single_days_off, first, last):
        self.first, self.last = first, last
        self.week_off, self.days_off, self.single_days_off = week_off, days_off, single_days_off
        self.count = {}  # business days from `first` up to and with a day
        self.business_days = []
        self.lesser = {}
        total = 0
        for day in range(first, last + 1):
            if weekday(day) not in week_off and not self.is_day_off(day):
                total += 1
                self.business_days.append(day)
            self.count[day] = total

    def is_day_off(self, day):
        """By a rule, not of the week."""
        date = date_of_day(day)
        return day in self.single_days_off or (date.month, date.day) in self.days_off

    def less(self, absences):
        """The same where the days of absences, first and last ones, are no business days."""
        if absences and absences not in self.lesser:
            away = {day for start, end in absences for day in range(start, end + 1)}
            single = away.union(self.single_days_off)
            self.lesser[absences] = Calendar(self.week_off, self.days_off, single, self.first, self.last)
        return self.lesser.get(absences, self)

    def count_up_to(self, day):
        if day not in self.count:
            raise Fault("the calendar knows nothing of that day")
        return self.count[day]

    def is_business_day(self, day):
        return self.count_up_to(day) > self.count.get(day - 1, 0)

    def between(self, start, end):
        """Business days after `start`, up to and with `end`; negative where `end` comes first."""
        return self.count_up_to(end) - self.count_up_to(start)

    def add(self, day, count):
        """The count-th business day strictly after the day, or before it where the count is negative."""
        before = self.count_up_to(day)
        if count == 0:
            return day
        number = before + count - 1 if count > 0 else before + count - self.is_business_day(day)
        if not 0 <= number < len(self.business_days):
            raise Fault("that business day is not known")
        return self.business_days[number]

    def following(self, day):
        while not self.is_business_day(day):
            day += 1
        return day

    def preceding(self, day):
        while not self.is_business_day(day):
            day -= 1
        return day

    def modified_following(self, day):
        moved = self.following(day)
        return moved if same_month(moved, day) else self.preceding(day)

    def modified_preceding(self, day):
        moved = self.preceding(day)
        return moved if same_month(moved, day) else self.following(day)

    def days_of(self, start, end, counted):
        """Business days from `start` to `end`, of which the "start", the "end" or "both" are counted."""
        self.count_up_to(start), self.count_up_to(end)
        first, last = start + (counted == "end"), end - (counted == "start")
        return sum(self.is_business_day(day) for day in range(first, last + 1))


def same_month(one, other):
    return date_of_day(one).replace(day=1) == date_of_day(other).replace(day=1)
