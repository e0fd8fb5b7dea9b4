"""Random cases of §12, and what they must meet."""

from itertools import product

from authority import ASKED, LIMITS, amount_asked, complaint_is_open, judged_role, limit_for
from civil_time import DAY
from debt import debt
from drawing import DrawingAboutNow
from facts import staff_by_id
from money_cases import MoneyPart
from tally import STEPS, UNTIL, step, until_kind

ROLES = list(LIMITS)
ANSWERS = ["at / complaint", "answer / complaint", "at / answer"]
APPROVALS = ["manager", "another", "unknown"]
WITHOUT = ["without percent", "without coupons", "without amount", "without status", "without stranger"]

LIMITED = [f"{kind}, {role}" for kind, role in product(ASKED, ROLES)]
NO_REFUND = [f"refund, {role}" for role, limit in LIMITS.items() if not limit.cents]  # nothing is less than theirs
ALLOWED = [*product(LIMITED, ["yes", "escalate", "no"]), *product([f"exception, {role}" for role in ROLES], ["escalate"])]
TABLE = {
    "authority": [cell for cell in ALLOWED if cell[0] not in [f"{kind}, manager" for kind in [*ASKED, "exception"]]
                  or cell[1] != "escalate"] + [("exception, manager", "yes")],
    "authority, asked / own limit": [cell for cell in product(LIMITED, STEPS)
                                     if cell[0] not in NO_REFUND or cell[1] != STEPS[0]],
    "authority, asked / a manager's limit": list(product([row for row in LIMITED if "manager" not in row], STEPS)),
    "authority, approved by": [*product(APPROVALS, [*ASKED, "exception"])],
    "authority, other rows": list(product(["price", "barred", "barred, 0 percent", "barred, a manager's approval",
                                           "barred, but a campaign", *WITHOUT], ["cases"])),
    "authority, complaint": [*product(["one coupon more", "no longer open", "not a complaint", "unknown"], ["cases"])],
    "authority, limits of the complaint": list(product(ANSWERS, STEPS)),
    "authority, how an answer names": list(product(["it", "another", "nothing, one case", "nothing, another case"], ["cases"])),
    "authority, valid_until": [("authority", kind) for kind in UNTIL],
}


class AuthorityPart(DrawingAboutNow):
    def facts(self):
        staff = [{"id": role, "team": "sales", "role": role, "status": "available"} for role in ROLES]
        kind = self.choice(["discount"] * 10 + ["coupon"] * 8 + ["refund"] * 8 + ["exception"] * 3 + ["price"])
        interactions = []
        ask = {"by": "stranger" if self.chance(3) else self.choice(ROLES), "kind": kind}
        if self.chance(40):
            ask["approved_by"] = self.choice(["manager", "manager", "closer", "nobody"])
        client = {} if self.chance(3) else {"status": self.choice(("prospect", "active", "inactive", "inactive"))}
        case = {"at": self.at, "client": client, "ask": ask, "staff": staff}
        if kind == "coupon" and self.chance(80) or self.chance(15):
            ask["complaint"] = "m9" if self.chance(10) else "m1"
            interactions = self.complaint()
        if interactions:
            client["interactions"] = interactions
        if kind == "discount" and self.chance(55):
            self.owe(case)
        if kind in ASKED and not self.chance(5):
            ask[ASKED[kind]] = self.asked(case)
        return case

    def complaint(self):
        when = self.choice([self.beside(self.at)] * 2 + [self.within(self.at - 3 * DAY, self.at)] * 4)
        complaint = {"id": "m1", "at": when, "event": "question" if self.chance(12) else "complaint", **self.case()}
        found = [complaint]
        for number in range(self.choice((0, 1, 1, 1, 2))):
            answered = self.choice([self.beside(when)] * 4 + [self.beside(self.at)] * 4 + [self.within(when - DAY, self.at)])
            answer = {"id": f"m{number + 2}", "event": "answer" if self.chance(95) else "talk", **self.case(), "at": answered}
            if self.chance(35):
                answer["answers"] = self.choice(("m1", "m1", "m8"))
            found.append(answer)
        self.random.shuffle(found)
        return found

    def case(self):
        return {"case": self.choice(("k1", "k1", "k2"))} if self.chance(50) else {}

    def owe(self, case):
        part = MoneyPart(self.random, case)
        invoices = [part.invoice(id) for id in self.random.sample(["i1", "i2"], self.choice((1, 2)))]
        case["client"]["invoices"] = invoices
        sales = [part.sale_since("z1", invoice) for invoice in invoices if "forgiven_at" in invoice and self.chance(30)]
        if sales:
            case["client"]["sales"] = sales
        if self.chance(40):
            case["request"] = {"campaign": self.chance(80)}

    def asked(self, case):
        """What is at or beside a limit, or any."""
        ask, kind = case["ask"], case["ask"]["kind"]
        role = judged_role(case) if ask["by"] in ROLES else "closer"
        complaint_open = complaint_is_open(case, self.at)
        limit = limit_for(self.choice((role, "manager")), kind, complaint_open)
        near = max(0, limit + self.choice((-1, 0, 1)))
        if kind == "refund":
            return self.money(near if self.chance(85) else self.random.randrange(200000))
        if kind == "coupon":
            return near if self.chance(90) else self.random.randrange(9)
        if self.chance(15):
            return 0
        return near if self.chance(85) else limit + self.choice((-0.5, 0.5, 0.25, -0.01, 0.01, 70, 3))


