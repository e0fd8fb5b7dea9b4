#!/usr/bin/env python3
"""What `praxe decide --explain` says to a person about the end of an answer.

PRAXE_COMMAND in the environment names the command.
"""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

CASE = """
client:
  status: active
  appointments:
    - {id: a1, kind: sale_contact, product: radar, owner: ana, created_at: 2024-04-29T15:00:00-03:00, quote_sent: true}
    - {id: a2, kind: sale_contact, product: radar, owner: ana, created_at: 2024-05-02T15:00:00-03:00, quote_sent: true}
"""


def said(*arguments):
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.yaml"
        case.write_text(CASE, encoding="utf-8")
        command = [os.environ["PRAXE_COMMAND"], "decide", "-r", "rules/company.yaml", case, "--decision", "reservations"]
        return subprocess.run([*command, *arguments], capture_output=True, encoding="utf-8", check=True).stdout


class Explained(unittest.TestCase):
    def test_of_an_item(self):
        text = said("--at", "2024-05-02T16:00:00-03:00", "--explain", "--lang", "en")
        self.assertRegex(text, r"(?m)^    a1 · state: live .* until 2024-05-03 00:00 \(rule over: at >= ends\), then a1 · state: expired ")

    def test_of_an_item_that_appears(self):
        text = said("--at", "2024-05-02T10:00:00-03:00", "--explain", "--lang", "en")
        self.assertRegex(text, r"(?m)^    until 2024-05-02 15:00 \(reservations: client\.appointments\[1\]\.created_at\), then \(a1 ")

    def test_in_portuguese(self):
        text = said("--at", "2024-05-02T16:00:00-03:00", "--explain", "--lang", "pt")
        self.assertRegex(text, r"vale até 03/05/2024 00:00 \(regra over: at >= ends\), depois a1 ")

    def test_only_where_it_was_asked_for(self):
        self.assertNotIn("rule over", said("--at", "2024-05-02T10:00:00-03:00", "--lang", "en"))


if __name__ == "__main__":
    unittest.main()
