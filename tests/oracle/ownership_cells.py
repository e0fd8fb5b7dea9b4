"""What the random cases must meet of §1 to §3, and the cells that each case counts for."""

from datetime import datetime
from itertools import product

import drawing
from civil_time import DAY, STEP, ZONE, business_term_end, calendar_term_end, day_of, start_of
from facts import away, happened, instants_and_days, staff_by_id
from ownership import (APPROVED_TERM, FIRST_TERM, INACTIVATION_DAYS, booked_span, has_quote, is_approved, judge,
                       unapproved_end)
from tally import STEPS, UNTIL, step, until_kind

ROWS = ["1a", "1b", "1c busy", "1c unanswered", "1d", "2 attendant", "2 transfer", "2 any_seller", "3", "4", "5", "6", "7",
        "8", "8 bought", "1b nobody free", "1c busy nobody free", "1c unanswered nobody free", "2 any_seller nobody free",
        "5 nobody free", "unknown handler", "unknown in row 1", "unknown in row 2", "left out"]
QUOTED = "sale_contact with quote"
RESERVING = [QUOTED, "sale_contact", "sale_no_contact", "no_contact"]
STANDINGS = ["available", "busy", "absent", "vacation", "left", "away: absent", "away: vacation"]
LIMITS = [
    "at / created", "at / renewed", "at / approved", "at / closed", "at / sold", "at / inactivated", "at / last contact",
    "at / away begins", "at / away ended",
    "at / end of 2 business days", "at / end of 6 business days", "at / end of 7 business days",
    "at / end of inactivated + 15 days", "at / end of last contact + 15 days",
    "renewed / created", "renewed / end of first term",
    "approved / created", "approved / end of 2 business days", "approved / end of 6 business days",
    "sold / created", "booked span / 7, not approved", "booked span / 8, approved",
]
SPECIAL = ["missing midnight is a limit", "fact in a repeated hour", "Carnival in a term", "20 Nov 2023 in a term",
           "20 Nov 2024 in a term", "29 Feb in a term", "at the end of a month", "equal creation, id decides"]

# section: its cells; each cell is a row and a column
TABLE = {
    "lead_owner": list(product(ROWS, ["cases"])),
    "reservations": [*product(RESERVING, ["live", "expired", "disregarded", "closed", "invalid"]),
                     *product(["onboarding", "support", "inactivation", "other"], ["not_reservation"])],
    "standing of whom row 1 or 2 names": [
        (f"row {row}, {standing}", route)
        for row, standing, route in product("12", STANDINGS, ["attendant", "any_seller", "transfer"])
        if route != "transfer" or standing == "available"],
    "limits": list(product(LIMITS, STEPS)),
    "special days and ties": list(product(SPECIAL, ["cases"])),
    "valid_until": list(product(["reservations", "lead_owner", "item"], UNTIL)),
}


def appointment_cells(appointment, client, staff, at):
    """The cells of an appointment, which may not exist yet."""
    created = appointment["created_at"]
    kind = QUOTED if has_quote(appointment) else appointment["kind"]
    yield "limits", "at / created", step(at, created)
    if not happened(created, at):
        return
    state = judge(appointment, client, staff, at).outcome["state"]
    yield "reservations", kind, state
    if state in ("not_reservation", "invalid"):
        return
    if "closed_at" in appointment:
        yield "limits", "at / closed", step(at, appointment["closed_at"])
    for sale in client.get("sales", ()):
        if sale["product"] == appointment["product"]:
            yield "limits", "at / sold", step(at, sale["at"])
            if happened(sale["at"], at):
                yield "limits", "sold / created", step(sale["at"], created)
    if state == "closed":
        return

    renewed, approved = appointment.get("renewed_at"), appointment.get("approved_at")
    first_end, end = business_term_end(created, FIRST_TERM), unapproved_end(appointment, at)
    approval_counts = is_approved(appointment, staff, at)
    if renewed and kind == QUOTED:
        if created <= renewed < first_end:
            yield "limits", "at / renewed", step(at, renewed)
        if happened(renewed, at):
            yield "limits", "renewed / created", step(renewed, created)
            yield "limits", "renewed / end of first term", step(renewed, first_end)
    if approved and staff.get(appointment.get("approved_by"), {}).get("role") == "manager":
        if created <= approved < end:
            yield "limits", "at / approved", step(at, approved)
        if happened(approved, at):
            yield "limits", "approved / created", step(approved, created)
            yield "limits", f"approved / end of {2 if end == first_end else 6} business days", step(approved, end)
    span = booked_span(appointment)
    if approval_counts:
        yield "limits", "booked span / 8, approved", step(span, 8, 1)
    else:
        yield "limits", "booked span / 7, not approved", step(span, 7, 1)
    if state == "disregarded":
        return

    if approval_counts:
        days, end = 7, business_term_end(created, APPROVED_TERM)
    else:
        days = 2 if end == first_end else 6
    yield "limits", f"at / end of {days} business days", step(at, end)
    inside = [day_of(created) + n * DAY for n in range(1, (day_of(end) - day_of(created)).days)]
    for name, holidays in (("Carnival", drawing.CARNIVALS), ("20 Nov 2023", drawing.TWENTIETH_OF_NOVEMBER[:1]),
                           ("20 Nov 2024", drawing.TWENTIETH_OF_NOVEMBER[1:]), ("29 Feb", drawing.LEAP_DAYS)):
        if any(day in holidays for day in inside):
            yield "special days and ties", f"{name} in a term", "cases"


