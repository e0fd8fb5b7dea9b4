#!/usr/bin/env python3
"""`praxe calendar` as its caller sees it: what it prints, to the letter, and its exit status.

The command is PRAXE_COMMAND in the environment; with PRAXE_RECORD the golden file is written anew.
"""
import json
import os
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "calendar" / "golden" / "command.expected"

CALLS = [
    "-r tests/calendar/golden/branch.yaml --month 2024-05 --lang en",
    "rules/calendars/sao_paulo_city.yaml --year 2024 --lang pt",
    "rules/calendars/us_federal.yaml --month 2021-06 --lang pt",
    "rules/calendars/us_federal.yaml --month 2024-05 --lang en",
    "rules/calendars/br_b3.yaml --month 2022-12 --lang pt",
    "rules/calendars/br_national.yaml --month 2080-01 --lang en",
    "-r tests/calendar/golden/branch.yaml --month 2024-12 --lang pt",
    "-r tests/calendar/golden/branch.yaml --month 2024-02 --lang en",
    "sao_paulo_city -r tests/calendar/golden/branch.yaml --month 2024-07 --lang en --format json",
    "rules/calendars/br_bank.yaml --month 2024-05 --lang pt --format ical",
    "rules/calendars/br_bank.yaml --why 2024-05-30 --lang en",
    "rules/calendars/br_bank.yaml --why 2023-11-20 --lang pt",
    "rules/calendars/br_bank.yaml --why 2024-09-07 --lang pt",
    "rules/calendars/br_bank.yaml --from 2024-04-29 --add 5 --lang en",
    "rules/calendars/br_bank.yaml --from 2024-06-03 --add -3 --lang pt",
    "rules/calendars/br_bank.yaml --from 2024-04-29 --until 2024-05-10 --lang en",
    # wrong calls
    "rules/calendars/br_bank.yaml",
    "--month 2024-05",
    "rules/calendars/no_such.yaml --year 2024",
    "br_bnk -r tests/calendar/golden/branch.yaml --year 2024",
    "rules/calendars/br_bank.yaml --month 2024-13",
    "rules/calendars/br_bank.yaml --year 24",
    "rules/calendars/br_bank.yaml --why 2024-02-30",
    "rules/calendars/br_bank.yaml --from 2024-01-02",
    "rules/calendars/br_bank.yaml --from 2079-12-29 --add 1",
    "rules/calendars/br_bank.yaml --why 2024-05-30 --format json",
    "tests/bad/calendars/days.yaml --year 2024",
]


def praxe_calendar(call):
    return subprocess.run([os.environ["PRAXE_COMMAND"], "calendar", *call.split()], capture_output=True, text=True, cwd=ROOT)


class Command(unittest.TestCase):
    def test_every_call_says_what_it_said(self):
        said = ""
        for call in CALLS:
            run = praxe_calendar(call)
            self.assertEqual(run.returncode, 2 if run.stderr else 0, call)
            self.assertEqual(bool(run.stdout), not run.stderr, call)
            self.assertNotIn("\033", run.stdout)
            said += f"$ praxe calendar {call}\n{run.stdout.replace(chr(13), '')}{run.stderr}\n"
        if "PRAXE_RECORD" in os.environ:
            GOLDEN.write_text(said, encoding="utf-8")
        self.assertEqual(said, GOLDEN.read_text(encoding="utf-8"))

    def test_json_counts_as_the_days_listed(self):
        year = json.loads(praxe_calendar("rules/calendars/br_bank.yaml --year 2024 --format json").stdout)
        self.assertEqual(year["business_days"], 253)  # ANBIMA
        self.assertEqual(sum(month["business_days"] for month in year["months"]), 253)

    def test_a_calendar_library_reads_the_days_off(self):
        try:
            import icalendar
        except ImportError:
            self.skipTest("python3-icalendar is not installed")
        run = subprocess.run(
            [os.environ["PRAXE_COMMAND"], "calendar", "rules/calendars/br_bank.yaml", "--year", "2024", "--format", "ical"],
            capture_output=True, cwd=ROOT)
        listed = json.loads(praxe_calendar("rules/calendars/br_bank.yaml --year 2024 --format json").stdout)["days_off"]
        events = icalendar.Calendar.from_ical(run.stdout).walk("VEVENT")
        self.assertEqual([(event["DTSTART"].dt.isoformat(), str(event["SUMMARY"])) for event in events],
                         [(day["date"], day["name"]) for day in listed])
        self.assertEqual(len({str(event["UID"]) for event in events}), 13)
        self.assertLessEqual(max(map(len, run.stdout.split(b"\r\n"))), 75)


if __name__ == "__main__":
    unittest.main()
