#!/usr/bin/env python3
"""`praxe timeline` as its caller sees it: the picture's text, that it is well formed and quiet, and what is wrong with a call.

The command is PRAXE_COMMAND in the environment; PRAXE_RECORD=1 records the pictures anew, for review.
"""
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
RULESET = "rules/company.yaml"
CLIENT = "tests/timeline/client.yaml"
QUESTIONS = ["--decision", "reservations", "--decision", "lead_owner", "--decision", "debt"]
SVG = "{http://www.w3.org/2000/svg}"

# A picture → how it is made.
PICTURES = {
    "tests/timeline/client.pt.svg": [CLIENT, "--lang", "pt", *QUESTIONS],
    "docs/timeline.svg": ["rules/day/clients/30-evangelista.yaml", "--lang", "en", *QUESTIONS],
}


def timeline(*arguments):
    command = [os.environ["PRAXE_COMMAND"], "timeline", "-r", RULESET, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)


def drawn(*arguments):
    run = timeline(*arguments)
    assert run.returncode == 0, run.stderr
    return ElementTree.fromstring(run.stdout)


def texts(picture):
    return ["".join(text.itertext()) for text in picture.iter(SVG + "text")]


class Timeline(unittest.TestCase):
    maxDiff = None

    def test_pictures(self):
        for path, arguments in PICTURES.items():
            run = timeline(*arguments)
            self.assertEqual((run.returncode, run.stderr), (0, ""), path)
            if "PRAXE_RECORD" in os.environ:
                (ROOT / path).write_text(run.stdout, encoding="utf-8")
            self.assertEqual(run.stdout, (ROOT / path).read_text(encoding="utf-8"), path)

    def test_says_what_it_shows_without_being_seen_and_runs_nothing(self):
        picture = drawn(CLIENT, *QUESTIONS)
        self.assertEqual(picture.get("role"), "img")
        named = {element.get("id"): element.text for element in picture if element.get("id")}
        self.assertEqual(picture.get("aria-labelledby").split(), list(named))
        self.assertIn("owner: ana", named["desc"])
        self.assertFalse([e.tag for e in picture.iter() if e.tag in (SVG + "script", SVG + "a", SVG + "foreignObject")])

    def test_every_bar_is_within_its_neighbours(self):
        picture = drawn(CLIENT, *QUESTIONS)
        rows = {}
        for group in picture.iter(SVG + "g"):
            rect = group.find(SVG + "rect")
            if rect is not None and rect.get("height") == "24":
                rows.setdefault(rect.get("y"), []).append((float(rect.get("x")), float(rect.get("width"))))
        self.assertEqual(len(rows), 5)  # three appointments, two questions
        for bars in rows.values():
            for (x, width), (next_x, _) in zip(bars, bars[1:]):
                self.assertLessEqual(x + width, next_x)
            self.assertLessEqual(bars[-1][0] + bars[-1][1], 1176)

    def test_the_bars_say_what_decide_says(self):
        for at, owner in (("2024-05-05T23:59:59-03:00", "owner: ana"), ("2024-05-07T00:00:00-03:00", "owner: helena")):
            decided = subprocess.run([os.environ["PRAXE_COMMAND"], "decide", "-r", RULESET, CLIENT, "--at", at, "--decision", "lead_owner", "--lang", "en"],
                                     capture_output=True, text=True, cwd=ROOT).stdout
            self.assertIn(owner, decided)
        said = "\n".join(texts(drawn(CLIENT, "--lang", "en", *QUESTIONS)))
        self.assertIn("2024-04-25 10:00 → 2024-05-06 00:00\nroute: transfer · owner: ana · reservation: a1 (P.S8.1)", said)
        self.assertIn("2024-05-07 00:00 → 2024-05-10 00:00\nroute: whoever attends · owner: helena (P.S8.2)", said)

    def test_the_range_that_is_asked_for(self):
        said = texts(drawn(CLIENT, "--lang", "en", "--from", "2024-05-02T00:00:00-03:00", "--until", "2024-05-03T00:00:00-03:00"))
        self.assertIn("2024-05-02 00:00 – 2024-05-03 00:00 · America/Sao_Paulo", said)
        self.assertIn("09:00", said)
        years = texts(drawn(CLIENT, "--lang", "en", "--from", "2000-05-02T00:00:00-03:00"))
        self.assertIn("2020-01", years)

    def test_texts_of_facts_stay_texts(self):
        with tempfile.TemporaryDirectory() as folder:
            case = Path(folder) / "case.yaml"
            case.write_text((ROOT / CLIENT).read_text(encoding="utf-8").replace("id: a1", "id: '<b>&\"1'"), encoding="utf-8")
            said = texts(drawn(case, "--title", "a < b & \"c\""))
            self.assertIn('<b>&"1', said)
            self.assertTrue(said[0].startswith('a < b & "c" · '), said[0])

    def test_writes_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "client.svg"
            run = timeline(CLIENT, "-o", path)
            self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))
            ElementTree.parse(path)

    def test_wrong_calls(self):
        for arguments, message in (
            (["no_such.yaml"], r"no_such\.yaml: error: "),
            ([CLIENT, "--from", "yesterday"], r'error: "yesterday" is not an instant'),
            ([CLIENT, "--from", "2024-05-02T00:00:00Z", "--until", "2024-05-02T00:00:00Z"], "error: --from is not before --until"),
            ([CLIENT, "--from", "2034-05-02T00:00:00Z", "--until", "2024-05-02T00:00:00Z"], "error: --from is not before --until"),
            ([CLIENT, "--decision", "reservation"], 'did you mean "reservations"'),
            ([CLIENT, "-o", "no_such_folder/a.svg"], 'error: cannot write to "no_such_folder/a.svg"'),
        ):
            run = timeline(*arguments)
            self.assertEqual((run.returncode, run.stdout), (2, ""), arguments)
            self.assertRegex(run.stderr, message)


if __name__ == "__main__":
    unittest.main()
