"""Whether deliberate breaks of the readings are told: each changes one text of a reading, and the random cases must tell.

    python3 breaks.py --section agenda

A break is told by the first case of which outcome or cited clauses differ from the unbroken reading's: the engine, which equals
that one, would differ as well. Exit status 1 when no case tells it.
"""

import argparse
import importlib.util
import sys
from functools import partial
from multiprocessing import Pool
from random import Random

import facts
import measures
from break_rows import BREAKS
from compare_measures import base
from compare_sections import SECTIONS

BASES = 0.2  # so many bases for one case, of measures


def case_of(section, seed, number):
    part = SECTIONS[section].part(Random(f"{section}/{seed}/{number}"))
    return facts.read(part.spelt(part.facts()))


def judge_case(decision, module, case):
    found = getattr(module, decision)(case, case["at"])
    return found.outcome, found.cites, found.items, found.missing


def base_of(seed, number):
    return [facts.read(case) for case in base(seed, number)]


def judge_base(module, cases):
    return module.measured([module.seen_in(case) for case in cases])


def judging(section):
    """The module that reads the section, how a case of it is made, and how the module judges it."""
    if section == "measures":
        return measures, base_of, judge_base
    read = SECTIONS[section].read
    return sys.modules[read.__module__], partial(case_of, section), partial(judge_case, read.__name__)


def broken(module, old, new):
    """The module with one of its texts replaced; those it uses stay as they are."""
    with open(module.__file__, encoding="utf-8") as file:
        text = file.read()
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times in {module.__file__}")
    found = importlib.util.module_from_spec(importlib.util.find_spec(module.__name__))
    exec(compile(text.replace(old, new), module.__file__, "exec"), found.__dict__)
    return found


def told_by(section, seed, count, texts):
    """The number of the first case that tells the break, or nothing."""
    module, make, judge = judging(section)
    other = broken(module, *texts)
    for number in range(count):
        case = make(seed, number)
        right = judge(module, case)
        try:
            if judge(other, case) != right:
                return number
        except Exception:  # a break may stumble; that is told, too
            return number
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--section", choices=BREAKS, action="append", help="only this one (repeatable)")
    options.add_argument("--count", type=int, default=10000, help="of cases at most (10000)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    failed = False
    with Pool(chosen.processes) as pool:
        for section in chosen.section or BREAKS:
            count = round(chosen.count * (BASES if section == "measures" else 1))
            found = pool.map(partial(told_by, section, chosen.seed, count), BREAKS[section], chunksize=1)
            print(f"\n{section}: {sum(number is not None for number in found)} of {len(found)} breaks told")
            for (old, new), number in zip(BREAKS[section], found):
                failed |= number is None
                by = "by none" if number is None else f"by {number}"
                print(f"  {by:>8}  {' '.join(old.split())}  →  {' '.join(new.split()) or 'nothing'}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
