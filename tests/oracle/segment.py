"""An independent reading of the policy, §11: in which segment a client is, by what it bought and when."""

from datetime import date

from civil_time import DAY, day_of, start_of
from duties import existing, median
from facts import cents, instants_after, money_text
from reading import Reading, lacks

NEW_DAYS, GROWING_DAYS, VIP_DAYS = 90, 180, 90
VIP_PURCHASES, VIP_QUARTERS = 4, 3
QUARTERS, QUARTER_MONTHS = 4, 3

STATED = {("long", "close"): "seeker", ("long", "distant"): "loyal", ("short", "close"): "explorer",
          ("short", "distant"): "occasional"}
BY_SEGMENT = {"lost": "explorer", "vip": "seeker", "growing": "loyal", "one_time": "occasional"}


def months_after(day, months):
    """The day of the same number, or the next one where that is missing."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    found = first + (day.day - 1) * DAY
    if found.month == first.month:
        return found
    return (first + 31 * DAY).replace(day=1)


def quarter_end(bought, quarter):
    """The last day on which a purchase of that day is within so many quarters."""
    return months_after(bought, QUARTER_MONTHS * quarter)


def quarter_of(bought, today):
    """1 is the latest; nothing beyond the year."""
    return next((quarter for quarter in range(1, QUARTERS + 1) if today <= quarter_end(bought, quarter)), None)


def row_of(entries, counts, days):
    """Which line of the policy, of purchases in all, in each quarter and days since the last."""
    bought = sum(counts)
    if bought == 0:
        return "lost, none in the year" if entries > 1 else "one_time, none in the year"
    if bought == 1:
        return "newcomer" if days <= NEW_DAYS else "one_time, one in the year"
    if days > GROWING_DAYS:
        return "lost"
    quarters = sum(count > 0 for count in counts)
    return "vip" if bought >= VIP_PURCHASES and quarters >= VIP_QUARTERS and days <= VIP_DAYS else "growing"


def purchases(facts, at):
    return existing(facts, "sales", "at", at)


def segment(facts, at):
    today, sales = day_of(at), purchases(facts, at)
    if not sales:
        return lacks("sales")
    placed = [(quarter_of(day_of(sale["at"]), today), sale) for sale in sales]
    lately = [sale for quarter, sale in placed if quarter]
    if any("amount" not in sale for sale in lately):
        return lacks("amount")
    counts = [sum(of == quarter for of, _ in placed) for quarter in range(QUARTERS, 0, -1)]
    days = (today - max(day_of(sale["at"]) for sale in sales)).days
    row = row_of(len(sales), counts, days)
    found = row.split(",")[0]
    preference = facts["client"].get("preference", {})
    piercy = STATED.get((preference.get("term"), preference.get("closeness")), BY_SEGMENT.get(found))
    outcome = {"segment": found, "recency_days": days, "frequency": len(lately), "quarters": counts,
               "monetary": money_text(sum(cents(sale["amount"]) for sale in lately))}
    if piercy:
        outcome["piercy"] = piercy
    intervals = facts.get("base", {}).get("second_purchase_days", ())
    if len(sales) == 1 and intervals:
        outcome["second_purchase_due"] = (day_of(sales[0]["at"]) + median(intervals) * DAY).isoformat()
    return Reading(outcome, [["A"]], row)


def moments(facts, at):
    """The days since the last purchase change with the day."""
    return sorted({*instants_after(at, facts["client"].get("sales", ())), start_of(day_of(at) + DAY)})
