"""Random pairs of a ruleset and a case: decisions of every kind, the last of which is asked for."""

import re
from dataclasses import replace
from random import Random
from typing import NamedTuple

from expressions import Scope, named
from facts import COLORS, LEVELS, Case, Record, instants_of
from forms import OPERATORS, Form
from local_time import DAY, HOUR
from oracles import nodes_of
from pinned import PINNED
from ruleset import ERROR, Ruleset
from surroundings import Surroundings
from tree import GIVEN_TYPES, Cell, Decision, Exception_, Node, Rule

LETTERS = "abcdefgh"
LISTS = ("collect", "rule_order")


class Pair(NamedTuple):
    ruleset: Ruleset
    case: Case


def pair(seed, whole_minutes):
    """Seldom one whose outcome is an error at the instant decided at, for an error has no end, or one in which nothing moves.

    Seeds from 0 down are those of pinned.py."""
    if seed <= 0:
        return Pair(*PINNED[-seed])
    random = Random(f"{seed} {whole_minutes}")
    while True:
        around = Surroundings(random, whole_minutes)
        made = Pair(Rulesets(around).ruleset(), case(around))
        outcome, _ = made.ruleset.outcome(made.case, made.case.at)
        wanted = 0.05 if outcome == ERROR else 1 if moves(made, outcome) else 0.5
        if random.random() < wanted:
            return made


def moves(made, outcome):
    """True if the outcome differs at one of the facts of the days to come, or at their beginnings, while in force."""
    local, at = made.ruleset.local, made.case.at
    facts = [near for fact in instants_of(made.case) for near in (fact, fact + 1)]
    probes = facts + [local.start_of(local.day_of(at) + days) for days in range(1, 8)]
    last = made.ruleset.effective[1]
    end = min(at + 7 * DAY, at + 7 * DAY if last is None else local.start_of(last + 1))
    return any(made.ruleset.outcome(made.case, probe)[0] != outcome for probe in probes if at + HOUR < probe < end)


def maybe(random, share, value):
    return {} if random.random() >= share else value()


def steps_without_end(tree):
    """True where parts of the clock, opening times or days step on for ever: then a search might not end."""
    stepping = re.compile(r"\.get[A-Z]|^date\(\{0\}\)|days_between\(\{0\}, \{1\}|date\(at\) \+|"
                          r"is_open|is_business_day|so_far")
    return any(stepping.search(node.cel) for node in nodes_of(tree))


# ---- cases

def case(around):
    random, instant, day = around.random, around.instant, around.day
    box = {}
    for name in ("t0", "t1", "t2", "h0", "h1"):
        box.update(maybe(random, 0.96, lambda: {name: instant()}))
    for name in ("d0", "d1"):
        box.update(maybe(random, 0.96, lambda: {name: day()}))
    for name, low in (("n0", 0), ("n1", 1)):
        box.update(maybe(random, 0.9, lambda: {name: random.randint(low, 4)}))
    box.update(maybe(random, 0.9, lambda: {"c0": random.choice(COLORS)}))
    for name in ("b0", "b1"):
        box.update(maybe(random, 0.5, lambda: {name: random.random() < 0.7}))
    box.update(maybe(random, 0.7, lambda: {"part": Record("Part", {"from_at": instant(), "color": random.choice(COLORS)})}))
    people = {id: person(around, id) for id in ("ana", "bia", "caio") if random.random() < 0.85}
    jobs = [job(around, letter) for letter in LETTERS[:random.choice([0, 1, 2, 2, 3, 3, 4])]]
    return Case(around.at, Record("Box", box), jobs, people)


def job(around, id):
    random = around.random
    fields = {"id": id, "opened_at": around.instant(-4 * DAY, 2 * DAY), "size": random.randint(0, 5)}
    fields.update(maybe(random, 0.95, lambda: {"due": around.instant()}))
    fields.update(maybe(random, 0.7, lambda: {"done_at": around.instant(-DAY, 4 * DAY)}))
    fields.update(maybe(random, 0.5, lambda: {"done_by": random.choice(["ana", "bia"])}))
    fields.update(maybe(random, 0.95, lambda: {"day": around.day()}))
    fields.update(maybe(random, 0.95, lambda: {"color": random.choice(COLORS)}))
    fields.update(maybe(random, 0.5, lambda: {"flag": random.random() < 0.7}))
    return Record("Job", fields)


def person(around, id):
    random = around.random
    away = [Record("Away", {"from": day, "until": day + random.randint(0, 3)})
            for day in (around.day() for _ in range(random.choice([0, 1, 1, 2])))]
    fields = {"id": id, "joined_at": around.instant(-4 * DAY, DAY), "away": away}
    fields.update(maybe(random, 0.4, lambda: {"left_at": around.instant(-DAY, 4 * DAY)}))
    return Record("Person", fields)


