#!/usr/bin/env python3
"""What `praxe decide --explain` says to a person about the end of an answer, and about how amounts came about.

PRAXE_COMMAND in the environment names the command.
"""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

CASE = """
client:
  status: active
  appointments:
    - {id: a1, kind: sale_contact, product: radar, owner: ana, created_at: 2024-04-29T15:00:00-03:00, quote_sent: true}
    - {id: a2, kind: sale_contact, product: radar, owner: ana, created_at: 2024-05-02T15:00:00-03:00, quote_sent: true}
"""


def said(*arguments):
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.yaml"
        case.write_text(CASE, encoding="utf-8")
        command = [os.environ["PRAXE_COMMAND"], "decide", "-r", "rules/company.yaml", case, "--decision", "reservations"]
        return subprocess.run([*command, *arguments], capture_output=True, encoding="utf-8", check=True).stdout


class Explained(unittest.TestCase):
    def test_of_an_item(self):
        text = said("--at", "2024-05-02T16:00:00-03:00", "--explain", "--lang", "en")
        self.assertRegex(text, r"(?m)^    a1 · state: live .* until 2024-05-03 00:00 \(rule over: at >= ends\), then a1 · state: expired ")

    def test_of_an_item_that_appears(self):
        text = said("--at", "2024-05-02T10:00:00-03:00", "--explain", "--lang", "en")
        self.assertRegex(text, r"(?m)^    until 2024-05-02 15:00 \(reservations: client\.appointments\[1\]\.created_at\), then \(a1 ")

    def test_in_portuguese(self):
        text = said("--at", "2024-05-02T16:00:00-03:00", "--explain", "--lang", "pt")
        self.assertRegex(text, r"vale até 03/05/2024 00:00 \(regra over: at >= ends\), depois a1 ")

    def test_only_where_it_was_asked_for(self):
        self.assertNotIn("rule over", said("--at", "2024-05-02T10:00:00-03:00", "--lang", "en"))


SALE = """
at: 2024-05-02T18:00:00-03:00
client: {status: active, appointments: [{id: a1, kind: sale_contact, product: radar, owner: ana, quote_sent: true, created_at: 2024-04-29T15:00:00-03:00}]}
sale: {id: s9, product: radar, amount: "999.99", closed_by: caio, at: 2024-05-02T10:00:00-03:00, paid: "333.35"}
staff:
  - {id: ana, team: sales, role: seller, status: available}
  - {id: caio, team: support, role: attendant, status: available}
  - {id: gil, team: sales, role: manager, status: busy}
"""


def commission(*arguments):
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.yaml"
        case.write_text(SALE, encoding="utf-8")
        command = [os.environ["PRAXE_COMMAND"], "decide", "-r", "tests/overlays/three_shares.yaml", case, "--decision", "commission"]
        return subprocess.run([*command, *arguments], capture_output=True, encoding="utf-8", check=True).stdout


class Workings(unittest.TestCase):
    def test_base_times_rate_before_rounding(self):
        text = commission("--explain", "--lang", "en")
        self.assertRegex(text, r'(?m)^ +100\.00 = percent_of\(commission_rate, sale\.amount, "half_up"\)$')
        self.assertRegex(text, r"(?m)^ +of 10\.00%; 999\.99; before rounding 99\.999$")

    def test_the_part_paid(self):
        self.assertRegex(commission("--explain", "--lang", "en"),
                         r"(?m)^ +33\.34 = prorate\(.+\)\n +of 100\.00; 333\.35; 999\.99; before rounding 33\.33533335…$")

    def test_who_got_the_odd_cent(self):
        self.assertRegex(commission("--explain", "--lang", "pt"),
                         r"(?m)^ +33,34, 33,33, 33,33 = split\(total, \[1, 1, 1\]\)\n +de 100,00; 1, 1, 1; antes de arredondar 33,33333333…; .+; "
                         r"um centavo que sobrou à parte 1$")

    def test_as_json(self):
        answer = json.loads(commission("--explain", "--format", "json"))["decisions"]["commission"]
        whole, parts, due = answer["workings"]
        self.assertEqual(whole, {"decision": "commission", "expression": 'percent_of(commission_rate, sale.amount, "half_up")',
                                 "of": [10, "999.99"], "value": "100.00", "exact": ["99.999"]})
        self.assertEqual((due["value"], due["exact"]), ("33.34", ["33.33533335…"]))
        self.assertEqual((parts["value"], parts["odd_cents"]), (["33.34", "33.33", "33.33"], [0]))

    def test_only_where_it_was_asked_for(self):
        self.assertNotIn("percent_of", commission("--lang", "en"))
        self.assertNotIn("workings", commission("--format", "json"))


if __name__ == "__main__":
    unittest.main()
