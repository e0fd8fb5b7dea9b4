"""Business days of a calendar given as data, counted one by one."""

from local_time import date_of_day, weekday


class Fault(Exception):
    """An error value: a decision that meets one has no outcome."""


class Calendar:
    """Days off of the week and of every year; unknown outside of `known`."""

    def __init__(self, week_off, days_off, single_days_off, first, last):
        self.first, self.last = first, last
        self.count = {}  # business days from `first` up to and with a day
        self.business_days = []
        total = 0
        for day in range(first, last + 1):
            date = date_of_day(day)
            off = weekday(day) in week_off or (date.month, date.day) in days_off or day in single_days_off
            if not off:
                total += 1
                self.business_days.append(day)
            self.count[day] = total

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
        """The count-th business day strictly after the day."""
        before = self.count_up_to(day)
        if count == 0:
            return day
        if before + count > len(self.business_days):
            raise Fault("that business day is not known")
        return self.business_days[before + count - 1]

    def following(self, day):
        while not self.is_business_day(day):
            day += 1
        return day

    def preceding(self, day):
        while not self.is_business_day(day):
            day -= 1
        return day
