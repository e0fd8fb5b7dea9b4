"""Makes a failing pair smaller: leaves out what it fails without, one part after another."""

from dataclasses import replace

from facts import Record
from tree import Node, Rule

ATTEMPTS = 400
TRUE, FALSE = Node("bool", "true", "True"), Node("bool", "false", "False")


def shrunk(pair, fails):
    """The smallest pair found that still fails; `fails` may throw where a pair makes no sense."""
    attempts = 0
    progress = True
    while progress:
        progress = False
        for smaller in variants(pair):
            attempts += 1
            if attempts > ATTEMPTS:
                return pair
            if still(fails, smaller):
                pair, progress = smaller, True
                break
    return pair


def still(fails, pair):
    try:
        return fails(pair)
    except Exception:  # noqa: BLE001 - a name that is no longer there, a ruleset that praxe refuses
        return False


def variants(pair):
    """Pairs with one part less, large parts first."""
    ruleset, case = pair.ruleset, pair.case
    for n in range(len(ruleset.decisions) - 1):
        yield pair._replace(ruleset=replace(ruleset, decisions=without(ruleset.decisions, n)))
    for name in ruleset.define:
        yield pair._replace(ruleset=replace(ruleset, define=less(ruleset.define, name)))
    yield from (pair._replace(case=smaller) for smaller in smaller_cases(case))
    if ruleset.effective != (None, None):
        yield pair._replace(ruleset=replace(ruleset, effective=(None, None)))
    yield from (pair._replace(ruleset=replace(ruleset, calendars=smaller)) for smaller in smaller_calendars(ruleset.calendars))
    for n, decision in reversed(list(enumerate(ruleset.decisions))):
        for smaller in smaller_decisions(decision):
            yield pair._replace(ruleset=replace(ruleset, decisions=[*ruleset.decisions[:n], smaller, *ruleset.decisions[n + 1:]]))
    for name, node in ruleset.define.items():
        for smaller in smaller_nodes(node):
            yield pair._replace(ruleset=replace(ruleset, define={**ruleset.define, name: smaller}))


def without(parts, n):
    return type(parts)([*parts[:n], *parts[n + 1:]])


def less(parts, name):
    return {other: part for other, part in parts.items() if other != name}


def smaller_cases(case):
    for n in range(len(case.jobs)):
        yield case._replace(jobs=without(case.jobs, n))
    for id in case.people:
        yield case._replace(people=less(case.people, id))
    for name in case.box.fields:
        yield case._replace(box=Record("Box", less(case.box.fields, name)))
    for n, job in enumerate(case.jobs):
        for name in set(job.fields) - {"id", "opened_at", "size"}:
            yield case._replace(jobs=[*case.jobs[:n], Record("Job", less(job.fields, name)), *case.jobs[n + 1:]])


def smaller_calendars(calendars):
    for n in range(1, len(calendars)):
        yield without(calendars, n)
    for n, calendar in enumerate(calendars):
        for smaller in smaller_days(calendar):
            yield (*calendars[:n], smaller, *calendars[n + 1:])


def smaller_days(calendar):
    for name in ("hours", "days_off", "single_days_off"):
        for n in range(len(getattr(calendar, name))):
            yield calendar._replace(**{name: without(getattr(calendar, name), n)})
    for n, (team, rules) in enumerate(calendar.hours):
        for m in range(len(rules)):
            fewer = (team, without(rules, m))
            yield calendar._replace(hours=(*calendar.hours[:n], fewer, *calendar.hours[n + 1:]))


def smaller_decisions(decision):
    for n in range(len(decision.rules)):
        if len(decision.rules) > 1:
            yield replace(decision, rules=without(decision.rules, n))
    for name in ("needs", "require"):
        if getattr(decision, name):
            yield replace(decision, **{name: ()})
    if decision.where:
        yield replace(decision, where=None)
    for name in decision.lets:
        yield replace(decision, lets=less(decision.lets, name))
    for name in set(decision.always) - {"id", "truth"}:
        yield replace(decision, always=less(decision.always, name), gives=less(decision.gives, name),
                      optional=tuple(other for other in decision.optional if other != name))
    for n, rule in enumerate(decision.rules):
        for smaller in smaller_rules(rule):
            yield replace(decision, rules=(*decision.rules[:n], smaller, *decision.rules[n + 1:]))
    for name in ("lets", "always"):
        nodes = getattr(decision, name)
        for key, node in nodes.items():
            for smaller in smaller_nodes(node):
                yield replace(decision, **{name: {**nodes, key: smaller}})
    if decision.where:
        for smaller in smaller_nodes(decision.where):
            yield replace(decision, where=smaller)
    for n in range(len(decision.order)):
        if len(decision.order) > 1:
            yield replace(decision, order=without(decision.order, n))


def smaller_rules(rule: Rule):
    for name in ("when", "any", "unless", "cells", "exceptions"):
        for n in range(len(getattr(rule, name))):
            yield replace(rule, **{name: without(getattr(rule, name), n)})
    if rule.group:
        yield replace(rule, group=None)
    for name in ("when", "any", "unless"):
        nodes = getattr(rule, name)
        for n, node in enumerate(nodes):
            for smaller in smaller_nodes(node):
                yield replace(rule, **{name: (*nodes[:n], smaller, *nodes[n + 1:])})


def smaller_nodes(node):
    """One of its own parts of the same type in its place, or the same with a smaller part."""
    if node.gives == "bool" and node.arguments:
        yield from (TRUE, FALSE)
    for argument in node.arguments:
        if argument.gives == node.gives and not node.variable:
            yield argument
    for n, argument in enumerate(node.arguments):
        for smaller in smaller_nodes(argument):
            yield node._replace(arguments=(*node.arguments[:n], smaller, *node.arguments[n + 1:]))
