"""The shared library from Python's ctypes, without a compiler: what any language's foreign function interface needs.

usage: ctypes_test.py LIBRARY RULESET PRAXE_COMMAND
"""

import ctypes
import json
import os
import subprocess
import sys
import unittest
from ctypes import POINTER, byref, c_char_p, c_int, c_int64, c_size_t, c_uint64, c_void_p
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY, RULESET, COMMAND = sys.argv[1:4]
OK, INVALID, ABSENT, ZERO_ENDED = 0, 1, 3, c_size_t(-1).value
PRAXE_AT, PRAXE_UNTIL = 1, 1
# The sanitizer's library that Python needs is in the command already.
WITHOUT_PRELOAD = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}

CASE = {
    "at": "2024-05-02T10:00:00-03:00",
    "client": {"status": "active", "appointments": [
        {"id": "a1", "kind": "sale_contact", "product": "radar", "owner": "ana",
         "created_at": "2024-04-29T15:00:00-03:00", "quote_sent": True}]},
    "request": {"product": "radar", "handler": "caio"},
    "staff": [{"id": "ana", "team": "sales", "role": "seller", "status": "available"},
              {"id": "caio", "team": "support", "role": "attendant", "status": "available"}],
}


class Options(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("decisions", POINTER(c_char_p)), ("decision_count", c_size_t), ("at", c_int64),
                ("max_evaluations", c_size_t), ("flags", c_uint64), ("horizon", c_int64)]


def declare(library):
    """Results and arguments of the functions used here; each argument list ends where praxe.h's does."""
    out, handle = POINTER(c_void_p), c_void_p
    for name, result, *arguments in [
        ("praxe_version", c_char_p),
        ("praxe_ruleset_load", c_int, c_char_p, out, out),
        ("praxe_ruleset_free", None, handle),
        ("praxe_case_read_json", c_int, handle, c_char_p, c_size_t, out, out),
        ("praxe_case_free", None, handle),
        ("praxe_decide", c_int, handle, POINTER(Options), out, out),
        ("praxe_decide_json", c_int, handle, c_char_p, c_size_t, POINTER(Options), out, POINTER(c_size_t)),
        ("praxe_answers_find", handle, handle, c_char_p),
        ("praxe_answers_free", None, handle),
        ("praxe_answer_get_text", c_int, handle, c_char_p, POINTER(c_char_p), POINTER(c_size_t)),
        ("praxe_answer_valid_until", c_int, handle, POINTER(c_int64)),
        ("praxe_because_cite", c_char_p, handle, c_size_t, c_size_t),
        ("praxe_error_message", c_char_p, handle, c_size_t),
        ("praxe_error_hint", c_char_p, handle, c_size_t),
        ("praxe_error_free", None, handle),
        ("praxe_text_free", None, handle),
    ]:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


class FromPython(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.praxe = declare(ctypes.CDLL(LIBRARY))
        cls.ruleset = c_void_p()
        error = c_void_p()
        status = cls.praxe.praxe_ruleset_load(RULESET.encode(), byref(cls.ruleset), byref(error))
        assert status == OK, cls.praxe.praxe_error_message(error, 0)

    @classmethod
    def tearDownClass(cls):
        cls.praxe.praxe_ruleset_free(cls.ruleset)

    def decide_json(self, case, options=None):
        out, length = c_void_p(), c_size_t()
        text = json.dumps(case).encode()
        given = byref(options) if options else None
        status = self.praxe.praxe_decide_json(self.ruleset, text, len(text), given, byref(out), byref(length))
        line = ctypes.string_at(out, length.value).decode()
        self.praxe.praxe_text_free(out)
        return status, line

    def test_version(self):
        said = subprocess.run([COMMAND, "--version"], env=WITHOUT_PRELOAD, check=True, capture_output=True, text=True).stdout
        self.assertEqual(self.praxe.praxe_version().decode(), said.strip())

    def test_one_call_gives_the_line_of_the_command(self):
        status, line = self.decide_json(CASE)
        run = subprocess.run([COMMAND, "decide", "-r", RULESET, "--jsonl"], env=WITHOUT_PRELOAD, input=json.dumps(CASE) + "\n",
                             check=True, capture_output=True, text=True)
        self.assertEqual((status, line + "\n"), (OK, run.stdout))

    def test_options(self):
        names = (c_char_p * 1)(b"lead_owner")
        options = Options(ctypes.sizeof(Options), names, 1, 1714696200000000, 0, PRAXE_AT)
        status, line = self.decide_json(CASE, options)
        self.assertEqual((status, list(json.loads(line)["decisions"])), (OK, ["lead_owner"]))

    def test_wrong_facts(self):
        status, line = self.decide_json({**CASE, "cleint": {}})
        self.assertEqual((status, json.loads(line)["error"]["message"]), (INVALID, 'the case has no field "cleint"'))

    def test_handles(self):
        facts, answers, error, text, until = c_void_p(), c_void_p(), c_void_p(), c_char_p(), c_int64()
        case = json.dumps(CASE).encode()
        read = self.praxe.praxe_case_read_json(self.ruleset, case, ZERO_ENDED, byref(facts), byref(error))
        self.assertEqual(read, OK)
        self.assertEqual(self.praxe.praxe_decide(facts, None, byref(answers), byref(error)), OK)
        lead = self.praxe.praxe_answers_find(answers, b"lead_owner")
        self.assertEqual(self.praxe.praxe_answer_get_text(lead, b"owner", byref(text), None), OK)
        self.assertEqual((text.value, self.praxe.praxe_because_cite(lead, 0, 0)), (b"ana", b"P.S8.1"))
        self.assertEqual(self.praxe.praxe_answer_valid_until(lead, byref(until)), PRAXE_UNTIL)
        self.assertEqual(until.value, 1714705200000000)  # 2024-05-03T00:00:00-03:00
        self.assertEqual(self.praxe.praxe_answer_get_text(lead, b"no_such", byref(text), None), ABSENT)
        self.praxe.praxe_answers_free(answers)
        self.praxe.praxe_case_free(facts)

    def test_the_example_of_the_page(self):
        page = (ROOT / "docs" / "c.md").read_text(encoding="utf-8")
        example = page.split("```python\n")[1].split("```")[0]
        library = Path(LIBRARY).resolve()
        run = subprocess.run([sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, check=True,
                             env={**os.environ, "LD_LIBRARY_PATH": str(library.parent)})
        self.assertTrue(run.stdout.startswith("{'decisions': {'reservations': {"), run.stdout)

    def test_errors(self):
        facts, error = c_void_p(), c_void_p()
        text = b'{"client": {"status": "actve"}}'
        read = self.praxe.praxe_case_read_json(self.ruleset, text, len(text), byref(facts), byref(error))
        self.assertEqual((read, facts.value), (INVALID, None))
        self.assertEqual(self.praxe.praxe_error_message(error, 0), b'"client.status" cannot be "actve"')
        self.assertEqual(self.praxe.praxe_error_hint(error, 0), b'did you mean "active"?')
        self.praxe.praxe_error_free(error)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
