"""An independent reading of the policy, §14: what is measured of a base.

Of each case every indicator has the elements it looks at (`Seen`), each with what the tally needs; a base's figures follow
from those of all its cases.
"""

from datetime import timedelta
from typing import NamedTuple

from civil_time import day_of, start_of
from duties import ANSWER, closes, existing, interactions_until, named
from facts import cents, happened, instant, money_text
from ownership import existing_appointments, reservations
from segment import GROWING_DAYS, segment

CHANNELS = ["chat", "email", "phone", "whatsapp"]
SEGMENTS = ["vip", "growing", "newcomer", "one_time", "lost"]
TYPES = ["seeker", "loyal", "explorer", "occasional"]
BEST = 3
MINUTE = timedelta(minutes=1)


class Seen(NamedTuple):
    """One element that an indicator looks at."""
    counts: object = True  # whether it is one of those counted, or its amount
    group: str = None
    to: int = 0  # of a ratio, the amount by which is divided


class Unmeasured(Exception):
    """A fact that is not there: the case is left out of the indicator."""


def amount_of(fact):
    if "amount" not in fact:
        raise Unmeasured("amount")
    return cents(fact["amount"])


class Month:
    """What has happened until the instant of a case, in its month and before."""

    def __init__(self, facts):
        self.facts, self.at = facts, facts["at"]
        self.start = start_of(day_of(self.at).replace(day=1))
        self.sales = existing(facts, "sales", "at", self.at)
        self.interactions = interactions_until(facts, self.at)
        self.invoices = facts["client"].get("invoices", ())

    def has(self, instant):
        return instant is not None and self.start <= instant <= self.at

    def of(self, dated):
        return [fact for fact in dated if self.has(fact["at"])]


# ---------------------------------------------------------------------------------------------------- one indicator each


def conversations(month, sale):
    """About the product of the sale, since the last sale of it before."""
    earlier = [other["at"] for other in month.sales if other.get("product") == sale["product"] and other["at"] < sale["at"]]
    return [talk for talk in month.interactions if talk.get("event") == "talk" and talk.get("product") == sale["product"]
            and talk["at"] <= sale["at"] and all(talk["at"] > at for at in earlier)]


def sold_in_one_call(month):
    for sale in month.of(month.sales):
        if named(sale.get("product")):
            had = conversations(month, sale)
            yield Seen(len(had) == 1 and had[0].get("channel") == "phone")


def answers(month):
    """The month's questions and complaints, each with the first answer that closes it."""
    for asked in month.of(month.interactions):
        if asked.get("event") in ("question", "complaint"):
            closing = [i for i in month.interactions if i.get("event") == "answer" and closes(i, asked)]
            yield asked, min(closing, key=lambda answer: answer["at"], default=None)


def is_in_time(asked, answer):
    return answer is not None and answer["at"] < asked["at"] + ANSWER


def answered_in_time(month):
    for asked, answer in answers(month):
        if answer or month.at >= asked["at"] + ANSWER:
            yield Seen(is_in_time(asked, answer))


