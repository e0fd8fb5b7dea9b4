#!/usr/bin/env python3
"""`praxe agenda` as its caller sees it: the pages, the plan, the calendar as a calendar library reads it, what is wrong.

The command is PRAXE_COMMAND in the environment; PRAXE_RECORD=1 records the pages anew, for review.
"""
import datetime
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RULESET = "rules/company.yaml"
CASES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs/examples/agenda").glob("*.yaml"))
WRONG = [f"tests/agenda/wrong/{name}.yaml" for name in ("misspelt", "nobody", "undecided")]

# A page → how it is made.
PAGES = {
    "tests/agenda/day.en.txt": ["--lang", "en", "--capacity", "2", *CASES],
    "tests/agenda/day.pt.txt": ["--lang", "pt", "--capacity", "2", *CASES],
    "tests/agenda/ana.jsonl": ["--for", "ana", "--format", "json", "--capacity", "2", *CASES],
    "tests/agenda/bia.ics": ["--for", "bia", "--format", "ical", "--lang", "pt", *CASES],
}


def agenda(*arguments, text=None):
    command = [os.environ["PRAXE_COMMAND"], "agenda", "-r", RULESET, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, input=text)


def lists(*arguments, text=None):
    run = agenda("--format", "json", *arguments, text=text)
    assert run.returncode == 0, run.stderr
    return {person["for"]: person for person in map(json.loads, run.stdout.splitlines())}


def case(client, *, staff, at="2024-05-02T10:00:00-03:00"):
    return {"at": at, "client": client, "staff": staff}


def stream(cases):
    return "".join(json.dumps(one) + "\n" for one in cases)


def negotiation(client, created, owner="ana"):
    return {"id": client, "appointments": [{"id": "a1", "kind": "no_contact", "product": "radar", "owner": owner, "created_at": created}]}


ANA = {"id": "ana", "team": "sales", "status": "available"}


