"""Random cases of §10, and what they must meet."""

from itertools import product

from civil_time import DAY, calendar_term_end, day_of, start_of
from collection import RAPPORT_DAYS, STAGES, is_first_delay, manager_agreed, past_sales, unpaid
from debt import payable_day
from drawing import DrawingAboutNow
from facts import staff_by_id
from money_cases import FIRST_DUE
from tally import STEPS, UNTIL, step, until_kind

APPROACHES = ["first_purchase_check", "friendly_reminder", "negotiated", "firm"]
ARREARS = ["notice", "conciliation", "formal_notice", "protest"]
DAYS = [least for _, least in STAGES]
WHY = ["a key account", "a good payer", "market affected"]

TABLE = {
    "collection": [*product(["nothing unpaid", "none", "reminder"], ["cases"]), *product(ARREARS, APPROACHES)],
    "collection, limits": [*product([f"days / {days}" for days in DAYS] + [f"at / day {days}" for days in DAYS], STEPS),
                           *product(["at / paid", "at / forgiven", "at / sold", "at / formal notice", "at / manager agreed",
                                     "another paid / its payable day", "another forgiven / its payable day",
                                     "at / another open"], STEPS)],
    "collection, protest": list(product(["an ordinary later delay", "a key account", "a first delay", "both"],
                                        ["refused", "agreed"])),
    "collection, negotiated": list(product(WHY, ["cases"])),
    "collection, who agreed": list(product(["a manager", "another", "unknown", "nobody", "for another invoice"], ["cases"])),
    "collection, special": list(product(["equal due, id decides", "payable on a later day", "payer bad", "no payer"],
                                        ["cases"])),
    "collection, valid_until": [("collection", kind) for kind in UNTIL],
}
CLOSER_LIMITS = ["at / sold", "at / end of sold + 90 days"]
CLOSER_TABLE = {
    "closer_first": list(product(["the closer", "nobody", "the later of two", "two at one instant", "latest has no closer"],
                                 ["cases"])),
    "closer_first, limits": list(product(CLOSER_LIMITS, STEPS)),
}
STAFF = [{"id": "gil", "team": "success", "role": "manager", "status": "vacation"},
         {"id": "ana", "team": "sales", "role": "closer", "status": "available"},
         {"id": "col1", "team": "finance", "role": "collector", "status": "available"}]


class CollectionPart(DrawingAboutNow):
    def facts(self):
        client = {"id": "c1"}
        for name, percent in (("key_account", 40), ("market_affected", 25)):
            if self.chance(percent):
                client[name] = not self.chance(15)
        if self.chance(45):
            client["payer"] = self.choice(("good", "bad", "bad"))
        invoices = self.invoices()
        if invoices or self.chance(50):
            client["invoices"] = invoices
        sales = [self.sale(f"s{n}") for n in range(self.choice((0, 1, 1, 2, 2, 3)))]
        if sales:
            client["sales"] = sales
        steps = self.steps([{"id": "i1"}, *invoices, *invoices])
        if steps:
            client["collection"] = steps
        return {"at": self.at, "client": client, "staff": STAFF}

    def due_with(self, days):
        """A due date whose payable day lies so many days back, or so many less some, where it would be no business day."""
        day = day_of(self.at) - days * DAY
        while payable_day(day) != day:
            day -= DAY
        days_off = [day - n * DAY for n in range(6) if payable_day(day - n * DAY) == day]
        return self.choice([day] * 2 + days_off)

    def invoices(self):
        near = [days + n for days in DAYS for n in (-1, 0, 1)] + [0, 0]
        ids = self.random.sample(["i1", "i2", "i10", "J1"], self.choice((1, 1, 2, 2, 2, 3, 4)))
        oldest = {"id": ids[0], "due": self.due_with(self.choice(near + [45, 75, 61, 61, 70, 80, 90, 99, 120, -9]))}
        found = [oldest]
        if self.chance(18):
            ended = self.choice([self.beside(self.at)] * 2 + [self.within(self.at - 9 * DAY, self.at)])
            oldest[self.choice(("paid_at", "forgiven_at"))] = ended
        for id in ids[1:]:
            found.append(self.other(id, oldest["due"]))
        self.random.shuffle(found)
        return [{**invoice, "amount": "80.00"} if self.chance(90) else invoice for invoice in found]

    def other(self, id, due):
        if self.chance(50):  # ended, about its payable day or now
            own = max(FIRST_DUE, due - self.random.randrange(-40, 400) * DAY)
            ended = self.choice([self.beside(start_of(payable_day(own) + DAY))] * 4 + [self.beside(self.at)]
                                + [self.within(self.at - 90 * DAY, self.at)])
            return {"id": id, "due": own, self.choice(("paid_at", "forgiven_at")): ended}
        if self.chance(15):
            return {"id": id, "due": due}
        return {"id": id, "due": max(due, self.due_with(self.choice((-9, -3, 0, 0, 1, 1, 2, 30))))}

    def sale(self, id):
        limit = self.some_time_of(self.edge - (RAPPORT_DAYS + 1) * DAY)
        sold = self.choice([self.beside(self.at)] * 2 + [limit] + [self.within(self.at - 200 * DAY, self.at)] * 2)
        return {"id": id, "product": "radar", "closed_by": self.choice(("ana", "bia", "caio")), "at": sold}

    def steps(self, invoices):
        found = []
        for number in range(self.choice((0, 1, 1, 2))):
            when = self.choice([self.beside(self.at)] * 3 + [self.within(self.at - 30 * DAY, self.at)] * 2)
            taken = {"id": f"g{number}", "invoice": self.choice(invoices)["id"], "at": when,
                     "stage": self.choice(["notice", "formal_notice", "formal_notice"] + ["protest"] * 5)}
            if self.chance(85):
                taken["by"] = self.choice(["gil"] * 6 + ["ana", "col1", "nobody", "nobody"])
            found.append(taken)
        return found


