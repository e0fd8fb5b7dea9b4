"""What the random cases must meet of §9: each duty open and closed in each of its ways, and each limit."""

from itertools import product

from civil_time import STEP
from debt import is_long_due
from duties import MOST_FOLLOW_UPS, Client, is_contact, is_later, named, openings, same_case
from ownership import RESERVING
from tally import STEPS, UNTIL, step, until_kind

# duty: the events that close it from the opening on, those that close it later, and its other ways of being closed
CLOSING = {
    "confirm_meeting": ([], [], ["confirmed", "held"]),
    "follow_up_yes": (["payment_proof"], ["yes", "no"], ["three follow-ups", "not to be reached"]),
    "follow_up_no": (["payment_proof"], ["yes", "no"], ["three follow-ups", "not to be reached"]),
    "send_material": (["material"], [], []),
    "send_payment_data": (["payment_data", "payment_proof"], ["yes", "no"], []),
    "hand_over": (["handover"], [], []),
    "onboard": (["onboarding"], [], []),
    "follow_up_price": (["price_reply", "yes", "no"], [], ["answered"]),
    "follow_up_quote": ([], [], ["replied", "answered"]),
    "remove_appointment": ([], [], ["closed"]),
    "alert_invoices": (["invoice_alert"], [], []),
    "write_off": ([], [], ["written_off_at"]),
    "give_receipt": ([], [], ["receipt_at"]),
    "release_protest": ([], [], ["released_at"]),
    "release_listing": ([], [], ["released_at"]),
    "answer": (["answer"], [], []),
    "answer_call": (["talk", "callback"], [], ["taken"]),
    "call_back": (["callback"], [], []),
    "book_next_contact": ([], ["talk", "yes", "no"], ["appointment ahead", "meeting ahead", "call ahead", "sold"]),
    "remind_second_purchase": ([], [], ["second sale", "not to be reached", "reached"]),
    "keep_in_touch": ([], [], ["not to be reached"]),
    "book_training": ([], [], ["slot", "training"]),
}
TEAM_ONLY = ["onboard", "write_off", "give_receipt", "release_protest", "release_listing", "book_training"]
NAMING = ["names it", "names it before", "names another", "another case"]
INSTANTS = {"confirm_meeting": "confirmed_at", "follow_up_quote": "replied_at", "remove_appointment": "closed_at",
            "write_off": "written_off_at", "give_receipt": "receipt_at", "release_protest": "released_at",
            "release_listing": "released_at"}
OTHERS = ["follow-ups / 3", "follow-up / said", "sold / created", "sold / talk", "meeting / talk", "call / talk",
          "appointment / talk", "reached / opened", "training / asked"]
SPECIAL = ["price not by e-mail", "talk without a product", "consultative", "median of an even number", "base not known",
           "contacts at one instant", "last contact an attempt without answer", "not a reserving kind", "product blank",
           "two sales since, the first names", "alert only by direction in", "call back at a time", "booked one is closed",
           "release after a protest following payment", "invoice forgiven by age stops the alert",
           *(f"{duty} without an event" for duty in ("alert", "contact", "reached", "quote answered"))]

CLOSED = [(duty, way) for duty, (events, later, ways) in CLOSING.items()
          for way in [*events, *(f"later {event}" for event in later), *ways]]
TABLE = {
    "duties": [*product(CLOSING, ["due", "late", "a team"]),
               *((duty, "somebody") for duty in CLOSING if duty not in TEAM_ONLY)],
    "duties, at / due": list(product(CLOSING, STEPS)),
    "duties, at / opened": [cell for cell in product(CLOSING, STEPS) if cell[0] != "confirm_meeting"],
    "duties, closed in one way": [(f"{duty}: {way}", "cases") for duty, way in CLOSED],
    "duties, closing / opened": [*product([f"{duty}: {event}" for duty, (events, later, _) in CLOSING.items()
                                           for event in [*events, *(f"later {event}" for event in later)]], STEPS),
                                 *product([f"{duty}: {event}" for duty, (events, *_) in CLOSING.items() for event in events],
                                          NAMING),
                                 *product([f"{duty}: later {event}" for duty, (_, later, _) in CLOSING.items()
                                           for event in later], NAMING[-1:])],
    "duties, at / closing": [*product([f"{duty}: {event}" for duty, (events, later, _) in CLOSING.items()
                                       for event in [*events, *later]], STEPS),
                             *product([f"{duty}: {field}" for duty, field in INSTANTS.items()], STEPS),
                             *product(["confirm_meeting: at"], STEPS)],
    "duties, limits": list(product(OTHERS, STEPS)),
    "duties, special": list(product(SPECIAL, ["cases"])),
    "duties, valid_until": [("duties", kind) for kind in UNTIL],
}


