"""Random cases of §13: what was drawn for the duties and the reservations, and contacts, meetings and trainings; then a
person and a day at the limits of one of the items."""

from datetime import timedelta
from itertools import product

from agenda import (MOST_DEPUTIES, OWN_DAY, USUAL_CAPACITY, agenda, day_asked, everything, holds, is_away, is_listed, is_whose,
                    last_business_day, makes, waits_late)
from civil_time import DAY, STEP, add_business_days, day_of, is_business_day, start_of
from duties import MEETING_LEAD, existing, interactions_until, same_case
from duty_cases import EVENTS, DutyPart
from duty_cells import CLOSING
from facts import happened, staff_by_id
from ownership import RESERVING, reservations
from ownership_cases import PRODUCTS, OwnershipPart
from tally import STEPS, UNTIL, step, until_kind

TEAMS = ["sales", "support", "finance", "success"]
NO_RESERVATION = ["not_reservation", "invalid", "disregarded", "expired"]
SOURCES = ["reservation", "reservation, planned", "duty", *OWN_DAY, "planned contact", "agreed contact", "meeting", "training"]
RESERVED, DAY_ONLY = SOURCES[:2], ["meeting", "training"]
MOVABLE = [*RESERVED, "duty", "planned contact", "agreed contact"]
PUT_OFF = ["planned contact", "agreed contact"]
MADE = ["by an answer", "by an answer dated before", "by a later one out", "not: it answers another, in", "not: in",
        "not: no direction",
        "not: another case", "by one out, the other without a case", "not: a callback request is no agreed contact"]
CHAINS = ["nobody named", "the circle", *(f"deputy {n}" for n in range(1, MOST_DEPUTIES + 1)), "too far"]
WHY_AWAY = ["there", "left", "a period", "status", "status, explained by a period", "status, another period"]

TABLE = {
    "agenda": [cell for cell in product(SOURCES, ["listed", "another's", "an earlier day", "a later day", "late, today"])
               if cell not in [("duty", "an earlier day"), *product([*RESERVED, *DAY_ONLY], ["late, today"])]],
    "agenda, limits": [*product([f"day / first: {source}" for source in SOURCES if source != "duty"], STEPS),
                       *product([f"day / last: {source}" for source in SOURCES], STEPS),
                       *product([f"at / due: {source}" for source in [*OWN_DAY, *PUT_OFF, "duty"]], STEPS),
                       *product([f"at / its day over: {source}" for source in DAY_ONLY], STEPS),
                       *product([f"last business day / day: {source}" for source in MOVABLE], STEPS),
                       *product(["made / agreed", "made day / agreed day", "at / made", "at / closed", "at / created"], STEPS),
                       *product(["load / capacity", "load / 20"], STEPS),
                       *product(["day / away from", "day / away until", "now / away from", "now / away until"], STEPS)],
    "agenda, movable": [*product(MOVABLE, ["until its last day", "not beyond the day"]), ("duty", "until a business day before")],
    "agenda, planned contact": list(product([*NO_RESERVATION, "live", "closed", "sold", *(f"{state}, closed" for state in
                                                                                 ("not_reservation", "invalid")), "nobody's"],
                                            ["cases"])),
    "agenda, agreed contact": list(product([*MADE, "nobody's"], ["cases"])),
    "agenda, meeting": list(product(["held", "not held, it says", "nothing said"], ["cases"])),
    "agenda, training": list(product(["no slot", "unknown slot", "slot of the day", "not support"], ["cases"])),
    "agenda, a team's duty": list(product(TEAMS, ["a member", "not a member"])),
    "agenda, away": list(product(WHY_AWAY, ["a business day", "a day off"])),
    "agenda, hand over": list(product(CHAINS, ["cases"])),
    "agenda, day": list(product(["not given", "before today", "today", "after today"], ["cases"])),
    "agenda, order": list(product(["two due at one instant", "order of due instants"], ["cases"])),
    "agenda, without": list(product(["without for", "without staff", "without client", "without stranger"], ["cases"])),
    "agenda, valid_until": [("agenda", kind) for kind in UNTIL],
}
# What cannot be: a term in business days ends with one, and no reservation is late.
for source in RESERVED:
    TABLE["agenda, limits"].remove((f"last business day / day: {source}", STEPS[0]))


