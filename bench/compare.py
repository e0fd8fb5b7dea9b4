"""Holds a change against its base: the same works in both, one after the other, in one run.

    python3 bench/compare.py origin/main            the working tree against a commit; builds both
    python3 bench/compare.py --built BASE CHANGE    two praxe_work that are built already
    python3 bench/compare.py --quick …              a fixed subset
    python3 bench/compare.py --held WORK            one praxe_work that is built already, its fixed subset against the counts
                                                    that are kept in counts.json, as CI does; --record keeps those it has now

Counts are kept for one compiler and one valgrind; with others there is nothing to hold them against, which is no failure.
Each side reads the rules of its own tree: where they differ, so does the work.

Counts instructions (valgrind's, inside of `measured` alone), which hardly vary, and says by how much the processor's time
differs, which does. Exit status 1 where a work takes more instructions than its base by more than the bound.
"""

import argparse
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BUILDS = PROJECT / "build" / "compare"
TIMES = {"load": 2, "explain_all": 32, "decide_all_valid_until": 64, "decide_four_by_hand": 4096}
USUAL_TIMES = 256
QUICK = ("load", "read_case", "session_four", "session_four_structs", "decide_four", "decide_four_valid_until")
COUNTS = PROJECT / "bench" / "counts.json"


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options).stdout


def build(source, folder):
    run("cmake", "-S", source, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DPRAXE_TESTS=OFF",
        "-DPRAXE_BENCH=ON", "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG")
    run("cmake", "--build", folder, "--target", "praxe_work")
    return folder / "bench" / "praxe_work"


def build_both(commit):
    """The base with the benchmarks of the change, so that both do the same."""
    base = BUILDS / "source"
    if not (base / ".git").exists():
        run("git", "worktree", "add", "--detach", base, commit, cwd=PROJECT)
    run("git", "checkout", "--detach", "--force", commit, cwd=base)
    shutil.rmtree(base / "bench")
    shutil.copytree(PROJECT / "bench", base / "bench")
    return build(base, BUILDS / "base"), build(PROJECT, BUILDS / "change")


def works_of(program):
    return run(program).split()


def instructions(program, work, times):
    said = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=measured",
                           str(program), work, str(times)], check=True, capture_output=True, text=True).stderr
    return int(re.search(r"refs:\s+([\d,]+)", said)[1].replace(",", "")) // times


def seconds(program, work, times):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(program, work, times)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def time_ratio(base, change, work, times, rounds):
    """The median of the ratios of neighbours: what else the machine does slows both."""
    ratios = []
    for _ in range(rounds):
        one = seconds(base, work, times) - seconds(base, work, 0)
        other = seconds(change, work, times) - seconds(change, work, 0)
        if one > 0:
            ratios.append(other / one)
    return f"{statistics.median(ratios):.2f}" if ratios else "-"


def tools(program):
    """What counts depend on beside the sources: compilers, as they say so in the program, and valgrind."""
    compilers = re.findall(rb"GCC: \([^)]*\) [\d.]+|clang version [\d.]+", Path(program).read_bytes())
    return sorted({compiler.decode() for compiler in compilers}) + [run("valgrind", "--version").strip()]


def kept():
    return json.loads(COUNTS.read_text())


def held(program, bound, record):
    """The fixed subset against the counts that are kept."""
    with_tools = tools(program)
    if not record and with_tools != kept()["tools"]:
        print(f"counts are kept for {', '.join(kept()['tools'])}; here are {', '.join(with_tools)}: nothing is compared")
        return 0
    counts = {work: instructions(program, work, TIMES.get(work, USUAL_TIMES)) for work in QUICK}
    if record:
        COUNTS.write_text(json.dumps({"tools": with_tools, "instructions": counts}, indent=2) + "\n")
        return 0
    return compared(((work, kept()["instructions"][work], count, "-") for work, count in counts.items()), bound)


def compared(rows, bound):
    """Prints rows of a work, its base, its change and their times; 1 where one takes more than the bound allows."""
    worse = []
    print("| work | base, instructions | change | ratio | time |\n|-|-:|-:|-:|-:|")
    for work, before, after, time in rows:
        ratio = after / before
        print(f"| {work} | {before:,} | {after:,} | {ratio:.3f} | {time} |", flush=True)
        if ratio > 1 + bound / 100:
            worse.append(work)
    if worse:
        print(f"more instructions than the base, by more than {bound:g} %: {', '.join(worse)}", file=sys.stderr)
    return 1 if worse else 0


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("commit", nargs="?", default="origin/main")
    options.add_argument("--built", nargs=2, type=Path, metavar=("BASE", "CHANGE"))
    options.add_argument("--quick", action="store_true", help="a fixed subset, and no times")
    options.add_argument("--held", type=Path, metavar="WORK")
    options.add_argument("--record", action="store_true", help="with --held: keep the counts")
    options.add_argument("--bound", type=float, default=2.0, help="per cent more instructions that pass as noise")
    options.add_argument("--rounds", type=int, default=5, help="pairs of runs whose times are compared; 0: none")
    chosen = options.parse_args()
    if chosen.held:
        return held(chosen.held.resolve(), chosen.bound, chosen.record)
    base, change = (path.resolve() for path in chosen.built or build_both(chosen.commit))
    works = [work for work in works_of(change) if work in works_of(base) and (work in QUICK or not chosen.quick)]

    def row(work):
        times = TIMES.get(work, USUAL_TIMES)
        timed = not chosen.quick and chosen.rounds
        return (work, instructions(base, work, times), instructions(change, work, times),
                time_ratio(base, change, work, times * 8, chosen.rounds) if timed else "-")

    return compared((row(work) for work in works), chosen.bound)


if __name__ == "__main__":
    sys.exit(main())
