"""`praxe measure` as its caller sees it: the pages, bad lines, facts of the base fed back, exit statuses.

The command is PRAXE_COMMAND in the environment; PRAXE_RECORD=1 records the pages anew, for review.
"""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MONTH = ["--background", "docs/examples/month/shared.yaml", "docs/examples/month/clients.jsonl"]
SMALL, SHOP = "tests/measure/measures.yaml", "docs/examples/online_retail/retail.yaml"

# A page → how it is made.
PAGES = {
    "tests/measure/month.en.txt": ["--lang", "en", *MONTH],
    "tests/measure/month.pt.txt": ["--lang", "pt", *MONTH],
    "tests/measure/month.json": ["--format", "json", *MONTH],
}

WRONG = [
    [], ["--jsonl", "x.jsonl"], ["--jsonl", "--at", "noon"], ["--jsonl", "--indicator", "slowst"], ["--jsonl", "--indicator", "speed"],
    ["no_such.jsonl"], ["--jsonl", "--background", "no_such.yaml"], ["--jsonl", "--background", "tests/measure/list.yaml"],
    ["--jsonl", "--format", "table"], ["--jsonl", "--format", "facts"],
]


def measure(*arguments, ruleset="rules/company.yaml", text=None):
    command = [os.environ["PRAXE_COMMAND"], "measure", "-r", ruleset, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, input=text)


def item(**fields):
    return {"at": "2024-05-02T10:00:00-03:00", "colour": "red", **fields}


def stream(*cases):
    return "".join(one if isinstance(one, str) else json.dumps(one) + "\n" for one in cases)


def case(*items):
    return {"at": "2024-05-31T12:00:00-03:00", "items": list(items)}


