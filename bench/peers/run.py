"""Measures praxe beside other rules engines on the same 16,384 random leads and prints a table as ../README.md has it.

    python3 bench/peers/run.py [--rounds 5]

The policy is ../columns/policy.yaml: sixteen rules, the first that applies decides. Every engine is embedded in a
program of its own natural language, gets each lead in its own natural form while the clock runs, and must name the same
rule for all leads. Times are of the processor, medians; ratios are those of neighbours, each to the praxe that ran
before it. What cannot be built here is named and left out: CLIPS needs Debian's libclips-dev, ZEN cargo and its crate,
the peers in node npm's packages.
"""

import argparse
import json
import shutil
import statistics
import subprocess
from pathlib import Path

import leads

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
WORK = PROJECT / "build" / "peers"
CASES, PLAIN, TABLE = WORK / "cases.jsonl", WORK / "plain.jsonl", WORK / "leads.json"


def write_data():
    WORK.mkdir(parents=True, exist_ok=True)
    plain = list(leads.plain_leads())
    PLAIN.write_text("".join(json.dumps(lead) + "\n" for lead in plain))
    CASES.write_text("".join(json.dumps(leads.as_case(lead)) + "\n" for lead in plain))
    TABLE.write_text(json.dumps(leads.zen_table()))


def do(*command, **options):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, **options)


def praxe():
    do("cmake", "--preset", "bench", cwd=PROJECT)
    do("cmake", "--build", "--preset", "bench", "--target", "praxe_peer", cwd=PROJECT)
    return [[PROJECT / "build" / "bench" / "bench" / "praxe_peer", PROJECT / "bench" / "columns" / "policy.yaml", CASES]]


def clips():
    do("c++", "-std=c++20", "-O3", HERE / "clips" / "peer.cpp", "-o", WORK / "clips_peer", "-lclips")
    return [[WORK / "clips_peer", HERE / "clips" / "leads.clp", PLAIN]]


def zen():
    do("cargo", "build", "--release", "--quiet", "--manifest-path", HERE / "zen" / "Cargo.toml", "--target-dir", WORK / "zen")
    return [[WORK / "zen" / "release" / "zen_peer", TABLE, PLAIN]]


def node():
    shutil.copytree(HERE / "node", WORK / "node", dirs_exist_ok=True)
    do("npm", "install", "--silent", cwd=WORK / "node")
    return [["node", "zen.mjs", TABLE, PLAIN], ["node", "json_rules_engine.mjs", PLAIN]]


def peers():
    for make in (praxe, clips, zen, node):
        try:
            yield from make()
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{make.__name__} cannot be built here: {error}\n")


def measured(command):
    """The lines that a peer says, one for each way in which it was asked."""
    said = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, cwd=WORK / "node").stdout
    return [json.loads(line) for line in said.splitlines()]


def pairs(commands, rounds):
    """What praxe and then a peer say, again and again: what else the machine does slows neighbours alike."""
    own, *others = commands
    for _ in range(rounds):
        for command in others or [own]:
            yield measured(own) + (measured(command) if others else [])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    write_data()
    (WORK / "node").mkdir(exist_ok=True)
    taken, ratios, rules = {}, {}, None
    for lines in pairs(list(peers()), rounds):
        base = min(line["nanoseconds"] for line in lines if line["engine"].startswith("praxe"))
        for line in lines:
            rules = rules or line["rules"]
            if line["rules"] != rules:
                raise SystemExit(f"{line['engine']} decides other rules than {next(iter(taken))[0]}")
            name = line["engine"], line["version"]
            taken.setdefault(name, []).append(line["nanoseconds"])
            ratios.setdefault(name, []).append(line["nanoseconds"] / base)
    print(f"| {leads.CASES:,} leads, one after another | version | median | to praxe |\n|-|-|-:|-:|")
    for (engine, version), times in sorted(taken.items(), key=lambda row: statistics.median(row[1])):
        print(f"| {engine} | {version} | {statistics.median(times):,.0f} ns | {statistics.median(ratios[engine, version]):.1f} |")


if __name__ == "__main__":
    main()
