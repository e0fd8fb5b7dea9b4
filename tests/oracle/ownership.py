"""An independent reading of the policy, §2 and §3: reservations and who owns a lead."""

from typing import NamedTuple

from civil_time import business_days_up_to, business_term_end, calendar_term_end, day_of, local_text
from facts import happened, staff_by_id, standing

FIRST_TERM, RENEWED_TERM, APPROVED_TERM = 2, 6, 7  # business days from creation
BOOKED_WITH_APPROVAL = 7  # the business days of a booked span that need approval; more are disregarded
INACTIVATION_DAYS = 15  # calendar days

# ---------------------------------------------------------------------------------------------------- §2 reservations

RESERVING = ("sale_contact", "sale_no_contact", "no_contact")


class Item(NamedTuple):
    outcome: dict
    clause: str


def has_quote(appointment):
    return appointment["kind"] == "sale_contact" and appointment.get("quote_sent", False)


def is_renewed(appointment, at):
    renewed = appointment.get("renewed_at")
    created = appointment["created_at"]
    return has_quote(appointment) and happened(renewed, at) and created <= renewed < business_term_end(created, FIRST_TERM)


def unapproved_end(appointment, at):
    created = appointment["created_at"]
    return business_term_end(created, RENEWED_TERM if is_renewed(appointment, at) else FIRST_TERM)


def is_approved(appointment, staff, at):
    approver = staff.get(appointment.get("approved_by"))
    if approver is None or approver["role"] != "manager":
        return False
    if "approved_at" not in appointment:
        return True  # as given at creation
    approved = appointment["approved_at"]
    # A renewal that counts was made within the first term, so the term running at `approved` is the one known now.
    return happened(approved, at) and appointment["created_at"] <= approved < unapproved_end(appointment, at)


def booked_span(appointment):
    scheduled = appointment.get("scheduled_for")
    return business_days_up_to(day_of(appointment["created_at"]), day_of(scheduled)) if scheduled else 0


def judge(appointment, client, staff, at):
    """What one appointment that exists is worth at an instant."""

    def item(state, clause, **more):
        return Item({"id": appointment["id"], "state": state, **more}, clause)

    created = appointment["created_at"]
    if appointment["kind"] not in RESERVING:
        return item("not_reservation", "P.S2e")
    if not appointment.get("product", "").strip():
        return item("invalid", "P.S2f")
    if happened(appointment.get("closed_at"), at):
        return item("closed", "P.S4")
    if any(sale["product"] == appointment["product"] and created <= sale["at"] <= at for sale in client.get("sales", ())):
        return item("closed", "P.S4")
    approved = is_approved(appointment, staff, at)
    if booked_span(appointment) > BOOKED_WITH_APPROVAL - (not approved):
        return item("disregarded", "P.S2d")
    end = business_term_end(created, APPROVED_TERM) if approved else unapproved_end(appointment, at)
    quote = has_quote(appointment)
    if at >= end:
        return item("expired", "P.S2c", expires_at=local_text(end), renewable=False)
    renewable = quote and not approved and not is_renewed(appointment, at)
    return item("live", "P.S2a" if quote else "P.S2b", expires_at=local_text(end), renewable=renewable)


def existing_appointments(facts, at):
    return [a for a in facts["client"].get("appointments", ()) if happened(a["created_at"], at)]


def reservations(facts, at):
    """The items of the appointments that exist, in the case's order."""
    staff = staff_by_id(facts)
    return [judge(appointment, facts["client"], staff, at) for appointment in existing_appointments(facts, at)]


# ---------------------------------------------------------------------------------------------------- §3 the lead's owner


class Lead(NamedTuple):
    row: str  # which row won and how, to count what was covered
    outcome: dict  # None when somebody unknown makes it an error
    cite: list
    named: str = None  # the staff member that rows 1 and 2 name
    missing: tuple = ()  # of which an error names one


