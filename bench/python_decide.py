#!/usr/bin/env python3
"""What praxe costs from Python: loading, and one decision from a dict, from JSON text and from JSON by way of a dict.

    PYTHONPATH=build/release/python python3 bench/python_decide.py [CASE.yaml]

Prints medians over rounds, and the ratio to the decision from a dict. Needs PyYAML to read the case.
"""

import datetime
import json
import re
import statistics
import sys
import time

import yaml

import praxe

ROUNDS = 15
CASE = praxe.rules_path("day/clients/11-leal-moura.yaml")


def median(work, times):
    """Seconds for one call: the median over rounds of the mean over so many calls."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(times):
            work()
        rounds.append((time.perf_counter() - start) / times)
    return statistics.median(rounds)


def as_python(value):
    """Instants and dates as a Python program has them."""
    if isinstance(value, dict):
        return {key: as_python(member) for key, member in value.items()}
    if isinstance(value, list):
        return [as_python(member) for member in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value):
        return datetime.datetime.fromisoformat(value)
    return value


class Plain(yaml.SafeLoader):
    """Instants and dates stay text, as in JSON."""


Plain.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


def main(path):
    with open(path, encoding="utf-8") as file:
        facts = yaml.load(file, Plain)
    text = json.dumps(facts)
    case = as_python(facts)
    ruleset = praxe.load(praxe.rules_path())
    assert ruleset.decide(case).to_json() == ruleset.decide(text).to_json()

    def every_value(answers):
        for answer in answers.values():
            answer.outcome, answer.because, answer.valid_until

    rows = [
        ("load the company's ruleset", lambda: praxe.load(praxe.rules_path()), 5),
        ("decide from a dict", lambda: ruleset.decide(case), 300),
        ("the same without valid_until", lambda: ruleset.decide(case, valid_until=False), 300),
        ("the same, and every outcome and reason as Python values", lambda: every_value(ruleset.decide(case)), 300),
        ("decide from JSON text", lambda: ruleset.decide(text), 300),
        ("json.loads, then decide from its dict", lambda: ruleset.decide(json.loads(text)), 300),
        ("decide from JSON text, to JSON text", lambda: ruleset.decide(text).to_json(), 300),
    ]
    took = {name: median(work, times) for name, work, times in rows}
    base = took["decide from a dict"]
    print(f"praxe {praxe.__version__}, {path}, {len(text)} bytes of JSON, {ROUNDS} rounds")
    for name, seconds in took.items():
        print(f"{name:<56} {seconds * 1e6:>10.1f} us {seconds / base:>8.2f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else CASE)
