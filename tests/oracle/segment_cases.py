"""Random cases of §11, and what they must meet."""

from datetime import date
from itertools import product

from civil_time import DAY, day_of, start_of
from drawing import DrawingAboutNow
from segment import (GROWING_DAYS, NEW_DAYS, QUARTERS, STATED, VIP_DAYS, VIP_PURCHASES, VIP_QUARTERS, purchases, quarter_end,
                     quarter_of, row_of)
from tally import STEPS, UNTIL, step, until_kind

ROWS = ["lost, none in the year", "one_time, none in the year", "newcomer", "one_time, one in the year", "lost", "vip", "growing"]
HALVES = ["term alone", "closeness alone", "neither"]
INTERVALS = [[30], [30, 42], [61, 30, 42], [42, 30, 61, 30], [7, 1], [0, 0, 5], [0], [400, 1, 2, 3]]
DAY_LIMITS = {"days / 90, one": NEW_DAYS, "days / 180, two or more": GROWING_DAYS, "days / 90, else vip": VIP_DAYS}
QUARTER_NUMBERS = range(1, QUARTERS + 1)
MISSING = [f"quarter {quarter}, the day is missing" for quarter in QUARTER_NUMBERS]
# On which a term in months ends for want of a day of the same number; a year's only after a leap year's February.
MISSING_ENDS = [date(year, month, 1) for year, month in product((2016, 2017, 2023, 2024, 2025), (3, 3, 5, 7, 10, 12))]
MISSING_ENDS += [date(year, 3, 1) for year in (2017, 2021, 2025)] * 12

TABLE = {
    "segment": [*product(ROWS, [*STATED.values(), *HALVES])],
    "segment, limits": [*product(DAY_LIMITS, STEPS),
                        *product([f"at / the first instant beyond {row.split(',')[0]}" for row in DAY_LIMITS], STEPS),
                        *product(["purchases / 4, else vip", "quarters / 3, else vip"], STEPS[:2]),
                        ("purchases / 4, else vip", STEPS[2]), ("quarters / 3, else vip", STEPS[2]),
                        *product([f"today / end of quarter {quarter}" for quarter in QUARTER_NUMBERS], STEPS),
                        *product([f"at / end of quarter {quarter}" for quarter in QUARTER_NUMBERS], STEPS),
                        *product(MISSING, STEPS),
                        *product(["at / bought"], STEPS)],
    "segment, none in the year": list(product(["one", "two", "more", "one, another ahead"], ["cases"])),
    "segment, second purchase": list(product(["odd", "even", "no interval", "no base", "two entries", "another ahead"],
                                             ["cases"])),
    "segment, special": list(product(["bought today", "two on one day", "one instant", "one day apart in UTC alone",
                                      "no amount beyond the year"], ["cases"])),
    "segment, without": list(product(["without sales", "all ahead", "without amount"], ["cases"])),
    "segment, valid_until": [("segment", kind) for kind in UNTIL[1:]],
}


class SegmentPart(DrawingAboutNow):
    def instant_of_decision(self):
        self.missing_end = self.choice(MISSING_ENDS) if self.chance(22) else None
        if not self.missing_end:
            return super().instant_of_decision()
        day = self.missing_end + self.choice((-1, 0, 1)) * DAY
        return self.beside(start_of(day)) if self.chance(50) else self.some_time_of(day)

    def facts(self):
        self.client = {"id": "c1"}
        plan = self.choice([self.anything] * 3 + [self.few] * 9 + [self.loyal] * 12)
        sales = [{"id": f"s{n}", "product": "radar", "at": when, "amount": self.amount()} for n, when in enumerate(plan())]
        if self.chance(12):
            sales.append({"id": "ahead", "product": "radar", "at": self.within(self.at, self.at + 9 * DAY), "amount": "5.00"})
        if sales and self.chance(5):
            del self.choice(sales)["amount"]
        self.random.shuffle(sales)
        if sales or self.chance(50):
            self.client["sales"] = sales
        if self.chance(80):
            self.client["preference"] = self.preference()
        case = {"at": self.at, "client": self.client}
        if self.chance(85):
            case["base"] = {"second_purchase_days": self.choice(INTERVALS)} if self.chance(90) else {}
        return case

    def amount(self):
        return self.money(self.choice((0, 1, 25000, 10**9 + 7, self.random.randrange(10**6))))

    def preference(self):
        stated = {"term": self.choice(("long", "short")), "closeness": self.choice(("close", "distant"))}
        return {name: value for name, value in stated.items() if self.chance(77)}

    # -- purchases

    def days_ago(self, days):
        return self.some_time_of(day_of(self.at) - days * DAY)

    def about_days(self, limit):
        return self.days_ago(limit + self.choice((-1, 0, 0, 1, 1)))

    def about_quarter(self, quarter):
        """A purchase whose quarter ends with the day before the edge, or with the one before or after that."""
        last = self.missing_end or self.edge - self.choice((0, 1, 1, 1, 2)) * DAY
        near = [last - n * DAY for n in range(91 * quarter - 8, 93 * quarter + 8)]
        ending = [day for day in near if quarter_end(day, quarter) == last]
        missing = [day for day in ending if day.day != last.day]
        return self.some_time_of(self.choice(missing if missing and self.missing_end else ending or near))

    def anything(self):
        return [self.within(self.at - 800 * DAY, self.at) for _ in range(self.choice((0, 1, 2, 5)))]

    def few(self):
        """None, one or two in the year, about the limits."""
        first = self.choice([self.about_quarter(4)] * 7 + [self.about_days(NEW_DAYS)] * 4 + [self.beside(self.at)] * 2
                            + [self.about_quarter(self.choice(QUARTER_NUMBERS)), self.days_ago(self.random.randrange(400, 900))])
        again = [self.within(min(first, self.at) - 900 * DAY, min(first, self.at)) for _ in range(self.choice((0, 0, 1, 1, 2)))]
        if self.chance(8):
            again.append(first)
        return [first, *again]

    def loyal(self):
        """Two or more, the last of them about the limits of days, the others about the limits of quarters."""
        last = self.choice([self.about_days(VIP_DAYS)] * 6 + [self.about_days(GROWING_DAYS)] * 5
                           + [self.beside(self.at)] * 2 + [self.days_ago(self.random.randrange(90))] * 2)
        found = [last]
        for _ in range(self.choice((1, 2, 2, 3, 3, 3, 3, 4, 4, 6))):
            found.append(self.choice([self.about_quarter(self.choice(QUARTER_NUMBERS))] * 3
                                     + [self.within(self.at - 366 * DAY, self.at - 80 * DAY)] * 3 + [last]))
        return [when for when in found if when <= last] if self.chance(85) else found


