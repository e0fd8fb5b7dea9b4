"""Compares the engine with the independent reading in policy.py on seeded random cases, and shows what they covered.

    python3 compare.py --praxe build/praxe --ruleset rules/company.yaml --count 10000 --seed 1
    python3 compare.py --self

Compared are outcome, cited clauses and valid_until of `reservations` (each item's too) and `lead_owner`. Exit status 1
when anything differs or a cell of the table was met fewer than --min times. With --self there is the table and no engine.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from functools import partial
from itertools import product
from multiprocessing import Pool

import cases
import policy
from policy import DAY, STEP, ZONE, day_of, happened, start_of

SHOWN = 10

# ---------------------------------------------------------------------------------------------------- what must be covered

ROWS = ["1a", "1b", "1c busy", "1c unanswered", "1d", "2 attendant", "2 transfer", "2 any_seller", "3", "4", "5", "6", "7",
        "8", "8 bought", "1b nobody free", "1c busy nobody free", "1c unanswered nobody free", "2 any_seller nobody free",
        "5 nobody free", "unknown handler", "unknown in row 1", "unknown in row 2"]
QUOTED = "sale_contact with quote"
RESERVING = [QUOTED, "sale_contact", "sale_no_contact", "no_contact"]
STEPS = ["one step before", "exactly", "one step after"]
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
UNTIL = ["never", "a fact's instant", "a local midnight"]

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


def step(value, limit, size=STEP):
    distance = value - limit
    return STEPS[0] if distance == -size else STEPS[1] if distance == 0 * size else STEPS[2] if distance == size else None


def appointment_cells(appointment, client, staff, at):
    """The cells of an appointment, which may not exist yet."""
    created = appointment["created_at"]
    kind = QUOTED if policy.has_quote(appointment) else appointment["kind"]
    yield "limits", "at / created", step(at, created)
    if not happened(created, at):
        return
    state = policy.judge(appointment, client, staff, at).outcome["state"]
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
    first_end, end = policy.business_term_end(created, policy.FIRST_TERM), policy.unapproved_end(appointment, at)
    is_approved = policy.is_approved(appointment, staff, at)
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
    span = policy.booked_span(appointment)
    if is_approved:
        yield "limits", "booked span / 8, approved", step(span, 8, 1)
    else:
        yield "limits", "booked span / 7, not approved", step(span, 7, 1)
    if state == "disregarded":
        return

    if is_approved:
        days, end = 7, policy.business_term_end(created, policy.APPROVED_TERM)
    else:
        days = 2 if end == first_end else 6
    yield "limits", f"at / end of {days} business days", step(at, end)
    inside = [day_of(created) + n * DAY for n in range(1, (day_of(end) - day_of(created)).days)]
    for name, holidays in (("Carnival", cases.CARNIVALS), ("20 Nov 2023", cases.TWENTIETH_OF_NOVEMBER[:1]),
                           ("20 Nov 2024", cases.TWENTIETH_OF_NOVEMBER[1:]), ("29 Feb", cases.LEAP_DAYS)):
        if any(day in holidays for day in inside):
            yield "special days and ties", f"{name} in a term", "cases"


def inactivation_cells(client, row, at):
    """The limits of P.S5, where nothing before it decided."""
    inactivation = client.get("inactivation")
    if not inactivation or client["status"] != "inactive" or "1" in row:
        return
    when = inactivation["at"]
    yield "limits", "at / inactivated", step(at, when)
    contact = inactivation.get("last_contact_at")
    if not contact or not inactivation.get("replied") or inactivation["mode"] != "manual" or not happened(when, at):
        return
    yield "limits", "at / last contact", step(at, contact)
    end, contact_end = (policy.calendar_term_end(instant, policy.INACTIVATION_DAYS) for instant in (when, contact))
    if contact_end >= end and happened(contact, at):
        yield "limits", "at / end of inactivated + 15 days", step(at, end)
    if end >= contact_end:
        yield "limits", "at / end of last contact + 15 days", step(at, contact_end)


def standing_label(member, at):
    kind = policy.away(member, at)
    return f"away: {kind}" if kind else member["status"]


def is_repeated(moment):
    """Whether the clock on the wall shows this time twice."""
    local = moment.astimezone(ZONE)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def cells(case, decided):
    """Every cell of the table that a case counts for; a column None is a limit not met closely."""
    facts = policy.read(case)
    at, client, staff, lead = facts["at"], facts["client"], policy.staff_by_id(facts), decided["lead"]
    appointments = client.get("appointments", ())
    yield "lead_owner", lead.row, "cases"
    for appointment in appointments:
        yield from appointment_cells(appointment, client, staff, at)
    yield from inactivation_cells(client, lead.row, at)
    if lead.named and lead.outcome:
        who = f"row {lead.row[0]}, {standing_label(staff[lead.named], at)}"
        yield "standing of whom row 1 or 2 names", who, lead.outcome["route"]
    for member in staff.values():
        if member["team"] == "sales":
            for period in member.get("away", ()):
                yield "limits", "at / away begins", step(at, start_of(period["from"]))
                yield "limits", "at / away ended", step(at, start_of(period["until"] + DAY))

    untils = [decided["reservations"]["valid_until"]] + [item["valid_until"] for item in decided["reservations"]["items"]]
    if lead.outcome:
        untils.append(decided["lead_owner"]["valid_until"])
        winner = next((a for a in appointments if a["id"] == lead.outcome.get("reservation")), None)
        live = {item["id"] for item in decided["reservations"]["outcome"] if item["state"] == "live"}
        if winner and any(a is not winner and a["created_at"] == winner["created_at"] and a["kind"] == winner["kind"]
                          and a["id"] in live and a["product"] == winner["product"] for a in appointments):
            yield "special days and ties", "equal creation, id decides", "cases"
    midnights = [start_of(day) for day in cases.MISSING_MIDNIGHTS]
    if any(midnight in untils or abs(at - midnight) <= STEP for midnight in midnights):
        yield "special days and ties", "missing midnight is a limit", "cases"
    if any(isinstance(moment, datetime) and is_repeated(moment) for moment in policy.instants_and_days(facts)):
        yield "special days and ties", "fact in a repeated hour", "cases"
    if day_of(at - STEP).month != day_of(at + STEP).month:
        yield "special days and ties", "at the end of a month", "cases"

    def until_cell(name, until):
        kind = UNTIL[0] if until is None else UNTIL[2] if until == start_of(day_of(until)) else UNTIL[1]
        return "valid_until", name, kind

    yield until_cell("reservations", untils[0])
    for item in decided["reservations"]["items"]:
        yield until_cell("item", item["valid_until"])
    if lead.outcome:
        yield until_cell("lead_owner", untils[-1])


def print_table(counts, minimum):
    """Every required cell with its count; returns whether one is below the minimum."""
    few = []
    for section, required in TABLE.items():
        rows, columns = (list(dict.fromkeys(cell[side] for cell in required)) for side in (0, 1))
        width = max(map(len, rows))
        print(f"\n{section:{width}}" + "".join(f"  {column:>16}" for column in columns))
        for row in rows:
            shown = []
            for column in columns:
                count = counts[section, row, column]
                shown.append(f"  {count:16}" if (row, column) in required else " " * 18)
                if (row, column) in required and count < minimum:
                    few.append(f"{section}: {row}: {column}: {count}")
            print(f"{row:{width}}" + "".join(shown))
    unforeseen = [cell for cell in counts if cell[2] is not None and cell[1:] not in TABLE[cell[0]]]
    for cell in few + unforeseen:
        print("too few:" if isinstance(cell, str) else "not in the table:", cell)
    return bool(few or unforeseen)


# ---------------------------------------------------------------------------------------------------- comparison


def canonical(value):
    """One text for each value, instants included."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=policy.local_text)


