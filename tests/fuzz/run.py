#!/usr/bin/env python3
"""Runs the fuzzers of a build: first every input that ever failed (tests/fuzz/found/TARGET/…), then new ones.

Usage: run.py BUILD [--seconds N] [--targets a,b]    N seconds over all targets together

What is learnt stays in BUILD/fuzz/corpus. An input that fails is left in BUILD/fuzz/failed and named; once its cause is
mended it goes to tests/fuzz/found.
"""
import argparse
import pathlib
import re
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
all_targets = ["expression", "ruleset", "vocabulary", "facts_yaml", "facts_json", "scenario", "decide_json"]
bounds = ["-timeout=10", "-rss_limit_mb=2048", "-max_len=20000", "-close_fd_mask=1"]


def replay(program, target):
    inputs = sorted((here / "found" / target).glob("*"))
    if not inputs:
        return True
    done = subprocess.run([program, *bounds, *map(str, inputs)], stderr=subprocess.PIPE, text=True, errors="replace")
    if done.returncode != 0:
        print(done.stderr[-4000:])
    print(f"{target}: {len(inputs)} inputs that failed once: {'well' if done.returncode == 0 else 'FAILED'}")
    return done.returncode == 0


def fuzz(program, target, folder, seconds):
    corpus, failed = folder / "corpus" / target, folder / "failed"
    corpus.mkdir(parents=True, exist_ok=True)
    failed.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [program, *bounds, f"-max_total_time={seconds}", f"-dict={folder / 'praxe.dict'}",
         f"-artifact_prefix={failed}/{target}-", "-print_final_stats=1", str(corpus), str(folder / "seeds" / target)],
        stderr=subprocess.PIPE, text=True, errors="replace")
    states = re.findall(r"^#(\d+).*?cov: (\d+) ft: (\d+)", done.stderr, re.M)
    runs, cov, features = states[-1] if states else ("0", "0", "0")
    print(f"{target}: {seconds} s, {runs} runs, {cov} edges, {features} features: "
          f"{'well' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode != 0:
        print(done.stderr[-6000:])
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--targets", default=",".join(all_targets))
    options = parser.parse_args()
    targets = options.targets.split(",")
    folder = options.build / "fuzz"
    subprocess.run([sys.executable, here / "seeds.py", folder], check=True, stdout=subprocess.DEVNULL)
    well = True
    for target in targets:
        program = str(options.build / "tests" / "fuzz" / f"fuzz_{target}")
        well = replay(program, target) and well
        well = fuzz(program, target, folder, max(1, options.seconds // len(targets))) and well
    return 0 if well else 1


sys.exit(main())
