"""An independent reading of the policy, §1 to §5: what is decided of a case, and how long each outcome stands.

It exists to be compared with the engine, and shares nothing with it. `valid_until` inverts no rule: it evaluates at every
instant at which anything could change, in order, until the outcome does.
"""

import heapq
from datetime import datetime, timedelta

from civil_time import DAY, day_of, start_of
from commission import commission
from debt import debt
from facts import instants_after, instants_and_days
from ownership import lead_owner, reservations

HORIZON = timedelta(days=40)  # well beyond the longest term of §2 and §3 after the last fact
AROUND_A_DUE_DATE = [*range(0, 15), *range(363, 370)]  # the days after it on which an invoice may open, or be a year old

# ---------------------------------------------------------------------------------------------------- valid_until


def ownership_moments(facts, at):
    """In order, every instant after `at` at which §2 or §3 could decide otherwise: the facts' own, and each local midnight
    up to the horizon."""
    client = facts["client"]
    concerned = [client.get(name) for name in ("appointments", "inactivation", "sales")] + [facts.get("staff")]
    dated = set(instants_and_days(concerned))
    instants = {moment for moment in dated if isinstance(moment, datetime)}
    last = max([day_of(at), *map(day_of, instants), *dated - instants]) + HORIZON
    first = day_of(at) + DAY
    midnights = (start_of(first + n * DAY) for n in range((last - first).days + 1))
    return heapq.merge(sorted(instant for instant in instants if instant > at), midnights)


def debt_moments(facts, at):
    """The same for §4: the facts' own instants, and the midnights about the limits of each due date."""
    client = facts["client"]
    dues = [invoice["due"] for invoice in client.get("invoices", ()) if "due" in invoice]
    midnights = {start_of(due + n * DAY) for due in dues for n in AROUND_A_DUE_DATE}
    concerned = instants_after(at, [client.get("invoices"), client.get("sales")])
    return sorted(concerned.union(midnight for midnight in midnights if midnight > at))


def commission_moments(facts, at):
    """The same for §5: ownership is judged at the sale's instant, which lies behind, so only the sale's own facts count."""
    return sorted(instants_after(at, facts["sale"]))


def first_change(decision, now, facts, moments):
    return next((moment for moment in moments if decision(facts, moment).outcome != now.outcome), None)


# ---------------------------------------------------------------------------------------------------- decisions


def needs_met(facts):
    """The decisions that the case holds the facts for."""
    met = {"reservations"}
    if "status" in facts["client"]:
        met |= {"debt", "lead_owner"} if "staff" in facts else {"debt"}
    if "staff" in facts and "sale" in facts and facts["sale"]["at"] <= facts["at"]:
        met.add("commission")
    return met


def ownership(facts, at, has_lead=True):
    """What stands at an instant of §2 and §3, each under its own key: the two decisions, and each item under its number."""
    items = reservations(facts, at)
    outcomes = {"reservations": [item.outcome for item in items]}
    outcomes.update({("item", item.outcome["id"]): item.outcome for item in items})
    lead = lead_owner(facts, at, items) if has_lead else None
    if lead:
        outcomes["lead_owner"] = lead.outcome
    return items, lead, outcomes


def decided(now, valid_until):
    return {"outcome": now.outcome, "cite": now.cite, "valid_until": valid_until} if now.outcome else {"error": now.missing}


def decide_ownership(facts, has_lead):
    at = facts["at"]
    items, lead, now = ownership(facts, at, has_lead)
    until = dict.fromkeys(now)
    for moment in ownership_moments(facts, at):
        open_keys = [key for key, changed in until.items() if changed is None]
        if not open_keys:
            break
        _, _, then = ownership(facts, moment, "lead_owner" in open_keys)
        for key in open_keys:
            if then[key] != now[key]:
                until[key] = moment
    found = {"reservations": {
        "outcome": now["reservations"],
        "items": [{"item": item.outcome["id"], "cite": [item.clause], "valid_until": until["item", item.outcome["id"]]}
                  for item in items],
        "valid_until": until["reservations"],
    }}
    if lead:
        found["lead_owner"] = decided(lead, until["lead_owner"])
    return found, lead


def decide(facts):
    """The decisions of a case that was read, with clauses and valid_until, those left out whose needs are not met; and
    under the same names the readings themselves, for what only the tally needs."""
    at, met = facts["at"], needs_met(facts)
    found, lead = decide_ownership(facts, "lead_owner" in met)
    readings = {"lead_owner": lead} if lead else {}
    for name, decision, moments in (("debt", debt, debt_moments), ("commission", commission, commission_moments)):
        if name in met:
            now = readings[name] = decision(facts, at)
            until = first_change(decision, now, facts, moments(facts, at)) if now.outcome else None
            found[name] = decided(now, until)
    return found, readings
