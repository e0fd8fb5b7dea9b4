"""An independent reading of the policy, §12: what somebody may decide alone, and what goes to a manager."""

from decimal import Decimal
from typing import NamedTuple

from debt import debt
from duties import closes, interactions_until
from facts import cents, instants_after, money_text, staff_by_id
from policy import debt_moments
from reading import Reading, lacks


class Limit(NamedTuple):
    percent: int
    coupons: int
    cents: int
    exception: bool


SERVING, SELLING, MANAGING = Limit(5, 1, 0, False), Limit(10, 1, 5000, False), Limit(30, 5, 100000, True)
LIMITS = {"attendant": SERVING, "sdr": SERVING, "collector": SERVING, "seller": SELLING, "closer": SELLING, "manager": MANAGING}
ASKED = {"discount": "percent", "coupon": "coupons", "refund": "amount"}  # the field that says how much


def complaint_is_open(facts, at):
    interactions = interactions_until(facts, at)
    complaint = next((i for i in interactions if i["id"] == facts["ask"].get("complaint")), None)
    return (complaint is not None and complaint.get("event") == "complaint"
            and not any(i.get("event") == "answer" and closes(i, complaint) for i in interactions))


def judged_role(facts):
    ask, staff = facts["ask"], staff_by_id(facts)
    approved = staff.get(ask.get("approved_by"), {}).get("role") == "manager"
    return "manager" if approved else staff[ask["by"]]["role"]


def amount_asked(ask):
    """In the unit of its limit."""
    if ask["kind"] == "exception":
        return True
    asked = ask[ASKED[ask["kind"]]]
    return cents(asked) if ask["kind"] == "refund" else Decimal(str(asked))


def limit_for(role, kind, complaint_open):
    limit = LIMITS[role]
    return {"discount": limit.percent, "coupon": limit.coupons + complaint_open, "refund": limit.cents,
            "exception": limit.exception}[kind]


def authority(facts, at):
    ask, staff = facts["ask"], staff_by_id(facts)
    kind = ask["kind"]
    missing = [id for id in [ask["by"]] if id not in staff]
    missing += [field for asked, field in ASKED.items() if asked == kind and field not in ask]
    missing += ["status"] * (kind == "discount" and "status" not in facts["client"])
    if missing:
        return lacks(*missing)
    if kind == "price":
        return Reading({"allowed": "yes"}, [["P.S8.2"]], "price")
    asked = amount_asked(ask)
    if kind == "discount" and asked > 0 and not debt(facts, at).outcome["discount_allowed"]:
        return Reading({"allowed": "no"}, [["P.S7"]], "barred")

    complaint_open = complaint_is_open(facts, at)
    own, managers = (limit_for(role, kind, complaint_open) for role in (judged_role(facts), "manager"))
    limit = {"discount": {"percent": own}, "coupon": {"coupons": own}, "refund": {"amount": money_text(own)}, "exception": {}}
    if asked <= own:
        return Reading({"allowed": "yes", "limit": limit[kind]}, [["A"]], "yes")
    if asked <= managers:
        return Reading({"allowed": "escalate", "limit": limit[kind], "escalate_to": "manager"}, [["A"]], "escalate")
    return Reading({"allowed": "no", "limit": limit[kind]}, [["A"]], "no")


def moments(facts, at):
    return sorted({*instants_after(at, facts), *debt_moments(facts, at)})
