"""The shipped indicators, each on cases whose numbers were worked out by hand.

    PRAXE_COMMAND=build/praxe python3 tests/measure/rows.py

A row is what it is about, the indicator, the cases (what differs from a client with nothing), and what is measured: the
fields of its JSON that are given here, or its groups as `{group: value}`.
"""

import json
import os
import subprocess
import unittest

PRAXE = os.environ["PRAXE_COMMAND"]
AT = "2024-05-31T18:00:00-03:00"
STAFF = [{"id": id, "team": "sales", "role": "seller", "status": "available"} for id in ("ana", "bia")]


def client(at=AT, **fields):
    return {"at": at, "client": {"id": "c", "status": "active", **fields}, "staff": STAFF}


def day(number, time="10:00:00"):
    return f"2024-05-{number:02}T{time}-03:00"


def sale(at, product="radar", **more):
    return {"id": at, "product": product, "amount": "100.00", "closed_by": "ana", "at": at, **more}


def said(at, event="talk", **more):
    return {"id": at, "at": at, "event": event, **more}


def call(at, **more):
    return said(at, channel="phone", product="radar", **more)


def question(at, **more):
    return said(at, "question", **more)


def answer(at, **more):
    return said(at, "answer", by="ana", **more)


def reserved(at, **more):
    return {"id": "a1", "kind": "no_contact", "product": "radar", "owner": "ana", "created_at": at, **more}


def invoice(amount, **more):
    return {"id": amount, "due": "2024-01-10", "amount": amount, **more}


LAST_OF_APRIL, FIRST_OF_MAY = "2024-04-30T23:59:59-03:00", "2024-05-01T00:00:00-03:00"

