#!/usr/bin/env python3
"""`praxe overlay` says of each example company what it changes, as docs/examples tells its readers.

The command is PRAXE_COMMAND in the environment; with PRAXE_RECORD=1 the lists are written anew.
"""

import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPANIES = {"lisbon_broker": "broker.yaml", "telecom_reseller": "reseller.yaml"}


def overlay(*arguments):
    return subprocess.run([os.environ["PRAXE_COMMAND"], "overlay", *arguments], capture_output=True, text=True, cwd=ROOT)


class Command(unittest.TestCase):
    maxDiff = 4000

    def test_changes_as_shown(self):
        for company, file in COMPANIES.items():
            run = overlay(f"docs/examples/{company}/{file}")
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            shown = ROOT / "docs/examples" / company / "changes.txt"
            if "PRAXE_RECORD" in os.environ:
                shown.write_text(run.stdout, encoding="utf-8")
            self.assertEqual(run.stdout, shown.read_text(encoding="utf-8"))

    def test_json(self):
        path = "docs/examples/telecom_reseller/reseller.yaml"
        run = overlay(path, "--format", "json")
        changes = [json.loads(line) for line in run.stdout.splitlines()]
        term = {"what": "parameter", "how": "changed", "name": "quoted_term", "before": "2", "after": "5", "place": f"{path}:20:3"}
        self.assertIn(term, changes)
        self.assertEqual({c["what"] for c in changes}, {"setting", "parameter", "rule", "let", "vocabulary"})
        self.assertEqual({c["how"] for c in changes}, {"added", "changed", "dropped"})
        self.assertIn("before holds", [c.get("anchor") for c in changes])

    def test_a_ruleset_that_extends_nothing(self):
        run = overlay("rules/company.yaml")
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))

    def test_a_ruleset_that_is_wrong(self):
        run = overlay("tests/bad/overlay.ruleset.yaml")
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn('hint: did you mean "dear"?', run.stderr)


if __name__ == "__main__":
    if "PRAXE_COMMAND" not in os.environ:
        sys.exit("PRAXE_COMMAND is not set")
    unittest.main()