def inactivation_cells(client, at):
    """The limits of P.S5, where no reservation decided before it."""
    inactivation = client.get("inactivation")
    if not inactivation or client.get("status") != "inactive":
        return
    when = inactivation["at"]
    yield "limits", "at / inactivated", step(at, when)
    contact = inactivation.get("last_contact_at")
    if not contact or not inactivation.get("replied") or inactivation["mode"] != "manual" or not happened(when, at):
        return
    yield "limits", "at / last contact", step(at, contact)
    end, contact_end = (calendar_term_end(instant, INACTIVATION_DAYS) for instant in (when, contact))
    if contact_end >= end and happened(contact, at):
        yield "limits", "at / end of inactivated + 15 days", step(at, end)
    if end >= contact_end:
        yield "limits", "at / end of last contact + 15 days", step(at, contact_end)


def away_cells(member, at):
    for period in member.get("away", ()):
        yield "limits", "at / away begins", step(at, start_of(period["from"]))
        yield "limits", "at / away ended", step(at, start_of(period["until"] + DAY))


def standing_label(member, at):
    kind = away(member, at)
    return f"away: {kind}" if kind else member["status"]


def is_repeated(moment):
    """Whether the clock on the wall shows this time twice."""
    local = moment.astimezone(ZONE)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def lead_cells(lead, found, facts, live):
    """The cells of who owns the lead; `found` is what was decided, `live` the ids of the live reservations."""
    at, staff = facts["at"], staff_by_id(facts)
    yield "lead_owner", lead.row, "cases"
    if "1" not in lead.row:
        yield from inactivation_cells(facts["client"], at)
    if not lead.outcome:
        return
    if lead.named:
        who = f"row {lead.row[0]}, {standing_label(staff[lead.named], at)}"
        yield "standing of whom row 1 or 2 names", who, lead.outcome["route"]
    yield "valid_until", "lead_owner", until_kind(found["valid_until"])
    appointments = facts["client"].get("appointments", ())
    winner = next((a for a in appointments if a["id"] == lead.outcome.get("reservation")), None)
    if winner and any(a is not winner and a["created_at"] == winner["created_at"] and a["kind"] == winner["kind"]
                      and a["id"] in live and a["product"] == winner["product"] for a in appointments):
        yield "special days and ties", "equal creation, id decides", "cases"


def cells(facts, decided, readings):
    at, client, staff = facts["at"], facts["client"], staff_by_id(facts)
    reservations = decided["reservations"]
    for appointment in client.get("appointments", ()):
        yield from appointment_cells(appointment, client, staff, at)
    for member in staff.values():
        if member["team"] == "sales":
            yield from away_cells(member, at)
    if "lead_owner" in readings:
        live = {item["id"] for item in reservations["outcome"] if item["state"] == "live"}
        yield from lead_cells(readings["lead_owner"], decided["lead_owner"], facts, live)
    else:
        yield "lead_owner", "left out", "cases"

    untils = [reservations["valid_until"]] + [item["valid_until"] for item in reservations["items"]]
    yield "valid_until", "reservations", until_kind(untils[0])
    for until in untils[1:]:
        yield "valid_until", "item", until_kind(until)
    untils.append(decided.get("lead_owner", {}).get("valid_until"))
    midnights = [start_of(day) for day in drawing.MISSING_MIDNIGHTS]
    if any(midnight in untils or abs(at - midnight) <= STEP for midnight in midnights):
        yield "special days and ties", "missing midnight is a limit", "cases"
    if any(isinstance(moment, datetime) and is_repeated(moment) for moment in instants_and_days(facts)):
        yield "special days and ties", "fact in a repeated hour", "cases"
    if day_of(at - STEP).month != day_of(at + STEP).month:
        yield "special days and ties", "at the end of a month", "cases"
