"""An independent reading of the policy, §9: who must do what by when.

Every duty that was ever opened is found with what has closed it, so that the tally can count each way of closing.
"""

from datetime import timedelta
from typing import NamedTuple

from civil_time import DAY, business_term_end, calendar_term_end, day_of, local_text, start_of
from debt import debt, payable_day
from facts import happened, instants_after, instants_and_days
from ownership import RESERVING
from reading import Reading

MOST_FOLLOW_UPS = 3
CONTACT_DAYS = 90
MEETING_LEAD, PAYMENT_DATA, THREE_RINGS = timedelta(minutes=30), timedelta(minutes=5), timedelta(seconds=15)
ANSWER, ANSWER_TARGET = timedelta(hours=10), timedelta(hours=8)
ELAPSED = (-MEETING_LEAD, PAYMENT_DATA, THREE_RINGS, ANSWER)


class Opening(NamedTuple):
    duty: str
    by: dict  # the fact that opened it
    clause: str
    opened: object  # None where it always stood
    due: object
    who: str = None
    team: str = None  # where nobody is named
    target: object = None
    closed: tuple = ()  # what closed it, each way by its name


# ---------------------------------------------------------------------------------------------------- terms and events


def day_over(instant):
    return start_of(day_of(instant) + DAY)


def business_day_over(instant):
    return start_of(payable_day(day_of(instant)) + DAY)


def same_case(one, other):
    return "case" not in one or "case" not in other or one["case"] == other["case"]


def closes(event, opening):
    if "answers" in event:
        return event["answers"] == opening["id"]
    return event["at"] >= opening["at"] and same_case(event, opening)


def is_later(event, opening):
    return event["at"] > opening["at"] and same_case(event, opening)


def existing(facts, name, dated, at):
    return [fact for fact in facts["client"].get(name, ()) if happened(fact[dated], at)]


def interactions_until(facts, at):
    return existing(facts, "interactions", "at", at)


def named(text):
    return text is not None and text.strip() != ""


def is_contact(interaction):
    return interaction.get("event") != "attempt" or interaction.get("answered") is True


