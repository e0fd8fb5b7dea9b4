"""An independent reading of the policy, §4: open invoices, what is forgiven, and whether a discount may be given."""

from functools import lru_cache
from typing import NamedTuple

from civil_time import DAY, a_year_after, add_business_days, day_of
from facts import cents, happened, money_text


class Debt(NamedTuple):
    outcome: dict  # None when a missing field makes it an error
    cite: list
    missing: tuple = ()
    barred: bool = False  # the discount, by an invoice forgiven before


@lru_cache(maxsize=None)
def payable_day(due):
    return add_business_days(due - DAY, 1)


def is_long_due(invoice, at):
    """Whether the due date lies more than one year back."""
    return day_of(at) > a_year_after(invoice["due"])


def bars_discount(invoice, client, at):
    """Whether it was forgiven for its age and nothing has been sold to the client since."""
    forgiven = invoice.get("forgiven_at")
    return (happened(forgiven, at) and is_long_due(invoice, forgiven)
            and not any(forgiven <= sale["at"] <= at for sale in client.get("sales", ())))


def debt(facts, at):
    client, campaign = facts["client"], facts.get("request", {}).get("campaign", False)
    inactive = client["status"] == "inactive"
    items, totals = [], {"forgive": 0, "collect": 0}
    for invoice in client.get("invoices", ()):
        if happened(invoice.get("paid_at"), at) or happened(invoice.get("forgiven_at"), at):
            continue
        if "due" not in invoice:
            return Debt(None, [], ("due",))
        if day_of(at) <= payable_day(invoice["due"]):
            continue
        if "amount" not in invoice:
            return Debt(None, [], ("amount",))
        action = "forgive" if inactive and is_long_due(invoice, at) else "collect"
        items.append({"id": invoice["id"], "action": action})
        totals[action] += cents(invoice["amount"])

    actions = {item["action"] for item in items}
    barred = inactive and any(bars_discount(invoice, client, at) for invoice in client.get("invoices", ()))
    bites, alert = barred or "forgive" in actions, "collect" in actions
    outcome = {"invoices": items, **{action: money_text(total) for action, total in totals.items()}, "alert": alert,
               "discount_allowed": campaign or not bites, "may_sell": True}
    return Debt(outcome, ["P.S7"] * bites + ["P.3"] * (alert or not bites), barred=barred)