# ---- rulesets

class Rulesets:
    """Grows one ruleset; what was made becomes names for what is made after it."""

    def __init__(self, around):
        self.around, self.random = around, around.random
        self.scope = Scope(around)
        self.jobs_of = {}  # decisions made per item, whose outcomes can be items themselves

    def ruleset(self):
        types = {"p0": ("business_days", 3), "p1": ("calendar_days", 4), "p2": ("int", 2)}
        parameters = {name: (type, self.random.randint(0, most)) for name, (type, most) in types.items()}
        self.add(named("BD", "p0", str(parameters["p0"][1])), named("CD", "p1", str(parameters["p1"][1])),
                 named("int", "p2", str(parameters["p2"][1])))
        define = {}
        for number in range(self.random.randint(0, 2)):
            name, type = f"q{number}", self.random.choice(["bool", "bool", "T", "D", "mT", "mBD", "mBH"])
            define[name] = self.scope.grow(type, 2)
            self.add(named(type, name, f'r.define("{name}")', 6))
        decisions = []
        count = self.random.choice([1, 2, 2, 3, 3, 4])
        for number in range(count):
            decision = self.decision(f"made_{number}", asked=number == count - 1)
            decisions.append(decision)
            self.add(*references(decision))
        effective = self.effective(steps_without_end([define, decisions]))
        return Ruleset(self.around.zone_name, self.around.calendars, effective, parameters, define, decisions)

    def add(self, *forms):
        self.scope = self.scope.with_forms(*forms)

    def effective(self, must_end):
        """First and last day in force."""
        today = self.around.zone.day_of(self.around.at)
        first = today - self.random.randint(-1, 20) if self.random.random() < 0.1 else None
        last = today + self.random.randint(-1, 6) if self.random.random() < 0.15 else None
        if must_end and last is None:
            last = today + self.random.choice([2, 4, 6] if self.around.whole_minutes else [3, 6, 10, 30])
        return (first, last) if None in (first, last) or first <= last else (None, last)

    # ---- decisions
    def decision(self, name, asked):
        kinds = [self.by_rules, self.by_table, self.per_item, self.picked, self.worked_out]
        decision = self.random.choices(kinds, [6, 3, 5 if asked else 3, 1.5, 1])[0](name, asked)
        if not decision.given and self.random.random() < 0.08:
            fact = self.random.choice(["t0", "h0", "d0", "part"])
            decision.needs = ((fact, self.random.choice([None, self.scope.grow("bool", 0)])),) if asked else ()
        return decision

    def given(self, asked):
        if asked or self.random.random() < 0.5:
            return {}, self.scope
        types = self.random.sample(list(GIVEN_TYPES), self.random.randint(1, 2))
        scope = self.scope
        for number, type in enumerate(types):
            name, python = f"g{number}", f'e["g{number}"]'
            scope = scope.with_job(name, python) if type == "job" else scope.with_forms(named(type, name, python, 8))
        return {f"g{number}": type for number, type in enumerate(types)}, scope

    def lets(self, scope):
        lets = {}
        for number in range(self.random.choice([0, 0, 1, 2])):
            name, type = f"k{number}", self.random.choice(["bool", "bool", "T", "D", "mT", "mDUR", "mCD", "mBD", "mBH"])
            lets[name] = scope.grow(type, 1)
            scope = scope.with_forms(named(type, name, f'e.let("{name}", r)', 8))
            if type == "bool":
                python = f'both(lambda: e.let("{name}", r), lambda: not r.before({{0}}, lambda r: e.let("{name}", r)))'
                scope = scope.with_forms(Form("bool", ("past",), f"({name} && !before({{0}}, {name}))", python, 10))
        return lets, scope

    def outputs(self, scope):
        """What is given beside the state: fields with their types, the optional ones, and their values under `always`."""
        gives, optional, always = {}, (), {}
        if self.random.random() < 0.25:
            gives["tally"], always["tally"] = "int", scope.grow("int", 0)
        if self.random.random() < 0.25:
            gives["ends"], always["ends"] = "timestamp", scope.grow("T", 1)
        if self.random.random() < 0.15:
            gives["maybe"], optional = "timestamp", ("maybe",)
            always["maybe"] = Node("T", "box.?h0", 'r.seen(r.case.box, "h0")')
        return gives, optional, always

    def by_rules(self, name, asked, each=None, scope=None):
        given, scope = ({}, scope) if each else self.given(asked)
        lets, scope = self.lets(scope)
        gives, optional, always = self.outputs(scope)
        hit = self.random.choices(["first", "unique", "any", "priority", *LISTS], [6, 2, 2, 2, 1, 1])[0]
        if each and hit in LISTS:
            hit = "first"
        if each:
            gives, always = {"id": "string", **gives}, {"id": id_node(each), **always}
        decision = Decision(name, hit, given, each, gives={"state": "level", **gives}, optional=optional, lets=lets,
                            always=always, rules=tuple(self.rules(hit, scope)))
        if self.random.random() < 0.08:
            decision.require = (scope.grow("T", 1),)
        return decision

    def rules(self, hit, scope):
        count = self.random.randint(1, 4)
        if hit == "unique" and self.random.random() < 0.85:
            return self.apart(scope)
        agreed = "mid" if hit == "any" and self.random.random() < 0.8 else None
        rules = [self.rule(f"r{n}", scope, agreed) for n in range(count)]
        if hit in ("first", "priority") or (hit == "any" and self.random.random() < 0.8):
            rules.append(Rule("otherwise", {"state": agreed or "high"}))
        if hit in ("first", "priority") and self.random.random() < 0.2 and count > 1:
            group = scope.grow("bool", 1)
            rules = [replace(rule, group=group) if n < 2 else rule for n, rule in enumerate(rules)]
        return rules

    def apart(self, scope):
        """Rules of which always one applies."""
        one, other = scope.grow("bool", 2), scope.grow("bool", 1)
        return [Rule("neither", {"state": self.state()}, unless=(one,)),
                Rule("one", {"state": self.state()}, when=(one,), unless=(other,)),
                Rule("two", {"state": self.state()}, when=(one, other))]

    def state(self):
        return self.random.choice(LEVELS)

    def rule(self, id, scope, state=None):
        kinds = self.random.choice([["when"], ["when"], ["when", "when"], ["any", "any"], ["unless"], ["when", "unless"],
                                    ["when", "any", "any"]])
        conditions = {key: tuple(scope.grow("bool", 2) for kind in kinds if kind == key) for key in dict.fromkeys(kinds)}
        exceptions = ()
        if self.random.random() < 0.25:
            inner = scope.with_forms(*state_of("general"))
            exceptions = tuple(Exception_(f"{id}_but_{n}", (inner.grow("bool", 1),), {"state": self.state()})
                               for n in range(self.random.randint(1, 2)))
        return Rule(id, {"state": state or self.state()}, **conditions, exceptions=exceptions)

    def by_table(self, name, asked):
        given, scope = self.given(asked)
        shares = {"bool": 3, "mT": 3, "mCD": 2, "mBD": 2, "mBH": 2, "mD": 1, "int": 1}
        kinds = self.random.choices(list(shares), list(shares.values()), k=self.random.randint(1, 3))
        lets = {f"c{n}": scope.grow(kind, 2 if kind == "bool" else 1) for n, kind in enumerate(kinds)}
        columns = dict(zip(lets, kinds))
        rows = [Rule(f"row{n}", {"state": self.state()}, cells=tuple(self.cells(scope, columns)))
                for n in range(self.random.randint(1, 4))]
        hit = self.random.choice(["first", "first", "priority", "collect"])
        if hit != "collect":
            rows.append(Rule("rest", {"state": self.state()}))
        return Decision(name, hit, given, gives={"state": "level"}, lets=lets, rules=tuple(rows), table=tuple(columns))

    def cells(self, scope, columns):
        for column, kind in columns.items():
            let = f'e.let("{column}", r)'
            if self.random.random() < 0.3:
                continue
            if kind == "bool":
                yes = self.random.random() < 0.6
                yield Cell(column, "yes" if yes else "no", Node("bool", "", let if yes else f"not {let}"))
                continue
            if kind in ("mCD", "mBD", "int") and self.random.random() < 0.25:
                yield self.range_cell(scope, column, kind, let)
                continue
            plain = self.around.whole_minutes and kind in ("mT", "mBH")  # flips at whole minutes
            operator = self.random.choice([">=", "<"] if plain else OPERATORS)
            value = scope.literal(kind.lstrip("m"))
            shown = value.cel if operator == "==" else f"{operator} {value.cel}"
            yield Cell(column, shown, Node("bool", "", f"r.saw({let} {operator} {value.python})"))

    def range_cell(self, scope, column, kind, let):
        """Each bracket says whether its limit is in; something always lies between the two."""
        low, high = sorted((scope.literal(kind.lstrip("m")) for _ in range(2)), key=lambda literal: int(literal.python))
        wide = int(high.python) - int(low.python) > 1
        opening, closing = (self.random.choice("[("), self.random.choice("])")) if wide else ("[", "]")
        python = (f'r.saw({let} {">=" if opening == "[" else ">"} {low.python})'
                  f' and r.saw({let} {"<=" if closing == "]" else "<"} {high.python})')
        return Cell(column, f"{opening}{low.cel}..{high.cel}{closing}", Node("bool", "", f"({python})"))

    def items(self):
        """A list for decisions made per item: jobs, some of them, or the outcomes of another such decision."""
        if self.jobs_of and self.random.random() < 0.3:
            other = self.random.choice(list(self.jobs_of))
            level = self.state()
            python = f'those(r.decide("{other}"), lambda o: o["state"] != "{level}")'
            return Node("rows", f'{other}.filter(o, o.state != "{level}")', python), "row"
        if self.random.random() < 0.3:
            condition = self.scope.with_job("y", "y").grow("bool", 1)
            return Node("jobs", "jobs.filter(y, {0})", "those(r.jobs(), lambda y: {0})", (condition,)), "job"
        return Node("jobs", "jobs", "r.jobs()"), "job"

    def item_scope(self, kind):
        if kind == "job":
            return self.scope.with_job("i", 'e["i"]')
        return self.scope.with_forms(*state_of("i"))

    def per_item(self, name, asked):
        items, kind = self.items()
        scope = self.item_scope(kind)
        decision = self.by_rules(name, asked, ("i", items), scope)
        if self.random.random() < 0.4:
            decision.where = scope.grow("bool", 1)
        if kind == "row":
            decision.always["id"] = Node("string", "i.id", 'e["i"]["id"]')
        self.jobs_of[name] = kind
        return decision

    def picked(self, name, asked):
        scope = self.scope.with_job("i", 'e["i"]')
        keys = [scope.grow(self.random.choice(["T", "bool", "int", "D"]), 1) for _ in range(self.random.randint(1, 2))]
        where = scope.grow("bool", 2) if self.random.random() < 0.8 else None
        return Decision(name, pick=("i", Node("jobs", "jobs", "r.jobs()")), where=where, order=tuple(keys))

    def worked_out(self, name, asked):
        given, scope = self.given(asked)
        lets, scope = self.lets(scope)
        gives, optional, always = self.outputs(scope)
        return Decision(name, given=given, gives={"truth": "bool", **gives}, optional=optional, lets=lets,
                        always={"truth": scope.grow("bool", 3), **always})


