"""Random cases of §14, each about one of its indicators, and the bases they make."""

from datetime import timedelta

from civil_time import DAY, STEP, add_business_days, business_days_up_to, day_of, start_of
from drawing import DrawingAboutNow
from duties import ANSWER
from measures import CHANNELS, INDICATORS, MINUTE, seen_in
from ownership import APPROVED_TERM, FIRST_TERM, RENEWED_TERM
from segment import GROWING_DAYS

PEOPLE = ["ana", "bia", "caio", "davi", "Zé"]
STAFF = [{"id": id, "team": "sales", "role": "seller", "status": "available"} for id in PEOPLE]
STAFF.append({"id": "gil", "team": "success", "role": "manager", "status": "vacation"})
BLANKS = ["", " ", "\t"]
# How many are counted of how many: at the goals, on both sides of them, and where a hundredth is rounded down, up, or from its half.
PARTS = {"sold_in_one_call": [(1, 2), (2, 3), (1, 3), (1, 32), (1, 32), (1, 32)],
         "answered_in_time": [(9, 10), (8, 9), (10, 11), (11, 11), (6, 7), (1, 32), (1, 32)],
         "conversion": [(1, 10), (1, 9), (1, 15), (3, 32), (3, 32)],
         "expired_unworked": [(1, 5), (1, 5), (1, 6), (1, 6), (2, 9), (5, 32), (5, 32), (5, 32), (5, 32)],
         "dormant_returns": [(3, 100), (2, 67), (1, 30), (1, 32)]}


