"""Compares `outcome` and `valid_until` of random ruleset–case pairs with two oracles that share no code with the engine.

    python3 compare.py --praxe build/praxe --count 5000 --seed 1
    python3 compare.py --praxe build/praxe --count 1 --seed 17      the pair 17 alone, as files

How it is laid out: local_time, work_days, open_hours and calendars know instants, days and opening hours; facts is the
vocabulary; forms is the table of expressions, CEL beside Python; tree and ruleset write themselves as YAML and work themselves
out; moment is what they see at one instant; surroundings, expressions and generate draw pairs, beside those of pinned; oracles
look for the first difference; engine asks praxe; shrink makes a failing pair smaller. Odd seeds are looked at by minutes,
even ones by candidates. Exit status 1 on a difference, or where too few pairs have a finite answer, or too few an answer
beyond the first flip.
"""

import argparse
import sys
import tempfile
import time
from multiprocessing import Pool
from statistics import mean, median
from typing import NamedTuple

import generate
import oracles
from engine import Engine
from forms import FORMS
from local_time import zone
from pinned import PINNED
from ruleset import ERROR
from shrink import shrunk

FINITE, LATER = 0.6, 0.3  # least shares of all pairs
SHOWN = 5
ALL_FORMS = frozenset(form.cel for form in FORMS if "{zone}" not in form.cel)


class Verdict(NamedTuple):
    seed: int
    difference: str  # empty: none
    finite: bool = False
    later: bool = False  # the first flip is not the answer
    evaluations: int = 0
    items: int = 0
    forms: frozenset = frozenset()  # of the table of forms


def until_text(pair, instant):
    return "never" if instant is None else f"{zone(pair.ruleset.zone).text(instant)}"


def instants_to_look_at(pair, by_minutes, answer):
    """In order; the engine's own answers are among the candidates, wherever they lie."""
    if by_minutes:
        return oracles.minutes(pair.ruleset, pair.case)
    return oracles.candidates(pair.ruleset, pair.case, {answer.until, *answer.items.values()} - {None})


def difference_of(pair, by_minutes, answer):
    """What differs between the engine's answer and the oracle's, and what the oracle found."""
    now = pair.ruleset.outcome(pair.case, pair.case.at)
    if now[0] != answer.outcome:
        return f"outcome: the oracle says {now[0]}, praxe {answer.outcome} {answer.error}", None
    if now[0] == ERROR:
        return "", None
    instants = instants_to_look_at(pair, by_minutes, answer)
    held = oracles.first_difference(pair.ruleset, pair.case, now, instants)
    beyond = held.until is None and (answer.until is None or answer.at_least or answer.until > instants[-1])
    if held.until != answer.until and not beyond:
        return f"valid_until: the oracle says {until_text(pair, held.until)}, praxe {until_text(pair, answer.until)}", held
    if answer.tells_then:
        then, _ = pair.ruleset.outcome(pair.case, answer.until)
        if then != answer.then:
            return f"outcome from then on: the oracle says {then}, praxe {answer.then}", held
    for key, until in answer.items.items():
        found = oracles.first_item_difference(pair.ruleset, pair.case, key, instants)
        if found != until and not (found is None and (until is None or until > instants[-1])):
            return f"valid_until of {key}: the oracle says {until_text(pair, found)}, praxe {until_text(pair, until)}", held
    return "", held


def verdict_of(job):
    seed, command = job
    by_minutes = seed % 2 == 1
    pair = generate.pair(seed, by_minutes)
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(command, folder)
        try:
            answer = engine.ask(pair)
        except RuntimeError as refused:
            return Verdict(seed, f"{refused}\n{files_text(engine, pair)}")
        difference, held = difference_of(pair, by_minutes, answer)
        if difference:
            smaller = shrunk(pair, lambda other: bool(difference_of(other, by_minutes, engine.ask(other))[0]))
            difference = f"{difference_of(smaller, by_minutes, engine.ask(smaller))[0]}\n{files_text(engine, smaller)}"
    forms = frozenset(node.cel for node in oracles.nodes_of([pair.ruleset.define, pair.ruleset.decisions])) & ALL_FORMS
    if held is None:
        return Verdict(seed, difference, forms=forms)
    later = held.first_flip is not None and held.first_flip != held.until
    return Verdict(seed, difference, answer.until is not None, later, held.evaluations, len(answer.items), forms)


def files_text(engine, pair):
    return "".join(f"--- {name}\n{text}" for name, text in engine.files(pair).items())


def report(verdicts, seconds):
    """Prints shares and differences; true if all is well."""
    total = len(verdicts)
    different = [verdict for verdict in verdicts if verdict.difference]
    for verdict in different[:SHOWN]:
        print(f"seed {verdict.seed}: {verdict.difference}\n")
    shares = {"finite": sum(verdict.finite for verdict in verdicts) / total,
              "beyond the first flip": sum(verdict.later for verdict in verdicts) / total}
    decided = [v.evaluations for v in verdicts if v.evaluations]
    items = sum(verdict.items for verdict in verdicts)
    print(f"{total} pairs, {len(different)} differ, {total - len(decided)} with an error, {items} items; {seconds:.0f} s")
    print(", ".join(f"{share:.1%} {name}" for name, share in shares.items()))
    if decided:
        print(f"evaluations: {median(decided)} as a rule, {mean(decided):.1f} on average, {max(decided)} at most")
    met = frozenset().union(*(verdict.forms for verdict in verdicts))
    print(f"{len(met)} of {len(ALL_FORMS)} forms of expressions met")
    enough = total < 50 or (shares["finite"] >= FINITE and shares["beyond the first flip"] >= LATER)
    if not enough:
        print(f"too few: at least {FINITE:.0%} and {LATER:.0%} are wanted")
    return enough and not different


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--praxe", required=True, help="the command")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1, help="of the first pair")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    start = time.monotonic()
    seeds = [*range(1 - len(PINNED), 1), *range(options.seed, options.seed + options.count)]
    jobs = [(seed, options.praxe) for seed in seeds]
    with Pool(options.processes) as pool:
        verdicts = list(pool.imap_unordered(verdict_of, jobs, chunksize=4))
    verdicts.sort(key=lambda verdict: verdict.seed)
    sys.exit(0 if report(verdicts, time.monotonic() - start) else 1)


if __name__ == "__main__":
    main()
