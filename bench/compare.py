"""Holds a change against its base: the same works in both, one after the other, in one run.

    python3 bench/compare.py origin/main            the working tree against a commit; builds both
    python3 bench/compare.py --built BASE CHANGE    two praxe_work that are built already
    python3 bench/compare.py --quick …              a fixed subset, for CI

Each side reads the rules of its own tree: where they differ, so does the work.

Counts instructions (valgrind's, inside of `measured` alone), which hardly vary, and says by how much the processor's time
differs, which does. Exit status 1 where a work takes more instructions than its base by more than the bound.
"""

import argparse
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
QUICK = ("load", "decide_four", "decide_four_valid_until")


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


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("commit", nargs="?", default="origin/main")
    options.add_argument("--built", nargs=2, type=Path, metavar=("BASE", "CHANGE"))
    options.add_argument("--quick", action="store_true", help="a fixed subset, and no times")
    options.add_argument("--bound", type=float, default=2.0, help="per cent more instructions that pass as noise")
    options.add_argument("--rounds", type=int, default=5, help="pairs of runs whose times are compared; 0: none")
    chosen = options.parse_args()
    base, change = (path.resolve() for path in chosen.built or build_both(chosen.commit))
    works = [work for work in works_of(change) if work in works_of(base) and (work in QUICK or not chosen.quick)]
    worse = []
    print("| work | base, instructions | change | ratio | time |\n|-|-:|-:|-:|-:|")
    for work in works:
        times = TIMES.get(work, USUAL_TIMES)
        before, after = instructions(base, work, times), instructions(change, work, times)
        ratio = after / before
        time = "-" if chosen.quick or not chosen.rounds else time_ratio(base, change, work, times * 8, chosen.rounds)
        print(f"| {work} | {before:,} | {after:,} | {ratio:.3f} | {time} |", flush=True)
        if ratio > 1 + chosen.bound / 100:
            worse.append(work)
    if worse:
        print(f"more instructions than the base, by more than {chosen.bound:g} %: {', '.join(worse)}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