def median(intervals):
    return sorted(intervals)[(len(intervals) - 1) // 2]


class Client:
    """What has happened until an instant."""

    def __init__(self, facts, at):
        client = facts["client"]
        self.facts, self.at = facts, at
        self.interactions = interactions_until(facts, at)
        self.appointments = existing(facts, "appointments", "created_at", at)
        self.sales = existing(facts, "sales", "at", at)
        self.quotes = existing(facts, "quotes", "sent_at", at)
        self.trainings = existing(facts, "trainings", "requested_at", at)
        self.meetings, self.invoices = client.get("meetings", ()), client.get("invoices", ())
        self.may_be_reached = not client.get("do_not_contact", False)
        self.intervals = facts.get("base", {}).get("second_purchase_days", ())

    def events(self, *kinds):
        return [i for i in self.interactions if i.get("event") in kinds]

    def has(self, fact, name):
        return happened(fact.get(name), self.at)

    def closed_by(self, opening, *kinds):
        return [event["event"] for event in self.events(*kinds) if closes(event, opening)]

    def later(self, opening, *kinds):
        return [f"later {event['event']}" for event in self.events(*kinds) if is_later(event, opening)]


def opening(duty, by, clause, due, closed=(), who="by", team="sales", target=None, opened=None):
    """`who` is the field that names somebody, if there is one."""
    person = by.get(who)
    return Opening(duty, by, clause, opened or by["at"], due, person, None if person else team, target, tuple(closed))


# ---------------------------------------------------------------------------------------------------- the table, row by row


def confirm_meeting(client):
    for meeting in client.meetings:
        closed = ["confirmed"] * client.has(meeting, "confirmed_at") + ["held"] * (client.at >= meeting["at"])
        found = opening("confirm_meeting", meeting, "C.2", meeting["at"] - MEETING_LEAD, closed, "closer")
        yield found._replace(opened=None)


def follow_up(client):
    for said in client.events("yes", "no"):
        made = [i["at"] for i in client.events("attempt", "talk") if i.get("direction") == "out" and is_later(i, said)]
        closed = client.closed_by(said, "payment_proof") + client.later(said, "yes", "no")
        closed += ["three follow-ups"] * (len(made) >= MOST_FOLLOW_UPS) + ["not to be reached"] * (not client.may_be_reached)
        yield opening(f"follow_up_{said['event']}", said, "C.3", business_term_end(max(made, default=said["at"]), 1), closed)


def send_material(client):
    for asked in client.events("material_request"):
        yield opening("send_material", asked, "C.4", day_over(asked["at"]), client.closed_by(asked, "material"))


def send_payment_data(client):
    for said in client.events("yes"):
        closed = client.closed_by(said, "payment_data", "payment_proof") + client.later(said, "yes", "no")
        yield opening("send_payment_data", said, "C.5", said["at"] + PAYMENT_DATA, closed)


def hand_over(client):
    for proof in client.events("payment_proof"):
        yield opening("hand_over", proof, "C.6", business_day_over(proof["at"]), client.closed_by(proof, "handover"))


def onboard(client):
    for handed in client.events("handover"):
        closed = client.closed_by(handed, "onboarding")
        yield opening("onboard", handed, "C.6", business_day_over(handed["at"]), closed, None, "success")


def answered(client, fact, *kinds):
    """By an interaction that names it, of these kinds or of any."""
    return ["answered" for i in client.interactions
            if i.get("answers") == fact["id"] and (not kinds or i.get("event") in kinds)]


def follow_up_price(client):
    for told in client.events("price"):
        if told.get("channel") == "email":
            closed = client.closed_by(told, "price_reply", "yes", "no") + answered(client, told, "attempt", "talk")
            yield opening("follow_up_price", told, "P.S8.2a", business_term_end(told["at"], 2), closed)


def follow_up_quote(client):
    for quote in client.quotes:
        days = 5 if quote.get("consultative", False) else 2
        closed = ["replied"] * client.has(quote, "replied_at") + answered(client, quote)
        yield opening("follow_up_quote", quote, "P.7", business_term_end(quote["sent_at"], days), closed,
                          opened=quote["sent_at"])


def remove_appointment(client):
    for appointment in client.appointments:
        if appointment["kind"] in RESERVING and named(appointment.get("product")):
            sold = [sale for sale in client.sales
                    if sale["product"] == appointment["product"] and sale["at"] >= appointment["created_at"]]
            if sold:
                first = min(sold, key=lambda sale: sale["at"])
                closed = ["closed"] * client.has(appointment, "closed_at")
                found = opening("remove_appointment", first, "P.S4", day_over(first["at"]), closed, "closed_by")
                yield found._replace(by=appointment)


def alert_invoices(client):
    if not client.invoices:
        return
    collected = {item["id"] for item in debt(client.facts, client.at).outcome["invoices"] if item["action"] == "collect"}
    payable = [payable_day(invoice["due"]) for invoice in client.invoices if invoice["id"] in collected]
    for contact in client.interactions:
        is_one = contact.get("event") == "talk" or contact.get("direction") == "in"
        if is_one and any(day_of(contact["at"]) > day for day in payable):
            closed = [alert["event"] for alert in client.events("invoice_alert") if alert["at"] >= contact["at"]]
            yield opening("alert_invoices", contact, "P.3", day_over(contact["at"]), closed)


def after_payment(duty, closing, term, needed=None):
    """The rows of an invoice's `paid_at`, or of a paid one with another instant."""
    def rows(client):
        for invoice in client.invoices:
            if client.has(invoice, "paid_at") and (needed is None or client.has(invoice, needed)):
                closed = [closing] * client.has(invoice, closing)
                opened = max(invoice["paid_at"], invoice[needed or "paid_at"])
                yield opening(duty, invoice, "V", term(invoice["paid_at"]), closed, None, "finance", opened=opened)
    return rows


def five_business_days(instant):
    return business_term_end(instant, 5)


def answer(client):
    for asked in client.events("question", "complaint"):
        yield opening("answer", asked, "A.1", asked["at"] + ANSWER, client.closed_by(asked, "answer"), team="support",
                      target=asked["at"] + ANSWER_TARGET)


def answer_call(client):
    for call in client.events("call"):
        closed = ["taken"] * (call.get("answered") is True) + client.closed_by(call, "talk", "callback")
        yield opening("answer_call", call, "A.1", call["at"] + THREE_RINGS, closed, team="support")


def call_back(client):
    for asked in client.events("callback_request"):
        due = asked.get("for_at") or day_over(asked["at"])
        yield opening("call_back", asked, "A", due, client.closed_by(asked, "callback"), team="support")


def book_next_contact(client):
    booked = [("appointment ahead", a["scheduled_for"]) for a in client.appointments
              if "scheduled_for" in a and not client.has(a, "closed_at")]
    booked += [("meeting ahead", meeting["at"]) for meeting in client.meetings]
    booked += [("call ahead", i["for_at"]) for i in client.interactions if "for_at" in i]
    for talk in client.events("talk"):
        if named(talk.get("product")):
            closed = client.later(talk, "talk", "yes", "no") + [way for way, instant in booked if instant > talk["at"]]
            closed += ["sold" for sale in client.sales if sale["product"] == talk["product"] and sale["at"] >= talk["at"]]
            yield opening("book_next_contact", talk, "A", day_over(talk["at"]), closed)


def remind_second_purchase(client):
    if not client.sales or not client.intervals:
        return
    first = min(client.sales, key=lambda sale: sale["at"])
    opened = calendar_term_end(first["at"], median(client.intervals))
    if client.at >= opened:
        closed = ["second sale"] * (len(client.sales) > 1) + ["not to be reached"] * (not client.may_be_reached)
        closed += ["reached" for i in client.interactions if i.get("direction") == "out" and i["at"] >= opened]
        yield opening("remind_second_purchase", first, "A.2", business_day_over(opened), closed, "closed_by",
                      opened=opened)


def keep_in_touch(client):
    contacts = [i for i in client.interactions if is_contact(i)]
    if contacts:
        last = max(enumerate(contacts), key=lambda numbered: (numbered[1]["at"], numbered[0]))[1]
        opened = calendar_term_end(last["at"], CONTACT_DAYS)
        if client.at >= opened:
            closed = ["not to be reached"] * (not client.may_be_reached)
            yield opening("keep_in_touch", last, "A.2", business_day_over(opened), closed, opened=opened)


def book_training(client):
    for training in client.trainings:
        closed = ["slot"] * ("slot" in training)
        yield opening("book_training", training, "P.4", business_day_over(training["requested_at"]), closed, None, "support",
                      opened=training["requested_at"])
    for asked in client.events("training_request"):
        closed = ["training" for training in client.trainings if training["requested_at"] >= asked["at"]]
        yield opening("book_training", asked, "P.4", business_day_over(asked["at"]), closed, None, "support")


def ordered(rows, duties):
    """Rows that one walk finds, each duty's together."""
    def in_order(client):
        found = list(rows(client))
        for duty in duties:
            yield from (opening for opening in found if opening.duty == duty)
    return in_order


ROWS = [confirm_meeting, ordered(follow_up, ["follow_up_yes", "follow_up_no"]), send_material, send_payment_data, hand_over,
        onboard, follow_up_price, follow_up_quote, remove_appointment, alert_invoices,
        after_payment("write_off", "written_off_at", business_day_over),
        after_payment("give_receipt", "receipt_at", business_day_over),
        after_payment("release_protest", "released_at", five_business_days, "protested_at"),
        after_payment("release_listing", "released_at", five_business_days, "listed_at"),
        answer, answer_call, call_back, book_next_contact, remind_second_purchase, keep_in_touch, book_training]


def openings(facts, at):
    client = Client(facts, at)
    return [opening for row in ROWS for opening in row(client)]


def spelt(opening, at):
    who = {"who": opening.who} if opening.who else {"team": opening.team}
    target = {"target_at": local_text(opening.target)} if opening.target else {}
    return {"id": f"{opening.duty}:{opening.by['id']}", "duty": opening.duty, **who, **target,
            "due_at": local_text(opening.due), "state": "late" if at >= opening.due else "due", "clause": opening.clause}


def duties(facts, at):
    due = [opening for opening in openings(facts, at) if not opening.closed]
    return Reading([spelt(opening, at) for opening in due], [[opening.clause] for opening in due])


# ---------------------------------------------------------------------------------------------------- valid_until


def dated(facts, *names):
    return [moment for name in names for moment in instants_and_days(facts["client"].get(name, ()))]


def moments(facts, at):
    """Every instant at which a duty could open, close or be late: the facts' own, those of terms in minutes and hours, and
    the midnights about the ends of terms in days."""
    instants = instants_after(at, facts["client"])
    elapsed = {moment + term for moment in dated(facts, "interactions", "meetings") for term in ELAPSED}
    intervals = facts.get("base", {}).get("second_purchase_days", ())
    spans = [(("interactions", "quotes", "sales", "invoices", "trainings"), 0, 14),
             (("interactions",), CONTACT_DAYS, CONTACT_DAYS + 9), (("invoices",), 364, 369)]
    if intervals:
        spans.append((("sales",), median(intervals), median(intervals) + 9))
    midnights = {start_of((day_of(moment) if hasattr(moment, "hour") else moment) + n * DAY)
                 for names, first, last in spans for moment in dated(facts, *names) for n in range(first, last + 1)}
    return sorted(instants | {moment for moment in elapsed | midnights if moment > at})
