"""The sales funnel of docs/examples/olist_funnel: its mapping on invented rows, and its counts on the real ones.

    PRAXE_COMMAND=build/praxe PRAXE_DATA_DIR=DATA python3 olist_funnel.py invented|real

The real rows are not ours to ship. Where DATA/olist_funnel is not at hand, `real` says so and leaves with status 77.
"""

import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "olist_funnel"
sys.path.insert(0, str(EXAMPLE))

import funnel
import funnel_cases

PRAXE = os.environ["PRAXE_COMMAND"]
DATA = Path(os.environ.get("PRAXE_DATA_DIR", "")) / "olist_funnel"
SKIPPED = 77

# term: deals won within it, deals won while the reservation was live
REAL = {1: (83, 82), 3: (203, 201), 5: (293, 290), 10: (438, 436), 20: (551, 550), 30: (611, 610)}

# first contact, won, business days between the two, the shortest term under which the reservation stood when it was won
# (None: under none), what the row is about. Deals are written in UTC, as the data are.
INVENTED = [
    ("2018-03-05", "2018-03-05 03:00:00", 0, 1, "the same day, noted without a time"),
    ("2018-03-05", "2018-03-05 21:10:00", 0, 1, "the same day"),
    ("2018-03-05", "2018-03-09 02:59:59", 3, 3, "Friday in UTC, but still Thursday there"),
    ("2018-03-05", "2018-03-10 15:00:00", 4, 5, "on the Saturday after the fourth business day"),
    ("2018-03-05", "2018-03-12 03:00:00", 5, 5, "on the fifth business day, noted without a time"),
    ("2018-02-09", "2018-02-14 12:00:00", 1, 1, "across Carnival"),
    ("2018-05-29", "2018-05-31 13:00:00", 1, 2, "on Corpus Christi"),
    ("2017-10-15", "2017-10-16 02:00:00", 1, 1, "contact on a day that has no midnight"),
    ("2018-01-10", "2018-01-12 02:00:00", 2, 2, "in summer time, noted without a time"),
    ("2018-01-10", "2018-01-08 15:00:00", -2, None, "won before the first contact"),
]


def write(folder, rows):
    leads = ["mql_id,first_contact_date,landing_page_id,origin"]
    deals = ["mql_id,seller_id,sdr_id,sr_id,won_date"]
    for number, (contact, won, *_) in enumerate(rows):
        leads.append(f"m{number},{contact},p,")
        deals.append(f"m{number},s{number},ana,{'ana' if number % 2 else 'bia'},{won}")
    for name, lines in ((funnel_cases.LEADS, leads), (funnel_cases.DEALS, deals)):
        (Path(folder) / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def lines(folder):
    return "".join(json.dumps(case) + "\n" for case in funnel_cases.cases(folder))


class Invented(unittest.TestCase):
    def test_each_deal_is_within_the_terms_it_should_be(self):
        with tempfile.TemporaryDirectory() as folder:
            write(folder, INVENTED)
            cases = lines(folder)
        for term in range(1, 7):
            decided = funnel.with_term(PRAXE, term, cases)
            for decisions, (_, _, between, shortest, what) in zip(decided, INVENTED, strict=True):
                with self.subTest(what, term=term):
                    self.assertEqual(funnel.won_within_term(decisions), between <= term)
                    self.assertEqual(funnel.still_reserved(decisions), shortest is not None and shortest <= term)

    def test_every_question_has_an_answer(self):
        with tempfile.TemporaryDirectory() as folder:
            write(folder, INVENTED)
            decided = funnel.with_term(PRAXE, 5, lines(folder))
        for decisions in decided:
            self.assertEqual(set(decisions), {"reservations", "lead_owner", "debt", "collection", "duties", "record_check", "registration", "time_to_deal"})
            for name, answer in decisions.items():
                self.assertIn("outcome", answer, name)


class Real(unittest.TestCase):
    def test_counts(self):
        cases = lines(DATA)
        self.assertEqual(cases.count("\n"), 842)
        for term, expected in REAL.items():
            with self.subTest(term=term):
                self.assertEqual(funnel.counts(PRAXE, term, cases), expected)


if __name__ == "__main__":
    wanted = sys.argv.pop(1)
    if wanted == "real" and not funnel_cases.at_hand(DATA):
        print(f"the data are not at hand: {DATA} lacks {funnel_cases.LEADS} or {funnel_cases.DEALS}")
        sys.exit(SKIPPED)
    unittest.main(defaultTest={"invented": "Invented", "real": "Real"}[wanted])