class CloserFirstPart(CollectionPart):
    """In arrears, with sales about the end of rapport."""

    def facts(self):
        case = super().facts()
        client = case["client"]
        client["invoices"] = [{"id": "i1", "due": self.due_with(self.choice((1, 5, 30)))}]
        sales = [self.sale(f"s{n}") for n in range(self.choice((0, 1, 1, 2, 3)))]
        if len(sales) > 1 and self.chance(40):
            sales[1]["at"] = sales[0]["at"]
        for sale in sales:
            if self.chance(25):
                del sale["closed_by"]
        client["sales"] = sales
        return case


def agreement(facts, oldest, at):
    """Of a single step of stage protest."""
    steps = [step for step in facts["client"].get("collection", ()) if step["stage"] == "protest" and step["at"] <= at]
    if len(steps) == 1:
        by = staff_by_id(facts).get(steps[0].get("by"))
        if steps[0]["invoice"] != oldest["id"]:
            return "for another invoice" if by and by["role"] == "manager" else None
        if "by" not in steps[0]:
            return "nobody"
        return "unknown" if by is None else "a manager" if by["role"] == "manager" else "another"
    return None


def other_cells(facts, oldest, at):
    """Of the one other invoice, where it decides whether this delay is the first."""
    others = [invoice for invoice in facts["client"]["invoices"] if invoice is not oldest]
    if len(others) != 1:
        return
    invoice, payable = others[0], payable_day(others[0]["due"])
    for name in ("paid", "forgiven"):
        if f"{name}_at" in invoice:
            if invoice[f"{name}_at"] <= at:
                yield "collection, limits", f"another {name} / its payable day", step(
                    invoice[f"{name}_at"], start_of(payable + DAY))
            return
    yield "collection, limits", "at / another open", step(at, start_of(payable + DAY))


def cells(facts, reading, until):
    at, client = facts["at"], facts["client"]
    outcome = reading.outcome
    yield "collection", reading.row, outcome.get("approach", "cases")
    yield "collection, valid_until", "collection", until_kind(until)
    for invoice in client.get("invoices", ()):
        for name in ("paid", "forgiven"):
            if f"{name}_at" in invoice:
                yield "collection, limits", f"at / {name}", step(at, invoice[f"{name}_at"])
    oldest = next(iter(unpaid(facts, at)), None)
    if not oldest:
        return
    payable = payable_day(oldest["due"])
    for days in DAYS:
        yield "collection, limits", f"days / {days}", step((day_of(at) - payable).days, days, 1)
        yield "collection, limits", f"at / day {days}", step(at, start_of(payable + days * DAY))
    if sum(invoice["due"] == oldest["due"] for invoice in unpaid(facts, at)) > 1:
        yield "collection, special", "equal due, id decides", "cases"
    if payable != oldest["due"]:
        yield "collection, special", "payable on a later day", "cases"
    if outcome["standing"] == "good_standing":
        return

    key_account, first_delay = client.get("key_account", False), is_first_delay(facts, oldest, at)
    yield from other_cells(facts, oldest, at)
    for sale in client.get("sales", ()):
        if len(past_sales(facts, at)) <= 2:
            yield "collection, limits", "at / sold", step(at, sale["at"])
    for taken in client.get("collection", ()):
        if taken["invoice"] == oldest["id"] and taken["stage"] == "formal_notice":
            yield "collection, limits", "at / formal notice", step(at, taken["at"])
    if outcome["days"] >= DAYS[-1]:
        why = "both" if key_account and first_delay else "a key account" if key_account else "a first delay"
        agreed = manager_agreed(facts, oldest, at)
        if key_account or first_delay:
            yield "collection, protest", why, "agreed" if agreed else "refused"
            who = agreement(facts, oldest, at)
            if who:
                yield "collection, who agreed", who, "cases"
            for taken in client.get("collection", ()):
                if taken["stage"] == "protest" and taken["invoice"] == oldest["id"] and taken.get("by") == "gil":
                    yield "collection, limits", "at / manager agreed", step(at, taken["at"])
        else:
            yield "collection, protest", "an ordinary later delay", "agreed" if agreed else "refused"
    if outcome["approach"] in ("negotiated", "firm"):
        reasons = [why for why, so in zip(WHY, (key_account, client.get("payer") == "good",
                                                client.get("market_affected", False))) if so]
        if len(reasons) == 1:
            yield "collection, negotiated", reasons[0], "cases"
        if not reasons:
            yield "collection, special", "payer bad" if "payer" in client else "no payer", "cases"


def closer_cells(facts, reading, until):
    at = facts["at"]
    if reading.outcome["standing"] == "good_standing":
        return
    yield "closer_first", "the closer" if "who" in reading.outcome else "nobody", "cases"
    sales = facts["client"]["sales"]
    if len(sales) == 1 and "closed_by" in sales[0]:
        yield "closer_first, limits", "at / sold", step(at, sales[0]["at"])
        yield "closer_first, limits", "at / end of sold + 90 days", step(at, calendar_term_end(sales[0]["at"], RAPPORT_DAYS))
    lately = [sale for sale in past_sales(facts, at) if at < calendar_term_end(sale["at"], RAPPORT_DAYS)]
    latest = max((sale["at"] for sale in lately), default=None)
    last = [sale for sale in lately if sale["at"] == latest]
    if len({sale.get("closed_by") for sale in last}) > 1 and all("closed_by" in sale for sale in last):
        yield "closer_first", "two at one instant", "cases"
    elif len(last) == 1 and len(lately) > 1:
        yield "closer_first", "the later of two" if "closed_by" in last[0] else "latest has no closer", "cases"