def instant(text):
    return text and policy.instant(text)


def differences(expected, line):
    """How the engine's answer differs from what was expected, each as a readable line."""
    answer = json.loads(line)
    if "decisions" not in answer:
        return [f"the engine refused the case: {line}"]
    found = []

    def compare(name, want, got):
        if canonical(want) != canonical(got):
            found.append(f"{name}: expected {canonical(want)}, got {canonical(got)}")

    for name in ("reservations", "lead_owner"):
        want, got = expected[name], answer["decisions"].get(name, {"error": "left out"})
        if "error" in want:
            if "error" not in got:
                found.append(f"{name}: expected an error about {want['error']}, got {canonical(got)}")
            elif expected["has_staff"] and not any(canonical(id)[1:-1] in canonical(got["error"]) for id in want["error"]):
                found.append(f"{name}: the error names none of {want['error']}: {canonical(got['error'])}")
            continue
        if "error" in got:
            found.append(f"{name}: expected {canonical(want['outcome'])}, got {canonical(got)}")
            continue
        because = got.get("because", [])
        compare(f"{name}.decision", name, got.get("decision"))
        compare(f"{name}.outcome", want["outcome"], got.get("outcome"))
        compare(f"{name}.valid_until", want["valid_until"], instant(got.get("valid_until")))
        if name == "lead_owner":
            compare(f"{name}.because[0].cite", [want["cite"]], [reason.get("cite") for reason in because[:1]])
            continue
        compare(f"{name}.because", [item["item"] for item in want["items"]], [reason.get("item") for reason in because])
        for item, reason in zip(want["items"], because):
            compare(f"{name}.because, {item['item']}: cite", item["cite"], reason.get("cite"))
            compare(f"{name}.because, {item['item']}: valid_until", item["valid_until"], instant(reason.get("valid_until")))
    return found