def sole(opening, way):
    """Whether nothing else closes it."""
    return set(opening.closed) <= {way}


def event_cells(opening, facts, at):
    """Each event that might close it, where nothing else does."""
    at_or_after, later, _ = CLOSING[opening.duty]
    for event in facts["client"].get("interactions", ()):
        kind, by = event.get("event"), opening.by
        if event is by or kind not in at_or_after and kind not in later:
            continue
        way = kind if kind in at_or_after else f"later {kind}"
        if not sole(opening, way) or opening.closed.count(way) > 1:
            continue
        row, is_named = f"{opening.duty}: {way}", kind in at_or_after and "answers" in event
        if is_named and event["answers"] == by["id"]:
            if event["at"] <= at:
                yield "duties, closing / opened", row, "names it before" if event["at"] < by["at"] else "names it"
        elif is_named:
            if event["at"] <= at:
                yield "duties, closing / opened", row, "names another"
            continue
        elif not same_case(event, by):
            if by["at"] < event["at"] <= at:
                yield "duties, closing / opened", row, "another case"
            continue
        elif event["at"] <= at:
            yield "duties, closing / opened", row, step(event["at"], by["at"])
        if is_named or event["at"] > by["at"]:
            yield "duties, at / closing", f"{opening.duty}: {kind}", step(at, event["at"])


def field_cells(opening, at):
    field = INSTANTS.get(opening.duty)
    if field and field in opening.by and len(opening.closed) < 2:
        yield "duties, at / closing", f"{opening.duty}: {field}", step(at, opening.by[field])
    if opening.duty == "confirm_meeting" and "confirmed" not in opening.closed:
        yield "duties, at / closing", "confirm_meeting: at", step(at, opening.by["at"])


def other_cells(opening, client):
    by = opening.by
    if opening.duty.startswith("follow_up_") and "event" in by and by["event"] in ("yes", "no") and client.may_be_reached:
        made = [i for i in client.events("attempt", "talk") if i.get("direction") == "out" and same_case(i, by)]
        if sole(opening, "three follow-ups"):
            yield "duties, limits", "follow-ups / 3", step(sum(is_later(i, by) for i in made), MOST_FOLLOW_UPS, 1)
            if len(made) == 1:
                yield "duties, limits", "follow-up / said", step(made[0]["at"], by["at"])
    if opening.duty == "remove_appointment" and not opening.closed:
        since = [sale for sale in client.sales if sale["product"] == by["product"] and sale["at"] >= by["created_at"]]
        if len({sale.get("closed_by") for sale in since}) > 1:
            yield "duties, special", "two sales since, the first names", "cases"
    if opening.duty == "book_next_contact":
        yield from booking_cells(opening, client)
    if opening.duty == "remind_second_purchase" and sole(opening, "reached"):
        for interaction in client.interactions:
            if interaction.get("direction") == "out":
                yield "duties, limits", "reached / opened", step(interaction["at"], opening.opened)
                if opening.closed and "event" not in interaction:
                    yield "duties, special", "reached without an event", "cases"
        if not opening.closed and len(client.intervals) % 2 == 0 and len(set(client.intervals)) > 1:
            yield "duties, special", "median of an even number", "cases"
    if opening.duty == "book_training" and "event" in by and len(client.trainings) == 1:
        yield "duties, limits", "training / asked", step(client.trainings[0]["requested_at"], by["at"])
    if opening.duty == "follow_up_quote" and by.get("consultative") and not opening.closed:
        yield "duties, special", "consultative", "cases"
    if opening.duty == "call_back" and "for_at" in by and not opening.closed:
        yield "duties, special", "call back at a time", "cases"
    if opening.duty == "release_protest" and by["protested_at"] > by["paid_at"] and not opening.closed:
        yield "duties, special", "release after a protest following payment", "cases"
    if opening.duty == "alert_invoices" and by.get("event") != "talk" and not opening.closed:
        yield "duties, special", "alert only by direction in", "cases"
        if "event" not in by:
            yield "duties, special", "alert without an event", "cases"
    if opening.duty == "follow_up_quote" and opening.closed == ("answered",):
        if any(i.get("answers") == by["id"] and "event" not in i for i in client.interactions):
            yield "duties, special", "quote answered without an event", "cases"
    if opening.duty == "keep_in_touch":
        if "event" not in by:
            yield "duties, special", "contact without an event", "cases"
        if sum(i["at"] == by["at"] and is_contact(i) for i in client.interactions) > 1:
            yield "duties, special", "contacts at one instant", "cases"
        if any(i["at"] > by["at"] for i in client.interactions):
            yield "duties, special", "last contact an attempt without answer", "cases"