def live_in_order(facts, items):
    """The appointments that are live in `items`, the earliest created first, ties by id."""
    live = {item.outcome["id"] for item in items if item.outcome["state"] == "live"}
    appointments = [a for a in facts["client"].get("appointments", ()) if a["id"] in live]
    return sorted(appointments, key=lambda a: (a["created_at"], a["id"]))


def keeps_client(inactivation, known, at):
    """P.S5, of one who inactivated by hand: the terms at `at`, by what has happened up to `known`."""
    contact = inactivation.get("last_contact_at")
    return (inactivation["mode"] == "manual" and inactivation.get("replied", False)
            and happened(inactivation["at"], known) and happened(contact, known)
            and at < calendar_term_end(inactivation["at"], INACTIVATION_DAYS)
            and at < calendar_term_end(contact, INACTIVATION_DAYS))


def lead_owner(facts, at, items):
    """Who serves the client's contact; `items` are the reservations at the same instant."""
    client, request, staff = facts["client"], facts["request"], staff_by_id(facts)
    handler, product = request["handler"], request["product"]
    unanswered = request.get("transfer_unanswered", False)

    def lead(row, clause, route, owner=None, named=None, **more):
        unknown = tuple(id for id in (handler, named) if id is not None and id not in staff)
        if unknown:
            return Lead(f"unknown {'handler' if handler in unknown else 'in row ' + row[0]}", None, [], named, unknown)
        if route != "any_seller":
            return Lead(row, {"route": route, "owner": owner, **more}, [clause], named)
        free = sorted(id for id, member in staff.items()
                      if member["team"] == "sales" and standing(member, at) == "available" and id != named)
        if free:
            return Lead(row, {"route": route, "candidates": free, **more}, [clause], named)
        return Lead(row + " nobody free", {"route": "attendant", "owner": handler, **more}, [clause, "P.S2c"], named)

    def attendant(row, clause, **more):
        return lead(row, clause, "attendant", handler, **more)

    def status(id):
        return standing(staff[id], at) if id in staff else None

    live = live_in_order(facts, items)
    for_product = [a for a in live if a["product"] == product]

    for appointment in for_product:
        if appointment["kind"] != "sale_contact":
            continue
        owner = appointment["owner"]
        about = {"named": owner, "reservation": appointment["id"]}
        if owner == handler:
            return attendant("1a", "P.S8.1", **about)
        if status(owner) in ("absent", "vacation"):
            return lead("1b", "P.S9", "any_seller", **about)
        if status(owner) == "busy":
            return lead("1c busy", "P.S8.1", "any_seller", **about)
        if unanswered:
            return lead("1c unanswered", "P.S8.1", "any_seller", **about)
        return lead("1d", "P.S8.1", "transfer", owner, **about)

    inactivation = client.get("inactivation")
    if client["status"] == "inactive" and inactivation and happened(inactivation["at"], at):
        if inactivation["mode"] == "automatic":
            return attendant("4", "P.S6")
        if keeps_client(inactivation, at, at):
            by = inactivation["by"]
            if by == handler:
                return attendant("2 attendant", "P.S5", named=by)
            if status(by) == "available" and not unanswered:
                return lead("2 transfer", "P.S5", "transfer", by, named=by)
            return lead("2 any_seller", "P.S5", "any_seller", named=by)
        return attendant("3", "P.S5b")

    if request.get("speculative", False) and handler in staff and staff[handler]["team"] != "sales":
        return lead("5", "P.S8.3", "any_seller")
    if for_product:  # no sale_contact is left among them
        return attendant("6", "P.S8.1n", reservation=for_product[0]["id"])
    if live:
        return attendant("7", "P.S3")
    won = attendant("8", "P.S8.2")
    if won.outcome and any(sale["product"] == product and sale["at"] <= at for sale in client.get("sales", ())):
        return won._replace(row="8 bought", cite=won.cite + ["P.S4"])
    return won