def state_of(name):
    """The state of an outcome that has a name in scope."""
    return [named("bool", f'{name}.state == "{level}"', f'e["{name}"]["state"] == "{level}"') for level in LEVELS]


def id_node(each):
    return Node("string", f"{each[0]}.id", f'r.get(e["{each[0]}"], "id")')


def references(decision):
    """How later expressions may ask for a decision."""
    name = decision.name
    takes = tuple(decision.given.values())
    call = "{cel}(" + ", ".join(f"{{{n}}}" for n in range(len(takes))) + ")" if takes else "{cel}"
    cel = call.replace("{cel}", name)
    python = f'r.decide("{name}"' + "".join(f", {{{n}}}" for n in range(len(takes))) + ")"
    if decision.pick:
        yield Form("bool", (), f"{cel}.hasValue()", f"{python} is not None", 8)
        yield Form("bool", (), f"{cel}.value().flag", f'r.get(given({python}), "flag")', 3)
        yield Form("T", (), f"{cel}.value().opened_at", f'r.get(given({python}), "opened_at")', 3)
        yield Form("bool", (), f"({cel}.hasValue() && has({cel}.value().done_at))",
                   f'both(lambda: {python} is not None, lambda: r.has(given({python}), "done_at"))', 6)
        return
    if decision.each or decision.hit in LISTS and decision.rules:
        for level in LEVELS:
            there = f'exists({python}, lambda o: o["state"] == "{level}")'
            yield Form("bool", takes, f'{cel}.exists(o, o.state == "{level}")', there, 8)
        yield Form("bool", takes, f"{cel}.size() > 1", f"len({python}) > 1", 6)
        yield Form("int", takes, f"{cel}.size()", f"len({python})", 6)
        return
    if "truth" in decision.gives:
        yield Form("bool", takes, f"{cel}.truth", f'{python}["truth"]', 12)
    else:
        for level in LEVELS:
            yield Form("bool", takes, f'{cel}.state == "{level}"', f'{python}["state"] == "{level}"', 8)
    if "ends" in decision.gives:
        yield Form("T", takes, f"{cel}.ends", f'{python}["ends"]', 8)
    if "tally" in decision.gives:
        yield Form("int", takes, f"{cel}.tally", f'{python}["tally"]', 8)
    if "maybe" in decision.gives:
        yield Form("bool", takes, f"has({cel}.maybe)", f'{python}["maybe"] is not None', 8)