def complaint_cells(facts):
    at, ask = facts["at"], facts["ask"]
    interactions = facts["client"].get("interactions", [])
    complaint = next((i for i in interactions if i["id"] == ask["complaint"]), None)
    if complaint is None or complaint["event"] != "complaint":
        yield "authority, complaint", "unknown" if complaint is None else "not a complaint", "cases"
        return
    is_open = complaint_is_open(facts, at)
    yield "authority, complaint", "one coupon more" if is_open else "no longer open", "cases"
    answers = [i for i in interactions if i["event"] == "answer"]
    if not answers:
        yield "authority, limits of the complaint", "at / complaint", step(at, complaint["at"])
    if len(answers) != 1 or complaint["at"] > at:
        return
    answer = answers[0]
    if "answers" in answer:
        names = "it" if answer["answers"] == complaint["id"] else "another"
    else:
        names = "nothing, one case" if answer.get("case", 1) == complaint.get("case", 1) else "nothing, another case"
        if "case" not in answer or "case" not in complaint:
            names = "nothing, one case"
    if answer["at"] <= at:
        yield "authority, how an answer names", names, "cases"
        if names == "nothing, one case":
            yield "authority, limits of the complaint", "answer / complaint", step(answer["at"], complaint["at"])
    if names == "it" or names == "nothing, one case" and answer["at"] >= complaint["at"]:
        yield "authority, limits of the complaint", "at / answer", step(at, answer["at"])


def cells(facts, reading, until):
    at, ask, staff = facts["at"], facts["ask"], staff_by_id(facts)
    kind = ask["kind"]
    if reading.outcome is None:
        yield "authority, other rows", reading.row, "cases"
        return
    yield "authority, valid_until", "authority", until_kind(until)
    if reading.row in ("price", "barred"):
        yield "authority, other rows", reading.row, "cases"
        if reading.row == "barred" and judged_role(facts) == "manager" and ask["by"] != "manager":
            yield "authority, other rows", "barred, a manager's approval", "cases"
        return
    role, asked = judged_role(facts), amount_asked(ask)
    yield "authority", f"{kind}, {role}", reading.row
    if "approved_by" in ask and ask["by"] != "manager":
        approver = "unknown" if ask["approved_by"] not in staff else "manager" if role == "manager" else "another"
        yield "authority, approved by", approver, kind
    if kind == "discount":
        banned = not debt(facts, at).outcome["discount_allowed"]
        campaign = facts.get("request", {}).get("campaign", False)
        if banned:
            yield "authority, other rows", "barred, 0 percent", "cases"
        elif campaign and asked > 0 and not debt({**facts, "request": {}}, at).outcome["discount_allowed"]:
            yield "authority, other rows", "barred, but a campaign", "cases"
    if kind in ASKED:
        complaint_open = complaint_is_open(facts, at)
        yield "authority, asked / own limit", f"{kind}, {role}", step(asked, limit_for(role, kind, complaint_open), 1)
        if role != "manager":
            limit = limit_for("manager", kind, complaint_open)
            yield "authority, asked / a manager's limit", f"{kind}, {role}", step(asked, limit, 1)
    if kind == "coupon" and "complaint" in ask:
        yield from complaint_cells(facts)
