#!/usr/bin/env python3
"""Random bases of registrations, grouped in three ways that must agree: by `praxe duplicates` over the whole base, by the decision
`registration` over the same registrations as one case, and by a plain reference that compares every two of them.

Usage: differential.py [--bases N] [--seed N]     with PRAXE_COMMAND in the environment
"""
import argparse
import json
import os
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RULESET = "rules/company.yaml"
AT = "2024-05-02T10:00:00-03:00"

# Texts that are the same for whoever reads them right stand in one row.
TAX_IDS = [["111.444.777-35", "11144477735"], ["529.982.247-25", " 529982247-25"], ["11.222.333/0001-81", "11222333000181"],
           ["12.ABC.345/01DE-35", "12abc34501de35"]]
WRONG_TAX_IDS = ["111.444.777-36", "11.222.333/0001-82", "12.ABC.345/01DE-53", "000.000.000-00", "", " ", "?"]
EMAILS = [["a@x.com", " A@X.com"], ["b@x.com", "B@x.com "], ["c@x.com"], ["d@x.com"], ["e@x.com"]]
PHONES = [["(11) 91234-5678", "+55 11 91234-5678", "011 91234-5678"], ["1133334444", "5511 3333 4444"], ["+351 912 345 678"], ["2122223333"]]
NO_PHONES = ["123", "-", ""]
DATES = [None, "2019-03-11T09:00:00-03:00", "2021-03-11T09:00:00-03:00", "2024-05-02T10:00:00-03:00", "2024-05-02T10:00:01-03:00"]


def registration(rng, number, size):
    """As it is written, and what a reader should make of it."""
    written, read = {"id": f"c{number}"}, {"id": f"c{number}", "tax_id": None, "email": set(), "phone": set()}
    if rng.random() < 0.5:
        read["tax_id"] = rng.randrange(len(TAX_IDS))
        written["tax_id"] = rng.choice(TAX_IDS[read["tax_id"]])
    elif rng.random() < 0.4:
        written["tax_id"] = rng.choice(WRONG_TAX_IDS)
    for kind, field, table, none in (("email", "emails", EMAILS, ["", " "]), ("phone", "phones", PHONES, NO_PHONES)):
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            which = rng.randrange(len(table))
            read[kind].add(which)
            written.setdefault(field, []).append(rng.choice(table[which]))
        if rng.random() < 0.1:
            written.setdefault(field, []).append(rng.choice(none))
    if created := rng.choice(DATES):
        written["created_at"] = created
    if rng.random() < 0.15:
        written["kept"] = f"c{rng.randrange(size)}"
    read["written"] = written
    return written, read


def shares(a, b, kind):
    return bool(a[kind] & b[kind])


def joined_by(a, b):
    """What joins two: the policy's first two sentences."""
    if a["tax_id"] is not None and b["tax_id"] is not None:
        return ["tax_id"] if a["tax_id"] == b["tax_id"] else []
    return [kind for kind in ("email", "phone") if shares(a, b, kind)]


def reached(start, all_of, linked):
    """All that can be reached from one of them, by looking at every two again and again."""
    found = [start]
    for one in found:
        found += [other for other in all_of if other not in found and linked(one, other)]
    return found


def proposal(group):
    left = group
    wanted = [one["written"].get("kept") for one in group]
    rows = [
        ("asked_for", lambda some: [one for one in some if one["id"] in wanted] or some),
        ("tax_id", lambda some: [one for one in some if one["tax_id"] is not None] or some),
        ("complete", lambda some: [one for one in some if filled(one) == max(map(filled, some))]),
        ("oldest", lambda some: [one for one in some if created(one) == min(map(created, some))]),
    ]
    for name, narrow in rows:
        left = narrow(left)
        if len(left) == 1:
            return left[0]["id"], name
    return left[0]["id"], "first_listed"


def filled(one):
    return (one["tax_id"] is not None) + bool(one["email"]) + bool(one["phone"])


def created(one):
    return one["written"].get("created_at", "9")


def reference(read, at):
    """The groups of two or more, as the decision gives them, and the unclear."""
    there = [one for one in read if at is None or created(one) == "9" or created(one) <= at]
    bare = [one for one in there if one["tax_id"] is None]
    clusters = {}
    for one in bare:
        cluster = reached(one, bare, joined_by)
        owners = {other["tax_id"] for member in cluster for other in there if other["tax_id"] is not None and joined_by(member, other)}
        clusters[one["id"]] = owners
    unclear = [one["id"] for one in bare if len(clusters[one["id"]]) > 1]

    def label(one):
        owners = {one["tax_id"]} if one["tax_id"] is not None else clusters[one["id"]]
        return next(iter(owners)) if len(owners) == 1 else None

    def together(a, b):
        if label(a) is not None or label(b) is not None:
            return label(a) == label(b)
        return bool(joined_by(a, b))

    groups, met = [], []
    for one in there:
        if one in met:
            continue
        members = reached(one, there, together)
        group = [other for other in there if other in members]
        met += group
        if len(group) > 1:
            kinds = [kind for pair in ((a, b) for a in group for b in group if a is not b) for kind in joined_by(*pair)]
            keep, why = proposal(group)
            groups.append({"ids": [member["id"] for member in group], "matched_by": [kind for kind in ("tax_id", "email", "phone") if kind in kinds],
                           "keep": keep, "keep_because": why})
    return groups, unclear


def run(*arguments, text):
    command = [os.environ["PRAXE_COMMAND"], *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, input=text)
    assert done.stderr == "", done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bases", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    bases = []
    for _ in range(options.bases):
        size = rng.randrange(1, 25)
        bases.append([registration(rng, number, size) for number in range(size)])
    cases = "".join(json.dumps({"at": AT, "registrations": [written for written, _ in base]}) + "\n" for base in bases)
    decided = run("decide", "-r", RULESET, "--jsonl", "--decision", "registration", text=cases)
    met = {"groups": 0, "unclear": 0, "tax_id": 0, "email": 0, "phone": 0, "asked_for": 0, "complete": 0, "oldest": 0, "first_listed": 0}
    for number, (base, answer) in enumerate(zip(bases, decided, strict=True)):
        groups, unclear = reference([read for _, read in base], AT)
        outcome = answer["decisions"]["registration"]["outcome"]
        lines = run("duplicates", "-r", RULESET, "--at", AT, "--format", "json", "-", text="".join(json.dumps(written) + "\n" for written, _ in base))
        over_base = [line["group"] for line in lines if "group" in line]
        unclear_of_base = sorted(id for line in lines if line.get("unclear") for id in line["ids"])
        if not groups == outcome["groups"] == over_base or sorted(unclear) != unclear_of_base or unclear != outcome.get("unclear", []):
            print(f"base {number} of seed {options.seed}:", *(json.dumps(written) for written, _ in base), sep="\n")
            print("reference:", groups, unclear, "\ndecision: ", outcome["groups"], outcome.get("unclear"), "\nbase:     ", over_base, unclear_of_base)
            return 1
        met["groups"] += len(groups)
        met["unclear"] += len(unclear)
        for group in groups:
            for word in group["matched_by"] + [group["keep_because"]]:
                met[word] += 1
    print(f"{len(bases)} bases agree; met: {met}")
    return 0 if options.bases < 20 or all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
