"""An independent reading of the policy, §5: who gets the commission of the case's sale, and how much of it is due."""

from collections import Counter
from itertools import accumulate
from typing import NamedTuple

from civil_time import STEP, local_text
from facts import cents, happened, money_text, staff_by_id, standing
from ownership import keeps_client, live_in_order, reservations

RATE_PERCENT = 10


class Commission(NamedTuple):
    row: str
    outcome: dict  # None when somebody unknown, or a missing field, makes it an error
    cite: list
    named: str = None  # the staff member of row 1 or of P.S5, where one of their rows won
    missing: tuple = ()  # of which an error names one


def half_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


# ---------------------------------------------------------------------------------------------------- who


def live_at_sale(facts):
    """The reservations live when the sale was made, leaving out what is dated at that very instant: a term that ends
    then has ended, anything else is as it was the moment before."""
    sold = facts["sale"]["at"]
    items = reservations(facts, sold - STEP)
    return live_in_order(facts, [item for item in items if item.outcome.get("expires_at") != local_text(sold)])


def keeper_at_sale(facts):
    """Who keeps the client by P.S5 when the sale was made, whatever the client's status is."""
    sold, inactivation = facts["sale"]["at"], facts["client"].get("inactivation")
    return inactivation["by"] if inactivation and keeps_client(inactivation, sold - STEP, sold) else None


def beneficiary(facts):
    """The row that wins, the beneficiaries (two where the manager must settle it, none where it cannot be told), and whom
    the row names."""
    sale, client, staff = facts["sale"], facts["client"], staff_by_id(facts)
    closer = sale["closed_by"]
    live = live_at_sale(facts)
    reservation = next((a for a in live if a["kind"] == "sale_contact" and a["product"] == sale["product"]), None)
    if reservation:
        owner = reservation["owner"]
        status = standing(staff[owner], sale["at"]) if owner in staff else None
        if status == "vacation":
            return "P.S9v", [closer], owner
        if status == "absent":
            return "P.S9a", [owner], owner
        return ("P.S8.1t", [owner], owner) if owner == closer else ("P.S8.1c", [owner, closer], owner)
    if keeper_at_sale(facts) == closer:
        if "status" not in client:
            return "no status", [], None
        if client["status"] == "inactive":
            return "P.S5c", [closer], closer
    if any(appointment["product"] != sale["product"] for appointment in live):
        return "P.S3", [closer], None
    return "P.S8.2", [closer], None


# ---------------------------------------------------------------------------------------------------- how much


def whole_commission(sale):
    if "commission" in sale:
        return cents(sale["commission"])
    return half_up(cents(sale["amount"]) * RATE_PERCENT, 100)


def changes_until(sale, at):
    """What payments and refunds came to at each instant."""
    changes = Counter()
    for name, sign in (("payments", 1), ("refunds", -1)):
        for change in sale.get(name, ()):
            if happened(change["at"], at):
                changes[change["at"]] += sign * cents(change["amount"])
    return changes


def most_paid(sale, at):
    """What has once accrued is not taken back: so the most that payments less refunds have come to."""
    changes = changes_until(sale, at)
    if changes:
        return max(0, *accumulate(changes[moment] for moment in sorted(changes)))
    return cents(sale.get("paid", 0)) if happened(sale.get("paid_at", at), at) else 0


def commission(facts, at):
    sale, staff = facts["sale"], staff_by_id(facts)
    if "product" not in sale:
        return Commission("no product", None, [], missing=("product", *{sale["closed_by"]}.difference(staff)))
    row, beneficiaries, named = beneficiary(facts)
    if not beneficiaries:
        return Commission(row, None, [], missing=("status",))
    unknown = tuple(id for id in (sale["closed_by"], named) if id is not None and id not in staff)
    if unknown:
        return Commission("unknown closer" if sale["closed_by"] in unknown else "unknown owner", None, [], named, unknown)
    whole, amount, paid = whole_commission(sale), cents(sale["amount"]), most_paid(sale, at)
    is_paid = paid >= amount
    outcome = {"status": "accrued" if is_paid else "pending",
               "accrued": money_text(whole if is_paid else half_up(whole * paid, amount))}
    if len(beneficiaries) > 1:
        outcome = {**outcome, "status": "arbitrate", "parties": beneficiaries}
    else:
        outcome["shares"] = [{"staff": id, "weight": 1, "amount": money_text(whole)} for id in beneficiaries]
    return Commission(row, outcome, [row], named)