def prepare(seed, number):
    """One case: its line, what the policy says, and the cells it counts for."""
    case = cases.case(seed, number)
    decided = policy.decide(case)
    counted = list(cells(case, decided))
    del decided["lead"]
    return json.dumps(case, ensure_ascii=False), {**decided, "has_staff": "staff" in case}, counted


def ask(praxe, ruleset, lines):
    """The engine's answer to each line, or nothing when it did not answer them all."""
    command = [praxe, "decide", "-r", ruleset, "--jsonl", "--decision", "reservations", "--decision", "lead_owner"]
    done = subprocess.run(command, input="\n".join(lines) + "\n", encoding="utf-8", capture_output=True)
    answers = done.stdout.splitlines()
    if len(answers) == len(lines):
        return answers
    print(f"{' '.join(command)}: {len(answers)} answers to {len(lines)} cases, exit status {done.returncode}")
    print(done.stderr[-2000:])
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--praxe", help="the engine's command")
    options.add_argument("--ruleset", default="rules/company.yaml")
    options.add_argument("--count", type=int, default=10000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--min", type=int, default=100, help="how often each cell must be met (100)")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--self", action="store_true", help="only the table, no engine")
    chosen = options.parse_args()
    if not chosen.self and not chosen.praxe:
        options.error("--praxe or --self is needed")

    began = time.monotonic()
    with Pool(chosen.processes) as pool:
        prepared = pool.map(partial(prepare, chosen.seed), range(chosen.count), chunksize=100)
    print(f"{chosen.count} cases of seed {chosen.seed}, judged in {time.monotonic() - began:.1f} s")
    failed = print_table(Counter(cell for _, _, counted in prepared for cell in counted), chosen.min)
    if chosen.self:
        return failed

    lines = [line for line, _, _ in prepared]
    answers = ask(chosen.praxe, chosen.ruleset, lines)
    if answers is None:
        return True
    differing = 0
    for number, ((line, expected, _), answer) in enumerate(zip(prepared, answers)):
        found = differences(expected, answer)
        if found:
            differing += 1
            if differing <= SHOWN:
                print(f"\ncase {number} differs", *found, line, sep="\n  ")
    print(f"\n{differing} of {len(lines)} cases differ")
    return failed or differing > 0


if __name__ == "__main__":
    sys.exit(main())
