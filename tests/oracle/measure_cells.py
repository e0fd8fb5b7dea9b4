"""What the random cases and bases of §14 must meet."""

from itertools import product

from civil_time import DAY, day_of, start_of
from duties import ANSWER, closes, named, same_case
from facts import instant
from measure_cases import STAFF
from measures import (BEST, CHANNELS, INDICATORS, MINUTE, SEGMENTS, TYPES, Month, answers, conversations, half_up, is_dormant,
                      is_in_time, quantity)
from ownership import existing_appointments, reservations
from segment import GROWING_DAYS
from tally import STEPS, step

GOALS = [name for name, indicator in INDICATORS.items() if indicator.goal]
SHARES = ["sold_in_one_call", "answered_in_time", "conversion", "expired_unworked", "dormant_returns"]
RANKED = ["answer_time_median", "answer_time_most", "second_purchase_interval"]
BESTS = ["best_sellers", "best_in_care"]
LEFT_OUT = ["forgiven_against_collected", "best_sellers", "clients_by_segment", "clients_by_type"]
MONTHLY = ["sale", "question", "contact in", "contact out", "forgiven", "paid"]
HELD = ["not met, below", "not met, above", "met, exactly", "met, below", "met, above"]

TABLE = {
    "measures, one call": list(product(["one talk by phone", "one talk by other channels", "one talk by no channel", "no talk",
                                        "two talks", "one talk, another before an earlier sale", "one talk about another product",
                                        "one attempt", "blank product", "no product"], ["cases"])),
    "measures, answers": list(product(["in time", "too late", "none, late", "none, not yet due", "dated before", "named",
                                       "another is named", "in another case", "the first of two", "by nobody"], ["cases"])),
    "measures, conversion": [*product(CHANNELS, ["bought", "did not"]), *product(["first of two contacts", "no channel", "two at one instant"],
                                                                                ["bought", "did not"])],
    "measures, expired": list(product(["talk", "out", "neither", "by another", "another product", "no product", "blank product",
                                       "before creation", "after the end", "nothing"], ["worked", "unworked"])),
    "measures, forgiven": list(product(["forgiven", "paid", "both"], ["in the month", "another month"])),
    "measures, dormant": list(product(["came back", "did not", "never bought before", "not dormant", "the second contact alone"],
                                      ["cases"])),
    "measures, clients": [*product(["segment"], SEGMENTS), *product(["type"], TYPES), *product(["none"], ["never bought"])],
    "measures, limits": [*product([f"{what} / the month begins" for what in MONTHLY] + [f"{what} / at" for what in MONTHLY], STEPS),
                         *product(["talk / sold", "talk / sold before", "answered / due", "at / due", "answered / a whole minute",
                                   "answered / asked", "bought / first contact", "at / expired", "worked / created",
                                   "worked / expired", "bought / contact out"], STEPS),
                         *product(["last day / the month begins", "days without a purchase / 180"], STEPS)],
    "measures, goals": [cell for cell in product(GOALS, HELD) if cell not in [
        (name, column) for name in GOALS for column in ("met, below", "not met, above")
        if INDICATORS[name].goal[0] == "at_least"] and cell not in [
            (name, column) for name in GOALS for column in ("met, above", "not met, below") if INDICATORS[name].goal[0] == "at_most"]],
    "measures, hundredths": list(product([*SHARES, "forgiven_against_collected"], ["none left", "down", "up", "half, up"])),
    "measures, nearest rank": list(product(RANKED, ["of one", "of an even number", "of an odd number"]))
    + list(product(["answer_time_most"], ["of nine", "of ten", "of eleven"])),
    "measures, best": list(product(BESTS, ["fewer than three", "three", "more", "a tie at the last place", "a tie above it"])),
    "measures, left out": list(product(LEFT_OUT, ["one case", "nothing left"])),
    "measures, nothing to measure": list(product(INDICATORS, ["bases"])),
    "measures, bases": list(product(["of one case", "of two to ten", "of more", "with a case without client"], ["bases"])),
}
# What cannot be: unworked by a contact that is work, and the like; a ratio of a few cents is no half of a hundredth by chance.
for row in ("talk", "out", "no product", "blank product"):
    TABLE["measures, expired"].remove((row, "unworked"))
