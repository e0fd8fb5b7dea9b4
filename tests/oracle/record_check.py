"""An independent reading of the policy, §8: what is missing in the records."""

from duties import named
from facts import happened
from ownership import RESERVING, reservations
from policy import ownership_moments
from reading import Reading

SUMMARIES = {"sale_contact": "sale_under_way", "sale_no_contact": "attempt", "no_contact": "attempt"}
CLAUSES = {"attempt_not_marked": "P.1a", "no_reason": "P.1a", "empty_closing": "P.1b", "no_link": "P.2", "unknown_kind": "P.5",
           "no_product": "P.S2", "missing_summary": "P.S2", "over_limit": "P.S2d", "no_next_contact": "A"}


def says_something(note):
    return any(character.isalnum() for character in note)


def unlinked(interactions):
    """The first interaction of each case, where it has no link; numbered, cases in the order in which they are first named."""
    first = {}
    for number, interaction in interactions:
        case = interaction.get("case")
        if case is not None and (case not in first or interaction["at"] < first[case][1]["at"]):
            first[case] = number, interaction
    return [(number, interaction) for number, interaction in first.values() if not named(interaction.get("link"))]


def record_check(facts, at):
    client = facts["client"]
    interactions = [(n, i) for n, i in enumerate(client.get("interactions", ())) if happened(i["at"], at)]
    appointments = [(n, a) for n, a in enumerate(client.get("appointments", ())) if happened(a["created_at"], at)]
    states = {item.outcome["id"]: item.outcome["state"] for item in reservations(facts, at)}
    reserving = [(n, a) for n, a in appointments if a["kind"] in RESERVING]
    violations = []

    def add(code, list_name, field, found):
        violations.extend({"code": code, "clause": CLAUSES[code], "id": fact["id"], "path": f"client.{list_name}[{n}].{field}"}
                          for n, fact in found)

    add("attempt_not_marked", "interactions", "event", [
        (n, i) for n, i in interactions
        if i.get("direction") == "out" and i.get("answered") is False and i.get("event") != "attempt"])
    add("attempt_not_marked", "interactions", "answered",
        [(n, i) for n, i in interactions if i.get("event") == "attempt" and "answered" not in i])
    add("no_reason", "interactions", "reason", [(n, i) for n, i in interactions if not named(i.get("reason"))])
    add("empty_closing", "appointments", "note", [
        (n, a) for n, a in appointments if happened(a.get("closed_at"), at) and not says_something(a.get("note", ""))])
    add("no_link", "interactions", "link", unlinked(interactions))
    add("unknown_kind", "appointments", "kind", [(n, a) for n, a in appointments if a["kind"] == "other"])
    add("no_product", "appointments", "product", [(n, a) for n, a in reserving if not named(a.get("product"))])
    add("missing_summary", "appointments", "summary",
        [(n, a) for n, a in reserving if a.get("summary") != SUMMARIES[a["kind"]]])
    add("over_limit", "appointments", "scheduled_for", [(n, a) for n, a in appointments if states[a["id"]] == "disregarded"])
    add("no_next_contact", "appointments", "scheduled_for", [
        (n, a) for n, a in appointments
        if a["kind"] == "sale_contact" and states[a["id"]] in ("live", "expired") and "scheduled_for" not in a])
    return Reading({"ok": not violations, "violations": violations},
                   [["P.1"], *([violation["clause"]] for violation in violations)])


def moments(facts, at):
    interactions = sorted(i["at"] for i in facts["client"].get("interactions", ()) if i["at"] > at)
    return sorted({*interactions, *ownership_moments(facts, at)})
