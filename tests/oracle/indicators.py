"""An independent reading of the policy, §14: what a month is judged by over many cases, and how many clients each segment has.

Every indicator is a list of what one case adds to it; `measured` puts those of many cases together. `counts` notes which
rows and which sides of the limits were met.
"""

from collections import Counter, defaultdict
from datetime import timedelta

from civil_time import day_of
from duties import closes, interactions_until
from facts import cents, happened, instant, money_text, staff_by_id
from ownership import existing_appointments, judge
from segment import segment

ANSWER_WITHIN = timedelta(hours=10)
LOST_AFTER = 180  # days
MINUTE = timedelta(minutes=1)

GOALS = {  # at least, at most
    "sold_in_one_call": (5000, None), "answered_in_time": (9000, None), "answer_time_most": (None, ANSWER_WITHIN),
    "conversion": (1000, None), "expired_unworked": (None, 2000), "forgiven_against_collected": (None, 2500),
    "dormant_returns": (300, None),
}
CHANNELS = ["chat", "email", "phone", "whatsapp"]
SEGMENTS = ["vip", "growing", "newcomer", "one_time", "lost"]
TYPES = ["seeker", "loyal", "explorer", "occasional"]
counts = Counter()


def met(indicator, what):
    counts[indicator, what, "times"] += 1
    return what


# ------------------------------------------------------------------------------------------------------ §14, one case


class Month:
    """What one case has up to its instant, and what of it falls in that instant's month."""

    def __init__(self, facts):
        self.facts, self.at = facts, facts["at"]
        self.client = facts["client"]
        self.interactions = interactions_until(facts, self.at)
        self.sales = [sale for sale in self.client.get("sales", ()) if happened(sale["at"], self.at)]

    def holds(self, instant):
        then, now = day_of(instant), day_of(self.at)
        return (then.year, then.month) == (now.year, now.month)

    def of_month(self, items):
        return [item for item in items if self.holds(item["at"])]

    def questions(self):
        return [i for i in self.of_month(self.interactions) if i.get("event") in ("question", "complaint")]

    def answer(self, question):
        found = [i for i in self.interactions if i.get("event") == "answer" and closes(i, question)]
        return min(found, key=lambda i: i["at"], default=None)


def sold_in_one_call(month):
    for sale in month.of_month(month.sales):
        if "product" not in sale:
            continue
        earlier = [s["at"] for s in month.sales if s.get("product") == sale["product"] and s["at"] < sale["at"]]
        talks = [i for i in month.interactions if i.get("event") == "talk" and i.get("product") == sale["product"]
                 and i["at"] <= sale["at"] and not any(i["at"] <= before for before in earlier)]
        yield len(talks) == 1 and talks[0].get("channel") == "phone", met(
            "sold_in_one_call", "no talk" if not talks else "several" if len(talks) > 1 else talks[0].get("channel", "unsaid"))


def answered_in_time(month):
    for question in month.questions():
        answer, due = month.answer(question), question["at"] + ANSWER_WITHIN
        if answer is None and month.at < due:
            met("answered_in_time", "still time")
            continue
        yield answer is not None and answer["at"] < due, met(
            "answered_in_time", "never" if answer is None else "in time" if answer["at"] < due
            else "at the limit" if answer["at"] == due else "late")


def answer_times(month):
    for question in month.questions():
        answer = month.answer(question)
        if answer is not None:
            yield max(answer["at"] - question["at"], timedelta()) // MINUTE * MINUTE


def conversion(month):
    incoming = [i for i in month.of_month(month.interactions) if i.get("direction") == "in" and "channel" in i]
    if not incoming:
        return
    first = min(incoming, key=lambda i: i["at"])
    bought = any(sale["at"] >= first["at"] for sale in month.sales)
    met("conversion", "bought" if bought else "did not buy")
    yield first["channel"], bought


def expired_unworked(month):
    staff = staff_by_id(month.facts)
    for appointment in existing_appointments(month.facts, month.at):
        found = judge(appointment, month.client, staff, month.at).outcome
        if found["state"] != "expired":
            continue
        end = instant(found["expires_at"])
        if not month.holds(end):
            met("expired_unworked", "another month")
            continue
        worked = any(i.get("by") == appointment.get("owner") and appointment["created_at"] <= i["at"] < end
                     and (i.get("direction") == "out" or i.get("event") == "talk")
                     and i.get("product", appointment["product"]) == appointment["product"] for i in month.interactions)
        yield not (worked and "owner" in appointment), met("expired_unworked", "worked" if worked else "unworked")


def forgiven_against_collected(month):
    for invoice in month.client.get("invoices", ()):
        forgiven, paid = (name in invoice and happened(invoice[name], month.at) and month.holds(invoice[name])
                          for name in ("forgiven_at", "paid_at"))
        if forgiven or paid:
            amount = cents(invoice["amount"])
            met("forgiven_against_collected", "both" if forgiven and paid else "forgiven" if forgiven else "paid")
            yield amount * forgiven, amount * paid


def best_sellers(month):
    for sale in month.of_month(month.sales):
        if "closed_by" in sale:
            yield sale["closed_by"], cents(sale["amount"])


