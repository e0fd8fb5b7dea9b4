"""An independent reading of the policy, §6: what a third party may contract or change for a client."""

from facts import happened, instants_after
from reading import Reading, lacks

SENSITIVE = ("tax_id", "access_email", "bank_data", "holder")
CHECKS = ["check_data", "copy_to_holder"]


def third_party(facts, at):
    status, party = facts["client"].get("status"), facts["request"].get("third_party")
    if status is None:
        return lacks("status")
    if party is None:
        return lacks("third_party")

    def answer(row, allowed, validate=(), duties=()):
        outcome = {"allowed": allowed, "validate": list(validate), "duties": list(duties)}
        return Reading(outcome, [["P.S1"]], row)

    if not party.get("confirmed", False):
        return answer("not confirmed", "no")
    if status == "prospect":
        return answer("a prospect", "yes")
    sensitive = dict.fromkeys(change for change in party.get("changes", ()) if change in SENSITIVE)
    if not sensitive:
        return answer("nothing sensitive", "yes", duties=CHECKS)
    if happened(party.get("holder_validated_at"), at):
        return answer("validated", "yes", duties=CHECKS)
    return answer("to validate", "after_validation", sensitive, [*CHECKS, "validate_with_holder"])


def moments(facts, at):
    return sorted(instants_after(at, facts["request"]))
