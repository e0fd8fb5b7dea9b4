#!/usr/bin/env python3
"""`praxe test` as its caller sees it: exit status, last line, the files it writes, and nothing half done.

The command is PRAXE_COMMAND in the environment.
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Path("tests/domains/library")
GOLDEN = Path("tests/scenario/golden")


def praxe_test(*arguments):
    command = [os.environ["PRAXE_COMMAND"], "test", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)


class Command(unittest.TestCase):
    def test_all_passes(self):
        run = praxe_test(LIBRARY)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertRegex(run.stdout, r"\A[1-9]\d* passed, 0 failed\n\Z")

    def test_a_failing_scenario(self):
        run = praxe_test(GOLDEN / "formats.yaml")
        self.assertEqual((run.returncode, run.stderr), (1, ""))
        self.assertEqual(run.stdout.splitlines()[-1], "1 passed, 1 failed")
        self.assertNotIn("\033", run.stdout)

    def test_bad_input_is_reported_and_nothing_is_run(self):
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            run = praxe_test("--junit", report, LIBRARY, GOLDEN / "broken_assumption.yaml")
            self.assertEqual((run.returncode, run.stdout), (2, ""))
            self.assertRegex(run.stderr, r"broken_assumption\.yaml:7:21: error: ")
            self.assertFalse(report.exists())

    def test_wrong_calls(self):
        said = ""
        for arguments in (
            ["no_such.scenario.yaml"],
            [GOLDEN.parent],  # a folder without scenario files
            [LIBRARY, "--filter", "no scenario is called so"],
            [LIBRARY, "-r", "no_such_ruleset.yaml"],
            [LIBRARY, "--coverage", GOLDEN / "no_such_folder" / "lcov.info"],
        ):
            run = praxe_test(*arguments)
            self.assertEqual((run.returncode, run.stdout), (2, ""), arguments)
            said += f"$ praxe test {' '.join(map(str, arguments))}\n{run.stderr}"
        expected = ROOT / GOLDEN / "command.expected"
        if "PRAXE_RECORD" in os.environ:
            expected.write_text(said, encoding="utf-8")
        self.assertEqual(said, expected.read_text(encoding="utf-8"))
        for arguments in ([], [LIBRARY, "--format", "xml"]):
            self.assertEqual(praxe_test(*arguments).returncode, 2)

    def test_filter_and_json(self):
        run = praxe_test(LIBRARY, "--filter", "games stay", "--format", "json")
        said = json.loads(run.stdout)
        self.assertEqual((run.returncode, said["passed"], said["failed"]), (0, 1, 0))
        self.assertEqual([s["name"] for f in said["files"] for s in f["scenarios"]], ["games stay"])

    def test_files_written(self):
        with tempfile.TemporaryDirectory() as folder:
            junit, lcov = Path(folder) / "junit.xml", Path(folder) / "lcov.info"
            run = praxe_test(GOLDEN / "formats.yaml", "--junit", junit, "--coverage", lcov)
            self.assertEqual(run.returncode, 1)
            suites = ElementTree.parse(junit).getroot()
            self.assertEqual((suites.get("tests"), suites.get("failures")), ("2", "1"))
            self.assertEqual(len(suites.findall("testsuite/testcase/failure")), 1)
            self.assertRegex(lcov.read_text(encoding="utf-8"), r"(?m)^SF:.*library\.yaml\n(DA:\d+,\d+\n)+LF:\d+\nLH:2\n")

    def test_another_ruleset(self):
        run = praxe_test("-r", LIBRARY / "branch.yaml", LIBRARY / "library.scenario.yaml", "--filter", "owes no more")
        self.assertEqual(run.returncode, 1, run.stderr)  # where any debt is too much
        self.assertRegex(run.stdout, r"(?m)^\d+ passed, [1-9]\d* failed$")


if __name__ == "__main__":
    if "PRAXE_COMMAND" not in os.environ:
        sys.exit("PRAXE_COMMAND is not set")
    unittest.main()