class Agenda(unittest.TestCase):
    maxDiff = None

    def test_pages(self):
        for path, arguments in PAGES.items():
            run = agenda(*arguments)
            self.assertEqual((run.returncode, run.stderr), (0, ""), path)
            if "PRAXE_RECORD" in os.environ:
                (ROOT / path).write_bytes(run.stdout.encode())
            self.assertEqual(run.stdout, (ROOT / path).read_text(encoding="utf-8"), path)

    def test_the_guide_shows_what_is_printed(self):
        printed = agenda("--for", "ana", "--capacity", "2", "--lang", "en", *CASES).stdout
        self.assertIn(f"docs/examples/agenda/*.yaml\n{printed}```\n", (ROOT / "docs/guide.md").read_text(encoding="utf-8"))

    def test_the_list_of_a_client_is_what_decide_says(self):
        for person in ("ana", "bia", "caio", "sol"):
            with tempfile.TemporaryDirectory() as folder:
                asked = Path(folder) / "case.yaml"
                text = (ROOT / CASES[4]).read_text(encoding="utf-8")
                asked.write_text(f"agenda: {{for: {person}, day: 2024-05-02}}\n{text}", encoding="utf-8")
                command = [os.environ["PRAXE_COMMAND"], "decide", "-r", RULESET, asked, "--decision", "agenda", "--format", "json"]
                decided = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout)["decisions"]["agenda"]["outcome"]
            listed = lists(CASES[4])[person]
            own = [{name: item[name] for name in item if name not in ("cite", "text")} for item in listed["items"] if "from" not in item]
            self.assertEqual(own, [{name: item[name] for name in item if name != "team"} for item in decided["items"]])
            for name in ("capacity", "works", "away"):
                self.assertEqual(listed[name], decided[name])
            self.assertEqual(listed.get("hand_over_to"), decided.get("hand_over_to"))

    def test_what_is_due_first_stands_first_then_by_id(self):
        asked = case({"id": "c", **{"interactions": [{"id": name, "at": f"2024-05-02T0{hour}:00:00-03:00", "by": "ana", "event": "question"}
                                                     for name, hour in (("m3", 9), ("m2", 9), ("m1", 8), ("m4", 7))]}}, staff=[ANA])
        command = [os.environ["PRAXE_COMMAND"], "decide", "-r", RULESET, "--jsonl", "--decision", "agenda"]
        text = stream([{**asked, "agenda": {"for": "ana"}}])
        decided = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT, input=text).stdout)
        expected = ["answer:m4", "answer:m1", "answer:m2", "answer:m3"]
        self.assertEqual([item["id"] for item in decided["decisions"]["agenda"]["outcome"]["items"]], expected)
        self.assertEqual([item["id"] for item in lists("--jsonl", text=text)["ana"]["items"]], expected)

    def test_what_is_too_much_goes_to_the_nearest_day_with_room(self):
        # Six negotiations of Thursday, which hold until Monday is over; Friday has a meeting, Saturday and Sunday are off.
        cases = [case(negotiation(f"c{n}", "2024-05-02T09:00:00-03:00"), staff=[ANA]) for n in range(6)]
        cases.append(case({"id": "d", "meetings": [{"id": "r1", "at": "2024-05-03T09:00:00-03:00", "closer": "ana", "confirmed_at": "2024-05-02T09:00:00-03:00"}]}, staff=[ANA]))
        ana = lists("--jsonl", "--capacity", "2", text=stream(cases))["ana"]
        self.assertEqual((ana["load"], ana["over"], ana["works"]), (6, 4, True))
        moved = [(move["client"], move["to"]) for move in ana["moves"]]
        self.assertEqual(moved, [("c0", "2024-05-03"), ("c1", "2024-05-06"), ("c2", "2024-05-06")])  # and one has nowhere to go
        self.assertIn("1 with nowhere to move", agenda("--jsonl", "--capacity", "2", "--lang", "en", text=stream(cases)).stdout)

    def test_nothing_moves_beyond_its_term(self):
        cases = [case(negotiation("a", "2024-04-30T09:00:00-03:00"), staff=[ANA]),    # until Friday is over
                 case(negotiation("b", "2024-04-29T09:00:00-03:00"), staff=[ANA])]    # until today is over
        ana = lists("--jsonl", "--capacity", "0", text=stream(cases))["ana"]
        self.assertEqual(ana["moves"], [])
        ana = lists("--jsonl", "--capacity", "1", text=stream(cases))["ana"]
        self.assertEqual(ana["moves"], [{"id": "a1", "client": "a", "to": "2024-05-03"}])

    def test_nothing_moves_to_a_day_on_which_the_person_is_away(self):
        away = {**ANA, "away": [{"kind": "absent", "from": "2024-05-03", "until": "2024-05-03"}]}
        cases = [case(negotiation(name, "2024-05-02T09:00:00-03:00"), staff=[away]) for name in "ab"]
        ana = lists("--jsonl", "--capacity", "1", text=stream(cases))["ana"]
        self.assertEqual([move["to"] for move in ana["moves"]], ["2024-05-06"])

    def test_what_can_wait_longest_goes_first(self):
        cases = [case(negotiation("long", "2024-05-02T09:00:00-03:00"), staff=[ANA]), case(negotiation("short", "2024-04-30T09:00:00-03:00"), staff=[ANA])]
        ana = lists("--jsonl", "--capacity", "1", text=stream(cases))["ana"]
        self.assertEqual([move["client"] for move in ana["moves"]], ["long"])

    def test_the_deputy_takes_over_what_is_not_theirs_already(self):
        page = lists(*CASES)
        self.assertEqual(page["caio"]["hand_over_to"], "bia")
        self.assertEqual([item["id"] for item in page["caio"]["items"]], ["answer:m1", "a1"])
        self.assertEqual([(item["id"], item["from"]) for item in page["bia"]["items"]], [("answer:m1", "caio"), ("a1", "caio")])
        self.assertEqual(page["bia"]["load"], 2)
        staff = [{"id": "ana", "team": "support", "status": "vacation", "deputy": "bia"}, {"id": "bia", "team": "support", "status": "available"}]
        asked = case({"id": "c", "interactions": [{"id": "m1", "at": "2024-05-02T09:00:00-03:00", "event": "question"}]}, staff=staff)
        self.assertEqual([item.get("from") for item in lists("--jsonl", text=stream([asked]))["bia"]["items"]], [None])

    def test_in_a_circle_of_people_away_nobody_takes_over(self):
        staff = [{"id": "ana", "status": "vacation", "deputy": "bia"}, {"id": "bia", "status": "vacation", "deputy": "ana"}]
        text = stream([case(negotiation("c", "2024-05-02T09:00:00-03:00"), staff=staff)])
        self.assertNotIn("hand_over_to", lists("--jsonl", text=text)["ana"])
        self.assertIn("away; nobody who stands in is there", agenda("--jsonl", "--lang", "en", text=text).stdout)

    def test_another_day_and_another_instant(self):
        self.assertEqual([item["id"] for item in lists("--day", "2024-05-03", *CASES)["ana"]["items"]], ["r1", "a1", "a1", "a1"])  # caio is away, and bia, who stands in for him, too
        late = lists("--at", "2024-05-08T10:00:00-03:00", *CASES)["ana"]
        self.assertEqual((late["day"], [item["id"] for item in late["items"]]), ("2024-05-08", ["follow_up_quote:q1", "a1"]))
        self.assertIn("late", agenda("--at", "2024-05-08T10:00:00-03:00", "--lang", "en", *CASES).stdout)

    def test_a_calendar_library_reads_the_calendar(self):
        try:
            import icalendar
        except ImportError:
            self.skipTest("python3-icalendar is not installed")
        page = lists(*CASES, "--capacity", "2")
        run = agenda("--format", "ical", "--lang", "en", "--capacity", "2", *CASES)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        calendar = icalendar.Calendar.from_ical(run.stdout)
        self.assertEqual(calendar["VERSION"], "2.0")
        events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
        expected = {}
        for person in page.values():
            moved = {(move["id"], move["client"]): datetime.date.fromisoformat(move["to"]) for move in person["moves"]}
            for item in person["items"]:
                day = moved.get((item["id"], item["client"]), datetime.date(2024, 5, 2))
                planned = datetime.datetime.fromisoformat(item["planned_at"]) if "planned_at" in item else None
                start = planned.astimezone(datetime.timezone.utc) if planned and planned.date() == day else day
                expected[f"{item['id']}.{item['client']}.{person['for']}@company"] = (start, f"{item['client']}: {item['text']['en']}")
        self.assertEqual({uid: (event["DTSTART"].dt, str(event["SUMMARY"])) for uid, event in events.items()}, expected)
        self.assertEqual({event["DTSTAMP"].dt for event in events.values()}, {datetime.datetime(2024, 5, 2, 13, tzinfo=datetime.timezone.utc)})
        self.assertTrue(all(len(line.encode()) <= 75 for line in run.stdout.splitlines()))
        self.assertIn(datetime.date(2024, 5, 6), [start for start, _ in expected.values()], "nothing was moved")

    def test_texts_of_facts_stay_texts_in_a_calendar(self):
        try:
            import icalendar
        except ImportError:
            self.skipTest("python3-icalendar is not installed")
        name = 'a;b,c\\d"e\nEND:VEVENT\nBEGIN:VALARM'
        run = agenda("--jsonl", "--format", "ical", "--lang", "en", text=stream([case(negotiation(name, "2024-05-02T09:00:00-03:00"), staff=[ANA])]))
        events = list(icalendar.Calendar.from_ical(run.stdout).walk())
        self.assertEqual([event.name for event in events], ["VCALENDAR", "VEVENT"])
        self.assertTrue(str(events[1]["SUMMARY"]).startswith(name + ": "), events[1]["SUMMARY"])

    def test_a_case_that_cannot_be_decided_is_told_and_the_others_go_on(self):
        run = agenda("--format", "json", *WRONG, *CASES)
        self.assertEqual(run.returncode, 2)
        self.assertEqual(run.stdout, agenda("--format", "json", *CASES).stdout)
        self.assertRegex(run.stderr, r'undecided\.yaml:4:18: error: the agenda of "undecided" cannot be decided: ')
        alone = agenda(*WRONG)
        self.assertEqual((alone.returncode, alone.stdout, alone.stderr), (2, "", run.stderr))

    def test_a_bad_line_is_told_and_the_others_go_on(self):
        good = stream([case(negotiation("a", "2024-05-02T09:00:00-03:00"), staff=[ANA])])
        run = agenda("--jsonl", "--format", "json", text="{\n" + good)
        self.assertEqual((run.returncode, run.stdout), (2, agenda("--jsonl", "--format", "json", text=good).stdout))
        self.assertIn("<stdin>:1:", run.stderr)

    def test_wrong_calls(self):
        said = ""
        for arguments in (
            [],
            ["--jsonl", *CASES],
            ["--day", "tomorrow", *CASES],
            ["--at", "tomorrow", *CASES],
            ["--for", "anna", *CASES],
            ["--for", "somebody else", *CASES],
            ["--capacity", "-1", *CASES],
            ["no_such.yaml"],
            WRONG,
            ["-r", "tests/domains/library/library.yaml", *CASES],
        ):
            command = [os.environ["PRAXE_COMMAND"], "agenda", *([] if "-r" in arguments else ["-r", RULESET]), *arguments]
            run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
            self.assertEqual((run.returncode, run.stdout), (2, ""), arguments)
            said += f"$ praxe agenda {' '.join(a for a in arguments if a not in CASES)}\n{run.stderr}"
        expected = ROOT / "tests/agenda/command.expected"
        if "PRAXE_RECORD" in os.environ:
            expected.write_text(said, encoding="utf-8")
        self.assertEqual(said, expected.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
