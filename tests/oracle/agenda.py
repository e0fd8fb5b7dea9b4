"""An independent reading of the policy, §13: what is on one person's list for one day.

Everything that could be on anybody's list on any day is found with the days on which it can be done; who asks, and for which
day, only chooses among it.
"""

from typing import NamedTuple

from civil_time import DAY, STEP, add_business_days, day_of, is_business_day, local_text, start_of
from duties import existing, interactions_until, openings, same_case
from duties import moments as duty_moments
from facts import happened, instant, instants_and_days, staff_by_id
from ownership import existing_appointments, reservations
from policy import ownership_moments
from reading import Reading, lacks

PUT_OFF_DAYS = 2  # business days
USUAL_CAPACITY = 20
MOST_DEPUTIES = 5
OWN_DAY = {"confirm_meeting": "duty", "call_back": "duty", "follow_up_yes": "follow_up", "follow_up_no": "follow_up",
           "follow_up_price": "follow_up", "follow_up_quote": "follow_up"}


class Item(NamedTuple):
    source: str  # which line of the table
    id: str
    kind: str
    clause: str
    first: object  # the first day on which it can be done; None where any day is
    last: object
    due: object
    who: str = None
    team: str = None
    planned: object = None
    movable: bool = False
    waits: bool = True  # once late, it stays on today's list


# ---------------------------------------------------------------------------------------------------- the table, row by row


def last_day(due):
    return day_of(due - STEP)


def reserved(facts, at):
    appointments = {a["id"]: a for a in existing_appointments(facts, at)}
    for item in reservations(facts, at):
        if item.outcome["state"] == "live":
            appointment = appointments[item.outcome["id"]]
            due = instant(item.outcome["expires_at"])
            planned = appointment.get("scheduled_for")
            first = min(day_of(planned), last_day(due)) if planned else day_of(appointment["created_at"])
            yield Item("reservation, planned" if planned else "reservation", appointment["id"], "reservation", item.clause, first,
                       last_day(due), due, appointment.get("owner"), planned=planned, movable=True)


def due_duties(facts, at):
    for opening in openings(facts, at):
        if not opening.closed:
            last, own = last_day(opening.due), opening.duty in OWN_DAY
            yield Item(opening.duty if own else "duty", f"{opening.duty}:{opening.by['id']}", OWN_DAY.get(opening.duty, "duty"),
                       opening.clause, last if own else None, last, opening.due, opening.who, opening.team, movable=not own)


def put_off(source, id, planned, who):
    """What is planned for a day and may be put off."""
    last = add_business_days(day_of(planned), PUT_OFF_DAYS)
    return Item(source, id, "follow_up", "A", day_of(planned), last, start_of(last + DAY), who, planned=planned, movable=True)


def planned_contacts(facts, at):
    states = {item.outcome["id"]: item.outcome["state"] for item in reservations(facts, at)}
    for appointment in existing_appointments(facts, at):
        is_open = not happened(appointment.get("closed_at"), at) and states[appointment["id"]] not in ("live", "closed")
        if is_open and "scheduled_for" in appointment:
            yield put_off("planned contact", appointment["id"], appointment["scheduled_for"], appointment.get("owner"))


def makes(contact, agreed):
    """Whether it is the contact that was agreed on."""
    if contact.get("answers") == agreed["id"]:
        return True
    return (contact.get("direction") == "out" and contact["at"] > agreed["at"] and same_case(contact, agreed)
            and day_of(contact["at"]) >= day_of(agreed["for_at"]))


def agreed_contacts(facts, at):
    interactions = interactions_until(facts, at)
    for agreed in interactions:
        if "for_at" in agreed and agreed.get("event") != "callback_request":
            if not any(makes(contact, agreed) for contact in interactions):
                yield put_off("agreed contact", agreed["id"], agreed["for_at"], agreed.get("by"))


def meetings(facts, at):
    for meeting in facts["client"].get("meetings", ()):
        day = day_of(meeting["at"])
        if "held" not in meeting and at < start_of(day + DAY):
            yield Item("meeting", meeting["id"], "meeting", "C.2", day, day, meeting["at"], meeting.get("closer"),
                       planned=meeting["at"], waits=False)