ROWS = [
    ("one call, at the very instant of the sale", "sold_in_one_call",
     [client(sales=[sale(day(10))], interactions=[call(day(10))])], {"value": 100, "part": 1, "whole": 1}),
    ("a second call", "sold_in_one_call",
     [client(sales=[sale(day(10))], interactions=[call(day(9)), call(day(10))])], {"value": 0, "part": 0, "whole": 1}),
    ("a call after the sale, about another product, or not answered, is none of it", "sold_in_one_call",
     [client(sales=[sale(day(10))], interactions=[call(day(9)), call(day(11)), said(day(8), channel="phone", product="lupa"),
                                                  {**call(day(8, "11:00:00")), "event": "attempt", "answered": False}])],
     {"value": 100}),
    ("one conversation by e-mail, or nowhere noted, is no call", "sold_in_one_call",
     [client(sales=[sale(day(10))], interactions=[said(day(9), channel="email", product="radar")]),
      client(sales=[sale(day(10))])], {"value": 0, "part": 0, "whole": 2}),
    ("what was said before an earlier sale of the product belongs to that", "sold_in_one_call",
     [client(sales=[sale(day(10)), sale(day(20))], interactions=[call(day(9)), call(day(10)), call(day(19))])],
     {"value": 50, "part": 1, "whole": 2}),
    ("sales of another month, or without a product, are left out", "sold_in_one_call",
     [client(sales=[sale(LAST_OF_APRIL), {"id": "s", "at": day(3)}, sale(day(4), " "), sale(FIRST_OF_MAY)])], {"part": 0, "whole": 1}),
    ("a third, to the hundredth", "sold_in_one_call",
     [client(sales=[sale(day(10))], interactions=[call(day(9))]), client(sales=[sale(day(10))]), client(sales=[sale(day(11))])],
     {"value": 33.33, "goal_met": False}),
    ("half of them: the goal is met", "sold_in_one_call",
     [client(sales=[sale(day(10))], interactions=[call(day(9))]), client(sales=[sale(day(10))])], {"value": 50, "goal_met": True}),
    ("a microsecond before ten hours is in time, ten hours are not", "answered_in_time",
     [client(interactions=[question(day(7)), answer(day(7, "19:59:59.999999"))]),
      client(interactions=[question(day(7)), answer(day(7, "20:00:00"))])], {"part": 1, "whole": 2}),
    ("while there is still time the question does not count", "answered_in_time",
     [client(interactions=[question("2024-05-31T08:00:00.000001-03:00")]), client(interactions=[question(day(31, "08:00:00"))])],
     {"part": 0, "whole": 1}),
    ("an answer to another question, or in another case, answers nothing", "answered_in_time",
     [client(interactions=[question(day(7)), answer(day(7, "11:00:00"), answers="x")]),
      client(interactions=[question(day(7), case="k1"), answer(day(7, "11:00:00"), case="k2")])], {"part": 0, "whole": 2}),
    ("of two answers the first", "answer_time_median",
     [client(interactions=[question(day(7)), answer(day(7, "12:00:00")), answer(day(7, "11:30:00"))])], {"value": "5400s"}),
    ("of two in the middle the lower, in whole minutes", "answer_time_median",
     [client(interactions=[question(day(7)), answer(day(7, "10:10:59"))]), client(interactions=[question(day(8)), answer(day(8, "10:20:00"))])],
     {"value": "600s", "elements": 2}),
    ("nine of ten", "answer_time_most",
     [client(interactions=[question(day(n)), answer(day(n, f"10:{n:02}:00"))]) for n in range(1, 11)], {"value": "540s", "goal_met": True}),
    ("ten hours meet the goal", "answer_time_most",
     [client(interactions=[question(day(7)), answer(day(7, "20:00:59"))])], {"value": "36000s", "goal_met": True}),
    ("by the channel of the month's first incoming contact", "conversion",
     [client(interactions=[said(LAST_OF_APRIL, direction="in", channel="chat"), said(day(2), direction="out", channel="chat"),
                           said(day(4), direction="in", channel="phone"), said(day(3), direction="in", channel="email")],
             sales=[sale(day(3))]),
      client(interactions=[said(day(3), direction="in", channel="email")], sales=[sale(day(2))])], {"email": 50}),
    ("by the owner, about the product or about none, before it expires", "expired_unworked",
     [client(appointments=[reserved(day(14))], interactions=[interaction]) for interaction in (
         said(day(14), by="ana"), said("2024-05-16T23:59:59-03:00", "price", by="ana", direction="out", product="radar"),  # worked
         said(day(14), by="ana", product=" "),  # worked
         said("2024-05-17T00:00:00-03:00", by="ana"), said(day(15), by="bia"), said(day(15), by="ana", product="lupa"),
         said(day(15), "question", by="ana", direction="in"))], {"value": 57.14, "part": 4, "whole": 7, "goal_met": False}),
    ("neither live nor closed ones, nor those that expired in April", "expired_unworked",
     [client(appointments=[reserved(day(31))]), client(appointments=[reserved(day(14), closed_at=day(15))]),
      client(appointments=[reserved("2024-04-25T10:00:00-03:00")]), client(appointments=[reserved("2024-04-29T10:00:00-03:00")])],
     {"part": 1, "whole": 1}),
    ("what was forgiven against what was paid in the month", "forgiven_against_collected",
     [client(invoices=[invoice("100.00", paid_at=FIRST_OF_MAY), invoice("25.00", forgiven_at=day(2)), invoice("7.00", paid_at=LAST_OF_APRIL)])],
     {"value": 25, "part": "25.00", "whole": "100.00", "goal_met": True}),
    ("a cent more and the goal is missed", "forgiven_against_collected",
     [client(invoices=[invoice("100.00", paid_at=day(2)), invoice("25.01", forgiven_at=day(2))])], {"value": 25.01, "goal_met": False}),
    ("nothing collected: no ratio", "forgiven_against_collected",
     [client(invoices=[invoice("25.01", forgiven_at=day(2))])], {"part": "25.01", "whole": "0.00", "value": None, "goal_met": None}),
    ("the three greatest, ties by name", "best_sellers",
     [client(sales=[sale(day(2), closed_by=by, amount=amount)]) for by, amount in (
         ("bia", "50.00"), ("ana", "30.00"), ("davi", "20.01"), ("eva", "60.00"), ("ana", "20.00"), ("caio", "20.00"))],
     {"eva": "60.00", "ana": "50.00", "bia": "50.00"}),
    ("answers in time, by who gave them", "best_in_care",
     [client(interactions=[question(day(7)), {**answer(day(7, time)), "by": by}]) for by, time in (
         ("bia", "11:00:00"), ("bia", "12:00:00"), ("ana", "11:00:00"), ("ana", "21:00:00"))], {"bia": 2, "ana": 1}),
    ("181 days without a purchase are dormant, 180 are not", "dormant_returns",
     [client(sales=[sale(f"2023-11-{n}T10:00:00-03:00"), sale(day(20))], interactions=[said(day(12), direction="out")]) for n in (14, 13)],
     {"value": 100, "part": 1, "whole": 1}),
    ("never bought, or bought just before: not dormant", "dormant_returns",
     [client(interactions=[said(day(12), direction="out")]),
      client(sales=[sale("2023-01-10T10:00:00-03:00"), sale(day(10))], interactions=[said(day(12), direction="out")])], {"whole": 0}),
    ("three of a hundred meet the goal", "dormant_returns",
     [client(sales=[sale("2023-01-10T10:00:00-03:00"), *([sale(day(20))] if n < 3 else [])], interactions=[said(day(12), direction="out")])
      for n in range(100)], {"value": 3, "goal_met": True}),
    ("segments in their own order; who never bought is in none", "clients_by_segment",
     [client(sales=[sale(day(1))]), client(), client(sales=[sale("2022-01-10T10:00:00-03:00")]),
      client(sales=[sale(day(1)), sale(day(2))]), client(sales=[sale(day(3))])], {"growing": 1, "newcomer": 2, "one_time": 1}),
    ("what each segment bought in the last year, to the day", "bought_by_segment",
     [client(sales=[sale("2023-05-31T10:00:00-03:00"), sale(day(1), amount="0.50")]), client(sales=[sale(day(1))]),
      client(sales=[sale("2023-05-30T10:00:00-03:00")])], {"growing": "100.50", "newcomer": "100.00", "one_time": "0.00"}),
    ("a newcomer who says nothing is of no type", "clients_by_type",
     [client(sales=[sale(day(1))]), client(sales=[sale(day(1))], preference={"term": "long", "closeness": "close"})], {"seeker": 1}),
    ("the lower median of the days between first and second purchase", "second_purchase_interval",
     [client(sales=[sale(day(1)), sale(day(31)), sale(day(11))]), client(sales=[sale(day(1)), sale(day(21))]), client(sales=[sale(day(9))])],
     {"value": 10, "elements": 2}),
]


def measure(indicator, cases):
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    run = subprocess.run([PRAXE, "measure", "-r", "rules/company.yaml", "--jsonl", "--format", "json", "--indicator", indicator],
                         input=lines, capture_output=True, text=True)
    assert run.returncode in (0, 1) and not run.stderr, run.stderr
    return json.loads(run.stdout)["indicators"][indicator]


class Rows(unittest.TestCase):
    maxDiff = None

    def test_rows(self):
        for what, indicator, cases, expected in ROWS:
            with self.subTest(what, indicator=indicator):
                got = measure(indicator, cases)
                if "groups" in got:
                    self.assertEqual([(one["group"], one["value"]) for one in got["groups"]], list(expected.items()))
                else:
                    self.assertEqual({name: got.get(name) for name in expected}, expected)

    def test_every_indicator_has_a_row(self):
        run = subprocess.run([PRAXE, "measure", "-r", "rules/company.yaml", "--jsonl", "--format", "json"], input="", capture_output=True, text=True)
        self.assertEqual(set(json.loads(run.stdout)["indicators"]), {indicator for _, indicator, _, _ in ROWS})


if __name__ == "__main__":
    unittest.main()
