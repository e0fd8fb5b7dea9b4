"""What a ruleset sees at one instant: facts that have happened, its decisions, and the absorbing rules of errors.

Compiled expressions (tree.py) call what stands here; nothing is known of how the engine works. `trace` notes each comparison
with the instant and each look at whether something has happened: as long as it is the same, so is the outcome.
"""

from facts import FIELDS
from local_time import zone
from work_days import Fault


def both(left, right):
    """a && b: what is false decides, on whichever side an error stands."""
    return every((left, right))


def either(left, right):
    return some((left, right))


def every(conditions):
    fault = None
    for condition in conditions:
        try:
            if not condition():
                return False
        except Fault as error:
            fault = fault or error
    if fault:
        raise fault
    return True


def some(conditions):
    fault = None
    for condition in conditions:
        try:
            if condition():
                return True
        except Fault as error:
            fault = fault or error
    if fault:
        raise fault
    return False


def exists(items, holds):
    return some([lambda item=item: holds(item) for item in items])


def every_one(items, holds):
    return every([lambda item=item: holds(item) for item in items])


def exactly_one(items, holds):
    return sum([holds(item) for item in items]) == 1


def those(items, holds):
    return [item for item in items if holds(item)]


def given(value):
    if value is None:
        raise Fault("there is no value")
    return value


def term(length):
    if length < 0:
        raise Fault("a term cannot be negative")
    return length


def quotient(dividend, divisor):
    """Whole, towards zero."""
    if divisor == 0:
        raise Fault("division by zero")
    whole = abs(dividend) // abs(divisor)
    return whole if (dividend < 0) == (divisor < 0) else -whole


class Moment:
    """A ruleset over one case at one instant; strictly before it, what is dated at it has not happened."""

    def __init__(self, ruleset, case, at, strictly_before=False):
        self.ruleset, self.case, self.at, self.strictly_before = ruleset, case, at, strictly_before
        self.zone, self.calendar = ruleset.local, ruleset.known[""].days
        self.trace = []
        self.known = {}  # definitions and decisions worked out

    def saw(self, value):
        self.trace.append(value)
        return value

    # ---- facts
    def ahead(self, instant):
        return self.saw(instant > self.at or (self.strictly_before and instant == self.at))

    def seen(self, record, name):
        """The field as it stands now, or nothing."""
        field = FIELDS[record.type][name]
        value = record.fields.get(name)
        if value is None:
            return None
        if field.happens and self.ahead(value):
            return None
        dated = record.fields.get(field.dated_by)
        if dated is not None and self.ahead(dated):
            return None
        if field.type in FIELDS and value.since() is not None and self.ahead(value.since()):
            return None
        return value

    def has(self, record, name):
        value = self.seen(record, name)
        return value is not None or FIELDS[record.type][name].absent is not None

    def get(self, record, name):
        value = self.seen(record, name)
        return given(FIELDS[record.type][name].absent if value is None else value)

    def jobs(self):
        return [job for job in self.case.jobs if not self.ahead(job.since())]

    def people(self):
        there = [id for id, person in self.case.people.items() if not self.ahead(person.since())]
        return {id: self.case.people[id] for id in sorted(there)}

    def person(self, id):
        return given(self.people().get(id))

    # ---- time
    def day(self, instant):
        return self.zone.day_of(instant)

    def days(self, name="", absences=()):
        """A calendar's business days less absences."""
        return self.ruleset.known[name].days.less(absences)

    def hours(self, team, name="", absences=()):
        return self.ruleset.known[name].hours(team, absences)

    def clock(self, part, zone_name, instant):
        return self.saw(zone(zone_name).clock(part, instant))

    def before(self, instant, expression):
        """The expression as things stood just before the instant."""
        if self.saw(instant > self.at):
            raise Fault("lies ahead")
        return expression(Moment(self.ruleset, self.case, instant, strictly_before=True))

    # ---- names
    def remembered(self, name, work_out):
        if name not in self.known:
            try:
                self.known[name] = (work_out(), None)
            except Fault as fault:
                self.known[name] = (None, fault)
        value, fault = self.known[name]
        if fault:
            raise fault
        return value

    def define(self, name):
        return self.remembered(name, lambda: self.ruleset.definitions[name](self, None))

    def decide(self, name, *arguments):
        decision = self.ruleset.named[name]
        if arguments:
            return decision.decide(self, dict(zip(decision.given, arguments)))
        return self.remembered(name, lambda: decision.decide(self, {}))