for row in ("neither", "by another", "another product", "before creation", "after the end", "nothing"):
    TABLE["measures, expired"].remove((row, "worked"))


# ---------------------------------------------------------------------------------------------------- of one case


def call_cells(month):
    talks = [i for i in month.interactions if i.get("event") == "talk"]
    for sale in month.of(month.sales):
        product_name = sale.get("product")
        if not named(product_name):
            yield "measures, one call", "no product" if product_name is None else "blank product", "cases"
            continue
        had = conversations(month, sale)
        about = [talk for talk in talks if talk.get("product") == product_name]
        if len(had) == 1:
            channel = had[0].get("channel")
            by = "phone" if channel == "phone" else "other channels" if channel else "no channel"
            yield "measures, one call", f"one talk by {by}", "cases"
            if any(talk["at"] < had[0]["at"] for talk in about):
                yield "measures, one call", "one talk, another before an earlier sale", "cases"
        else:
            yield "measures, one call", "two talks" if had else "no talk", "cases"
        if not had and any(talk.get("product") not in (None, product_name) and talk["at"] < sale["at"] for talk in talks):
            yield "measures, one call", "one talk about another product", "cases"
        if not had and any(i.get("event") == "attempt" and i["at"] < sale["at"] for i in month.interactions):
            yield "measures, one call", "one attempt", "cases"
        if len(about) == 1:
            yield "measures, limits", "talk / sold", step(about[0]["at"], sale["at"])
        for earlier in month.sales:
            if earlier["at"] < sale["at"] and earlier.get("product") == product_name and len(about) < 3:
                for talk in about:
                    yield "measures, limits", "talk / sold before", step(talk["at"], earlier["at"])


def answer_cells(month):
    for asked, answer in answers(month):
        due = asked["at"] + ANSWER
        yield "measures, limits", "at / due", step(month.at, due) if answer is None else None
        closing = [i for i in month.interactions if i.get("event") == "answer" and closes(i, asked)]
        others = [i for i in month.interactions if i.get("event") == "answer" and i not in closing]
        if answer is None:
            yield "measures, answers", "none, late" if month.at >= due else "none, not yet due", "cases"
            if any("answers" in other for other in others):
                yield "measures, answers", "another is named", "cases"
            if any("answers" not in other and other["at"] >= asked["at"] and not same_case(other, asked) for other in others):
                yield "measures, answers", "in another case", "cases"
            if len(others) == 1 and "answers" not in others[0] and same_case(others[0], asked):
                yield "measures, limits", "answered / asked", step(others[0]["at"], asked["at"])
            continue
        yield "measures, answers", "in time" if is_in_time(asked, answer) else "too late", "cases"
        yield "measures, limits", "answered / due", step(answer["at"], due)
        minute = asked["at"] + round((answer["at"] - asked["at"]) / MINUTE) * MINUTE
        yield "measures, limits", "answered / a whole minute", step(answer["at"], minute) if minute > asked["at"] else None
        if "answers" not in answer:
            yield "measures, limits", "answered / asked", step(answer["at"], asked["at"])
        for label, so in (("dated before", answer["at"] < asked["at"]), ("named", "answers" in answer),
                          ("the first of two", len(closing) > 1), ("by nobody", "by" not in answer)):
            if so:
                yield "measures, answers", label, "cases"