class Measure(unittest.TestCase):
    maxDiff = 2000

    def test_pages(self):
        for path, arguments in PAGES.items():
            run = measure(*arguments)
            self.assertEqual((run.returncode, run.stderr), (1, ""), path)  # some goals are missed
            if "PRAXE_RECORD" in os.environ:
                (ROOT / path).write_bytes(run.stdout.encode())
            self.assertEqual(run.stdout, (ROOT / path).read_text(encoding="utf-8"), path)

    def test_the_guide_shows_what_is_printed(self):
        printed = (ROOT / "tests/measure/month.en.txt").read_text(encoding="utf-8")
        shown = (ROOT / "docs/guide.md").read_text(encoding="utf-8").split("docs/examples/month/clients.jsonl\n")[1].split("```")[0]
        self.assertEqual(shown, printed)

    def test_a_goal_is_held_against_each_group_and_bounds_are_met_exactly(self):
        items = [item(good=True, amount="10.00"), item(colour="white", good=False), item(colour="white", good=True)]
        text = stream(case(*items))
        run = measure("--jsonl", "--format", "json", ruleset=SMALL, text=text)
        got = json.loads(run.stdout)["indicators"]
        self.assertEqual(got["good_by_colour"]["groups"], [
            {"group": "white", "value": 50, "part": 1, "whole": 2, "elements": 2, "goal_met": True},
            {"group": "red", "value": 100, "part": 1, "whole": 1, "elements": 1, "goal_met": True}])
        self.assertEqual(got["amount"], {"value": "10.00", "elements": 1, "goal_met": True, "goal": {"at_most": "10.00"}})
        self.assertEqual(run.returncode, 0)
        run = measure("--jsonl", ruleset=SMALL, text=stream(case(item(amount="10.01"))))
        self.assertEqual(run.returncode, 1)
        self.assertIn("goal missed: at most 10.00", run.stdout)

    def test_bad_lines_are_told_and_the_others_counted(self):
        good = case(item(units=4))
        text = stream(good, "{\n", {**good, "itms": []}, case(item(units=0)), good)
        run = measure("--jsonl", "--indicator", "units", "--indicator", "parts_of_a_hundred", ruleset=SMALL, text=text)
        self.assertEqual(run.returncode, 2)
        for told in ("<stdin>:2:", "<stdin>:3:", 'did you mean "items"?', '"parts_of_a_hundred" cannot be measured: '):
            self.assertIn(told, run.stderr)
        self.assertEqual(run.stdout, "Measures  3 cases  2 could not be read\n\n"
                                     "  Units               0.008  in 3\n"
                                     "  Parts of a hundred     50  in 2\n"
                                     "    without 1 case in which something is wrong\n")

    def test_a_company_sets_goals_and_indicators_of_its_own(self):
        def overlaid(text):
            with tempfile.TemporaryDirectory() as folder:
                Path(folder, "acme.yaml").write_text(f"ruleset: acme\nextends: {ROOT}/rules/company.yaml\n{text}", encoding="utf-8")
                return measure("--indicator", "dormant_returns", *MONTH, ruleset=f"{folder}/acme.yaml")

        self.assertIn("50.00%  1 of 2  goal met: at least 9.99%", overlaid('parameters: {dormant_goal: "9.99"}').stdout)
        refused = overlaid('parameters: {dormant_goal: "10.00"}')  # A warns against it
        self.assertEqual(refused.returncode, 2)
        self.assertIn('"dormant_goal" must be at most 9.99', refused.stderr)
        own = overlaid("indicators: {dormant_returns: {title: {pt: Adormecidos, en: Dormant}, needs: [client], count: dormant_contact.hasValue()}}")
        self.assertEqual((own.returncode, own.stdout), (0, "Sales policy  8 cases\n\n  Dormant  2\n"))

    def test_several_files_and_no_cases(self):
        with tempfile.TemporaryDirectory() as folder:
            lines, single = Path(folder, "cases.jsonl"), Path(folder, "case.json")
            lines.write_text(stream(case(item()), case(item())))
            single.write_text(json.dumps(case(item())))
            run = measure(str(lines), str(single), "--indicator", "items_in_all", "--format", "json", ruleset=SMALL)
            self.assertEqual(json.loads(run.stdout), {"cases": 3, "indicators": {"items_in_all": {"value": 3, "elements": 3}}})
        run = measure("--jsonl", "--format", "json", "--indicator", "took", ruleset=SMALL, text="")
        self.assertEqual((run.returncode, json.loads(run.stdout)), (0, {"cases": 0, "indicators": {"took": {"elements": 0, "goal": {"at_most": "7200s"}}}}))

    def test_facts_of_the_base_are_fed_to_decisions(self):
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder, "base.json")
            facts = measure("--format", "facts", *MONTH)
            self.assertEqual(json.loads(facts.stdout), {"base": {"second_purchase_days": [87]}})
            base.write_text(facts.stdout)
            newcomer = {"at": "2024-05-31T12:00:00-03:00", "client": {"sales": [{"id": "s", "at": "2024-05-01T12:00:00-03:00", "amount": "1.00"}]}}
            run = subprocess.run([os.environ["PRAXE_COMMAND"], "decide", "-r", "rules/company.yaml", "--jsonl", "--decision", "segment",
                                  "--background", str(base)], input=json.dumps(newcomer), capture_output=True, text=True, cwd=ROOT)
            self.assertEqual(json.loads(run.stdout)["decisions"]["segment"]["outcome"]["second_purchase_due"], "2024-07-27")

    def test_a_background_lies_under_the_case(self):
        with tempfile.TemporaryDirectory() as folder:
            background = Path(folder, "background.yaml")
            background.write_text("at: 2024-05-01T00:00:00-03:00\nitems: [{at: 2024-01-01T00:00:00-03:00, colour: blue}]\n")
            run = measure("--jsonl", "--format", "json", "--indicator", "items_in_all", "--background", str(background), ruleset=SMALL,
                          text=stream({}, case(), {"items": [item()]}))
            self.assertEqual(json.loads(run.stdout)["indicators"]["items_in_all"]["value"], 1)  # its own; none; one that lies ahead

    def test_wrong_calls(self):
        """What is said of each wrong call, to the letter."""
        page = ""
        for arguments in WRONG:
            run = measure(*arguments, ruleset=SHOP if "facts" in arguments else SMALL, text="")
            self.assertEqual((run.returncode, run.stdout if not run.stdout.startswith("Measures") else ""), (2, ""), arguments)
            page += f"praxe measure {' '.join(arguments)}\n{run.stderr}\n"
        run = measure("--jsonl", ruleset="tests/format/standing.yaml", text="")
        page += f"praxe measure, of a ruleset without indicators\n{run.stderr}\n"
        run = measure("--jsonl", "--indicator", "parts_of_a_hundred", ruleset=SMALL, text=stream(case(item(units=0))))
        page += f"praxe measure, of a case that cannot be measured\n{run.stderr}"
        path = ROOT / "tests/measure/wrong.expected"
        if "PRAXE_RECORD" in os.environ:
            path.write_text(page, encoding="utf-8")
        self.assertEqual(page, path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