class AgendaPart(DutyPart, OwnershipPart):
    def facts(self):
        self.known = ["ana", "bia", "caio"]
        self.client = {"id": "c1", "status": self.choice(("prospect", "active", "active", "inactive"))}
        self.case = {"at": self.at, "client": self.client, "base": {"second_purchase_days": [30]}}
        self.numbered, self.cases = 0, ("k", "k", "l", None, None, None)
        alone = self.choice([self.own_day_duty] * 15 + [self.any_duty] * 2 + [self.agreed_contact] * 11 + [self.meeting_alone] * 5
                            + [self.training] * 9 + [self.many] * 2 + [None] * 24)
        if alone:
            alone()
        else:
            for _ in range(self.choice((1, 1, 2, 2, 3))):
                self.choice([self.any_duty] * 9 + [self.reservation] * 10 + [self.planned_contact] * 9 + [self.agreed_contact] * 4
                            + [self.meeting] * 2 + [self.training] * 2)()
        for appointment in self.client.get("appointments", ()):
            if appointment["kind"] in RESERVING or self.chance(20):
                appointment.setdefault("owner", self.choice(self.known))
        for facts in self.client.values():
            if isinstance(facts, list):
                self.random.shuffle(facts)
        self.case["staff"] = self.team()
        self.ask()
        self.lose()
        return self.case

    # -- what there is to do

    def any_duty(self):
        self.open(self.choice([duty for duty in CLOSING if duty != "remind_second_purchase"]))

    def own_day_duty(self):
        """With nothing that closes it, due about now."""
        duty = self.choice([*OWN_DAY] * 2 + ["follow_up_price", "follow_up_yes"])
        if duty == "confirm_meeting":
            at = self.choice([self.beside(self.at + MEETING_LEAD)] * 3 + [self.some_time_of(self.edge)])
            self.add("meetings", at=at, closer=self.choice(self.known))
        elif duty == "follow_up_quote":
            self.add("quotes", sent_at=self.business_start(2), by=self.choice(self.known))
        else:
            opened = self.interaction(self.start_for(duty) if self.chance(80) else self.about(self.at), EVENTS[duty])
            opened.update({"channel": "email"} if duty == "follow_up_price" else {})
            if duty == "call_back" and self.chance(50):
                opened["for_at"] = self.choice((self.beside(self.at), self.within(self.at, self.at + 3 * DAY)))

    def numbered_id(self, letter):
        self.numbered += 1
        return f"{letter}{self.numbered}"

    def reservation(self):
        kind = self.choice(("sale_contact", "sale_contact", "sale_no_contact", "no_contact"))
        found = self.appointment(self.numbered_id("a"), PRODUCTS, kind)
        found.pop("scheduled_for", None)
        if self.chance(50):
            found["scheduled_for"] = self.some_time_of(self.edge + self.choice((-2, -1, 0, 0, 1, 1, 2, 3, 4, 5)) * DAY)
        if self.chance(85):
            found.pop("closed_at", None)
        self.client.setdefault("appointments", []).append(found)

    def planned_day(self):
        """A day whose second business day is over about now, or some day about now."""
        last = self.edge - DAY
        ending = [last - n * DAY for n in range(9) if add_business_days(last - n * DAY, 2) == last]
        return self.choice(ending * 2 + [self.edge + self.choice((-2, -1, 0, 1, 2, 3)) * DAY])

    def planned_contact(self):
        if self.chance(35):
            found = self.appointment(self.numbered_id("a"), PRODUCTS)
            found["scheduled_for"] = self.some_time_of(self.planned_day())
        else:
            planned = self.some_time_of(self.planned_day())
            kind = self.choice(("support", "onboarding", "other", "sale_contact", "no_contact", "sale_contact"))
            created = self.choice([planned - 6 * DAY] * 2 + [planned - 30 * DAY, planned - 14 * DAY, self.beside(self.at)])
            found = {"id": self.numbered_id("a"), "kind": kind, "created_at": created, "owner": self.choice(self.known),
                     "scheduled_for": planned}
            if self.chance(70):
                found["product"] = self.choice(("radar", " "))
            if self.chance(30):
                found["closed_at"] = max(created, self.beside(self.at))
        if found["kind"] not in RESERVING and self.chance(20):
            found.pop("owner")
        if found["kind"] in RESERVING and found.get("product", "").strip() and self.chance(45):
            sold = self.choice((self.beside(self.at), self.beside(self.at), found["created_at"]))
            self.add("sales", product=found["product"], at=sold)
        self.client.setdefault("appointments", []).append(found)

    def agreed_contact(self):
        """And what may have made it: about the instant at which it was agreed, about the day agreed on, or about now."""
        planned = self.some_time_of(self.planned_day())
        pattern = self.choice(["instant"] * 4 + ["day"] * 5 + ["now"] * 2)
        when = self.beside(planned) if pattern == "instant" else planned - self.random.randrange(1, 9) * DAY
        agreed = self.interaction(min(when, self.at - 2 * STEP) if self.chance(85) else self.beside(self.at),
                                  self.choice(("talk", "question", "material", None, None, None, "callback_request")))
        agreed["for_at"] = planned
        if "by" not in agreed and self.chance(60):
            agreed["by"] = self.choice(self.known)
        for _ in range(self.choice((0, 1, 1, 1, 1, 1, 1, 2))):
            day = day_of(planned) + self.choice((-1, 0, 1)) * DAY
            made = self.interaction({"instant": self.beside(agreed["at"]), "day": self.some_time_of(day),
                                     "now": self.beside(self.at)}[pattern], self.choice(("talk", "attempt", None, None)))
            if self.chance(58):
                made["direction"] = self.choice(["out"] * 9 + ["in"])
            if self.chance(15):
                agreed["case"], made["case"] = "k", "l"
            if self.chance(30):
                self.name_answered(made, agreed)

    def name_answered(self, made, agreed):
        made["answers"] = self.choice((agreed["id"], agreed["id"], "m99", "m99"))
        if self.chance(25):
            made["at"] = self.within(agreed["at"] - DAY, agreed["at"])
        elif made["answers"] == "m99" and self.chance(60):
            made["direction"] = "in"

    def meeting(self):
        at = self.choice([self.some_time_of(self.edge + self.choice((-2, -1, -1, 0, 1, 2)) * DAY)] * 3 + [self.beside(self.at)])
        self.add("meetings", at=at, closer=self.choice(["ana", "bia", "caio"] * 3 + [None]), confirmed_at=self.choice((None, at)),
                 held=self.choice([None] * 4 + [True, False]))

    def meeting_alone(self):
        """Over, with its day, about now."""
        at = self.some_time_of(self.edge - DAY)
        self.add("meetings", at=at, closer=self.choice(self.known), confirmed_at=at, held=self.choice((None, None, True, False)))

    def training(self):
        slots = self.case.setdefault("training_slots", [])
        slot = {"id": self.numbered_id("l"), "day": self.edge + self.choice((-2, -1, -1, -1, 0, 0, 1, 2)) * DAY,
                "shift": self.choice(("morning", "afternoon", "evening")), "free": self.choice((0, 2))}
        slots.append(slot)
        requested = self.choice([self.within(self.at - 9 * DAY, self.at)] * 4 + [self.beside(self.at)])
        self.add("trainings", requested_at=requested, slot=self.choice([slot["id"]] * 4 + [None, "l99"]))

    def many(self):
        """About as many as a day's capacity, all on one day."""
        at = start_of(self.edge + self.choice((0, 1)) * DAY) + timedelta(hours=9)
        for _ in range(USUAL_CAPACITY + self.choice((-1, 0, 1))):
            self.add("meetings", at=at + timedelta(seconds=self.random.randrange(2)), closer="ana", confirmed_at=at - 9 * DAY)

    # -- who asks, and for which day

    def team(self):
        """Three people whose deputies are drawn, and a few who only stand in."""
        members = [{"id": id, "team": self.choice(TEAMS), "role": self.choice(("seller", "attendant"))} for id in self.known]
        members += [{"id": f"d{n}", "team": "central", "role": "attendant"} for n in range(1, 7)]
        ids = [member["id"] for member in members]
        for member, following in zip(members[2:], ids[3:]):  # caio, d1 to d6, of whom the last has nobody
            member["deputy"] = following
        members[0]["deputy"] = self.choice(("bia", "caio", "d1", "d2"))
        members[1]["deputy"] = self.choice(("caio", "ana", "ana", "bia"))
        if self.chance(12):
            del members[self.random.randrange(3)]["deputy"]
        scarce = self.chance(60)
        for member in members:
            member["status"] = self.choice(["available", "busy"] * (1 if scarce else 3) + ["absent", "vacation", "left"] * 2)
            if self.chance(35):
                member["away"] = [self.away_near() for _ in range(self.choice((1, 1, 2)))]
        members.append({"id": "gil", "team": "success", "role": "manager", "status": "available"})
        members.append({"id": "hugo", "team": "sales", "role": "manager", "status": "busy"})
        self.random.shuffle(members)
        return members

    def away_near(self):
        first, last = sorted(self.edge + self.choice((-9, -2, -1, -1, 0, 0, 1, 1, 2, 3, 9)) * DAY for _ in range(2))
        return {"kind": self.choice(("absent", "vacation")), "from": first, "until": last}

    def ask(self):
        """Somebody whose item it is, and a day at one of its limits."""
        asked, staff = {"for": self.choice(self.known)}, staff_by_id(self.case)
        self.case["agenda"] = asked
        found = everything(self.case, self.at - 2 * STEP) + everything(self.case, self.at)  # what has just ended, too
        ending = [item for item in found if self.ends_now(item)]
        item = self.choice(ending if ending and self.chance(80) else found) if found else None
        if item and self.chance(80):
            asked["for"] = self.choice([id for id in self.known if is_whose(item, staff[id])] or self.known)
        closers = [meeting["closer"] for meeting in self.client.get("meetings", ()) if "closer" in meeting]
        if closers and not found:
            asked["for"] = self.choice(closers)
        member = staff[asked["for"]]
        if len(found) >= USUAL_CAPACITY:
            asked["day"] = item.last
            return
        if item and item in ending and self.chance(60):
            if item.source in DAY_ONLY:
                asked["day"] = item.last
        elif item and item.movable and last_business_day(item) != item.last and self.chance(70):
            asked["day"] = last_business_day(item) - self.choice((1, 1, 2)) * DAY
        elif item and self.chance(65):
            near = [item.last, item.last, last_business_day(item) - DAY, day_of(self.at)]
            near += [item.first] * 2 if item.first is not None else []
            asked["day"] = self.choice(near) + self.choice((-1, -1, 0, 0, 1, 1)) * DAY
        elif "away" in member and self.chance(60):
            period = self.choice(member["away"])
            asked["day"] = self.choice((period["from"], period["until"])) + self.choice((-1, 0, 1)) * DAY
        elif self.chance(30):
            asked["day"] = self.edge + self.random.randrange(-3, 9) * DAY
        if self.chance(40):
            load = agenda(self.case, self.at).outcome["load"]
            asked["capacity"] = max(0, load + self.choice((-1, 0, 1)))

    def ends_now(self, item):
        end = start_of(item.last + DAY) if item.source in DAY_ONLY else item.due
        return abs(self.at - end) <= STEP

    def lose(self):
        if self.chance(4):
            lost = self.choice(("for", "staff", "client", "stranger"))
            if lost == "for":
                self.case["agenda"].pop("for")
            elif lost == "stranger":
                self.case["agenda"]["for"] = "stranger"
            else:
                del self.case[lost]


