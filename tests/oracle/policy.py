"""An independent reading of the policy, §1 to §3: reservations and who owns a lead, each with its valid_until.

It exists to be compared with the engine. Nothing here is shared with it, and `valid_until` inverts no rule: it evaluates
at every instant at which anything could change, in order, until the outcome does.
Instants are aware datetimes in UTC, local days are dates.
"""

import heapq
import re
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

UTC = timezone.utc
ZONE = ZoneInfo("America/Sao_Paulo")
DAY = timedelta(days=1)
STEP = timedelta(microseconds=1)

FIRST_TERM, RENEWED_TERM, APPROVED_TERM = 2, 6, 7  # business days from creation
BOOKED_WITH_APPROVAL = 7  # the business days of a booked span that need approval; more are disregarded
INACTIVATION_DAYS = 15  # calendar days
HORIZON = timedelta(days=40)  # well beyond the longest term after the last fact

# ---------------------------------------------------------------------------------------------------- §1 time


@lru_cache(maxsize=None)
def day_of(instant):
    return instant.astimezone(ZONE).date()


@lru_cache(maxsize=None)
def start_of(day):
    """The first instant of a local day; where summer time skips midnight it is 01:00."""
    midnights = (datetime.combine(day, time(fold=fold), ZONE).astimezone(UTC) for fold in (0, 1))
    return min(midnight for midnight in midnights if day_of(midnight) == day)


def easter(year):
    """Gregorian Easter Sunday (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=None)
def days_off(year):
    """The calendar `br_bank`: national holidays, Carnival Monday and Tuesday, Corpus Christi."""
    if not 2000 <= year <= 2079:
        raise ValueError(f"br_bank knows 2000 to 2079, not {year}")
    fixed = [(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25)]
    if year >= 2024:
        fixed.append((11, 20))
    moving = (-48, -47, -2, 60)
    return {date(year, *day) for day in fixed} | {easter(year) + days * DAY for days in moving}


@lru_cache(maxsize=None)
def is_business_day(day):
    return day.weekday() < 5 and day not in days_off(day.year)


@lru_cache(maxsize=None)
def add_business_days(day, count):
    """The count-th business day strictly after the day, or before it when count is negative."""
    step = DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while not is_business_day(day):
            day += step
    return day


@lru_cache(maxsize=None)
def business_days_up_to(start, end):
    """How many business days lie after `start`, up to and with `end`."""
    return sum(is_business_day(start + n * DAY) for n in range(1, (end - start).days + 1))


def business_term_end(instant, count):
    return start_of(add_business_days(day_of(instant), count) + DAY)


def calendar_term_end(instant, count):
    return start_of(day_of(instant) + (count + 1) * DAY)


def happened(instant, at):
    return instant is not None and instant <= at


# ---------------------------------------------------------------------------------------------------- facts


def instant(text):
    return datetime.fromisoformat(text).astimezone(UTC)


def read(value):
    """A case's JSON with its instants and dates as such."""
    if isinstance(value, dict):
        return {name: read(member) for name, member in value.items()}
    if isinstance(value, list):
        return [read(member) for member in value]
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        return instant(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    return value


def local_text(instant):
    return instant.astimezone(ZONE).isoformat()


def away(member, at):
    """What the first `away` period that covers the day says, if any does."""
    day = day_of(at)
    return next((period["kind"] for period in member.get("away", ()) if period["from"] <= day <= period["until"]), None)


def standing(member, at):
    return away(member, at) or ("vacation" if member["status"] == "left" else member["status"])


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


def staff_by_id(facts):
    return {member["id"]: member for member in facts.get("staff", ())}


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
    unknown: tuple = ()


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

    live = sorted((a for a, item in zip(existing_appointments(facts, at), items) if item.outcome["state"] == "live"),
                  key=lambda a: (a["created_at"], a["id"]))
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
        contact = inactivation.get("last_contact_at")
        if (inactivation.get("replied", False) and happened(contact, at)
                and at < calendar_term_end(inactivation["at"], INACTIVATION_DAYS)
                and at < calendar_term_end(contact, INACTIVATION_DAYS)):
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


# ---------------------------------------------------------------------------------------------------- valid_until


def instants_and_days(value):
    """Every instant and every date anywhere in the facts."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for member in value:
            yield from instants_and_days(member)
    elif isinstance(value, date):  # a datetime is one too
        yield value


def moments_after(at, facts):
    """In order, every instant at which an outcome could change: the facts' own and each local midnight, up to the horizon."""
    found = list(instants_and_days(facts))
    instants = sorted({moment for moment in found if isinstance(moment, datetime) and moment > at})
    last = max(day_of(moment) if isinstance(moment, datetime) else moment for moment in found) + HORIZON
    first = day_of(at) + DAY
    midnights = (start_of(first + n * DAY) for n in range((last - first).days + 1))
    return heapq.merge(instants, midnights)


def outcomes(facts, at):
    """What stands at an instant, each under its own key: the two decisions, and each item under its number."""
    items = reservations(facts, at)
    lead = lead_owner(facts, at, items)
    by_id = {("item", item.outcome["id"]): item.outcome for item in items}
    return items, lead, {"reservations": [item.outcome for item in items], "lead_owner": lead.outcome, **by_id}


def decide(case):
    """Both decisions of a case's JSON, with clauses and valid_until; `lead` adds what only the tally needs."""
    facts = read(case)
    at = facts["at"]
    items, lead, now = outcomes(facts, at)
    until = dict.fromkeys(now)
    for moment in moments_after(at, facts):
        open_keys = [key for key, changed in until.items() if changed is None]
        if not open_keys:
            break
        _, _, then = outcomes(facts, moment)
        for key in open_keys:
            if then[key] != now[key]:
                until[key] = moment
    return {
        "reservations": {
            "outcome": now["reservations"],
            "items": [{"item": item.outcome["id"], "cite": [item.clause], "valid_until": until["item", item.outcome["id"]]}
                      for item in items],
            "valid_until": until["reservations"],
        },
        "lead_owner": {"outcome": lead.outcome, "cite": lead.cite, "valid_until": until["lead_owner"]}
        if lead.outcome else {"error": lead.unknown},
        "lead": lead,
    }