class MeasurePart(DrawingAboutNow):
    def __init__(self, random):
        super().__init__(random)
        self.start = start_of(day_of(self.at).replace(day=1))

    def instant_of_decision(self):
        """Now and then where a month begins or ends."""
        at = super().instant_of_decision()
        if self.chance(8):
            return self.beside(start_of(day_of(at).replace(day=1)))
        return at

    def facts(self, theme=None):
        self.client, self.numbered = {"id": "c1", "status": "active"}, 0
        theme = theme or self.choice([*THEMES, "sold_in_one_call", "expired_unworked", "forgiven_against_collected"])
        getattr(self, THEMES.get(theme, theme))()
        for facts in self.client.values():
            if isinstance(facts, list):
                self.random.shuffle(facts)
        case = {"at": self.at, "client": self.client, "staff": STAFF}
        if self.chance(1):
            del case["client"]
        return case

    def add(self, name, **fields):
        self.numbered += 1
        fact = {"id": f"{name[0]}{self.numbered}", **{key: value for key, value in fields.items() if value is not None}}
        self.client.setdefault(name, []).append(fact)
        return fact

    # -- when

    def of_the_month(self):
        return self.choice([self.beside(self.start), self.beside(self.at)] * 2 + [self.within(self.start, self.at + STEP)] * 5)

    def amount(self):
        return self.money(self.choice((0, 1, 9900, 9900, self.random.randrange(10**6))))

    def sale(self, at, product="radar", **fields):
        amount = None if self.chance(5) else self.amount()
        closed_by = None if self.chance(5) else self.choice(PEOPLE)
        return self.add("sales", product=product, at=at, amount=amount, closed_by=closed_by, **fields)

    def interaction(self, at, **fields):
        return self.add("interactions", at=at, **fields)

    # -- what the indicators look at

    def calls(self):
        product, sold = self.choice(["radar"] * 12 + BLANKS + [None]), self.of_the_month()
        self.sale(sold, product)
        if self.chance(45):
            self.calls_before(product, sold)
            return
        if self.chance(15):
            self.sale(self.choice((sold, self.within(self.start - DAY, self.at))), self.choice([product, "agenda"]))
        for _ in range(self.choice((0, 1, 1, 1, 2))):
            self.call(self.choice([self.beside(sold)] * 2 + [self.within(sold - 5 * DAY, sold)] * 3), product)

    def calls_before(self, product, sold):
        """About that sale, or about one of the same product before."""
        before = self.within(sold - 9 * DAY, sold - STEP)
        self.sale(before, product)
        if self.chance(70):
            self.call(self.choice([self.beside(before)] * 3 + [self.within(before - DAY, before)]), product)
        if self.chance(60):
            self.call(self.within(before, sold), product)

    def call(self, when, product):
        self.interaction(when, event=self.choice(["talk"] * 9 + ["attempt", "price"]),
                         channel=self.choice(["phone"] * 6 + ["email", "whatsapp", None]),
                         product=self.choice([product] * 8 + ["agenda", None]), direction=self.choice(("in", "out", None)),
                         by=self.choice(PEOPLE))

    def answering(self):
        asked = self.choice([self.of_the_month()] * 3 + [self.beside(self.at - ANSWER)] * 2)
        question = self.interaction(asked, event=self.choice(("question", "complaint", "question", "price")), **self.case())
        for _ in range(self.choice((0, 1, 1, 1, 1, 2))):
            whole = self.random.randrange(0, 90) * MINUTE
            when = self.choice([self.beside(asked + ANSWER)] * 3 + [self.beside(asked + whole)] * 3 + [self.beside(asked)] * 2
                               + [self.beside(self.at), self.within(asked, max(asked + STEP, self.at))])
            answer = self.interaction(when, event=self.choice(["answer"] * 9 + ["talk"]), **self.case(),
                                      by=self.choice([*PEOPLE, "ana", None]))
            if self.chance(30):
                answer["answers"] = self.choice((question["id"], question["id"], "i99"))
                if self.chance(30):
                    answer["at"] = self.within(asked - DAY, asked)
        if self.chance(15):
            self.interaction(self.of_the_month(), event="question", **self.case())

    def case(self):
        return {"case": self.choice(("k1", "k1", "k2"))} if self.chance(40) else {}

    def converting(self):
        for _ in range(self.choice((1, 2, 2, 3))):
            same = self.client.get("interactions")
            when = self.choice(same)["at"] if same and self.chance(50) else self.of_the_month()
            self.interaction(when, direction=self.choice(["in"] * 5 + ["out", None]),
                             channel=self.choice([*CHANNELS, "chat", None, None]))
        contacts = [interaction["at"] for interaction in self.client["interactions"]]
        if self.chance(20):
            self.interaction(self.within(self.start, max(self.start, min(contacts)) + STEP), direction="in")
        for _ in range(self.choice((0, 0, 1, 1, 2))):
            self.sale(self.choice([self.beside(self.choice(contacts))] * 4 + [self.beside(self.at), self.of_the_month()]))

    def expiring(self):
        """A reservation whose term ends about now, or where the month begins, or some time."""
        term = self.choice((FIRST_TERM, FIRST_TERM, RENEWED_TERM, APPROVED_TERM))
        end = self.choice((day_of(self.start), day_of(self.start), self.edge, self.edge,
                           day_of(self.within(self.start, self.at + STEP))))
        created = self.some_time_of(self.day_so_many_before(end, term))
        kind = "sale_contact" if term == RENEWED_TERM else self.choice(("sale_contact", "sale_no_contact", "no_contact"))
        found = self.add("appointments", kind=kind, product=self.choice(["radar"] * 9 + [" "]), owner=self.choice(PEOPLE[:2]),
                         created_at=created)
        if term == RENEWED_TERM:
            found.update(quote_sent=True, renewed_at=created)
        elif term == APPROVED_TERM:
            found["approved_by"] = "gil"
        if self.chance(12):
            found["closed_at"] = max(created, self.choice((self.beside(self.at), self.beside(start_of(end)))))
        if self.chance(50):
            self.interaction(self.choice((self.beside(created), self.beside(start_of(end)))), by=found["owner"], product="radar",
                             **self.choice(({"event": "talk"}, {"direction": "out"})))
            return
        for _ in range(self.choice((0, 1, 1, 1, 1, 2))):
            when = self.choice([self.beside(created)] * 4 + [self.beside(start_of(end))] * 4 + [self.within(created, start_of(end))] * 5)
            self.interaction(when, by=self.choice([found["owner"]] * 8 + ["caio", None]),
                             event=self.choice(("talk", "talk", "attempt", None)), direction=self.choice(("in", "out", None)),
                             product=self.choice([found["product"]] * 6 + ["agenda"] * 6 + [None, None, *BLANKS]))

    def day_so_many_before(self, end, term):
        """A day after which so many business days are over where that day begins, or nearly so."""
        first = add_business_days(end, -term - 1)
        days = [first + n * DAY for n in range(20) if business_days_up_to(first + n * DAY, end - DAY) == term]
        return self.choice(days or [first])

    def forgiving(self):
        if self.chance(20):
            self.ratio_about_its_goal()
            return
        for _ in range(self.choice((1, 1, 2, 3))):
            invoice = self.add("invoices", due=self.edge - 400 * DAY, amount=None if self.chance(14) else self.amount())
            for name in ("forgiven_at", "paid_at"):
                if self.chance(60):
                    invoice[name] = self.choice([self.beside(self.start), self.beside(self.at)] * 3 + [self.of_the_month()] * 2 + [
                        self.within(self.start - 40 * DAY, self.start), self.at + DAY])

    def ratio_about_its_goal(self):
        """To the hundredth of a percent: on it, beside it, and where a half of it is rounded."""
        half = self.random.randrange(1, 60)  # in cents, of so many
        whole = 20000 * half
        part = whole // 4 + self.choice((0, 1, -1, half, half, half, half - 1, half + 1, 2 * half, -half, -half - 1))
        self.add("invoices", amount=self.money(whole), paid_at=self.within(self.start, self.at + STEP))
        self.add("invoices", amount=self.money(part), forgiven_at=self.within(self.start, self.at + STEP))

    def without_amounts(self):
        getattr(self, self.choice(("forgiving", "buying", "buying")))()
        for name in ("invoices", "sales"):
            for fact in self.client.get(name, ()):
                fact.pop("amount", None)

    def returning(self):
        contact = self.of_the_month()
        self.interaction(contact, direction=self.choice(["out"] * 7 + ["in", None]))
        if self.chance(30):
            self.interaction(self.of_the_month(), direction="out")
        for _ in range(self.choice((0, 1, 1, 1, 2))):
            days = self.choice([GROWING_DAYS + self.choice((-1, -1, 0, 0, 0, 1, 1))] * 10 + [self.random.randrange(1, 900)])
            self.sale(self.some_time_of(day_of(contact) - days * DAY))
        if self.chance(45):
            self.sale(self.choice([self.beside(contact)] * 5 + [self.beside(self.at), self.within(contact, contact + 9 * DAY)]))

    def buying(self):
        for _ in range(self.choice((0, 1, 1, 2, 2, 3, 6, 7))):
            self.sale(self.choice([self.of_the_month()] + [self.within(self.at - 420 * DAY, self.at + STEP)] * 4))
        if self.chance(35):
            self.client["preference"] = {"term": self.choice(("long", "short")), "closeness": self.choice(("close", "distant"))}
        sales = self.client.get("sales", ())
        if len(sales) > 1 and self.chance(30):
            sales[1]["at"] = sales[0]["at"] + self.choice((0 * STEP, STEP, DAY))


