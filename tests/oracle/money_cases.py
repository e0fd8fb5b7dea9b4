"""The part of a random case that §4 and §5 read: invoices, sales since they were forgiven, and the sale made.

It is laid over the part that §1 to §3 read: the sale falls on its instants and the ends of its terms, or one microsecond
beside. What they decide stays, but that it may take away the client's status.
"""

from datetime import date

from civil_time import DAY, STEP, a_year_after, business_term_end, calendar_term_end, day_of, start_of
from commission import half_up
from debt import payable_day
from drawing import LEAP_DAYS, LEAP_YEARS_AGO, MISSING_MIDNIGHTS, Drawing
from facts import happened, staff_by_id
from ownership import APPROVED_TERM, INACTIVATION_DAYS, is_approved, judge, unapproved_end
from ownership_cases import PRODUCTS

ANOTHER_PRODUCT = "cursos"  # that no request asks for and no reservation holds
FIRST_DUE = date(2000, 1, 5)


class MoneyPart(Drawing):
    def __init__(self, random, facts):
        super().__init__(random)
        self.facts, self.at, self.client = facts, facts["at"], facts["client"]
        self.edge = day_of(self.at + STEP)
        self.appointments = self.client.get("appointments", [])
        self.staff = [member["id"] for member in facts.get("staff", ())]

    def add(self):
        invoices = [self.invoice(id) for id in self.random.sample(["i1", "i2", "i10", "J1"], self.choice((0, 1, 2, 3, 3, 4, 4)))]
        if self.chance(7):
            self.lose_a_field(invoices)
        if invoices or self.chance(50):
            self.client["invoices"] = invoices
        if self.chance(60):
            self.facts["request"]["campaign"] = not self.chance(15)
        since = [self.sale_since(f"z{n}", invoice) for n, invoice in enumerate(invoices)
                 if "forgiven_at" in invoice and self.chance(26)]
        if since:
            self.client["sales"] = self.client.get("sales", []) + since
        if self.chance(98.8):
            self.facts["sale"] = self.sale()
        if self.chance(1.5):
            del self.client["status"]

    # -- §4

    def invoice(self, id):
        old = self.chance(34)
        due = self.old_due() if old else self.due()
        found = {"id": id, "due": due, "amount": self.money(self.choice((0, 1, 12000, self.random.randrange(10**6))))}
        if old:
            found["forgiven_at"] = self.forgiven(due)
        elif self.chance(15):
            found["forgiven_at"] = self.some_time_about()
        if self.chance(3 if old else 22):
            found["paid_at"] = self.some_time_about()
        return found

    def old_due(self):
        """Of an invoice that was a year past due some time ago."""
        leap_days = [day for day in LEAP_DAYS if start_of(a_year_after(day) + DAY) < self.at]
        if leap_days and self.chance(30):
            return self.choice(leap_days)
        return max(FIRST_DUE, self.edge - self.random.randrange(367, 1100) * DAY)

    def forgiven(self, due):
        year_end = start_of(a_year_after(due) + DAY)
        return self.choice([self.beside(year_end)] * 3 + [self.within(year_end, max(year_end, self.at))] * 2
                           + [self.beside(self.at)])

    def some_time_about(self):
        return self.choice([self.beside(self.at)] * 4
                           + [self.within(self.at - 90 * DAY, self.at), self.within(self.at, self.at + 30 * DAY)])

    def due(self):
        """A due date whose limits fall on the edge day or one beside it, or lie long behind, a little about it, or ahead."""
        last = self.edge - DAY
        if self.chance(65) and (last in LEAP_YEARS_AGO or self.edge in MISSING_MIDNIGHTS):
            return last.replace(year=last.year - 1) - DAY * (last in LEAP_YEARS_AGO)
        last += DAY * self.choice((0, 0, 0, 0, 1, 2))
        payable = [day for day in (last - n * DAY for n in range(8)) if payable_day(day) == last]
        days_off = [day for day in payable if day.weekday() < 5 and day != last]
        a_year_ago = [day for day in (last - n * DAY for n in range(364, 369)) if a_year_after(day) == last]
        found = self.choice([payable] * 4 + [days_off] * 3 + [a_year_ago] * 6
                            + [[last - self.random.randrange(360, 1100) * DAY]] * 2
                            + [[last - self.random.randrange(360) * DAY]] * 2
                            + [[self.edge + n * DAY for n in range(-8, 4)]] * 2
                            + [[self.edge + self.random.randrange(400) * DAY]])
        return max(FIRST_DUE, self.choice(found or [last - 30 * DAY]))

    def lose_a_field(self, invoices):
        """Of an invoice that lacks it now already, or never needs it."""
        invoice = self.choice(invoices or [{}])
        if self.chance(65) and "forgiven_at" not in invoice:
            invoice.pop("due", None)
        elif "due" in invoice and day_of(self.at) > payable_day(invoice["due"]):
            del invoice["amount"]

    def sale_since(self, id, invoice):
        forgiven = invoice["forgiven_at"]
        sold = self.choice([self.beside(forgiven)] * 6 + [self.beside(self.at)] * 3
                           + [self.within(self.at - 400 * DAY, self.at)])
        closer = self.choice(self.staff or ["ana"])
        return {"id": id, "product": ANOTHER_PRODUCT, "amount": "90.00", "closed_by": closer, "at": sold}

    # -- §5: who

    def sale(self):
        product = self.product()
        contacts = [a for a in self.appointments if a["kind"] == "sale_contact" and a.get("product") == product]
        amount = self.amount()
        found = {"id": "s9", "product": product, "amount": self.money(amount), "closed_by": self.closer(contacts),
                 "at": self.sold(product, contacts)}
        commission = half_up(amount, 10)
        if self.chance(50):
            commission = self.choice((amount // 10, amount // 4, amount // 2, 2500, self.random.randrange(amount + 1)))
            found["commission"] = self.money(commission)
        if self.chance(1.3):
            del found["product"]
        self.pay(found, amount, commission)
        return found

    def product(self):
        """What is asked for, or another: one that a contact was about, or for which nobody was reached."""
        asked = self.facts["request"]["product"]
        contacted = [a["product"] for a in self.appointments if a["kind"] == "sale_contact" and self.mattered(a)]
        unreached = [a["product"] for a in self.appointments if a["kind"] in ("sale_no_contact", "no_contact")
                     and a.get("product") in PRODUCTS and a["product"] not in contacted]
        if asked in contacted:
            others = [(8, unreached)]
        elif self.may_keep():
            others = [(28, unreached), (14, contacted)]
        else:
            others = [(30, unreached), (95, contacted)]
        return next((self.choice(found) for percent, found in others if found and self.chance(percent)), asked)

    def mattered(self, appointment):
        """Whether the appointment reserves its product now, or did."""
        if not happened(appointment["created_at"], self.at):
            return False
        state = judge(appointment, self.client, staff_by_id(self.facts), self.at).outcome["state"]
        return state in ("live", "expired", "closed")

    def may_keep(self):
        """Whether who inactivated keeps the client at some time."""
        inactivation = self.client.get("inactivation", {})
        return (self.client["status"] == "inactive" and inactivation.get("by") in self.staff
                and inactivation.get("replied", False) and "last_contact_at" in inactivation)

    def closer(self, contacts):
        concerned = [contact["owner"] for contact in contacts]
        if not contacts and "by" in self.client.get("inactivation", ()):
            concerned = [self.client["inactivation"]["by"]]
        concerned = [id for id in concerned if id in self.staff]
        if self.chance(1.4):
            return "stranger"
        return self.choice(concerned if concerned and self.chance(60 if contacts else 90) else self.staff or ["ana"])

    def sold(self, product, contacts):
        """Mostly at or beside an instant that matters to who owned the client; the rarer such instants the more often."""
        if self.chance(1.9):
            return self.at + STEP * self.choice((1, 1, 10**11))
        if contacts:
            limits = self.reservation_limits(contacts)
        else:
            limits = self.inactivation_limits() if product == self.facts["request"]["product"] else []
        # A decision often falls on the limit itself, and what lies after it is to come: so limits past count twice.
        past = [(weight * (2 if limit < self.at else 1), limit) for weight, limit in limits if limit <= self.at]
        weights, limits = zip((6, None), *past)
        limit = self.random.choices(limits, weights)[0]
        if limit is None:
            return self.choice((self.at, self.at, self.at - STEP, self.within(self.at - DAY, self.at)))
        if limit == self.at:
            return self.choice((limit, limit - STEP))
        return limit + STEP * self.choice((-1, -1, 0, 0, 1, 1, 1) if contacts else (-1, -1, 0, 0, 1, 1, 1, 1, 1))

    def inactivation_limits(self):
        """Each with how often it is chosen."""
        inactivation = self.client.get("inactivation", {})
        dated = [(weight, inactivation[name]) for name, weight in (("at", 1), ("last_contact_at", 5)) if name in inactivation]
        return dated + [(50, calendar_term_end(instant, INACTIVATION_DAYS)) for _, instant in dated]

    def reservation_limits(self, appointments):
        """What each reservation, and its owner's absence, begins or ends with; the rarer the more often."""
        staff = staff_by_id(self.facts)
        found = [(500, sale["at"]) for sale in self.client.get("sales", ()) if sale["product"] == appointments[0]["product"]]
        for appointment in appointments:
            approved, end = is_approved(appointment, staff, self.at), unapproved_end(appointment, self.at)
            if approved:
                end = business_term_end(appointment["created_at"], APPROVED_TERM)
            dated = (("created_at", 0.5), ("renewed_at", 5), ("approved_at", 32 * approved), ("closed_at", 300))
            found += [(weight, appointment[name]) for name, weight in dated if name in appointment]
            found.append((190 if approved else 24, end))
            for period in staff.get(appointment["owner"], {}).get("away", ()):
                away = ((34, start_of(period["from"])), (260, start_of(period["until"] + DAY)))
                found += [(weight, limit) for weight, limit in away if appointment["created_at"] < limit < end]
        return found

    # -- §5: how much

    def amount(self):
        if self.chance(4):
            return self.choice((0, 10**15 + self.random.randrange(10**6)))
        return self.choice((25000, 25000, 10 * self.random.randrange(1, 5000) + self.choice((4, 5, 6)),
                            20 * self.random.randrange(1, 2000), self.random.randrange(1, 10**6)))

    def to_pay(self, amount, commission):
        """How much shall have been paid: about all of it, about half a cent of the commission, or anything."""
        if self.chance(50):
            return max(0, amount + self.choice((-1, 0, 0, 1)))
        for _ in range(60):
            found = self.random.randrange(amount + 1)
            if 2 * commission * found % (2 * amount or 1) == amount:
                return max(0, found + self.choice((-1, 0, 1)))
        return self.random.randrange(amount + 1)

    def pay(self, sale, amount, commission):
        """Payments that come to what shall have been paid, by `paid` or by lists, with refunds before, at and after them."""
        total = self.to_pay(amount, commission)
        way = self.choice(("nothing",) * 2 + ("paid",) * 4 + ("lists",) * 6 + ("both",) * 2)
        if way in ("paid", "both"):
            sale["paid"] = self.money(total)
            if self.chance(60):
                sale["paid_at"] = self.dated()
            if self.chance(50):
                sale["refunded"] = self.money(self.random.randrange(total + 1))
                sale["refunded_at"] = self.dated()
        if way in ("lists", "both"):
            self.pay_by_lists(sale, total)
        elif self.chance(20):
            sale[self.choice(("payments", "refunds"))] = []

    def dated(self):
        return self.choice([self.beside(self.at)] * 3 + [self.within(self.at - 20 * DAY, self.at)] * 2
                           + [self.within(self.at, self.at + 9 * DAY)])

    def pay_by_lists(self, sale, total):
        cuts = sorted(self.random.randrange(total + 1) for _ in range(self.choice((0, 0, 1, 2))))
        parts = [end - start for start, end in zip([0] + cuts, cuts + [total])]
        if "paid" in sale and self.chance(30):
            instants = [self.within(self.at, self.at + 9 * DAY) for _ in parts]
        elif self.chance(35):
            instants = [self.dated() for _ in parts]
        else:
            instants = [self.choice((self.at, self.at - STEP, self.within(self.at - 20 * DAY, self.at))) for _ in parts]
        payments = [{"at": instant, "amount": part} for instant, part in zip(instants, parts)]
        refunds = []
        refunded = self.random.randrange(1, total + 2)
        pattern = self.choice(("none", "none", "after", "same instant", "before", "only"))
        if pattern == "after":
            refunds = [{"at": max(instants) + self.choice((STEP, DAY)), "amount": refunded}]
        elif pattern == "same instant":
            payment = self.choice(payments)
            payment["amount"] += refunded
            refunds = [{"at": payment["at"], "amount": refunded}]
        elif pattern == "before":
            self.choice(payments)["amount"] += refunded
            refunds = [{"at": min(instants) - self.choice((STEP, DAY)), "amount": refunded}]
        elif pattern == "only" and self.chance(50):
            payments, refunds = [], [{"at": instant, "amount": part} for instant, part in zip(instants, parts)]
        for name, changes in (("payments", payments), ("refunds", refunds)):
            self.random.shuffle(changes)
            if changes or self.chance(10):
                sale[name] = [{"at": change["at"], "amount": self.money(change["amount"])} for change in changes]
