"""Decides every deal of the funnel under one term after another, and counts.

    python3 funnel.py --praxe build/release/praxe FOLDER

Each term is a ruleset of its own: a file of four lines laid over funnel.yaml. Both columns are counted from praxe's
answers; nothing is worked out here.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import funnel_cases

RULESET = Path(__file__).resolve().parent / "funnel.yaml"
TERMS = (1, 3, 5, 10, 20, 30)
OVERLAY = """\
ruleset: olist_funnel.{term}
extends: {base}
parameters:
  quoted_term: {term}
"""


def decide(praxe, ruleset, cases):
    """The decisions of each case, in order; praxe's own message where a case or the ruleset is wrong."""
    run = subprocess.run([praxe, "decide", "-r", str(ruleset), "--jsonl"], input=cases, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(run.stderr or run.stdout)
    return [json.loads(line)["decisions"] for line in run.stdout.splitlines()]


def with_term(praxe, term, cases):
    with tempfile.TemporaryDirectory() as folder:
        overlay = Path(folder) / "term.yaml"
        overlay.write_text(OVERLAY.format(term=term, base=RULESET), encoding="utf-8")
        return decide(praxe, overlay, cases)


def won_within_term(decisions):
    return any(lead["within_term"] for lead in decisions["time_to_deal"]["outcome"])


def still_reserved(decisions):
    return any(item["state"] == "live" for item in decisions["reservations"]["outcome"])


def counts(praxe, term, cases):
    """Of the deals: how many were won within the term, and how many while their reservation was live."""
    decided = with_term(praxe, term, cases)
    return sum(map(won_within_term, decided)), sum(map(still_reserved, decided))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--praxe", default="praxe", help="the praxe command")
    options.add_argument("--terms", type=int, nargs="+", default=TERMS, metavar="N", help="terms in business days")
    options.add_argument("folder", help="where the two files of the funnel are")
    chosen = options.parse_args()
    if not funnel_cases.at_hand(chosen.folder):
        sys.exit(f"the data are not at hand: {funnel_cases.LEADS} and {funnel_cases.DEALS} are not both in {chosen.folder}")
    cases = "".join(json.dumps(case) + "\n" for case in funnel_cases.cases(chosen.folder))
    print("term  within it  still reserved")
    for term in chosen.terms:
        print("{:4}  {:9}  {:14}".format(term, *counts(chosen.praxe, term, cases)))


if __name__ == "__main__":
    main()
