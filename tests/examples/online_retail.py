"""The shop of docs/examples/online_retail: its extract against sums of its own, and the reference figures on the real rows.

    PRAXE_COMMAND=build/praxe PRAXE_DATA_DIR=DATA python3 online_retail.py extract|real

Where DATA/online_retail is not at hand, `real` says so and leaves with status 77.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "online_retail"
sys.path.insert(0, str(EXAMPLE))

import retail_cases

PRAXE = os.environ["PRAXE_COMMAND"]
DATA = Path(os.environ.get("PRAXE_DATA_DIR", "")) / "online_retail" / "invoices.csv"
EXTRACT = EXAMPLE / "extract.csv"
SKIPPED = 77


def praxe(*arguments, cases, **named):
    text = "".join(json.dumps(case) + "\n" for case in cases)
    run = subprocess.run([PRAXE, *arguments, "--jsonl"], input=text, capture_output=True, text=True, **named)
    assert run.returncode == 0, run.stderr
    return run.stdout


def measured(invoices):
    out = praxe("measure", "-r", str(EXAMPLE / "retail.yaml"), "--format", "json", cases=retail_cases.cases(invoices))
    return json.loads(out)["indicators"]


def parts(indicator):
    return indicator["part"], indicator["whole"]


def summed_up(invoices):
    """The same figures, from the rows by themselves."""
    rows = list(retail_cases.rows(invoices))
    sales = defaultdict(list)
    for row in rows:
        if row["customer_id"] and row["invoice_no"].startswith("5"):
            sales[row["customer_id"]].append(row)
    days = {id: sorted(date.fromisoformat(row["invoice_ts"][:10]) for row in bought) for id, bought in sales.items()}
    since = [(date(2011, 12, 10) - of[-1]).days for of in days.values()]
    amounts = {id: sum(Decimal(row["amount_gbp"]) for row in bought) for id, bought in sales.items()}
    return {
        "all": sum(Decimal(row["amount_gbp"]) for row in rows),
        "buyers": len(sales), "sales": sum(amounts.values()),
        "once": sum(len(bought) == 1 for bought in sales.values()),
        "lately": sum(n <= 30 for n in since), "long_gone": sum(n > 180 for n in since),
        "came_back": sum(any((b - a).days > 180 for a, b in zip(of, of[1:])) for of in days.values()),
        "best": [(id, amounts[id], len(sales[id])) for id in sorted(amounts, key=lambda id: (-amounts[id], id))[:3]],
    }


def as_measured(found):
    return {
        "all": Decimal(found["all_invoices"]["value"]), "buyers": found["buyers"]["value"],
        "sales": Decimal(found["sales_to_buyers"]["value"]), "once": found["bought_once"]["part"],
        "lately": found["bought_lately"]["part"], "long_gone": found["long_gone"]["part"], "came_back": found["came_back"]["part"],
        "best": [(one["group"], Decimal(one["value"]), one["elements"]) for one in found["best_customers"]["groups"]],
    }


class Extract(unittest.TestCase):
    def test_figures(self):
        self.assertEqual(as_measured(measured(EXTRACT)), summed_up(EXTRACT))


class Real(unittest.TestCase):
    def test_reference_figures(self):
        """As the README of the data states them."""
        found = measured(DATA)
        self.assertEqual(as_measured(found), summed_up(DATA))
        self.assertEqual(found["all_invoices"]["value"], "9747747.934")
        self.assertEqual(found["all_invoices"]["elements"], 25_900)
        self.assertEqual(found["buyers"]["value"], 4_339)
        self.assertEqual(found["sales_to_buyers"]["value"], "8911407.904")
        self.assertEqual(parts(found["bought_once"]), (1_494, 4_339))
        self.assertEqual(parts(found["bought_lately"]), (1_629, 4_339))
        self.assertEqual(parts(found["long_gone"]), (861, 4_339))
        self.assertEqual(parts(found["came_back"]), (432, 4_339))
        self.assertEqual([(one["group"], one["elements"], one["value"]) for one in found["best_customers"]["groups"]],
                         [("14646", 74, "280206.020"), ("18102", 60, "259657.300"), ("17450", 46, "194550.790")])

    def test_the_page_shows_what_is_printed(self):
        page = (EXAMPLE / "README.md").read_text(encoding="utf-8")
        chosen = [word for name in ("clients_by_segment", "bought_by_segment", "clients_by_type") for word in ("--indicator", name)]
        figures = praxe("measure", "-r", str(EXAMPLE / "retail.yaml"), "--lang", "en", cases=retail_cases.cases(DATA))
        segments = praxe("measure", "-r", str(EXAMPLE / "segments.yaml"), "--lang", "en", *chosen, cases=retail_cases.clients(DATA))
        self.assertTrue(figures in page, figures)
        self.assertTrue(segments in page, segments)

    def test_segments(self):
        """The median of the base, found over the base and fed to its decisions; the segments that come of it."""
        ruleset, clients = str(EXAMPLE / "segments.yaml"), list(retail_cases.clients(DATA))
        facts = praxe("measure", "-r", ruleset, "--format", "facts", "--indicator", "second_purchase_interval", cases=clients)
        self.assertEqual(json.loads(facts), {"base": {"second_purchase_days": [50]}})
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder, "base.json")
            base.write_text(facts)
            lines = praxe("decide", "-r", ruleset, "--decision", "segment", "--no-valid-until", "--background", str(base), cases=clients)
        outcomes = [json.loads(line)["decisions"]["segment"]["outcome"] for line in lines.splitlines()]
        self.assertEqual(sum("second_purchase_due" in outcome for outcome in outcomes), 1_494)  # those who bought once
        found = json.loads(praxe("measure", "-r", ruleset, "--format", "json", "--indicator", "clients_by_segment", "--indicator",
                                 "clients_by_type", "--indicator", "bought_by_segment", cases=clients))["indicators"]
        for indicator, field in (("clients_by_segment", "segment"), ("clients_by_type", "piercy")):
            counts = Counter(outcome[field] for outcome in outcomes if field in outcome)
            self.assertEqual({one["group"]: one["value"] for one in found[indicator]["groups"]}, counts)
        self.assertEqual({one["group"]: one["value"] for one in found["clients_by_segment"]["groups"]}, SEGMENTS)
        bought = Counter()
        for outcome in outcomes:
            bought[outcome["segment"]] += Decimal(outcome["monetary"])
        self.assertEqual({one["group"]: Decimal(one["value"]) for one in found["bought_by_segment"]["groups"]}, bought)


# As an independent reading of the policy counts them (tests/oracle/segment.py), in London.
SEGMENTS = {"vip": 1_052, "growing": 1_506, "newcomer": 682, "one_time": 889, "lost": 210}


if __name__ == "__main__":
    wanted = sys.argv.pop(1)
    if wanted == "real" and not DATA.is_file():
        print(f"the data are not at hand: there is no {DATA}")
        sys.exit(SKIPPED)
    unittest.main(defaultTest={"extract": "Extract", "real": "Real"}[wanted])
