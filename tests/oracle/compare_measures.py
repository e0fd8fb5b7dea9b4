"""Compares `praxe measure` with the independent reading of the policy's §14 on seeded random bases.

    python3 compare_measures.py --praxe build/praxe --count 2000 --seed 1

Compared is all that is printed of every indicator. Exit status 1 when a base differs or a cell of the tables was met fewer than
--min times. Without --praxe there are the tables and no engine.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from multiprocessing import Pool
from random import Random

import facts
from compare import canonical
from drawing import Drawing
from measure_cases import BasePart
from measure_cells import TABLE, base_cells, case_cells
from measures import measured, seen_in
from tally import print_table

SHOWN = 5


def base(seed, number):
    random = Random(f"measures/{seed}/{number}")
    cases = BasePart(random).cases()
    return [Drawing(random).spelt(case) for case in cases]


def answers(praxe, ruleset, cases):
    command = [praxe, "measure", "-r", ruleset, "--jsonl", "--format", "json"]
    lines = "\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    done = subprocess.run(command, input=lines + "\n", encoding="utf-8", capture_output=True)
    return json.loads(done.stdout) if done.stdout else {"error": done.stderr[-500:]}


def differences(want, got, count):
    yield "cases", count, got.get("cases")
    for name, found in want.items():
        yield name, found, got.get("indicators", {}).get(name)


def examine(praxe, ruleset, seed, number):
    """Of one base its cells, how many cases it has, and how what was got differs."""
    cases = base(seed, number)
    read = [facts.read(case) for case in cases]
    seen = [seen_in(case) for case in read]
    figures = measured(seen)
    counted = [cell for case, found in zip(read, seen) for cell in case_cells(case, found)]
    counted += base_cells(read, seen, figures)
    found = []
    if praxe:
        found = [f"{name}: expected {canonical(want)}\n    got {canonical(got)}"
                 for name, want, got in differences(figures, answers(praxe, ruleset, cases), len(cases))
                 if canonical(want) != canonical(got)]
    return counted, len(cases), found


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--praxe", help="the engine's command")
    options.add_argument("--ruleset", default="rules/company.yaml")
    options.add_argument("--count", type=int, default=7500, help="how many bases (7500)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--min", type=int, default=100, help="how often each cell must be met (100)")
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()

    began = time.monotonic()
    with Pool(chosen.processes) as pool:
        examined = pool.map(partial(examine, chosen.praxe, chosen.ruleset, chosen.seed), range(chosen.count), chunksize=10)
    cases = sum(count for _, count, _ in examined)
    print(f"{chosen.count} bases of {cases} cases, of seed {chosen.seed}, in {time.monotonic() - began:.1f} s")
    failed = print_table(TABLE, Counter(cell for counted, *_ in examined for cell in counted), chosen.min)
    differing = [(number, found) for number, (*_, found) in enumerate(examined) if found]
    for number, found in differing[:SHOWN]:
        print(f"\nbase {number} differs", *found, sep="\n  ")
        for case in base(chosen.seed, number):
            print("   ", json.dumps(case, ensure_ascii=False))
    if chosen.praxe:
        print(f"\n{len(differing)} of {chosen.count} bases differ")
    return failed or bool(differing)


if __name__ == "__main__":
    sys.exit(main())
