"""Shows that the oracles catch what can go wrong: builds praxe with seeded faults, one switched on at a time.

    python3 seeded_faults.py --folder /tmp/faults --count 400
    python3 seeded_faults.py --folder /tmp/faults --only hours      those whose name holds the word

The sources are copied into the folder, and each row of FAULTS is applied to the copy; `FAULT` in its new text is true where
the row's number stands in the environment. Prints how many pairs catch each; exit status 1 where one is caught by none. Run by
name, not by ctest: it builds for minutes.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import compare
import generate
from engine import Engine
from pinned import PINNED

PROJECT = Path(__file__).resolve().parents[2]
SWITCH = "PRAXE_SEEDED_FAULT"
PRELUDE = f"""#include <cstdlib>
static const int seeded_fault = [] {{ const char* row = std::getenv("{SWITCH}"); return row ? std::atoi(row) : 0; }}();
"""


class Edit(NamedTuple):
    file: str
    old: str
    new: str


FAULTS = {
    "zone transitions ignored": [
        Edit("run/clock_parts.cpp", "if (zone.civil(limit - 1).offset_seconds == offset)",
             "if (FAULT || zone.civil(limit - 1).offset_seconds == offset)")],
    "one tick late": [
        Edit("run/moving.cpp", "environment)) environment.holds_until(*flip);",
             "environment)) environment.holds_until(*flip + (FAULT ? 1 : 0));")],
    "winner's comparisons only: losing rows forgotten": [
        Edit("run/decide.cpp", "auto basis = std::exchange(track_.basis, {});",
             "auto basis = std::exchange(track_.basis, {}); const Instant before_row = track_.horizon;"),
        Edit("run/decide.cpp", "            track_.basis = std::move(basis);",
             "            track_.basis = std::move(basis); if (FAULT) track_.horizon = before_row;")],
    "items that appear ignored": [
        Edit("run/run.cpp", "Value::boolean(!lies_ahead(record, field, since.as_int()))",
             "Value::boolean(FAULT ? since.as_int() <= moment_->now : !lies_ahead(record, field, since.as_int()))")],
    "facts dated ahead ignored": [
        Edit("run/run.cpp", "field.happens && lies_ahead(*record, index, value.as_int())",
             "field.happens && (FAULT ? value.as_int() > moment_->now : lies_ahead(*record, index, value.as_int()))")],
    "memo forgets its track": [Edit("run/run.cpp", "    count_in(memo.track);", "    if (!FAULT) count_in(memo.track);")],
    "call with arguments forgets its track": [
        Edit("run/run_environment.cpp", "    run_.count_in(inner);", "    if (!FAULT) run_.count_in(inner);")],
    "lets not reset by before": [
        Edit("run/run_environment.cpp", "for (auto& let : inner->let) let.reset();",
             "if (!FAULT) for (auto& let : inner->let) let.reset();")],
    "before takes in what is dated at its instant": [
        Edit("run/run.cpp", "(dated == now && !moment_->strictly_before)",
             "(dated == now && (FAULT || !moment_->strictly_before))")],
    "last day in force ignored": [
        Edit("run/decided.cpp", "std::min(track.horizon, model.effective_until.value_or(never))",
             "FAULT ? track.horizon : std::min(track.horizon, model.effective_until.value_or(never))")],
    "first flip taken for the answer": [
        Edit("run/validity.cpp", "        if (same_shown(model, outcome_, then.outcome)) {",
             "        if (!FAULT && same_shown(model, outcome_, then.outcome)) {")],
    "equality flips but once": [
        Edit("run/moving.cpp", "const bool same = reached(at) && !reached(above)",
             "const bool same = reached(at) && (FAULT ? moving.as_int() == *at : !reached(above))")],
    "date beside the instant: midnight not shifted": [
        Edit("run/moving.cpp", "return ahead == nullptr ? 0 : *ahead;", "return FAULT || ahead == nullptr ? 0 : *ahead;")],
    "clock steps by UTC": [
        Edit("run/clock_parts.cpp", "const Instant local = now + zone.civil(now).offset_seconds * micros_per_second;",
             "const Instant local = now + (FAULT ? 0 : zone.civil(now).offset_seconds * micros_per_second);")],
    "parts of the clock compared from the second step on": [
        Edit("run/clock_parts.cpp", "identical(verdict_at(flip), verdict)",
             "((FAULT && steps == 1) || identical(verdict_at(flip), verdict))")],
    "parts of the clock read for ever": [
        Edit("run/clock_parts.cpp", "    environment.holds_until(read.next_step(read.decided_at()));",
             "    if (!FAULT) environment.holds_until(read.next_step(read.decided_at()));")],
    "business count flips a day late": [
        Edit("run/moving.cpp", "return clock_of(moving).first_at(less);", "return clock_of(moving).first_at(less + (FAULT ? 1 : 0));")],
    "end of the calendar ignored": [
        Edit("run/moving.cpp", "    environment.known_until(moved->when", "    if (!FAULT) environment.known_until(moved->when")],
    "item forgets what the list rested on": [
        Edit("run/validity.cpp", "        own.horizon = std::min(common_.horizon, own.horizon);",
             "        if (!FAULT) own.horizon = std::min(common_.horizon, own.horizon);")],
    "hours: one tick late at closing": [
        Edit("value/opening_hours.cpp", "return span != spans_.end() && at < span->close;",
             "return span != spans_.end() && at < span->close + (FAULT ? 1 : 0);")],
    "hours: a term ends with the next opening": [
        Edit("value/opening_hours.cpp", "std::ranges::lower_bound(spans_, micros, {}, &Span::before)",
             "(FAULT ? std::ranges::upper_bound(spans_, micros, {}, &Span::before)"
             " : std::ranges::lower_bound(spans_, micros, {}, &Span::before))")],
    "hours: half days ignored": [
        Edit("value/opening_hours.cpp", "if (const HoursRule* named = rule_of(day)) return",
             "if (const HoursRule* named = FAULT ? nullptr : rule_of(day)) return")],
    "hours: by UTC": [
        Edit("value/opening_hours.cpp", "zone.instant_of(day, span.from)",
             "(FAULT ? Zone::utc() : zone).instant_of(day, span.from)"),
        Edit("value/opening_hours.cpp", "zone.instant_of(day, span.until)",
             "(FAULT ? Zone::utc() : zone).instant_of(day, span.until)")],
    "hours: absences ignored": [
        Edit("value/business_clock.cpp", "const auto reading = hours_->open_until(at);\n",
             "const auto reading = hours_->open_until(at);\n    if (FAULT) return reading;\n")],
}


def misplaced():
    """Edits whose old text the sources do not hold exactly once."""
    return [f'"{name}": {edit.file} no longer holds this once: {edit.old}' for name, edits in FAULTS.items() for edit in edits
            if (PROJECT / "src" / edit.file).read_text().count(edit.old) != 1]


def seed_faults(folder):
    """A copy of the sources with every fault in it, each behind its number."""
    folder.mkdir(parents=True, exist_ok=True)
    copied = ["src", "include", "cmake", "rules", "CMakeLists.txt", "README.md", "LICENSE"]
    for name in copied:
        source = PROJECT / name
        if source.is_dir():
            shutil.rmtree(folder / name, ignore_errors=True)
            shutil.copytree(source, folder / name)
        elif source.exists():
            shutil.copy(source, folder / name)
    for number, edits in enumerate(FAULTS.values(), 1):
        for edit in edits:
            path = folder / "src" / edit.file
            text = path.read_text()
            text = text if text.startswith(PRELUDE) else PRELUDE + text
            path.write_text(text.replace(edit.old, edit.new.replace("FAULT", f"(seeded_fault == {number})")))


def build(folder):
    command = ["cmake", "-S", folder, "-B", folder / "build/dbg", "-G", "Ninja", "-DPRAXE_TESTS=OFF", "-DPRAXE_INSTALL=OFF",
               "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1"]
    if shutil.which("ccache"):
        command.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    subprocess.run(["nice", "-n", "10", *command], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["nice", "-n", "10", "cmake", "--build", folder / "build/dbg", "--target", "praxe_command"], check=True)
    return folder / "build/dbg/praxe"


def caught_by(job):
    """The faults by name that one pair catches; the name "" where praxe without a fault differs."""
    seed, command, only = job
    by_minutes = seed % 2 == 1
    pair = generate.pair(seed, by_minutes)
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(command, folder)
        os.environ[SWITCH] = "0"
        sound = engine.ask(pair)
        caught = [""] if compare.difference_of(pair, by_minutes, sound)[0] else []
        for number, name in enumerate(FAULTS, 1):
            if only not in name:
                continue
            os.environ[SWITCH] = str(number)
            try:
                answer = engine.ask(pair)
            except ValueError:  # an instant that cannot be
                caught.append(name)
                continue
            if answer != sound and compare.difference_of(pair, by_minutes, answer)[0]:
                caught.append(name)
    return by_minutes, caught


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where the copy is made and built")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a part of the names of the faults to look at")
    options = parser.parse_args()
    if wrong := misplaced():
        sys.exit("\n".join(wrong))
    seed_faults(options.folder)
    command = build(options.folder)
    seeds = [*range(1 - len(PINNED), 1), *range(options.seed, options.seed + options.count)]
    jobs = [(seed, command, options.only) for seed in seeds]
    looked_at = [name for name in FAULTS if options.only in name]
    by_minutes, by_candidates = Counter(), Counter()
    with Pool(2) as pool:
        for minutes, caught in pool.imap_unordered(caught_by, jobs, chunksize=4):
            (by_minutes if minutes else by_candidates).update(caught)
    print(f"pairs of {options.count} that catch it: by minutes, by candidates")
    for name in ["", *looked_at]:
        print(f"{by_minutes[name]:6} {by_candidates[name]:6}  {name or 'without a fault'}")
    sound = by_minutes[""] + by_candidates[""] == 0
    sys.exit(0 if sound and all(by_minutes[name] + by_candidates[name] for name in looked_at) else 1)


if __name__ == "__main__":
    main()