def else_vip(counts, days):
    """Which one limit decides whether this is a vip, with every other one met."""
    bought, quarters = sum(counts), sum(count > 0 for count in counts)
    met = {"purchases": bought >= VIP_PURCHASES, "quarters": quarters >= VIP_QUARTERS, "days": days <= VIP_DAYS}
    return [name for name in met if all(so for other, so in met.items() if other != name)]


def limit_cells(facts, outcome):
    at, today, sales = facts["at"], day_of(facts["at"]), purchases(facts, facts["at"])
    counts, days = outcome["quarters"], outcome["recency_days"]
    last = max(day_of(sale["at"]) for sale in sales)
    deciding = else_vip(counts, days)
    applies = {"days / 90, one": sum(counts) == 1, "days / 180, two or more": sum(counts) > 1,
               "days / 90, else vip": sum(counts) > 1 and "days" in deciding}
    for row, limit in DAY_LIMITS.items():
        if applies[row]:
            yield "segment, limits", row, step(days, limit, 1)
            yield "segment, limits", f"at / the first instant beyond {row.split(',')[0]}", step(
                at, start_of(last + (limit + 1) * DAY))
    if "purchases" in deciding:
        yield "segment, limits", "purchases / 4, else vip", step(sum(counts), VIP_PURCHASES, 1)
    if "quarters" in deciding:
        yield "segment, limits", "quarters / 3, else vip", step(sum(count > 0 for count in counts), VIP_QUARTERS, 1)
    for sale in sales:
        bought = day_of(sale["at"])
        for quarter in QUARTER_NUMBERS:
            end = quarter_end(bought, quarter)
            yield "segment, limits", f"today / end of quarter {quarter}", step(today, end, DAY)
            yield "segment, limits", f"at / end of quarter {quarter}", step(at, start_of(end + DAY))
            if end.day != bought.day:
                yield "segment, limits", MISSING[quarter - 1], step(today, end, DAY)


def special_cells(facts, outcome):
    at, sales = facts["at"], purchases(facts, facts["at"])
    days = [day_of(sale["at"]) for sale in sales]
    if outcome["recency_days"] == 0:
        yield "segment, special", "bought today", "cases"
    if len(set(days)) < len(days):
        yield "segment, special", "two on one day", "cases"
    if len({sale["at"] for sale in sales}) < len(sales):
        yield "segment, special", "one instant", "cases"
    if max(sale["at"] for sale in sales).date() != max(days):
        yield "segment, special", "one day apart in UTC alone", "cases"
    if any("amount" not in sale for sale in sales):
        yield "segment, special", "no amount beyond the year", "cases"
    ahead = len(facts["client"]["sales"]) > len(sales)
    if outcome["frequency"] == 0:
        count = {1: "one", 2: "two"}.get(len(sales), "more")
        yield "segment, none in the year", "one, another ahead" if count == "one" and ahead else count, "cases"
    intervals = facts.get("base", {}).get("second_purchase_days")
    if len(sales) == 2 and intervals:
        yield "segment, second purchase", "two entries", "cases"
    elif len(sales) == 1:
        kind = "no base" if "base" not in facts else "no interval" if not intervals else ("even", "odd")[len(intervals) % 2]
        yield "segment, second purchase", "another ahead" if ahead and intervals else kind, "cases"


def cells(facts, reading, until):
    sales, at = facts["client"].get("sales", ()), facts["at"]
    for sale in sales:
        if len(sales) < 3:
            yield "segment, limits", "at / bought", step(at, sale["at"])
    if reading.outcome is None:
        yield "segment, without", "all ahead" if sales and "sales" in reading.missing else reading.row, "cases"
        return
    preference = facts["client"].get("preference", {})
    term, closeness = preference.get("term"), preference.get("closeness")
    half = "term alone" if term else "closeness alone" if closeness else "neither"
    yield "segment", reading.row, STATED.get((term, closeness), half)
    yield "segment, valid_until", "segment", until_kind(until)
    yield from limit_cells(facts, reading.outcome)
    yield from special_cells(facts, reading.outcome)