# ---------------------------------------------------------------------------------------------------- cells


def item_cells(facts, member, day):
    at = facts["at"]
    for item in everything(facts, at):
        source = item.source
        in_days = (item.first is None or item.first <= day) and day <= item.last
        if item.team and source == "duty":
            yield "agenda, a team's duty", item.team, "a member" if is_whose(item, member) else "not a member"
        if source == "training" and not is_whose(item, member):
            yield "agenda, training", "not support", "cases"
        if not is_whose(item, member):
            if is_listed(item, day, at):
                yield "agenda", source, "another's"
            if item.who is None and item.team is None and source in PUT_OFF:
                yield f"agenda, {source}", "nobody's", "cases"
            continue
        late = waits_late(item, day, at)
        column = "listed" if in_days else "late, today" if late else "a later day" if day > item.last else "an earlier day"
        yield "agenda", source, column
        if item.first is not None:
            yield "agenda, limits", f"day / first: {source}", step(day, item.first, DAY)
        yield "agenda, limits", f"day / last: {source}", step(day, item.last, DAY)
        if item.waits and source not in RESERVED and day == day_of(at):
            yield "agenda, limits", f"at / due: {source}", step(at, item.due)
        if source == "training" and in_days:
            yield "agenda, training", "slot of the day", "cases"
        if item.movable and is_listed(item, day, at):
            business = last_business_day(item)
            yield "agenda, limits", f"last business day / day: {source}", step(business, day, DAY)
            yield "agenda, movable", source, ("not beyond the day" if business <= day else
                                              "until its last day" if business == item.last else "until a business day before")


