"""Seeded random cases for the policy's §1 to §5, dense around every limit.

`python3 cases.py --count 10 --seed 1` prints them, one JSON object a line.
Every case has a part that decides who owns what and a part that decides about money, each from a random source of its own.
"""

import argparse
import json
from random import Random

from money_cases import MoneyPart
from ownership_cases import OwnershipPart


def case(seed, number):
    facts = OwnershipPart(Random(f"{seed}/{number}")).facts()
    part = MoneyPart(Random(f"{seed}/{number}/money"), facts)
    part.add()
    return part.spelt(facts)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--count", type=int, default=10)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    for number in range(chosen.count):
        print(json.dumps(case(chosen.seed, number), ensure_ascii=False))


if __name__ == "__main__":
    main()