def conversion_cells(month, seen):
    contacts = [i for i in month.of(month.interactions) if i.get("direction") == "in"]
    if not seen:
        return
    column = "bought" if seen[0].counts else "did not"
    yield "measures, conversion", seen[0].group, column
    told = [contact for contact in contacts if "channel" in contact]
    first = min(told, key=lambda contact: contact["at"])
    if any(contact["at"] < first["at"] for contact in contacts):
        yield "measures, conversion", "no channel", column
    at_first = {contact["channel"] for contact in told if contact["at"] == first["at"]}
    if len({contact["channel"] for contact in told}) > 1:
        yield "measures, conversion", "two at one instant" if len(at_first) > 1 else "first of two contacts", column
    if len(month.sales) == 1:
        yield "measures, limits", "bought / first contact", step(month.sales[0]["at"], first["at"])


def expired_cells(month, seen):
    if "appointments" not in month.facts["client"]:
        return
    appointment, = month.facts["client"]["appointments"]
    for item in reservations(month.facts, month.at):
        end = item.outcome.get("expires_at")
        if end and named(appointment["product"]):
            yield "measures, limits", "at / expired", step(month.at, instant(end))
        if item.outcome["state"] == "expired":
            yield "measures, limits", "last day / the month begins", step(day_of(instant(end)), day_of(month.start), DAY)
    if not seen:
        return
    column, end = "unworked" if seen[0].counts else "worked", instant(end)
    if not month.interactions:
        yield "measures, expired", "nothing", column
    if len(month.interactions) != 1:
        return
    contact, = month.interactions
    mine, of_it = contact.get("by") == appointment["owner"], contact.get("product", "") in ("", appointment["product"])
    is_work = contact.get("event") == "talk" or contact.get("direction") == "out"
    if mine and is_work and (of_it or not named(contact["product"])):
        yield "measures, limits", "worked / created", step(contact["at"], appointment["created_at"])
        yield "measures, limits", "worked / expired", step(contact["at"], end)
    if contact["at"] < appointment["created_at"]:
        yield "measures, expired", "before creation", column
    elif contact["at"] >= end:
        yield "measures, expired", "after the end", column
    elif not mine:
        yield "measures, expired", "by another", column
    elif not is_work:
        yield "measures, expired", "neither", column
    elif not named(contact.get("product")):
        yield "measures, expired", "blank product" if "product" in contact else "no product", column
    elif contact["product"] != appointment["product"]:
        yield "measures, expired", "another product", column
    else:
        yield "measures, expired", "talk" if contact.get("event") == "talk" else "out", column


def month_cells(month, client):
    interactions = client.get("interactions", ())
    dated = [("sale", sale["at"]) for sale in client.get("sales", ())]
    dated += [("question", i["at"]) for i in interactions if i.get("event") in ("question", "complaint")]
    dated += [("contact in", i["at"]) for i in interactions if i.get("direction") == "in" and "channel" in i]
    dated += [("contact out", i["at"]) for i in interactions if i.get("direction") == "out"]
    for name in ("forgiven", "paid"):
        dated += [(name, invoice[f"{name}_at"]) for invoice in client.get("invoices", ()) if f"{name}_at" in invoice]
    for what, when in dated:
        yield "measures, limits", f"{what} / the month begins", step(when, month.start)
        yield "measures, limits", f"{what} / at", step(when, month.at)


def forgiven_cells(month):
    for invoice in month.invoices:
        instants = [invoice[name] for name in ("forgiven_at", "paid_at") if name in invoice]
        row = "both" if len(instants) == 2 else "forgiven" if "forgiven_at" in invoice else "paid"
        if instants:
            here = all(map(month.has, instants))
            yield "measures, forgiven", row, "in the month" if here else "another month" if not any(
                map(month.has, instants)) else None