def planned_cells(facts):
    at = facts["at"]
    states = {item.outcome["id"]: item.outcome["state"] for item in reservations(facts, at)}
    for appointment in facts["client"].get("appointments", ()):
        if "scheduled_for" not in appointment:
            continue
        yield "agenda, limits", "at / created", step(at, appointment["created_at"])
        state = states.get(appointment["id"])
        if state and happened(appointment.get("closed_at"), at) and state != "closed":
            yield "agenda, planned contact", f"{state}, closed", "cases"
        elif state:
            is_sold = state == "closed" and not happened(appointment.get("closed_at"), at)
            yield "agenda, planned contact", "sold" if is_sold else state, "cases"
        if state in ("not_reservation", "invalid") and "closed_at" in appointment:
            yield "agenda, limits", "at / closed", step(at, appointment["closed_at"])


def way_made(contact, agreed):
    named = contact.get("answers") == agreed["id"]
    if named:
        return MADE[1] if contact["at"] < agreed["at"] else MADE[0]
    if contact["at"] <= agreed["at"] or day_of(contact["at"]) < day_of(agreed["for_at"]):
        return None
    direction = contact.get("direction")
    if direction != "out":
        return MADE[3] if "answers" in contact and direction == "in" else MADE[4] if direction == "in" else MADE[5]
    if not same_case(contact, agreed):
        return MADE[6]
    return MADE[2] if ("case" in contact) == ("case" in agreed) else MADE[7]


