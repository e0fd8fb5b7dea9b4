"""The part of a random case that §1 to §3 read: the instant, the staff, the client's appointments, the request.

It is built backwards: the instant of decision first, mostly at the edge of a day that matters, then facts placed so that
their limits fall on that instant or one microsecond beside it.
"""

from civil_time import DAY, STEP, add_business_days, business_days_up_to, business_term_end, day_of, start_of
from drawing import DrawingAboutNow
from ownership import APPROVED_TERM, FIRST_TERM, INACTIVATION_DAYS, RENEWED_TERM, unapproved_end

PRODUCTS = ["radar", "agenda", "intimação"]
BLANKS = ["", "  ", "\t", None]
UNANSWERING = ["busy"] * 4 + ["absent", "vacation", "left"] * 3


class OwnershipPart(DrawingAboutNow):
    def calendar_start(self):
        """An instant whose 15 days end where the edge day starts; within them when the decision is not made at that edge."""
        days = INACTIVATION_DAYS + (abs(self.at - start_of(self.edge)) <= STEP)
        return self.some_time_of(self.edge - days * DAY)

    def fact_near(self, limits):
        """An instant at or beside one of the limits, or about the instant of decision."""
        return self.choice([self.beside(self.choice(limits))] * 4 + [self.beside(self.at)] * 4
                           + [self.within(self.at, self.at + 9 * DAY)])

    # -- facts

    def staff_member(self, id, team, role, statuses):
        member = {"id": id, "team": team, "role": role, "status": self.choice(statuses)}
        if self.chance(42):
            member["away"] = [self.away_period() for _ in range(self.choice((1, 1, 2)))]
        return member

    def away_period(self):
        first, last = sorted(self.choice((
            (self.edge, self.edge + self.random.randrange(12) * DAY),
            (self.edge - self.random.randrange(1, 20) * DAY, self.edge - DAY),
            (self.edge - self.random.randrange(1, 20) * DAY, self.edge - DAY),
            (self.edge - self.random.randrange(9) * DAY, self.edge + self.random.randrange(9) * DAY),
            (self.edge + self.random.randrange(20) * DAY, self.edge + self.random.randrange(40) * DAY),
        )))
        return {"kind": self.choice(("absent", "vacation")), "from": first, "until": last}

    def staff(self):
        """A team; now and then nobody of the sales team is available, or a single one."""
        scarce = self.chance(32)
        seller = UNANSWERING if scarce else UNANSWERING + ["available"] * 11
        anyone = UNANSWERING + ["available"] * 9
        team = [self.staff_member(id, "sales", self.choice(("seller", "sdr", "closer")), seller)
                for id in self.random.sample(["ana", "Bia", "caio", "davi", "zé"], self.choice((2, 3, 4)))]
        team += [self.staff_member("sup1", "support", "attendant", anyone),
                 self.staff_member("sup10", self.choice(("support", "central", "finance", "success")), "attendant", anyone),
                 self.staff_member("gil", "success", "manager", anyone),
                 self.staff_member("hugo", "sales", "manager", seller)]
        self.known = [member["id"] for member in team]
        if scarce and self.chance(40):
            team[0] = {"id": team[0]["id"], "team": "sales", "role": "closer", "status": "available"}
            self.known += [team[0]["id"]] * 4  # named often: whoever is named is no candidate
        self.random.shuffle(team)
        return team

    def appointment(self, id, products, live=None):
        """An appointment whose limits lie about the instant of decision; of the kind `live`, most likely a live one."""
        term = None if live else self.choice([FIRST_TERM] * 2 + [RENEWED_TERM] * 2 + [APPROVED_TERM] * 4 + [None] * 2)
        renewing = term == RENEWED_TERM or term == APPROVED_TERM and self.chance(60)
        kind = live or renewing and "sale_contact" or self.choice(
            ["sale_contact"] * 6 + ["sale_no_contact", "no_contact"] * 5 + ["onboarding", "support", "inactivation", "other"])
        found = {"id": id, "kind": kind}
        if kind == "other":
            found["kind_text"] = "visita"
        product = self.choice(BLANKS) if self.chance(9) and not live else self.choice(products)
        if product is not None:
            found["product"] = product
        found["owner"] = "nobody" if self.chance(5) else self.choice(self.known)

        created = found["created_at"] = self.creation(term, live)
        if kind == "sale_contact" and self.chance(95 if renewing else 80):
            found["quote_sent"] = renewing or self.chance(75)
        self.renew(found, renewing)
        self.approve(found, term)
        if self.chance(25 if live else 55):
            found["scheduled_for"] = self.scheduled(created)
        if self.chance(4 if live else 12):
            found["closed_at"] = max(created, self.choice((self.beside(self.at), self.beside(self.at),
                                                           self.within(created, created + 6 * DAY))))
            found["closed_by"] = found["owner"]
        return found

    def creation(self, term, live):
        if live:
            return min(self.at, self.some_time_of(add_business_days(self.edge, -self.choice((1, 1, 1, 2)))))
        if term:
            return self.business_start(term)
        return self.choice((self.beside(self.at), self.within(self.at, self.at + 9 * DAY),
                            self.within(self.at - 3 * DAY, self.at), self.within(self.at - 25 * DAY, self.at)))

    def renew(self, found, renewing):
        created, end = found["created_at"], business_term_end(found["created_at"], FIRST_TERM)
        if renewing or self.chance(40):
            found["renewed_at"] = (self.within(created, end) if self.chance(70 if renewing else 20)
                                   else self.fact_near([created, created, end, end]))

    def approve(self, found, term):
        created, end = found["created_at"], unapproved_end(found, self.at)
        if self.chance({FIRST_TERM: 10, RENEWED_TERM: 10, APPROVED_TERM: 85}.get(term, 40)):
            found["approved_by"] = self.choice(["gil", "hugo"] * 5 + ["sup1", "nobody"])
            if self.chance(75):
                found["approved_at"] = (self.within(created, end) if self.chance(25)
                                        else self.fact_near([created] * 2 + [end] * 5))
        elif self.chance(1):
            found["approved_at"] = self.within(created, end)

    def scheduled(self, created):
        """A plan whose booked span is about the limits, or of no consequence."""
        day = day_of(created)
        if self.chance(30):
            return self.some_time_of(day + self.random.randrange(-1, 6) * DAY)
        span = self.choice((6, 7, 7, 7, 8, 8, 9, 9))
        first = add_business_days(day, span)
        days = [first + n * DAY for n in range(6) if business_days_up_to(day, first + n * DAY) == span]
        return self.some_time_of(self.choice(days))

    def sale(self, id, appointments):
        limits = [a["created_at"] for a in appointments] or [self.at]
        sold = self.choice((self.beside(self.choice(limits)), self.beside(self.choice(limits)), self.beside(self.at),
                            self.within(self.at - 40 * DAY, self.at), self.within(self.at, self.at + 9 * DAY)))
        return {"id": id, "product": self.choice(PRODUCTS), "amount": "250.00", "closed_by": self.choice(self.known), "at": sold}

    def inactivation(self):
        near, limit, now = self.within(self.at - 12 * DAY, self.at), self.calendar_start(), self.beside(self.at)
        anywhere = self.within(self.at - 25 * DAY, self.at + 9 * DAY)
        same_day = self.some_time_of(day_of(limit))
        when, contact = self.choice([(near, self.within(near - 3 * DAY, near))] * 7 + [
            (limit, limit), (limit, same_day), (limit, near), (same_day, limit), (near, limit), (near, limit),
            (now, now), (now, near), (near, now), (near, now), (anywhere, near), (anywhere, None)])
        found = {"mode": "automatic" if self.chance(8) else "manual", "at": when}
        if found["mode"] == "manual":
            found["by"] = "nobody" if self.chance(5) else self.choice(self.known)
        if contact:
            found["last_contact_at"] = contact
        if not self.chance(4):
            found["replied"] = not self.chance(5)
        return found

    def facts(self):
        theme = self.choice(("reserved",) * 12 + ("inactivated",) * 16 + ("unreached",) + ("any",) * 3)
        inactive = theme == "inactivated" or self.chance(30)
        staff = self.staff()
        wanted = self.choice(PRODUCTS)
        others = [product for product in PRODUCTS if product != wanted]
        # An inactivation decides only where no contact about the product itself is reserved.
        products = others if theme == "inactivated" else [wanted] * 4 + others
        ids = self.random.sample(["a1", "a2", "a10", "B1", "é1", "a3"], self.choice((1, 2, 3, 3, 4, 5)))
        appointments = [self.appointment(id, products) for id in ids]
        if theme == "reserved":
            appointments[:2] = [self.appointment(id, [wanted], "sale_contact") for id in ids[:self.choice((1, 1, 2))]]
        if theme == "unreached":
            appointments[:2] = [self.appointment(id, [wanted], self.choice(["sale_no_contact", "no_contact"])) for id in ids[:2]]
        for later, earlier in zip(appointments[1:], appointments):
            if self.chance(12):
                self.create_at(later, earlier["created_at"])
        self.random.shuffle(appointments)
        if theme == "any" and self.chance(30):
            appointments = []
        client = {"id": "c1", "status": "inactive" if inactive else self.choice(("prospect", "active"))}
        if appointments or self.chance(50):
            client["appointments"] = appointments
        sales = [self.sale(f"s{n}", appointments) for n in range(self.choice((0, 0, 0, 0, 1, 1, 2)))]
        if sales:
            client["sales"] = sales
        if inactive and not self.chance(4) or self.chance(3):
            client["inactivation"] = self.inactivation()

        request = {"product": wanted, "handler": self.handler(client)}
        if self.chance(70):
            request["channel"] = self.choice(("chat", "email", "phone", "whatsapp"))
        if self.chance(80 if theme in ("unreached", "any") else 25):
            request["speculative"] = not self.chance(10)
        if self.chance(50):
            request["transfer_unanswered"] = not self.chance(10)
        case = {"at": self.at, "client": client, "request": request}
        if self.chance(96) or any("approved_by" in appointment for appointment in appointments):
            case["staff"] = staff
        return case

    def create_at(self, appointment, created):
        """Two reservations of one instant; facts that would then precede their creation may stay, they count for nothing."""
        appointment["created_at"] = created
        if "closed_at" in appointment:
            appointment["closed_at"] = max(created, appointment["closed_at"])

    def handler(self, client):
        if self.chance(1.5):
            return "stranger"
        concerned = [a["owner"] for a in client.get("appointments", ())]
        if "by" in client.get("inactivation", ()):
            concerned = [client["inactivation"]["by"]] * 2 + concerned
        concerned = [id for id in concerned if id in self.known]
        return self.choice(concerned if concerned and self.chance(22) else self.known + ["sup1", "sup10"])