def best_in_care(month):
    for question in month.questions():
        answer = month.answer(question)
        if answer is not None and "by" in answer and answer["at"] < question["at"] + ANSWER_WITHIN:
            yield answer["by"], 1


def dormant_returns(month):
    def dormant(contact):
        earlier = [day_of(sale["at"]) for sale in month.sales if sale["at"] < contact["at"]]
        if not earlier:
            return False
        since = (day_of(contact["at"]) - max(earlier)).days
        if since in (LOST_AFTER, LOST_AFTER + 1):
            met("dormant_returns", f"{since} days")
        return since > LOST_AFTER

    sought = [i for i in month.of_month(month.interactions) if i.get("direction") == "out" and dormant(i)]
    if sought:
        first = min(i["at"] for i in sought)
        back = any(sale["at"] >= first for sale in month.sales)
        met("dormant_returns", "back" if back else "not back")
        yield back


def second_purchase(month):
    first_two = sorted(day_of(sale["at"]) for sale in month.sales)[:2]
    if len(first_two) == 2:
        yield (first_two[1] - first_two[0]).days


# ------------------------------------------------------------------------------------------------------ many cases


def hundredths(part, whole):
    """Hundredths of a percent, half up; None of nothing."""
    return None if whole == 0 else (2 * part * 10_000 + whole) // (2 * whole)


def percent(value):
    if value is None:
        return None
    text = f"{value // 100}.{value % 100:02}".rstrip("0").rstrip(".")
    return float(text) if "." in text else int(text)


def nearest_rank(values, p):
    return sorted(values)[-(-len(values) * p // 100) - 1] if values else None


def seconds(span):
    return None if span is None else f"{span // timedelta(seconds=1)}s"


def goal(name, value):
    least, most = GOALS.get(name, (None, None))
    if value is None or (least is None and most is None):
        return {}
    kept = (least is None or value >= least) and (most is None or value <= most)
    return {"goal_met": kept}


def shares(name, found):
    found = list(found)
    value = hundredths(sum(found), len(found))
    shown = {} if value is None else {"value": percent(value)}
    return {**shown, "part": sum(found), "whole": len(found), "elements": len(found), **goal(name, value)}


def ranked(name, values, p, spell):
    value = nearest_rank(values, p)
    return {**({} if value is None else {"value": spell(value)}), "elements": len(values), **goal(name, value)}


def best(pairs, spell):
    totals, elements = Counter(), Counter()
    for person, amount in pairs:
        totals[person] += amount
        elements[person] += 1
    order = sorted(totals, key=lambda person: (-totals[person], person))[:3]
    return {"groups": [{"group": p, "value": spell(totals[p]), "elements": elements[p]} for p in order],
            "groups_in_all": len(totals)}


def tallied(found, order):
    totals = Counter(found)
    return {"groups": [{"group": name, "value": totals[name], "elements": totals[name]} for name in order if totals[name]],
            "groups_in_all": len(totals)}


def bought_by_segment(segments):
    totals, elements = Counter(), Counter(found["segment"] for found in segments)
    for found in segments:
        totals[found["segment"]] += cents(found["monetary"])
    return {"groups": [{"group": name, "value": money_text(totals[name]), "elements": elements[name]} for name in SEGMENTS if elements[name]],
            "groups_in_all": len(elements)}


def measured(cases):
    months = [Month(facts) for facts in cases]

    def all_of(reading):
        return [one for month in months for one in reading(month)]

    by_channel = defaultdict(list)
    for channel, bought in all_of(conversion):
        by_channel[channel].append(bought)
    channels = [{"group": channel, **shares("conversion", by_channel[channel])} for channel in CHANNELS if channel in by_channel]
    money = all_of(forgiven_against_collected)
    forgiven, collected = (sum(pair[side] for pair in money) for side in (0, 1))
    ratio = hundredths(forgiven, collected)
    times = all_of(answer_times)
    segments = [segment(month.facts, month.at).outcome for month in months if month.sales]
    for found in segments:
        met("segment", found["segment"])
    return {
        "sold_in_one_call": shares("sold_in_one_call", [one for one, _ in all_of(sold_in_one_call)]),
        "answered_in_time": shares("answered_in_time", [one for one, _ in all_of(answered_in_time)]),
        "answer_time_median": ranked("answer_time_median", times, 50, seconds),
        "answer_time_most": ranked("answer_time_most", times, 90, seconds),
        "conversion": {"groups": channels, "groups_in_all": len(channels)},
        "expired_unworked": shares("expired_unworked", [one for one, _ in all_of(expired_unworked)]),
        "forgiven_against_collected": {
            **({} if ratio is None else {"value": percent(ratio)}), "part": money_text(forgiven), "whole": money_text(collected),
            "elements": len(money), **goal("forgiven_against_collected", ratio)},
        "best_sellers": best(all_of(best_sellers), money_text),
        "best_in_care": best(all_of(best_in_care), int),
        "dormant_returns": shares("dormant_returns", all_of(dormant_returns)),
        "clients_by_segment": tallied([found["segment"] for found in segments], SEGMENTS),
        "bought_by_segment": bought_by_segment(segments),
        "clients_by_type": tallied([found["piercy"] for found in segments if "piercy" in found], TYPES),
        "second_purchase_interval": ranked("second_purchase_interval", all_of(second_purchase), 50, int),
    }
