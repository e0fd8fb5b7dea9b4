"""Compares the engine with the independent reading in policy.py on seeded random cases, and shows what they covered.

    python3 compare.py --praxe build/praxe --ruleset rules/company.yaml --count 10000 --seed 1
    python3 compare.py --self

Compared are outcome, cited clauses and valid_until of `reservations` (each item's too), `lead_owner`, `debt` and
`commission`, and that what a case lacks the facts for is left out. Exit status 1 when anything differs or a cell of the
table was met fewer than --min times. With --self there is the table and no engine.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from multiprocessing import Pool

import cases
import facts
import money_cells
import ownership_cells
import policy
from civil_time import local_text
from tally import print_table

DECISIONS = ["reservations", "lead_owner", "debt", "commission"]
SHOWN = 10


def canonical(value):
    """One text for each value, instants included."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=local_text)


def instant(text):
    return text and facts.instant(text)


def reservations_differences(want, got):
    """How what the items rest on differs."""
    because = got.get("because", [])
    yield "because", [item["item"] for item in want["items"]], [reason.get("item") for reason in because]
    for item, reason in zip(want["items"], because):
        yield f"because, {item['item']}: cite", item["cite"], reason.get("cite")
        yield f"because, {item['item']}: valid_until", item["valid_until"], instant(reason.get("valid_until"))


def decision_differences(name, want, got):
    """What was wanted of one decision and what was got, part by part; equal or not."""
    if want is None or got is None:
        yield "left out", want is None, got is None
    elif "error" in want or "error" in got:
        yield "error", "error" in want, "error" in got
        told = canonical(got.get("error"))
        yield f"error naming one of {want.get('error')}, {told}", True, any(
            canonical(id)[1:-1] in told for id in want.get("error", ()))
    else:
        yield "decision", name, got.get("decision")
        yield "outcome", want["outcome"], got.get("outcome")
        yield "valid_until", want["valid_until"], instant(got.get("valid_until"))
        if name == "reservations":
            yield from reservations_differences(want, got)
        else:
            yield "because[0].cite", [want["cite"]], [reason.get("cite") for reason in got.get("because", [])[:1]]


def differences(expected, line):
    """How the engine's answer differs from what was expected, each as a readable line."""
    answer = json.loads(line)
    if "decisions" not in answer:
        return [f"the engine refused the case: {line}"]
    return [f"{name}, {part}: expected {canonical(want)}, got {canonical(got)}"
            for name in DECISIONS
            for part, want, got in decision_differences(name, expected.get(name), answer["decisions"].get(name))
            if canonical(want) != canonical(got)]


def prepare(seed, number):
    """One case: its line, what the policy says, and the cells it counts for."""
    case = cases.case(seed, number)
    case_facts = facts.read(case)
    decided, readings = policy.decide(case_facts)
    counted = [cell for part in (ownership_cells, money_cells) for cell in part.cells(case_facts, decided, readings)]
    return json.dumps(case, ensure_ascii=False), decided, counted


def ask(praxe, ruleset, lines, *options):
    """The engine's answer to each line, or nothing when it did not answer them all."""
    command = [praxe, "decide", "-r", ruleset, "--jsonl", *options]
    done = subprocess.run(command, input="\n".join(lines) + "\n", encoding="utf-8", capture_output=True)
    answers = done.stdout.splitlines()
    if len(answers) == len(lines):
        return answers
    print(f"{' '.join(command)}: {len(answers)} answers to {len(lines)} cases, exit status {done.returncode}")
    print(done.stderr[-2000:])
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--praxe", help="the engine's command")
    options.add_argument("--ruleset", default="rules/company.yaml")
    options.add_argument("--count", type=int, default=10000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--min", type=int, default=100, help="how often each cell must be met (100)")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--self", action="store_true", help="only the table, no engine")
    chosen = options.parse_args()
    if not chosen.self and not chosen.praxe:
        options.error("--praxe or --self is needed")

    began = time.monotonic()
    with Pool(chosen.processes) as pool:
        prepared = pool.map(partial(prepare, chosen.seed), range(chosen.count), chunksize=100)
    print(f"{chosen.count} cases of seed {chosen.seed}, judged in {time.monotonic() - began:.1f} s")
    counts = Counter(cell for _, _, counted in prepared for cell in counted)
    failed = print_table({**ownership_cells.TABLE, **money_cells.TABLE}, counts, chosen.min)
    if chosen.self:
        return failed

    lines = [line for line, _, _ in prepared]
    answers = ask(chosen.praxe, chosen.ruleset, lines)
    if answers is None:
        return True
    differing = 0
    for number, ((line, expected, _), answer) in enumerate(zip(prepared, answers)):
        found = differences(expected, answer)
        if found:
            differing += 1
            if differing <= SHOWN:
                print(f"\ncase {number} differs", *found, line, sep="\n  ")
    print(f"\n{differing} of {len(lines)} cases differ")
    return failed or differing > 0


if __name__ == "__main__":
    sys.exit(main())
