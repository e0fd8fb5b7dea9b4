#!/usr/bin/env python3
"""`praxe fmt` as its caller sees it: exit status, what is printed, and files that are whole or untouched.

The command is PRAXE_COMMAND in the environment.
"""
import os
import shutil
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MESSY = "define:\n    a:   b   &&c\n"
LAID = "define:\n  a: b && c\n"
WRONG = "define:\n    a: b &&\n"


def praxe(*arguments, **options):
    command = [os.environ["PRAXE_COMMAND"], *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, **options)


class Fmt(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def test_writes_what_differs(self):
        messy = self.file("messy.yaml", MESSY)
        messy.chmod(0o640)
        laid = self.file("laid.yaml", LAID)
        before = laid.stat().st_mtime_ns
        run = praxe("fmt", messy, laid)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))
        self.assertEqual(messy.read_text(), LAID)
        self.assertEqual(stat.S_IMODE(messy.stat().st_mode), 0o640)
        self.assertEqual(laid.stat().st_mtime_ns, before)
        self.assertEqual(sorted(os.listdir(self.folder)), ["laid.yaml", "messy.yaml"])

    def test_check_names_what_differs(self):
        messy = self.file("messy.yaml", MESSY)
        laid = self.file("laid.yaml", LAID)
        run = praxe("fmt", "--check", self.folder)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (1, f"{messy}\n", ""))
        self.assertEqual(messy.read_text(), MESSY)
        run = praxe("fmt", "--check", laid)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))

    def test_prints_in_place_of_writing(self):
        messy = self.file("messy.yaml", MESSY)
        run = praxe("fmt", "--stdout", messy)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, LAID, ""))
        self.assertEqual(messy.read_text(), MESSY)
        run = praxe("fmt", "-", input=MESSY)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, LAID, ""))

    def test_with_a_mistake_nothing_is_written(self):
        messy = self.file("messy.yaml", MESSY)
        wrong = self.file("wrong.yaml", WRONG)
        for arguments in ([], ["--check"], ["--stdout"]):
            run = praxe("fmt", *arguments, messy, wrong)
            self.assertEqual((run.returncode, run.stdout), (2, ""), arguments)
            self.assertIn(f"{wrong}:2:12: error: expected a value", run.stderr)
        self.assertEqual((messy.read_text(), wrong.read_text()), (MESSY, WRONG))

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_file_that_cannot_be_written_stays(self):
        messy = self.file("messy.yaml", MESSY)
        self.folder.chmod(0o500)
        self.addCleanup(self.folder.chmod, 0o700)
        run = praxe("fmt", messy)
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn(f'error: cannot write "{messy}"', run.stderr)
        self.assertEqual(messy.read_text(), MESSY)

    def test_a_link_stays_a_link(self):
        messy = self.file("messy.yaml", MESSY)
        link = self.folder / "link.yaml"
        link.symlink_to(messy)
        self.assertEqual(praxe("fmt", link).returncode, 0)
        self.assertTrue(link.is_symlink())
        self.assertEqual(messy.read_text(), LAID)

    def test_wrong_calls(self):
        empty = self.folder / "empty"
        empty.mkdir()
        case = self.file("case.json", "{}")
        for arguments, said in (
            ([], "file"),
            ([self.folder / "none.yaml"], "cannot read"),
            ([empty], "there are no YAML files in"),
            ([case], "is JSON"),
            (["--check", "--stdout", case], "excludes"),
            (["-e", "a &&"], "expression:1:5: error: expected a value"),
        ):
            run = praxe("fmt", *arguments)
            self.assertEqual((run.returncode, run.stdout), (2, ""), arguments)
            self.assertIn(said, run.stderr)

    def test_expressions(self):
        run = praxe("fmt", "-e", "a&&b ?x:y")
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "a && b ? x : y\n", ""))

    def test_laid_out_scenarios_still_hold(self):
        for name in ("rules", "tests/format", "tests/domains", "tests/overlays"):
            shutil.copytree(ROOT / name, self.folder / name)
        self.assertEqual(praxe("fmt", self.folder).returncode, 0)
        self.assertEqual(praxe("fmt", "--check", self.folder).returncode, 0)
        run = praxe("test", *(self.folder / name for name in ("rules", "tests/format", "tests/domains/library", "tests/overlays")))
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertRegex(run.stdout, r"\A[1-9]\d+ passed, 0 failed\n\Z")


class EvalForms(unittest.TestCase):
    def test_forms(self):
        facts = "n: 1\n"
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(facts)
            file.flush()
            for flag, printed in (
                ("--tokens", "0-1 name n\n2-3 sign +\n4-5 int 1\n5-5 end\n"),
                ("--tree", "call _+_\n  n\n  1\n"),
                ("--typed-tree", "call _+_ : int\n  n : int = n\n  1 : int\n"),
            ):
                run = praxe("eval", "n + 1", flag, "--facts", file.name)
                self.assertEqual((run.returncode, run.stdout, run.stderr), (0, printed, ""))
        run = praxe("eval", "1 +", "--tree")
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertEqual(praxe("eval", "1", "--tree", "--tokens").returncode, 2)


if __name__ == "__main__":
    unittest.main()
