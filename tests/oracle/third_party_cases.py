"""Random cases of §6, and what they must meet."""

from itertools import product

from civil_time import DAY
from drawing import DrawingAboutNow
from tally import STEPS, UNTIL, step
from third_party import SENSITIVE

CHANGES = [*SENSITIVE, "name", "email", "phone", "address"]
STATUSES = ["prospect", "active", "inactive"]
ROWS = ["not confirmed", "nothing sensitive", "validated", "to validate"]
WITHOUT = ["without status", "without third_party"]

TABLE = {
    "third_party": [*product(ROWS, STATUSES[1:]), ("not confirmed", "prospect"), ("a prospect", "prospect"),
                    *product(WITHOUT, ["cases"])],
    "third_party, changes": list(product(CHANGES, ["active", "inactive", "repeated"])),
    "third_party, confirmed": list(product(["true", "false", "absent"], ["cases"])),
    "third_party, limits": list(product(["at / validated"], STEPS)),
    "third_party, valid_until": [("third_party", kind) for kind in UNTIL[:2]],
}


class ThirdPartyPart(DrawingAboutNow):
    def facts(self):
        changes = self.random.sample(CHANGES, self.choice((0, 1, 2, 3, 4, 6)))
        if self.chance(40):
            changes = [change for change in changes if change not in SENSITIVE]
        if changes and self.chance(50):
            changes += self.random.choices(changes, k=2)
        party = {"changes": changes} if changes or self.chance(50) else {}
        if self.chance(85):
            party["confirmed"] = self.chance(80)
        if self.chance(70):
            party["holder_validated_at"] = self.choice(
                [self.beside(self.at)] * 3 + [self.within(self.at - 9 * DAY, self.at), self.within(self.at, self.at + 9 * DAY)])
        client = {} if self.chance(6) else {"status": self.choice(STATUSES)}
        return {"at": self.at, "client": client, "request": {} if self.chance(6) else {"third_party": party}}


def cells(facts, reading, until):
    party, status = facts["request"].get("third_party", {}), facts["client"].get("status", "cases")
    yield "third_party", reading.row, status if reading.outcome else "cases"
    if not reading.outcome:
        return
    yield "third_party, confirmed", str(party.get("confirmed", "absent")).lower(), "cases"
    yield "third_party, valid_until", "third_party", UNTIL[until is not None]
    changes = party.get("changes", [])
    if reading.row in ROWS[1:]:
        for change in dict.fromkeys(changes):
            yield "third_party, changes", change, status
            if changes.count(change) > 1:
                yield "third_party, changes", change, "repeated"
    if reading.row in ("validated", "to validate") and "holder_validated_at" in party:
        yield "third_party, limits", "at / validated", step(facts["at"], party["holder_validated_at"])