def dormant_cells(month, seen):
    contacts = sorted((i for i in month.of(month.interactions) if i.get("direction") == "out"), key=lambda contact: contact["at"])
    if not contacts:
        return
    if seen:
        yield "measures, dormant", "came back" if seen[0].counts else "did not", "cases"
        if not is_dormant(month, contacts[0]):
            yield "measures, dormant", "the second contact alone", "cases"
    else:
        before = [sale for sale in month.sales if sale["at"] < contacts[0]["at"]]
        yield "measures, dormant", "not dormant" if before else "never bought before", "cases"
    if len(contacts) == 1:
        days = [(day_of(contacts[0]["at"]) - day_of(sale["at"])).days for sale in month.sales if sale["at"] < contacts[0]["at"]]
        if days:
            yield "measures, limits", "days without a purchase / 180", step(min(days), GROWING_DAYS, 1)
        if len(month.sales) == 2:
            for sale in month.sales:
                yield "measures, limits", "bought / contact out", step(sale["at"], contacts[0]["at"])


def case_cells(facts, seen):
    if "client" not in facts:
        return
    month = Month(facts)
    yield from month_cells(month, facts["client"])
    yield from call_cells(month)
    yield from answer_cells(month)
    yield from conversion_cells(month, seen["conversion"])
    yield from expired_cells(month, seen["expired_unworked"])
    yield from forgiven_cells(month)
    yield from dormant_cells(month, seen["dormant_returns"])
    for name, row in (("clients_by_segment", "segment"), ("clients_by_type", "type")):
        for each in seen[name] or ():
            yield "measures, clients", row, each.group
    if not month.sales:
        yield "measures, clients", "none", "never bought"


# ---------------------------------------------------------------------------------------------------- of a base


def goal_cells(name, found):
    goal = INDICATORS[name].goal
    if goal and "value" in found:
        value, bound = quantity(found["value"]), quantity(goal[1])
        side = "below" if value < bound else "above" if value > bound else "exactly"
        yield "measures, goals", name, f"{'met' if found['goal_met'] else 'not met'}, {side}"


def hundredth_cells(name, found):
    part, whole = (round(100 * float(found[side])) if isinstance(found[side], str) else found[side] for side in ("part", "whole"))
    if whole:
        left = 10000 * part % whole
        yield "measures, hundredths", name, ("none left" if not left else "half, up" if 2 * left == whole else
                                             "down" if 10000 * part // whole == half_up(part, whole) else "up")


def best_cells(name, base, found):
    worth = {}
    for case in base:
        for each in case[name] or ():
            worth[each.group] = worth.get(each.group, 0) + each.counts
    if worth:
        yield "measures, best", name, {1: "fewer than three", 2: "fewer than three", 3: "three"}.get(len(worth), "more")
        ordered = sorted(worth.values(), reverse=True)
        if len(ordered) > BEST and ordered[BEST - 1] == ordered[BEST]:
            yield "measures, best", name, "a tie at the last place"
        if len(set(ordered[:BEST])) < len(ordered[:BEST]):
            yield "measures, best", name, "a tie above it"


def base_cells(cases, base, figures):
    yield "measures, bases", "of one case" if len(cases) == 1 else "of two to ten" if len(cases) <= 10 else "of more", "bases"
    if any("client" not in case for case in cases):
        yield "measures, bases", "with a case without client", "bases"
    for name, found in figures.items():
        groups = found.get("groups", [found])
        for each in groups:
            yield from goal_cells(name, each)
            if name in SHARES or name == "forgiven_against_collected":
                yield from hundredth_cells(name, each)
        if not groups or found.get("elements", 1) == 0:
            yield "measures, nothing to measure", name, "bases"
        if name in BESTS:
            yield from best_cells(name, base, found)
        if name in RANKED and found["elements"]:
            count = found["elements"]
            yield "measures, nearest rank", name, ("of one" if count == 1 else "of an odd number" if count % 2 else
                                                   "of an even number")
            if name == "answer_time_most" and count in (9, 10, 11):
                yield "measures, nearest rank", name, {9: "of nine", 10: "of ten", 11: "of eleven"}[count]
        if found.get("cases_left_out"):
            yield "measures, left out", name, "nothing left" if not groups or not found.get("elements", 1) else "one case"
