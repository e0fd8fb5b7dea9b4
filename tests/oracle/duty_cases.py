"""Random cases of §9: duties whose opening, due instant or closing lies about the instant of decision.

Events of two duties in one case are kept apart by each having cases (`case`) of its own, so that each can be told what
closed it; a single one's events have none, too.
"""

from civil_time import DAY, STEP, day_of, start_of
from debt import payable_day
from drawing import DrawingAboutNow
from duties import ANSWER, CONTACT_DAYS, MEETING_LEAD, PAYMENT_DATA, THREE_RINGS, median
from duty_cells import CLOSING

PEOPLE = ["ana", "bia", "caio", None]
ALONE = ["keep_in_touch", "remind_second_purchase"]  # any contact or sale would close them
OFTEN = {"follow_up_price": 9, "book_next_contact": 27, "send_payment_data": 7, "follow_up_no": 9, "follow_up_yes": 5,
         "answer_call": 5, "remove_appointment": 5, "alert_invoices": 5, "release_protest": 3, "release_listing": 3,
         "follow_up_quote": 3, "book_training": 4}
INTERVALS = [[30], [30, 42], [61, 30, 42], [42, 30, 61, 30], [7, 1], [0, 0, 5]]
EVENTS = {"follow_up_yes": "yes", "follow_up_no": "no", "send_material": "material_request", "send_payment_data": "yes",
          "hand_over": "payment_proof", "onboard": "handover", "follow_up_price": "price", "answer_call": "call",
          "call_back": "callback_request", "book_next_contact": "talk"}


