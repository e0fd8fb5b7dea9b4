"""Whether deliberate breaks of the readings are noticed: each changes one text of a reading, and the random cases must tell.

    python3 breaks.py --section agenda --count 3000

A break is noticed when outcome or cited clauses of at least --min cases differ from the unbroken reading's, so the engine,
which equals that one, would differ as well. Exit status 1 when one is not.
"""

import argparse
import importlib.util
import sys
from functools import partial
from multiprocessing import Pool
from random import Random

import facts
from break_rows import BREAKS
from compare_sections import SECTIONS


def broken(section, old, new):
    """The section's reading with one text of its module replaced; the other modules stay as they are."""
    name = SECTIONS[section].read.__name__
    spec = importlib.util.find_spec(SECTIONS[section].read.__module__)
    with open(spec.origin, encoding="utf-8") as file:
        text = file.read()
    if text.count(old) != 1:
        sys.exit(f"{section}: {old!r} stands {text.count(old)} times in {spec.origin}")
    module = importlib.util.module_from_spec(spec)
    exec(compile(text.replace(old, new), spec.origin, "exec"), module.__dict__)
    return getattr(module, name)


def told(reading):
    return reading.outcome, reading.cites, reading.items, reading.missing


def noticed(section, seed, number):
    """For each break of the section whether this case tells it."""
    part = SECTIONS[section].part(Random(f"{section}/{seed}/{number}"))
    read = facts.read(part.spelt(part.facts()))
    right = told(SECTIONS[section].read(read, read["at"]))
    return [outcome(reading, read) != right for reading in readings(section)]


def outcome(reading, read):
    try:
        return told(reading(read, read["at"]))
    except Exception as error:  # a break may stumble; that is noticed, too
        return repr(error)


def readings(section, made={}):
    if section not in made:
        made[section] = [broken(section, old, new) for old, new in BREAKS[section]]
    return made[section]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--section", choices=BREAKS, action="append", help="only this one (repeatable)")
    options.add_argument("--count", type=int, default=3000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--min", type=int, default=1, help="how many cases must tell each break (1)")
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    failed = False
    with Pool(chosen.processes) as pool:
        for section in chosen.section or BREAKS:
            told_by = pool.map(partial(noticed, section, chosen.seed), range(chosen.count), chunksize=50)
            counts = [sum(each) for each in zip(*told_by)]
            print(f"\n{section}: {sum(count >= chosen.min for count in counts)} of {len(counts)} breaks noticed in {chosen.count} cases")
            for (old, new), count in zip(BREAKS[section], counts):
                failed |= count < chosen.min
                print(f"  {count:6}  {' '.join(old.split())}  →  {' '.join(new.split()) or 'nothing'}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