def answer_minutes(month):
    for asked, answer in answers(month):
        if answer:
            yield Seen(max(0, (answer["at"] - asked["at"]) // MINUTE))


def conversion(month):
    contacts = [i for i in month.of(month.interactions) if i.get("direction") == "in" and "channel" in i]
    if contacts:
        first = min(contacts, key=lambda contact: contact["at"])
        yield Seen(any(sale["at"] >= first["at"] for sale in month.sales), first["channel"])


def works_on(contact, appointment, end):
    about = not named(contact.get("product")) or contact["product"] == appointment["product"]
    return (contact.get("by") == appointment["owner"] and (contact.get("event") == "talk" or contact.get("direction") == "out")
            and about and appointment["created_at"] <= contact["at"] < end)


def expired_unworked(month):
    appointments = {a["id"]: a for a in existing_appointments(month.facts, month.at)}
    for item in reservations(month.facts, month.at):
        if item.outcome["state"] == "expired":
            appointment, end = appointments[item.outcome["id"]], instant(item.outcome["expires_at"])
            if month.has(end):
                yield Seen(not any(works_on(contact, appointment, end) for contact in month.interactions))


def forgiven_against_collected(month):
    for invoice in month.invoices:
        forgiven, paid = (month.has(invoice.get(f"{name}_at")) for name in ("forgiven", "paid"))
        if forgiven or paid:
            amount = amount_of(invoice)
            yield Seen(amount * forgiven, to=amount * paid)


def best_sellers(month):
    for sale in month.of(month.sales):
        if "closed_by" in sale:
            yield Seen(amount_of(sale), sale["closed_by"])


def best_in_care(month):
    for asked, answer in answers(month):
        if is_in_time(asked, answer) and "by" in answer:
            yield Seen(True, answer["by"])


def is_dormant(month, contact):
    before = [day_of(sale["at"]) for sale in month.sales if sale["at"] < contact["at"]]
    return bool(before) and (day_of(contact["at"]) - max(before)).days > GROWING_DAYS


def dormant_returns(month):
    contacts = [i for i in month.of(month.interactions) if i.get("direction") == "out" and is_dormant(month, i)]
    if contacts:
        first = min(contact["at"] for contact in contacts)
        yield Seen(any(sale["at"] >= first for sale in month.sales))


def segments(name):
    def rows(month):
        if month.sales:
            found = segment(month.facts, month.at)
            if found.outcome is None:
                raise Unmeasured(found.missing)
            if name in found.outcome:
                yield Seen(True, found.outcome[name])
    return rows


def second_purchase_interval(month):
    if len(month.sales) > 1:
        first, second = sorted(sale["at"] for sale in month.sales)[:2]
        yield Seen((day_of(second) - day_of(first)).days)


# ---------------------------------------------------------------------------------------------------- figures of a base


def half_up(part, whole):
    """A percent in hundredths."""
    return (2 * 10000 * part + whole) // (2 * whole)


def number(hundredths):
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def share(seen):
    part, whole = sum(each.counts for each in seen), len(seen)
    found = {"part": part, "whole": whole, "elements": whole}
    return {**found, "value": number(half_up(part, whole))} if whole else found


def ratio(seen):
    part, whole = sum(each.counts for each in seen), sum(each.to for each in seen)
    found = {"part": money_text(part), "whole": money_text(whole), "elements": len(seen)}
    return {**found, "value": number(half_up(part, whole))} if whole else found


def count(seen):
    return {"value": sum(each.counts for each in seen), "elements": len(seen)}


def money(seen):
    return {"value": money_text(sum(each.counts for each in seen)), "elements": len(seen)}


def ranked(percent, spelt):
    """By nearest rank."""
    def measure(seen):
        ordered = sorted(each.counts for each in seen)
        found = {"elements": len(seen)}
        return {**found, "value": spelt(ordered[-(-percent * len(ordered) // 100) - 1])} if seen else found
    return measure


def minutes_text(minutes):
    return f"{60 * minutes}s"


class Indicator(NamedTuple):
    rows: object  # the elements of a month
    measure: object
    goal: tuple = None  # at_least or at_most, and the bound as the measure spells it
    groups: list = None  # their order; an empty one where they are drawn up by value
    best: int = None


INDICATORS = {
    "sold_in_one_call": Indicator(sold_in_one_call, share, ("at_least", 50)),
    "answered_in_time": Indicator(answered_in_time, share, ("at_least", 90)),
    "answer_time_median": Indicator(answer_minutes, ranked(50, minutes_text)),
    "answer_time_most": Indicator(answer_minutes, ranked(90, minutes_text), ("at_most", "36000s")),
    "conversion": Indicator(conversion, share, ("at_least", 10), CHANNELS),
    "expired_unworked": Indicator(expired_unworked, share, ("at_most", 20)),
    "forgiven_against_collected": Indicator(forgiven_against_collected, ratio, ("at_most", 25)),
    "best_sellers": Indicator(best_sellers, money, groups=[], best=BEST),
    "best_in_care": Indicator(best_in_care, count, groups=[], best=BEST),
    "dormant_returns": Indicator(dormant_returns, share, ("at_least", 3)),
    "clients_by_segment": Indicator(segments("segment"), count, groups=SEGMENTS),
    "clients_by_type": Indicator(segments("piercy"), count, groups=TYPES),
    "second_purchase_interval": Indicator(second_purchase_interval, ranked(50, int)),
}


def seen_in(facts):
    """Of one case what each indicator looks at; nothing (None) where it cannot be measured."""
    if "client" not in facts:
        return {name: [] for name in INDICATORS}
    month, found = Month(facts), {}
    for name, indicator in INDICATORS.items():
        try:
            found[name] = list(indicator.rows(month))
        except Unmeasured:
            found[name] = None
    return found


def quantity(value):
    """What a value is worth against a bound or another."""
    return float(value.removesuffix("s")) if isinstance(value, str) else value


def against_goal(found, goal):
    if goal is None or "value" not in found:
        return found
    value, bound = quantity(found["value"]), quantity(goal[1])
    return {**found, "goal_met": value >= bound if goal[0] == "at_least" else value <= bound}


def figure(indicator, seen):
    """What a base comes to, of all elements of its cases."""
    if indicator.groups is None:
        return against_goal(indicator.measure(seen), indicator.goal)
    present = {each.group for each in seen}
    groups = [{"group": group, **against_goal(indicator.measure([each for each in seen if each.group == group]), indicator.goal)}
              for group in indicator.groups or sorted(present) if group in present]
    if indicator.best:
        groups = sorted(groups, key=lambda found: -quantity(found["value"]))[:indicator.best]
    return {"groups": groups, "groups_in_all": len(present)}


def measured(cases):
    """The figures of a base, by what `seen_in` found in each of its cases."""
    found = {}
    for name, indicator in INDICATORS.items():
        each = [case[name] for case in cases]
        found[name] = figure(indicator, [seen for one in each if one is not None for seen in one])
        if None in each:
            found[name]["cases_left_out"] = each.count(None)
        if indicator.goal:
            found[name]["goal"] = dict([indicator.goal])
    return found