THEMES = {"sold_in_one_call": "calls", "answered_in_time": "answering", "conversion": "converting",
          "expired_unworked": "expiring", "forgiven_against_collected": "forgiving", "dormant_returns": "returning",
          "best_sellers": "buying"}


class BasePart:
    """A base: cases of any theme, many of one, or as many counted as a goal or a rounding asks for."""

    def __init__(self, random):
        self.random = random

    def cases(self):
        way = self.random.choice(["any"] * 2 + ["one theme"] * 3 + ["parts"] * 7 + ["alone"] * 2)
        if way == "alone":
            return [MeasurePart(self.random).facts(self.random.choice(("ratio_about_its_goal", "without_amounts")))]
        if way == "parts":
            return self.parts(self.random.choice([*PARTS, "answered_in_time", "conversion", "dormant_returns", "dormant_returns"]))
        theme = self.random.choice([*THEMES, *THEMES, "answered_in_time", "best_sellers", *["expired_unworked"] * 4,
                                     "forgiven_against_collected", "conversion"]) if way == "one theme" else None
        return [MeasurePart(self.random).facts(theme) for _ in range(self.random.choice((1, 1, 1, 2, 3, 5, 9, 10, 11, 20)))]

    def parts(self, name):
        part, whole = self.random.choice(PARTS[name])
        found, channel = {True: [], False: []}, self.random.choice(CHANNELS)
        wanted = {True: part, False: whole - part}
        for _ in range(60 * whole):
            case = MeasurePart(self.random).facts(name)
            seen = seen_in(case)[name]
            if seen and len(seen) == 1 and len(found[seen[0].counts]) < wanted[seen[0].counts]:
                if seen[0].group in (None, channel):
                    found[seen[0].counts].append(case)
            if all(len(found[counts]) == wanted[counts] for counts in found):
                break
        return found[True] + found[False]