class DutyPart(DrawingAboutNow):
    def facts(self):
        self.client = {"id": "c1", "status": self.choice(("prospect", "active", "active", "inactive"))}
        self.case = {"at": self.at, "client": self.client}
        if self.chance(25):
            self.client["do_not_contact"] = self.chance(50)
        if self.chance(90):
            self.case["base"] = {"second_purchase_days": self.choice(INTERVALS)} if self.chance(95) else {}
        self.numbered = 0
        way = self.choice(["alone"] * 5 + ["together"] * 4 + ["apart"] * 11)
        duties = ALONE if way == "alone" else [duty for duty in CLOSING if duty not in ALONE]
        count = {"alone": 1, "together": self.choice((1, 1, 2)), "apart": 6}[way]
        for number, duty in enumerate(self.random.choices(duties, [OFTEN.get(duty, 2) for duty in duties], k=count)):
            self.cases = (f"k{number}", f"k{number}", f"l{number}") if way == "apart" else ("k", "k", "l", None, None, None)
            self.open(duty)
        for name, facts in self.client.items():
            if isinstance(facts, list):
                self.random.shuffle(facts)
        return self.case

    def add(self, name, **fields):
        """A fact with an id of its own, and none of the fields that are None."""
        self.numbered += 1
        fact = {"id": f"{name[0]}{self.numbered}", **{key: value for key, value in fields.items() if value is not None}}
        self.client.setdefault(name, []).append(fact)
        return fact

    # -- when

    def about(self, limit_now):
        """An instant whose limit is now, or that is now, or any."""
        return self.choice([limit_now] * 5 + [self.beside(self.at)] * 2 + [self.within(self.at - 9 * DAY, self.at)] * 3
                           + [self.within(self.at, self.at + 9 * DAY)])

    def rolled_days(self):
        """The days that, rolled to a business day, are over where the edge day starts; others where there are none."""
        last = self.edge - DAY
        days = [last - n * DAY for n in range(6) if payable_day(last - n * DAY) == last]
        return days or [last]

    def start_for(self, duty):
        """When it opened, if it is due about now."""
        beside = self.beside(self.at)
        elapsed = {"send_payment_data": PAYMENT_DATA, "answer": ANSWER, "answer_call": THREE_RINGS}
        if duty in elapsed:
            return beside - elapsed[duty]
        if duty in ("follow_up_yes", "follow_up_no"):
            return self.business_start(1)
        if duty == "follow_up_price":
            return self.business_start(2)
        if duty in ("hand_over", "onboard", "write_off", "give_receipt", "book_training"):
            return self.some_time_of(self.choice(self.rolled_days()))
        if duty in ("release_protest", "release_listing"):
            return self.business_start(5)
        return self.some_time_of(self.edge - DAY)

    def soon_after(self, instant):
        """At or beside it, or beside now, or between."""
        return self.choice([self.beside(instant)] * 5 + [self.beside(self.at)] * 5
                           + [self.within(instant, max(instant, self.at))])

    # -- openings

    def open(self, duty):
        """The facts that open it, and perhaps some that close it."""
        special = getattr(self, duty, None)
        if special:
            special()
            return
        opened = self.interaction(self.about(self.start_for(duty)), EVENTS[duty])
        if duty == "follow_up_price" and self.chance(90):
            opened["channel"] = self.choice(("email", "email", "email", "phone"))
        if duty == "book_next_contact" and self.chance(90):
            opened["product"] = self.choice(["radar"] * 8 + ["", " \t"])
        if duty == "answer_call" and self.chance(35):
            opened["answered"] = self.chance(50)
        if duty == "call_back" and self.chance(50):
            opened["for_at"] = self.choice([self.beside(self.at)] * 3 + [self.within(self.at, self.at + DAY)])
        if duty == "book_next_contact" and self.chance(60):
            self.book(opened)
        elif duty in ("follow_up_yes", "follow_up_no") and self.chance(40):
            self.follow_ups(opened)
        else:
            self.close(duty, opened)
        if duty == "follow_up_price" and self.chance(25):
            named = self.interaction(self.soon_after(opened["at"]), self.choice(("attempt", "talk", "question")))
            named["answers"] = self.choice((opened["id"], opened["id"], "m99"))

    def interaction(self, instant, event):
        found = self.add("interactions", at=instant, event=event, by=self.choice(PEOPLE),
                         direction=self.choice(("in", "out", None)))
        case = self.choice(self.cases)
        if case:
            found["case"] = case
        return found

    def close(self, duty, opened):
        """By one of the events that do, with or without naming what it closes."""
        kinds = [*CLOSING[duty][0], *CLOSING[duty][1]]
        for _ in range(self.choice((0, 1, 1, 1, 2)) if kinds else 0):
            event = self.interaction(self.soon_after(opened["at"]), self.choice(kinds))
            if self.chance(40):
                event["answers"] = self.choice((opened["id"], opened["id"], "m99"))
                if self.chance(40):
                    event["at"] = self.within(opened["at"] - DAY, opened["at"])
            elif "case" in opened and self.chance(60):
                event["case"] = opened["case"]

    def follow_ups(self, said):
        """Some; now and then the last of them falls where the next is due about now."""
        for number in range(self.choice((1, 2, 2, 3, 3, 4, 4))):
            at = self.soon_after(said["at"]) if self.chance(50) else self.within(said["at"] + STEP, max(said["at"], self.at))
            if number == 0 and self.chance(35):
                at = self.business_start(1)
            made = self.interaction(at, self.choice(("attempt", "talk")))
            if self.chance(80):
                made["direction"] = "out"
            if "case" in said and self.chance(80):
                made["case"] = said["case"]

    def book(self, talk):
        when = self.choice([self.beside(talk["at"])] * 5 + [self.within(talk["at"], talk["at"] + 9 * DAY)])
        way = self.choice(("appointment", "meeting", "call", "sale"))
        if way == "appointment":
            created = min(talk["at"], when) - self.choice((0, 1)) * DAY
            appointment = self.add("appointments", kind="support", created_at=created, scheduled_for=when)
            if self.chance(35):
                appointment["closed_at"] = self.choice((self.beside(self.at), self.at - DAY))
        elif way == "meeting":
            self.add("meetings", at=when, confirmed_at=self.at)
        elif way == "call":
            self.interaction(min(talk["at"], self.at), "question")["for_at"] = when
        else:
            self.add("sales", product=self.choice(["radar"] * 4 + ["agenda"]), at=when)

    def confirm_meeting(self):
        at = self.choice([self.beside(self.at + MEETING_LEAD)] * 4 + [self.beside(self.at)] * 2
                         + [self.within(self.at, self.at + 3 * DAY)] * 3 + [self.within(self.at - DAY, self.at)])
        confirmed = self.choice([None] * 4 + [self.beside(self.at)] * 3)
        self.add("meetings", at=at, closer=self.choice(PEOPLE), confirmed_at=confirmed)

    def follow_up_quote(self):
        consultative = self.choice((None, False, True, True))
        sent = self.about(self.business_start(5 if consultative else 2))
        quote = self.add("quotes", sent_at=sent, by=self.choice(PEOPLE), consultative=consultative,
                         replied_at=self.choice([None] * 4 + [self.beside(self.at)]))
        if self.chance(35):
            named = self.interaction(self.soon_after(sent), self.choice(("talk", "question", "attempt", None)))
            named["answers"] = self.choice((quote["id"], quote["id"], "q99"))

    def remove_appointment(self):
        sold = self.about(self.some_time_of(self.edge - DAY))
        created = self.choice([self.beside(sold)] * 3 + [self.within(sold - 9 * DAY, sold)] * 3)
        kind = self.choice(["sale_contact"] * 4 + ["sale_no_contact", "no_contact"] * 3 + ["support", "onboarding", "other"])
        product = self.choice(["radar"] * 12 + ["", " ", None])
        closed = self.choice([None] * 2 + [self.beside(self.at)])
        self.add("appointments", kind=kind, product=product, created_at=created, closed_at=closed)
        self.add("sales", product=product if product and self.chance(90) else "agenda", at=sold, closed_by=self.choice(PEOPLE))
        if self.chance(30):
            self.add("sales", product="radar", closed_by=self.choice(PEOPLE),
                     at=self.choice((self.beside(sold), sold, self.within(sold - 3 * DAY, sold + DAY))))

    def alert_invoices(self):
        at = self.about(self.some_time_of(self.edge - DAY))
        contact = self.interaction(at, self.choice(("talk", "talk", "attempt", None)))
        for _ in range(self.choice((1, 1, 2))):
            payable = day_of(at) + self.choice((-1, -1, 0, 0, 1, -40, -366)) * DAY
            due = payable if self.chance(70) else payable - self.choice((1, 2, 3)) * DAY
            if self.chance(25):  # a year past due now
                due = self.edge - self.choice((366, 367, 368)) * DAY
            self.add("invoices", due=due, amount="80.00", forgiven_at=self.choice([None] * 7 + [self.beside(self.at)]),
                     paid_at=self.choice([None] * 7 + [self.beside(self.at)]))
        self.close("alert_invoices", contact)

    def paid(self, duty, field, closing):
        paid_at = self.about(self.start_for(duty))
        closed = self.choice([None] * 4 + [self.beside(self.at)] * 2 + [self.within(self.at - DAY, self.at)])
        invoice = self.add("invoices", due=day_of(paid_at), amount="80.00", paid_at=paid_at, **{closing: closed})
        if field:
            invoice[field] = self.choice([self.beside(self.at)] * 2 + [self.within(paid_at - 9 * DAY, paid_at)] * 3)

    def write_off(self):
        self.paid("write_off", None, "written_off_at")

    def give_receipt(self):
        self.paid("give_receipt", None, "receipt_at")

    def release_protest(self):
        self.paid("release_protest", "protested_at", "released_at")

    def release_listing(self):
        self.paid("release_listing", "listed_at", "released_at")

    def answer(self):
        asked = self.interaction(self.about(self.start_for("answer")), self.choice(("question", "complaint")))
        self.close("answer", asked)

    def remind_second_purchase(self):
        days = median(self.case.get("base", {}).get("second_purchase_days") or [30]) + 1
        opened = self.choice((self.edge, self.choice(self.rolled_days()), self.edge - self.random.randrange(9) * DAY))
        sold = self.some_time_of(opened - days * DAY)
        self.add("sales", product="radar", at=sold, closed_by=self.choice(PEOPLE))
        if self.chance(20):
            self.add("sales", product="radar", at=self.soon_after(sold), closed_by=self.choice(PEOPLE))
        if self.chance(45):
            when = self.choice((self.beside(start_of(opened)), self.beside(self.at)))
            self.interaction(when, self.choice(("attempt", None)))["direction"] = "out"

    def keep_in_touch(self):
        opened = self.choice((self.edge, self.choice(self.rolled_days()), self.edge - self.random.randrange(9) * DAY))
        contact = self.interaction(self.some_time_of(opened - (CONTACT_DAYS + 1) * DAY),
                                   self.choice(("answer", "attempt", "material", None)))
        if contact.get("event") == "attempt" and self.chance(80):
            contact["answered"] = self.chance(80)
        for _ in range(self.choice((0, 0, 1, 2))):
            when = self.choice((contact["at"], self.beside(self.at), self.within(contact["at"] - DAY, self.at)))
            other = self.interaction(when, self.choice(("attempt", "attempt", "attempt", "material", None)))
            if other.get("event") == "attempt" and self.chance(80):
                other["answered"] = self.chance(40)

    def book_training(self):
        instant = self.about(self.start_for("book_training"))
        if self.chance(45):
            self.add("trainings", requested_at=instant, slot=self.choice((None, None, "l1")))
            return
        self.interaction(instant, "training_request")
        if self.chance(60):
            self.add("trainings", requested_at=self.soon_after(instant), slot=self.choice((None, "l1")))
