"""Compares the engine with the independent readings of the policy's §6 to §13 on seeded random cases.

    python3 compare_sections.py --praxe build/praxe --seed 1
    python3 compare_sections.py --praxe build/praxe --section duties --count 600 --min 5

Compared are outcome, cited clauses (of the deciding rule, and of each item's where the outcome is a list) and valid_until.
Exit status 1 when anything differs or a cell of the tables was met fewer than --min times. Without --praxe there are the
tables and no engine.
"""

import argparse
import json
import sys
import time
from collections import Counter
from datetime import datetime
from functools import partial
from multiprocessing import Pool
from random import Random
from typing import NamedTuple

import agenda
import agenda_cases
import authority
import authority_cases
import collection
import collection_cases
import duties
import duty_cases
import duty_cells
import facts
import record_check
import record_check_cases
import registration
import registration_cases
import segment
import segment_cases
import third_party
import third_party_cases
from compare import ask, canonical, instant
from policy import first_change
from tally import print_table

SHOWN = 5
EMAILS_JOIN = registration.Terms(joining=("email",))
PHONES_JOIN = registration.Terms(joining=("phone",), brazilian_phones=False, wrong_tax_id_is_missing=False)


class Section(NamedTuple):
    decision: str
    read: object
    moments: object
    part: object  # makes random cases
    cells: object
    table: dict
    share: float = 1  # of the count
    ruleset: str = "rules/company.yaml"


SECTIONS = {
    "third_party": Section("third_party", third_party.third_party, third_party.moments, third_party_cases.ThirdPartyPart,
                           third_party_cases.cells, third_party_cases.TABLE, 1.7),
    "record_check": Section("record_check", record_check.record_check, record_check.moments,
                            record_check_cases.RecordCheckPart, record_check_cases.cells, record_check_cases.TABLE, 1.7),
    "duties": Section("duties", duties.duties, duties.moments, duty_cases.DutyPart, duty_cells.cells, duty_cells.TABLE, 6.6),
    "collection": Section("collection", collection.collection, collection.moments, collection_cases.CollectionPart,
                          collection_cases.cells, collection_cases.TABLE, 3),
    "closer_first": Section("collection", partial(collection.collection, closer_first=True), collection.moments,
                            collection_cases.CloserFirstPart, collection_cases.closer_cells, collection_cases.CLOSER_TABLE, 1.7,
                            ruleset="tests/overlays/closer_collects.yaml"),
    "authority": Section("authority", authority.authority, authority.moments, authority_cases.AuthorityPart,
                         authority_cases.cells, authority_cases.TABLE, 5),
    "agenda": Section("agenda", agenda.agenda, agenda.moments, agenda_cases.AgendaPart, agenda_cases.cells,
                      agenda_cases.TABLE, 7),
    "registration": Section("registration", registration.registration, registration.moments,
                            registration_cases.RegistrationPart, registration_cases.cells, registration_cases.TABLE, 4.2),
    "emails_join": Section("registration", partial(registration.registration, terms=EMAILS_JOIN), registration.moments,
                           registration_cases.RegistrationPart, registration_cases.other_cells(EMAILS_JOIN),
                           registration_cases.EMAILS_TABLE, ruleset="tests/overlays/emails_join.yaml"),
    "phones_join": Section("registration", partial(registration.registration, terms=PHONES_JOIN), registration.moments,
                           registration_cases.RegistrationPart, registration_cases.other_cells(PHONES_JOIN),
                           registration_cases.PHONES_TABLE, ruleset="tests/overlays/phones_join.yaml"),
    "segment": Section("segment", segment.segment, segment.moments, segment_cases.SegmentPart, segment_cases.cells,
                       segment_cases.TABLE, 2.5),
}


def prepare(name, seed, number):
    """One case: its line, what the policy says and until when, and the cells it counts for."""
    section = SECTIONS[name]
    part = section.part(Random(f"{name}/{seed}/{number}"))
    case = part.spelt(part.facts())
    read = facts.read(case)
    reading = section.read(read, read["at"])
    until = None
    if reading.outcome is not None:
        until = first_change(section.read, reading, read, section.moments(read, read["at"]))
    return json.dumps(case, ensure_ascii=False), reading, until, list(section.cells(read, reading, until))


def one_spelling(value):
    """An outcome whose instants have each but one spelling: fractions of a second may be written in several."""
    if isinstance(value, dict):
        return {name: one_spelling(member) for name, member in value.items()}
    if isinstance(value, list):
        return [one_spelling(member) for member in value]
    return datetime.fromisoformat(value).isoformat() if isinstance(value, str) and value[10:11] == "T" else value


def parts(reading, until, got):
    """What was wanted and what was got, part by part; equal or not."""
    if reading.outcome is None:
        told = canonical(got.get("error"))
        yield f"error naming one of {reading.missing}, {told}", True, any(name in told for name in reading.missing)
        return
    yield "outcome", one_spelling(reading.outcome), one_spelling(got.get("outcome"))
    yield "valid_until", until, instant(got.get("valid_until"))
    because = got.get("because", [])
    listed = isinstance(reading.outcome, list) or len(reading.cites) > 1
    yield "cites", reading.cites, [reason.get("cite") for reason in (because if listed else because[:1])]
    if reading.items is not None:
        yield "cites of items", reading.items, {reason.get("item"): reason.get("cite") for reason in because[1:]}


def differences(section, reading, until, line):
    answer = json.loads(line)
    if "decisions" not in answer:
        return [f"the engine refused the case: {line}"]
    return [f"{part}: expected {canonical(want)}\n{' ' * (len(part) + 5)}got      {canonical(got)}"
            for part, want, got in parts(reading, until, answer["decisions"].get(section.decision, {}))
            if canonical(want) != canonical(got)]


def compare(name, chosen, pool):
    """Whether the section's cells were too few or a case differs."""
    section, began = SECTIONS[name], time.monotonic()
    count = round(chosen.count * section.share)
    prepared = pool.map(partial(prepare, name, chosen.seed), range(count), chunksize=50)
    print(f"\n{name}: {count} cases of seed {chosen.seed}, judged in {time.monotonic() - began:.1f} s")
    failed = print_table(section.table, Counter(cell for *_, counted in prepared for cell in counted), chosen.min)
    if not chosen.praxe:
        return failed
    answers = ask(chosen.praxe, f"{chosen.root}/{section.ruleset}", [line for line, *_ in prepared],
                  "--decision", section.decision)
    if answers is None:
        return True
    differing = 0
    for number, ((line, reading, until, _), answer) in enumerate(zip(prepared, answers)):
        found = differences(section, reading, until, answer)
        differing += bool(found)
        if found and differing <= SHOWN:
            print(f"\ncase {number} differs", *found, line, sep="\n  ")
    print(f"\n{name}: {differing} of {count} cases differ")
    return failed or differing > 0


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--praxe", help="the engine's command")
    options.add_argument("--root", default=".", help="the folder that holds rules/ and tests/overlays/")
    options.add_argument("--section", choices=SECTIONS, action="append", help="only this one (repeatable)")
    options.add_argument("--count", type=int, default=6000, help="of the shortest section; others make a multiple of it (6000)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--min", type=int, default=100, help="how often each cell must be met (100)")
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    with Pool(chosen.processes) as pool:
        return any([compare(name, chosen, pool) for name in chosen.section or SECTIONS])


if __name__ == "__main__":
    sys.exit(main())
