"""Compares §11 and §14 with the engine: `praxe measure` over random bases, each recomputed independently.

usage: compare_indicators.py --praxe COMMAND [--ruleset FILE] [--bases N] [--cases N] [--seed N] [--min N]
"""

import argparse
import json
import subprocess
import sys
from datetime import date, timedelta
from random import Random

from civil_time import DAY, STEP, start_of
from drawing import Drawing
from facts import read
from indicators import SEGMENTS, counts, measured
from tally import print_table

PRODUCTS = ["radar", "lupa"]
PEOPLE = ["ana", "bia", "caio", "davi"]
ROWS = {
    "sold_in_one_call": ["no talk", "several", "phone", "email", "chat", "whatsapp", "unsaid"],
    "answered_in_time": ["never", "in time", "at the limit", "late", "still time"],
    "conversion": ["bought", "did not buy"],
    "expired_unworked": ["worked", "unworked", "another month"],
    "forgiven_against_collected": ["both", "forgiven", "paid"],
    "dormant_returns": ["180 days", "181 days", "back", "not back"],
    "segment": SEGMENTS,
}
TABLE = {indicator: [(row, "times") for row in rows] for indicator, rows in ROWS.items()}


class Base(Drawing):
    """Cases of one month: most of what happens, happens in it or at its edges."""

    def __init__(self, random):
        super().__init__(random)
        first = date(random.choice((2023, 2024, 2025)), random.randrange(1, 13), 1)
        self.first = start_of(first)
        self.end = start_of((first + 32 * DAY).replace(day=1))
        self.at = random.choice((self.end - STEP, self.within(self.first, self.end), self.first + 20 * DAY))

    def moment(self):
        about = self.within(self.first - 3 * DAY, self.end + DAY)
        return self.choice((about, about, about, self.first, self.first - STEP, self.at, self.at + STEP))

    def maybe(self, percent, **fields):
        return {name: value for name, value in fields.items() if self.chance(percent)}

    def sale(self, number):
        long_ago = self.first + (self.random.randrange(30) - self.choice((90, 180, 180, 180, 270, 365, 400))) * DAY
        return {"id": f"s{number}", "at": self.choice((self.moment(), self.moment(), long_ago)), "amount": self.money(self.random.randrange(50_000)),
                "product": self.choice(PRODUCTS), **self.maybe(90, closed_by=self.choice(PEOPLE))}

    def interaction(self, number):
        event = self.choice(("talk", "talk", "question", "complaint", "answer", "answer", "attempt", "price"))
        return {"id": f"m{number}", "at": self.moment(), "event": event,
                **self.maybe(85, by=self.choice(PEOPLE), direction=self.choice(("in", "out")),
                             channel=self.choice(("phone", "phone", "email", "chat", "whatsapp")), product=self.choice(PRODUCTS)),
                **self.maybe(25, case=self.choice(("k1", "k2"))),
                **({"answers": f"m{self.random.randrange(8)}"} if event == "answer" and self.chance(40) else {})}

    def interactions(self):
        drawn = [self.interaction(number) for number in range(self.random.randrange(8))]
        for question in [i for i in drawn if i["event"] in ("question", "complaint") and self.chance(60)]:
            within = self.choice((timedelta(hours=10), timedelta(hours=10) - STEP, timedelta(minutes=self.random.randrange(1500))))
            drawn.append({**self.interaction(len(drawn)), "event": "answer", "at": question["at"] + within})
        return drawn

    def appointment(self, number):
        return {"id": f"a{number}", "kind": self.choice(("sale_contact", "sale_no_contact", "no_contact", "support")),
                "created_at": self.choice((self.moment(), self.first - self.random.randrange(6) * DAY)), "product": self.choice(PRODUCTS),
                **self.maybe(90, owner=self.choice(PEOPLE)), **self.maybe(30, quote_sent=True)}

    def invoice(self, number):
        return {"id": f"i{number}", "due": self.choice((date(2022, 5, 10), date(2024, 1, 15))), "amount": self.money(self.random.randrange(30_000)),
                **self.maybe(60, paid_at=self.moment()), **self.maybe(30, forgiven_at=self.moment())}

    def many(self, make, most):
        return [make(number) for number in range(self.random.randrange(most))]

    def after_a_silence(self, client):
        """Now and then a contact just about as long after the last purchase as makes a client a dormant one."""
        if client["sales"] and self.chance(30):
            last = max(sale["at"] for sale in client["sales"])
            contact = {**self.interaction(90), "direction": "out", "at": last + self.choice((180, 181)) * DAY}
            if self.first <= contact["at"]:
                client["interactions"].append(contact)

    def case(self, number):
        client = {"id": f"c{number}", "status": self.choice(("active", "inactive")), "sales": self.many(self.sale, 7),
                  "interactions": self.interactions(), "appointments": self.many(self.appointment, 3), "invoices": self.many(self.invoice, 3)}
        self.after_a_silence(client)
        preference = self.maybe(40, term=self.choice(("long", "short")), closeness=self.choice(("close", "distant")))
        staff = [{"id": id, "team": "sales", "role": "seller", "status": "available"} for id in PEOPLE]
        return {"at": self.at, "client": {**client, **({"preference": preference} if preference else {})}, "staff": staff}


def spelt(drawing, number):
    """The case as it is written: its instants in one of their many spellings."""
    return json.dumps(drawing.spelt(drawing.case(number)))


def differences(got, expected):
    for name, reading in expected.items():
        answer = {key: value for key, value in got[name].items() if key != "goal"}
        if answer != reading:
            yield f"{name}\n  praxe    {answer}\n  reading  {reading}"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--praxe", required=True, help="the engine's command")
    options.add_argument("--ruleset", default="rules/company.yaml")
    options.add_argument("--bases", type=int, default=40)
    options.add_argument("--cases", type=int, default=60, help="of each base")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--min", type=int, default=5, help="how often each row must be met (5)")
    chosen = options.parse_args()
    wrong = 0
    for number in range(chosen.bases):
        drawing = Base(Random(f"{chosen.seed}/{number}"))
        lines = [spelt(drawing, each) for each in range(chosen.cases if number else 1)]
        run = subprocess.run([chosen.praxe, "measure", "-r", chosen.ruleset, "--jsonl", "--format", "json"],
                             input="\n".join(lines), capture_output=True, text=True)
        if run.returncode not in (0, 1):
            sys.exit(f"base {number}: {run.stderr}")
        expected = measured([read(json.loads(line)) for line in lines])
        for difference in differences(json.loads(run.stdout)["indicators"], expected):
            wrong += 1
            print(f"base {number} (--seed {chosen.seed}): {difference}")
    few = print_table(TABLE, counts, chosen.min)
    print(f"\n{chosen.bases} bases of {chosen.cases} cases, {wrong} differences")
    return wrong > 0 or few


if __name__ == "__main__":
    sys.exit(main())
