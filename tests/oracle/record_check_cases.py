"""Random cases of §8, and what they must meet."""

from itertools import product

from civil_time import DAY
from ownership import RESERVING, reservations
from ownership_cases import PRODUCTS, OwnershipPart
from record_check import CLAUSES, SUMMARIES, says_something
from tally import STEPS, UNTIL, step, until_kind

BLANKS = {"absent": None, "empty": "", "white space": " \t\n", "a no-break space": "\u00a0"}
EMPTY_NOTES = {**BLANKS, "dots": "...", "punctuation": "—?!…;", "signs": "+ $ ✓ 👍", "underlines": "_ _"}
TELLING_NOTES = {"a word": "ok", "a letter": ". é", "a digit": "(7)", "other script": "…字", "an Arabic digit": "٣"}
EVENTS = ["attempt"] * 4 + ["talk", "yes", "no", "question", None, None]
LIVE = [None] * 5 + ["sale_contact"]  # now and then one that is most likely live
KINDS = [*RESERVING, "onboarding", "support", "inactivation", "other"]
STATES = ["live", "expired", "disregarded", "closed", "invalid"]

TABLE = {
    "record_check": [*product(CLAUSES, ["violated", "kept"]), ("ok", "kept")],
    "record_check, attempts": list(product(["out, false, another event", "out, false, no event", "out, false, attempt",
                                            "in, false, another event", "no direction, false, another event",
                                            "out, true, another event", "out, absent, another event",
                                            "attempt, true", "attempt, false", "attempt, absent"], ["cases"])),
    "record_check, blank": list(product(["reason", "link", "product"], [*BLANKS, "given"])),
    "record_check, closing notes": list(product([*EMPTY_NOTES, *TELLING_NOTES], ["closed", "not closed"])),
    "record_check, first of a case": list(product(["the first of the list", "a later one of the list", "a tie"],
                                                  ["link", "no link"])),
    "record_check, summaries": list(product(RESERVING, ["sale_under_way", "attempt", "absent"])),
    "record_check, kinds": list(product(KINDS, ["closed", "not closed"])),
    "record_check, sale contacts": list(product(STATES, ["scheduled", "not scheduled"])),
    "record_check, limits": list(product(["at / interaction", "at / appointment", "at / closed", "first / second of a case"],
                                         STEPS)),
    "record_check, valid_until": [("record_check", kind) for kind in UNTIL],
}
# What cannot be: a disregarded one without its plan.
TABLE["record_check, sale contacts"].remove(("disregarded", "not scheduled"))


class RecordCheckPart(OwnershipPart):
    def facts(self):
        staff = self.staff()
        careful = self.chance(35)  # little or nothing is missing
        appointments = [self.recorded(self.appointment(f"a{n}", PRODUCTS, self.choice(LIVE)), careful)
                        for n in range(self.choice((0, 1, 2, 3, 4)))]
        interactions = [self.interaction(f"m{n}", careful) for n in range(self.choice((0, 1, 2, 3, 4)))]
        for later, earlier in zip(interactions[1:], interactions):
            if self.chance(60):
                later["at"] = self.beside(earlier["at"])
                if self.chance(60):
                    later["case"] = earlier.setdefault("case", "k1")
        client = {"id": "c1", "appointments": appointments, "interactions": interactions}
        if self.chance(30):
            client["sales"] = [self.sale("s1", appointments)]
        return {"at": self.at, "client": client, "staff": staff}

    def one_of(self, texts, likely, percent):
        """A text or None: the likely one, or any."""
        return likely if self.chance(percent) else self.choice(list(texts.values()))

    def recorded(self, appointment, careful):
        percent = 96 if careful else 40
        if not careful and self.chance(20):
            appointment["kind"] = self.choice(KINDS[len(RESERVING):])
        if careful and appointment["kind"] == "other":
            appointment["kind"] = "support"
        if careful and "scheduled_for" not in appointment:
            appointment["scheduled_for"] = self.at
        if appointment["kind"] in RESERVING:
            product_name = self.one_of(BLANKS, appointment.get("product", "radar") or "radar", percent + 3)
            appointment.pop("product", None)
            if product_name is not None:
                appointment["product"] = product_name
            right, any_one = SUMMARIES[appointment["kind"]], self.choice(["sale_under_way", "attempt", None])
            summary = right if self.chance(percent) else any_one
            if summary:
                appointment["summary"] = summary
        if "closed_at" not in appointment and self.chance(40):
            appointment["closed_at"] = max(appointment["created_at"], self.beside(self.at))
        note = self.choice(list(TELLING_NOTES.values())) if careful else self.one_of(
            {**EMPTY_NOTES, **EMPTY_NOTES, **TELLING_NOTES}, "falou", 5)
        if note is not None:
            appointment["note"] = note
        return appointment

    def interaction(self, id, careful):
        event = self.choice(EVENTS)
        found = {"id": id, "at": self.choice([self.beside(self.at)] * 2 + [self.within(self.at - 9 * DAY, self.at)] * 4
                                             + [self.within(self.at, self.at + 3 * DAY)])}
        if event:
            found["event"] = event
        if self.chance(75):
            found["direction"] = self.choice(("in", "out", "out"))
        if event == "attempt" and careful or self.chance(70):
            found["answered"] = self.chance(60 if not careful or event == "attempt" else 100)
        if self.chance(60):
            found["case"] = self.choice(("k1", "k1", "k2"))
        for name in ("reason", "link"):
            text = self.one_of(BLANKS, "venda", 97 if careful else 45)
            if text is not None:
                found[name] = text
        return found


