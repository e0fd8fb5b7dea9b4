"""Two ways to find until when an outcome holds, neither of which knows how the engine does it.

By minutes: every whole minute of a week, for pairs in which everything lies on whole minutes. By candidates: every instant at
which anything might change (facts, terms, midnights, hours, changes of the clocks) and one microsecond before and after, over
two years.
"""

import ast
import re
from bisect import bisect_right
from typing import NamedTuple, Optional

from facts import instants_of
from local_time import DAY, HOUR, MINUTE, instant_of, zone

DAYS_BY_MINUTES = 7
DAYS_BY_CANDIDATES = 731
CLOSELY = 45 * DAY  # where hours are looked at
HOURS_CLOSELY = 31 * DAY  # where opening hours are


class Held(NamedTuple):
    until: Optional[int]  # the first instant at which the outcome differs; nothing: none was found
    evaluations: int      # how often the outcome has to be worked out where that is done only when a comparison flips
    first_flip: Optional[int]


def first_difference(ruleset, case, now, instants):
    """The first of the instants, in order, at which the outcome differs from the one now."""
    outcome, trace = now
    flips, first_flip = 0, None
    for instant in instants:
        then, seen = ruleset.outcome(case, instant)
        if seen != trace:
            flips, trace = flips + 1, seen
            first_flip = instant if first_flip is None else first_flip
        if then != outcome:
            return Held(instant, 1 + flips, first_flip)
    return Held(None, 1 + flips, first_flip)


def nodes_of(tree):
    """Every expression under a part of the tree."""
    if hasattr(tree, "write"):
        yield tree
        for argument in tree.arguments:
            yield from nodes_of(argument)
    elif isinstance(tree, dict):
        for part in tree.values():
            yield from nodes_of(part)
    elif isinstance(tree, (list, tuple)):
        for part in tree:
            yield from nodes_of(part)
    elif hasattr(tree, "__dataclass_fields__"):
        for name in tree.__dataclass_fields__:
            yield from nodes_of(getattr(tree, name))


def first_item_difference(ruleset, case, key, instants):
    """The same for one item of the decision asked for: the first instant, or nothing."""
    now = ruleset.item_outcome(case, case.at, key)
    return next((instant for instant in instants if ruleset.item_outcome(case, instant, key) != now), None)


def minutes(ruleset, case):
    """The instants of a week by minutes, and the last instant at which hours can be read."""
    by_minutes = range(case.at + MINUTE, case.at + DAYS_BY_MINUTES * DAY, MINUTE)
    ends = {ruleset.local.start_of(calendar.last + 1) + 1 for calendar in ruleset.calendars}
    return sorted([*by_minutes, *(end for end in ends if case.at < end < by_minutes[-1])])


def tables_of_hours(ruleset, case, nodes):
    """The hours that may be asked for, less the absences of which literals and people tell."""
    away = [()]
    away += [tuple((one.fields["from"], one.fields["until"]) for one in person.fields.get("away", ()))
                   for person in case.people.values()]
    away += [ast.literal_eval(node.python) for node in nodes if node.gives == "absences" and not node.arguments]
    named = {ast.literal_eval(f"({node.python},)") for node in nodes if node.gives == "team"}
    return [ruleset.known[calendar[0] if calendar else ""].hours(team, absences)
            for team, *calendar in named for absences in set(away)]


def turns_of(hours_known, first):
    """Openings and closings for a while after an instant, and the last ones."""
    turns = [*hours_known.opens, *hours_known.closes]
    near = {turn for turn in turns if first <= turn < first + HOURS_CLOSELY or turn >= hours_known.opens[-1]}
    return near | {hours_known.known_until}


def ends_of_terms(hours_known, starts, times):
    readings = {hours_known.up_to(start) for start in starts if hours_known.known_from <= start <= hours_known.known_until}
    return {hours_known.reached(reading + time) for reading in readings for time in times} - {None}


def ruleset_cells(ruleset):
    return " ".join(cell.text for decision in ruleset.decisions for rule in decision.rules for cell in rule.cells)


def candidates(ruleset, case, more=()):
    """Every instant after `at` within two years at which something might change, and one microsecond before and after it.

    Hours, and midnights shifted by durations, only for a while after `at` and around changes of the clocks; `more` are others
    to look at, however late.
    """
    nodes = list(nodes_of([ruleset.define, ruleset.decisions]))
    texts = " ".join(node.cel for node in nodes) + ruleset_cells(ruleset)
    times = {int(node.python) for node in nodes if node.gives == "BH" and node.cel.startswith("business_hours(")}
    durations = {int(node.python) for node in nodes if node.gives == "DUR" and node.cel.startswith("duration")}
    facts = instants_of(case) | {instant_of(text) for text in re.findall(r'timestamp\("([^"]+)"\)', texts)}
    facts_given = frozenset(facts)
    zones = {ruleset.local, *(zone(name) for name in re.findall(r'\.get\w+\("([^"]+)"\)', texts))}
    first, last = case.at, case.at + DAYS_BY_CANDIDATES * DAY
    found, closely = set(), set()
    for one in zones:
        midnights = {one.start_of(day) for day in range(one.day_of(first) - 40, one.day_of(last) + 1)}
        found |= midnights | set(one.transitions)
        near = [(first - 40 * DAY, first + CLOSELY), *((change - 2 * DAY, change + 2 * DAY) for change in one.transitions)]
        for start, end in near:
            if "getHours" in texts and end > first and start < last:
                found.update(hours(one, max(start, first), end))
            if start < last:
                closely.update(one.start_of(day) for day in range(one.day_of(start), one.day_of(end) + 1))
    for hours_known in tables_of_hours(ruleset, case, nodes):
        found |= turns_of(hours_known, first)
        facts |= ends_of_terms(hours_known, facts_given, times)
    found |= {instant + shift for instant in closely for duration in durations for shift in (duration, -duration)}
    for _ in range(3):
        facts |= {instant + shift for instant in facts for duration in durations for shift in (duration, -duration)}
    found = {instant for instant in found | facts if instant <= last} | set(more)
    return sorted({near for instant in found for near in (instant - 1, instant, instant + 1) if near > first})


def hours(one, first, last):
    """The instants at which the clocks of a zone show a new hour."""
    span = max(0, bisect_right(one.starts, first) - 1)
    while span < len(one.offsets) and one.starts[span] <= last:
        offset = one.offsets[span]
        start = max(first, one.starts[span])
        end = min(last, one.starts[span + 1]) if span + 1 < len(one.starts) else last
        yield from range(start - (start + offset) % HOUR, end + HOUR, HOUR)
        span += 1
