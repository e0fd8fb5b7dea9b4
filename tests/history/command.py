"""`praxe replay` on the example stream: what it tells, to the letter, and facts as of an instant.

    python3 tests/history/command.py        # PRAXE_RECORD=1 writes the expected files anew

Deciding on the facts as of an instant gives what the replay told last until then.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "history"
PRAXE = os.environ.get("PRAXE_COMMAND", "praxe")
RULESET = ["-r", "rules/company.yaml"]
STREAM = "docs/examples/history/events.jsonl"
UNTIL = "2024-05-16T00:00:00-03:00"
INSTANTS = ["2024-04-29T09:12:00-03:00", "2024-04-30T16:30:00-03:00", "2024-05-03T00:00:00-03:00", "2024-05-06T08:59:59-03:00",
            "2024-05-06T18:00:00-03:00", "2024-05-14T08:00:00-03:00", "2024-05-15T12:00:00-03:00"]

failures = []


def praxe(*arguments, status, given=None):
    done = subprocess.run([PRAXE, *arguments], cwd=ROOT, input=given, capture_output=True, text=True)
    if done.returncode != status:
        failures.append(f"praxe {' '.join(arguments)}: exit status {done.returncode}, not {status}\n{done.stderr}")
    return done.stdout, done.stderr


def expect(name, text):
    path = EXAMPLE / name
    if os.environ.get("PRAXE_RECORD"):
        path.write_text(text)
    if text != path.read_text():
        failures.append(f"{path.relative_to(ROOT)} is not what the command tells; PRAXE_RECORD=1 writes it anew")


def expect_error(text, *arguments):
    out, error = praxe("replay", *arguments, status=2)
    if text not in error or out:
        failures.append(f"praxe replay {' '.join(arguments)}: {error!r} does not say {text!r}")


def check_facts(changes):
    for instant in INSTANTS:
        facts, _ = praxe("replay", *RULESET, STREAM, "--facts-at", instant, status=2 if instant > "2024-05-02T14" else 0)
        decided, _ = praxe("decide", *RULESET, "--jsonl", given=facts, status=0)
        now = {(json.loads(case)["client"]["id"], name): answer["outcome"]
               for case, answers in zip(facts.splitlines(), decided.splitlines())
               for name, answer in json.loads(answers)["decisions"].items() if "outcome" in answer}
        told = {}
        for change in changes:
            if change["at"] <= instant:
                told[change["client"], change["decision"]] = change["to"]
        told = {key: outcome for key, outcome in told.items() if outcome is not None}
        if told != now:
            wrong = [key for key in {*told, *now} if told.get(key) != now.get(key)]
            failures.append(f"at {instant} the replay and the facts as of then differ in {wrong}")


def main():
    lines, _ = praxe("replay", *RULESET, STREAM, "--until", UNTIL, status=2)
    expect("changes.jsonl", lines)
    changes = [change for change in map(json.loads, lines.splitlines()) if "error" not in change]
    text, error = praxe("replay", *RULESET, STREAM, "--until", UNTIL, "--format", "text", "--lang", "en", status=2)
    expect("changes.txt", text + "\n" + error)
    in_order, _ = praxe("replay", *RULESET, STREAM, "--until", UNTIL, "--window", "96h", status=2)
    if '"late":true' in in_order or '"late":true' not in lines:
        failures.append("the window should have put the late event in its place, and without it it should be late")
    case, _ = praxe("replay", *RULESET, STREAM, "--facts-at", INSTANTS[1], "--case", "braga", status=0)
    expect("braga.yaml", case)
    decided, _ = praxe("decide", *RULESET, "--format", "json", "docs/examples/history/braga.yaml", status=0)
    if json.loads(decided)["decisions"]["lead_owner"]["outcome"]["owner"] != "bruno":
        failures.append("the facts printed as YAML are decided otherwise")
    check_facts(changes)
    piped, _ = praxe("replay", *RULESET, "-", "--until", UNTIL, given=(ROOT / STREAM).read_text(), status=2)
    told = [line for line in piped.splitlines() if "error" not in json.loads(line)]
    if told != [line for line in lines.splitlines() if "error" not in json.loads(line)]:
        failures.append("from standard input it tells something else")

    expect_error("no such file", *RULESET, "nothing.jsonl")
    expect_error("is not an instant", *RULESET, STREAM, "--until", "tomorrow")
    expect_error("is no span of time", *RULESET, STREAM, "--window", "2 days")
    expect_error('did you mean "lead_owner"?', *RULESET, STREAM, "--decision", "lead_ownr")
    expect_error("add --facts-at", *RULESET, STREAM, "--case", "braga")
    expect_error("come into force at one instant", *RULESET, *RULESET, STREAM)
    expect_error('cannot read "nothing.yaml"', *RULESET, STREAM, "--events", "nothing.yaml")
    _, error = praxe("replay", *RULESET, STREAM, "--facts-at", INSTANTS[0], "--case", "nobody", status=2)
    if 'is of the client "nobody"' not in error:
        failures.append(f"of an unknown client it says {error!r}")
    print(*failures, sep="\n", end="\n" if failures else "")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