def trainings(facts, at):
    days = {slot["id"]: slot["day"] for slot in facts.get("training_slots", ())}
    for training in existing(facts, "trainings", "requested_at", at):
        day = days.get(training.get("slot"))
        if day and at < start_of(day + DAY):
            yield Item("training", training["id"], "training", "P.4", day, day, start_of(day + DAY), team="support", waits=False)


ROWS = [reserved, due_duties, planned_contacts, agreed_contacts, meetings, trainings]


def everything(facts, at):
    return [item for row in ROWS for item in row(facts, at)]


# ---------------------------------------------------------------------------------------------------- one person's day


def is_whose(item, member):
    return item.who == member["id"] if item.team is None else item.team == member.get("team")


def waits_late(item, day, at):
    return item.waits and at >= item.due and day == day_of(at)


def is_listed(item, day, at):
    return (item.first is None or item.first <= day) and day <= item.last or waits_late(item, day, at)


def last_business_day(item):
    return item.last if is_business_day(item.last) else add_business_days(item.last, -1)


def holds(period, day):
    return period["from"] <= day <= period["until"]


def is_away(member, day, at):
    periods = member.get("away", ())
    if member["status"] == "left" or any(holds(period, day) for period in periods):
        return True
    return member["status"] in ("absent", "vacation") and not any(holds(period, day_of(at)) for period in periods)


def stand_in(member, staff, day, at):
    for _ in range(MOST_DEPUTIES):
        member = staff.get(member.get("deputy"))
        if member is None:
            return None
        if not is_away(member, day, at):
            return member["id"]
    return None


def spelt(item, day, facts):
    found = {"id": item.id, "kind": item.kind, "due_at": local_text(item.due)}
    if "id" in facts["client"]:
        found["client"] = facts["client"]["id"]
    if item.team:
        found["team"] = item.team
    if item.planned:
        found["planned_at"] = local_text(item.planned)
    if item.movable and last_business_day(item) > day:
        found["movable_until"] = last_business_day(item).isoformat()
    return found


def day_asked(facts, at):
    return facts["agenda"].get("day") or day_of(at)


def agenda(facts, at):
    missing = [name for name in ("client", "staff") if name not in facts]
    missing += ["for"] * ("for" not in facts.get("agenda", ()))
    if missing:
        return lacks(*missing)
    asked, staff, day = facts["agenda"], staff_by_id(facts), day_asked(facts, at)
    member = staff.get(asked["for"])
    if member is None:
        return lacks(asked["for"])
    listed = [item for item in everything(facts, at) if is_whose(item, member) and is_listed(item, day, at)]
    listed.sort(key=lambda item: (item.due, item.id))
    capacity, away = asked.get("capacity", USUAL_CAPACITY), is_away(member, day, at)
    outcome = {"for": asked["for"], "day": day.isoformat(), "items": [spelt(item, day, facts) for item in listed],
               "load": len(listed), "capacity": capacity, "over": max(0, len(listed) - capacity),
               "works": is_business_day(day) and not away, "away": away}
    deputy = stand_in(member, staff, day, at) if away else None
    if deputy:
        outcome["hand_over_to"] = deputy
    return Reading(outcome, [["A"]], items={item.id: [item.clause] for item in listed})


# ---------------------------------------------------------------------------------------------------- valid_until


def midnights_of(values):
    """Of the days of these facts, and of the days after them on which something put off could end."""
    days = {day_of(value) if hasattr(value, "hour") else value for value in values}
    return {start_of(day + n * DAY) for day in days for n in range(9)}


def moments(facts, at):
    client = facts["client"]
    dated = [client.get(name) for name in ("interactions", "meetings")] + [facts.get("training_slots")]
    found = {*ownership_moments(facts, at), *duty_moments(facts, at), *midnights_of(instants_and_days(dated))}
    if "day" not in facts["agenda"]:
        midnight = start_of(day_of(at) + DAY)
        return sorted({moment for moment in found if at < moment < midnight} | {midnight})
    return sorted(moment for moment in found | midnights_of([facts["agenda"]["day"]]) if moment > at)