def agreed_cells(facts):
    at = facts["at"]
    interactions = interactions_until(facts, at)
    for agreed in interactions:
        if "for_at" not in agreed:
            continue
        if agreed.get("event") == "callback_request":
            yield "agenda, agreed contact", MADE[8], "cases"
            continue
        others = [contact for contact in interactions if contact is not agreed]
        if len(others) != 1:
            continue
        contact, = others
        way = way_made(contact, agreed)
        if way:
            yield "agenda, agreed contact", way, "cases"
        if contact.get("direction") == "out" and contact.get("answers") != agreed["id"] and same_case(contact, agreed):
            if day_of(contact["at"]) >= day_of(agreed["for_at"]):
                yield "agenda, limits", "made / agreed", step(contact["at"], agreed["at"])
            if contact["at"] > agreed["at"]:
                yield "agenda, limits", "made day / agreed day", step(day_of(contact["at"]), day_of(agreed["for_at"]), DAY)
    all_interactions = facts["client"].get("interactions", ())
    if len(all_interactions) == 2:
        for agreed, contact in (all_interactions, all_interactions[::-1]):
            if "for_at" in agreed and agreed.get("event") != "callback_request" and makes(contact, agreed):
                yield "agenda, limits", "at / made", step(at, contact["at"])


def why_away(member, day, at):
    periods = member.get("away", ())
    if member["status"] == "left":
        return "left"
    if any(holds(period, day) for period in periods):
        return "a period"
    if member["status"] not in ("absent", "vacation"):
        return "there"
    if any(holds(period, day_of(at)) for period in periods):
        return "status, explained by a period"
    return "status, another period" if periods else "status"