def blank_label(text):
    return next((label for label, blank in BLANKS.items() if text == blank), "given")


def interaction_cells(interaction):
    event, direction, answered = (interaction.get(name) for name in ("event", "direction", "answered"))
    told = {True: "true", False: "false", None: "absent"}[answered]
    if event == "attempt" and (direction != "out" or answered is not False):
        yield "record_check, attempts", f"attempt, {told}", "cases"
    elif event == "attempt":
        yield "record_check, attempts", "out, false, attempt", "cases"
        yield "record_check, attempts", "attempt, false", "cases"
    elif direction == "out" and (event or answered is False) or direction != "out" and answered is False and event:
        yield "record_check, attempts", f"{direction or 'no direction'}, {told}, {'another' if event else 'no'} event", "cases"
    yield "record_check, blank", "reason", blank_label(interaction.get("reason"))


def case_cells(interactions):
    for case in {interaction.get("case") for interaction in interactions} - {None}:
        those = [interaction for interaction in interactions if interaction.get("case") == case]
        first = min(those, key=lambda interaction: interaction["at"])
        label = blank_label(first.get("link"))
        yield "record_check, blank", "link", label
        if len(those) == 2:
            yield "record_check, limits", "first / second of a case", step(those[0]["at"], those[1]["at"])
        if len(those) > 1:
            tie = sum(interaction["at"] == first["at"] for interaction in those) > 1
            where = "a tie" if tie else "the first of the list" if first is those[0] else "a later one of the list"
            yield "record_check, first of a case", where, "link" if label == "given" else "no link"


def appointment_cells(appointment, state, at):
    kind, closed = appointment["kind"], appointment.get("closed_at")
    column = "closed" if closed and closed <= at else "not closed"
    yield "record_check, kinds", kind, column
    note = appointment.get("note")
    label = next((label for label, text in {**EMPTY_NOTES, **TELLING_NOTES}.items() if text == note), None)
    if label:
        yield "record_check, closing notes", label, column
    if closed and not says_something(note or ""):
        yield "record_check, limits", "at / closed", step(at, closed)
    if kind in RESERVING:
        yield "record_check, blank", "product", blank_label(appointment.get("product"))
        yield "record_check, summaries", kind, appointment.get("summary", "absent")
    if kind == "sale_contact":
        yield "record_check, sale contacts", state, "scheduled" if "scheduled_for" in appointment else "not scheduled"


def cells(facts, reading, until):
    at, client = facts["at"], facts["client"]
    violated = {violation["code"] for violation in reading.outcome["violations"]}
    for code in CLAUSES:
        yield "record_check", code, "violated" if code in violated else "kept"
    if not violated:
        yield "record_check", "ok", "kept"
    yield "record_check, valid_until", "record_check", until_kind(until)
    states = {item.outcome["id"]: item.outcome["state"] for item in reservations(facts, at)}
    for interaction in client["interactions"]:
        yield "record_check, limits", "at / interaction", step(at, interaction["at"])
    interactions = [interaction for interaction in client["interactions"] if interaction["at"] <= at]
    for interaction in interactions:
        yield from interaction_cells(interaction)
    yield from case_cells(interactions)
    for appointment in client["appointments"]:
        yield "record_check, limits", "at / appointment", step(at, appointment["created_at"])
        if appointment["created_at"] <= at:
            yield from appointment_cells(appointment, states[appointment["id"]], at)
