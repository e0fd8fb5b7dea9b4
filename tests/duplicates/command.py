#!/usr/bin/env python3
"""`praxe duplicates` as its caller sees it: the pages, what is wrong, what is read from where.

The command is PRAXE_COMMAND in the environment; PRAXE_RECORD=1 records the pages anew, for review.
"""
import json
import os
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RULESET = "rules/company.yaml"
EXAMPLE = "docs/examples/duplicates/registrations.jsonl"

# A page → how it is made.
PAGES = {
    "tests/duplicates/groups.en.txt": ["--lang", "en", EXAMPLE],
    "tests/duplicates/groups.pt.txt": ["--lang", "pt", EXAMPLE],
    "tests/duplicates/groups.jsonl": ["--format", "json", EXAMPLE],
}
GOLDEN = ROOT / "tests/duplicates/command.expected"
# What is written on the command line behind `praxe duplicates`, and on standard input.
WRONG = [
    ("-r rules/company.yaml no_such.jsonl", ""),
    ("-r rules/company.yaml --at yesterday " + EXAMPLE, ""),
    ("-r tests/domains/library/library.yaml " + EXAMPLE, ""),
    ("-r tests/duplicates/keyless.yaml " + EXAMPLE, ""),
    ("-r tests/duplicates/unmarked.yaml " + EXAMPLE, ""),
    ("-r tests/duplicates/one_mark.yaml " + EXAMPLE, ""),
    ("-r tests/duplicates/other_marks.yaml " + EXAMPLE, ""),
    ("-r tests/duplicates/ungrouped.yaml " + EXAMPLE, ""),
    ("-r tests/duplicates/failing.yaml -", '{"id": "a", "text": "x"}\n{"id": "b", "text": "1"}\n'),
    ("-r rules/company.yaml -", '{"id": "a"}\n{"id": "a"}\n{"idd": "b"}\n{"id": "b", "new": 3}\n["c"]\nc\n{"tax_id": "1"}\n'),
]


def duplicates(*arguments, text=None):
    command = [os.environ["PRAXE_COMMAND"], "duplicates", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, input=text)


def found(registrations, *arguments):
    text = "".join(json.dumps(one) + "\n" for one in registrations)
    run = duplicates("-r", RULESET, "--format", "json", *arguments, "-", text=text)
    assert run.stderr == "", run.stderr
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()]


class Duplicates(unittest.TestCase):
    maxDiff = None

    def test_pages(self):
        for path, arguments in PAGES.items():
            run = duplicates("-r", RULESET, *arguments)
            self.assertEqual((run.returncode, run.stderr), (1, ""), path)
            if "PRAXE_RECORD" in os.environ:
                (ROOT / path).write_bytes(run.stdout.encode())
            self.assertEqual(run.stdout, (ROOT / path).read_text(encoding="utf-8"), path)

    def test_the_guide_shows_what_is_printed(self):
        printed = duplicates("-r", RULESET, "--lang", "en", EXAMPLE).stdout
        self.assertIn(f"{EXAMPLE}\n{printed}```\n", (ROOT / "docs/guide.md").read_text(encoding="utf-8"))

    def test_what_is_wrong_is_said(self):
        said = ""
        for arguments, text in WRONG:
            run = duplicates(*arguments.split(), text=text)
            self.assertEqual((run.returncode, run.stdout), (2, ""), arguments)
            said += f"$ praxe duplicates {arguments}\n{run.stderr}"
        if "PRAXE_RECORD" in os.environ:
            GOLDEN.write_text(said, encoding="utf-8")
        self.assertEqual(said, GOLDEN.read_text(encoding="utf-8"))

    def test_nothing_found_is_all_well(self):
        self.assertEqual(found([{"id": "a", "emails": ["a@x"]}, {"id": "b", "emails": ["b@x"]}]), (0, []))
        self.assertEqual(found([]), (0, []))

    def test_a_registration_later_than_the_instant_asked_for_is_not_there(self):
        base = [{"id": "a", "emails": ["a@x"]}, {"id": "b", "emails": ["a@x"], "created_at": "2024-05-02T10:00:00-03:00"}]
        self.assertEqual(found(base, "--at", "2024-05-02T09:59:59-03:00"), (0, []))
        for at in (["--at", "2024-05-02T10:00:00-03:00"], []):
            self.assertEqual(found(base, *at)[1][0]["ids"], ["a", "b"])

    def test_a_group_larger_than_a_case_is_told_without_a_proposal(self):
        for size, key in ((10_000, "group"), (10_001, "error")):
            status, lines = found([{"id": str(i), "emails": ["a@x"]} for i in range(size)])
            self.assertEqual((len(lines), len(lines[0]["ids"])), (1, size))
            self.assertIn(key, lines[0])
            self.assertEqual(status, 1 if key == "group" else 2)

    def test_how_far_it_has_come_is_said_on_request(self):
        run = duplicates("-r", RULESET, "--progress", "--format", "json", EXAMPLE)
        self.assertRegex(run.stderr, r"^9 registrations \(\d+ a second\)\n3 groups \(\d+ a second\)\n$")


if __name__ == "__main__":
    unittest.main()