def away_cells(facts, member, day):
    at, now, staff = facts["at"], day_of(facts["at"]), staff_by_id(facts)
    yield "agenda, away", why_away(member, day, at), "a business day" if is_business_day(day) else "a day off"
    periods = member.get("away", ())
    if len(periods) == 1 and member["status"] in ("available", "busy"):
        for end in ("from", "until"):
            yield "agenda, limits", f"day / away {end}", step(day, periods[0][end], DAY)
    if len(periods) == 1 and member["status"] in ("absent", "vacation") and not holds(periods[0], day):
        for end in ("from", "until"):
            yield "agenda, limits", f"now / away {end}", step(now, periods[0][end], DAY)
    if is_away(member, day, at):
        yield "agenda, hand over", chain(member, staff, day, at), "cases"


def chain(member, staff, day, at):
    seen = [member["id"]]
    while True:
        member = staff.get(member.get("deputy"))
        if member is None:
            return "nobody named"
        if member["id"] in seen:
            return "the circle"
        if not is_away(member, day, at):
            return f"deputy {len(seen)}" if len(seen) <= MOST_DEPUTIES else "too far"
        seen.append(member["id"])


def cells(facts, reading, until):
    at = facts["at"]
    if reading.outcome is None:
        yield "agenda, without", reading.row, "cases"
        return
    outcome, asked = reading.outcome, facts["agenda"]
    member, day = staff_by_id(facts)[asked["for"]], day_asked(facts, at)
    yield "agenda, valid_until", "agenda", until_kind(until)
    where = "before today" if day < day_of(at) else "today" if day == day_of(at) else "after today"
    yield "agenda, day", where if "day" in asked else "not given", "cases"
    yield "agenda, limits", "load / capacity" if "capacity" in asked else "load / 20", step(
        outcome["load"], outcome["capacity"], 1)
    due = [item["due_at"] for item in outcome["items"]]
    if len(due) > 1:
        yield "agenda, order", "two due at one instant" if len(set(due)) < len(due) else "order of due instants", "cases"
    yield from item_cells(facts, member, day)
    yield from planned_cells(facts)
    yield from agreed_cells(facts)
    yield from away_cells(facts, member, day)
    for meeting in facts["client"].get("meetings", ()):
        over, said = start_of(day_of(meeting["at"]) + DAY), meeting.get("held")
        if day != day_of(meeting["at"]) or meeting.get("closer") != member["id"]:
            continue
        if at < over:
            yield "agenda, meeting", "nothing said" if said is None else "held" if said else "not held, it says", "cases"
        if said is None:
            yield "agenda, limits", "at / its day over: meeting", step(at, over)
    days = {slot["id"]: slot["day"] for slot in facts.get("training_slots", ())}
    for training in existing(facts, "trainings", "requested_at", at):
        slot = training.get("slot")
        if slot not in days:
            yield "agenda, training", "unknown slot" if slot else "no slot", "cases"
        elif day == days[slot] and member["team"] == "support":
            yield "agenda, limits", "at / its day over: training", step(at, start_of(day + DAY))