def booking_cells(opening, client):
    talk = opening.by
    dates = [("appointment", a["scheduled_for"]) for a in client.appointments
             if "scheduled_for" in a and not client.has(a, "closed_at")]
    dates += [("meeting", meeting["at"]) for meeting in client.meetings]
    dates += [("call", i["for_at"]) for i in client.interactions if "for_at" in i]
    sold = [("sold", sale["at"]) for sale in client.sales if sale["product"] == talk["product"]]
    if len(dates + sold) == 1 and len(opening.closed) <= 1 and not any("later" in way for way in opening.closed):
        way, instant = (dates + sold)[0]
        yield "duties, limits", f"{way} / talk", step(instant, talk["at"])
    if not opening.closed and any("closed_at" in a and a.get("scheduled_for", talk["at"]) > talk["at"]
                                  and client.has(a, "closed_at") for a in client.appointments):
        yield "duties, special", "booked one is closed", "cases"


def unopened_cells(client, found):
    """What looks like an opening, whether or not it is one."""
    opened = {(opening.duty, opening.by["id"]) for opening in found}
    for price in client.events("price"):
        if price.get("channel") != "email":
            yield "duties, special", "price not by e-mail", "cases"
    for talk in client.events("talk"):
        if not named(talk.get("product")):
            yield "duties, special", "talk without a product", "cases"
    for appointment in client.appointments:
        sold = [sale["at"] for sale in client.sales if sale["product"] == appointment.get("product")]
        if appointment["kind"] not in RESERVING and sold:
            yield "duties, special", "not a reserving kind", "cases"
        elif len(sold) == 1:
            yield "duties, limits", "sold / created", step(sold[0], appointment["created_at"])
        if appointment["kind"] in RESERVING and not named(appointment.get("product")):
            yield "duties, special", "product blank", "cases"
    if len(client.sales) == 1 and not client.intervals:
        yield "duties, special", "base not known", "cases"
    if client.facts["client"]["status"] == "inactive" and client.events("talk"):
        unpaid = [invoice for invoice in client.invoices
                  if not client.has(invoice, "paid_at") and not client.has(invoice, "forgiven_at")]
        if unpaid and not any(duty == "alert_invoices" for duty, _ in opened):
            if all(is_long_due(invoice, client.at) for invoice in unpaid):
                yield "duties, special", "invoice forgiven by age stops the alert", "cases"


def cells(facts, reading, until):
    at = facts["at"]
    client, found = Client(facts, at), openings(facts, at)
    yield "duties, valid_until", "duties", until_kind(until)
    for opening in openings(facts, at + STEP):
        if opening.opened == at + STEP:
            yield "duties, at / opened", opening.duty, STEPS[0]
    for opening in found:
        if opening.opened:
            yield "duties, at / opened", opening.duty, step(at, opening.opened)
        ways = set(opening.closed)
        if not ways:
            yield "duties", opening.duty, "late" if at >= opening.due else "due"
            yield "duties", opening.duty, "somebody" if opening.who else "a team"
            yield "duties, at / due", opening.duty, step(at, opening.due)
        elif len(ways) == 1:
            yield "duties, closed in one way", f"{opening.duty}: {ways.pop()}", "cases"
        yield from event_cells(opening, facts, at)
        yield from field_cells(opening, at)
        yield from other_cells(opening, client)
    yield from unopened_cells(client, found)
