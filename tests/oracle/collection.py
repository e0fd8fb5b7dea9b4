"""An independent reading of the policy, §10: where collecting stands, who collects, and how."""

from civil_time import DAY, calendar_term_end, day_of, start_of
from debt import payable_day
from facts import happened, instants_after, staff_by_id
from reading import Reading

STAGES = (("reminder", -3), ("notice", 1), ("conciliation", 5), ("formal_notice", 30), ("protest", 60))  # days from payable
RAPPORT_DAYS = 90


def is_open(invoice, at):
    return not happened(invoice.get("paid_at"), at) and not happened(invoice.get("forgiven_at"), at)


def unpaid(facts, at):
    """The oldest first."""
    invoices = [invoice for invoice in facts["client"].get("invoices", ()) if is_open(invoice, at)]
    return sorted(invoices, key=lambda invoice: (invoice["due"], invoice["id"]))


def is_first_delay(facts, oldest, at):
    for invoice in facts["client"].get("invoices", ()):
        if invoice is oldest:
            continue
        payable = payable_day(invoice["due"])
        ended = [invoice[name] for name in ("paid_at", "forgiven_at") if happened(invoice.get(name), at)]
        if any(day_of(instant) > payable for instant in ended) or not ended and day_of(at) > payable:
            return False
    return True


def past_sales(facts, at):
    return [sale for sale in facts["client"].get("sales", ()) if happened(sale["at"], at)]


def steps_taken(facts, invoice, stage, at):
    return [step for step in facts["client"].get("collection", ())
            if step["stage"] == stage and step["invoice"] == invoice["id"] and happened(step["at"], at)]


def manager_agreed(facts, invoice, at):
    staff = staff_by_id(facts)
    return any(staff.get(step.get("by"), {}).get("role") == "manager" for step in steps_taken(facts, invoice, "protest", at))


def closer_with_rapport(facts, at):
    """Who closed the latest sale of the last days, if any."""
    sales = [sale for sale in past_sales(facts, at)
             if "closed_by" in sale and at < calendar_term_end(sale["at"], RAPPORT_DAYS)]
    latest = max((sale["at"] for sale in sales), default=None)
    return next((sale["closed_by"] for sale in reversed(sales) if sale["at"] == latest), None)


def collection(facts, at, closer_first=False):
    client = facts["client"]
    oldest = next(iter(unpaid(facts, at)), None)
    days = (day_of(at) - payable_day(oldest["due"])).days if oldest else None
    reached = [stage for stage, least in STAGES if oldest and days >= least]
    if not reached:
        return Reading({"standing": "good_standing", "stage": "none"}, [["V"]], "nothing unpaid" if not oldest else "none")
    if days < 1:
        return Reading({"standing": "good_standing", "stage": "reminder", "team": "finance", "invoice": oldest["id"],
                        "days": days}, [["V"]], "reminder")

    key_account, first_delay = client.get("key_account", False), is_first_delay(facts, oldest, at)
    refused = "protest" in reached and (key_account or first_delay) and not manager_agreed(facts, oldest, at)
    stage = "formal_notice" if refused else reached[-1]
    first_purchase = len(past_sales(facts, at)) == 1
    if first_purchase:
        approach = "first_purchase_check"
    elif first_delay:
        approach = "friendly_reminder"
    elif key_account or client.get("payer") == "good" or client.get("market_affected", False):
        approach = "negotiated"
    else:
        approach = "firm"

    new = first_purchase or first_delay
    steps = {"know_client": True, "confirm_delivery": new, "confirm_invoice": new, "personalise": True,
             "prepare_objections": approach in ("negotiated", "firm"), "offer_terms": approach == "negotiated",
             "ask_manager": refused}
    forbidden = {"threaten": True, "threaten_credit_cut": approach != "firm", "protest": stage != "protest",
                 "list_without_notice": not steps_taken(facts, oldest, "formal_notice", at), "contact_third_parties": True}
    closer = closer_with_rapport(facts, at) if closer_first else None
    who = {"who": closer} if closer else {"team": "finance"}
    outcome = {"standing": "in_arrears", **who, "invoice": oldest["id"], "days": days, "stage": stage, "approach": approach,
               "steps": [step for step, due in steps.items() if due], "forbidden": [act for act, so in forbidden.items() if so]}
    return Reading(outcome, [["V", "X", "C.1"] if closer else ["V", "X"]], stage)


def moments(facts, at):
    """While something is unpaid the days are counted, so that nothing lasts beyond a midnight but good standing."""
    client = facts["client"]
    dated = [day_of(at), *(invoice["due"] for invoice in client.get("invoices", ()))]
    midnights = {start_of(day + n * DAY) for day in dated for n in range(-4, 16)}
    midnights |= {calendar_term_end(sale["at"], RAPPORT_DAYS) for sale in client.get("sales", ())}
    return sorted(instants_after(at, client) | {midnight for midnight in midnights if midnight > at})
