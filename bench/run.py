"""Builds and runs the benchmarks and prints bench/README.md's tables.

    python3 bench/run.py [--lines 1000000] [--repetitions 5] [--peers]

Times are of the processor, not of the clock, so that what else runs on the machine disturbs them less. Where valgrind
is installed, instructions are counted too: those hardly vary from run to run.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
RULESET = PROJECT / "rules" / "company.yaml"
SHORT_STREAM = 10_000
COUNTED_LINES = 500
CONDITIONS = PROJECT / "bench" / "conditions.json"
COUNTED_TIMES = 1000
LIMIT_TIMES = 256
LIMITS = [  # of praxe_limit_bench, what it is, and which of praxe_work counts it
    ("four_by_hand", "C++ by hand, over structs", "decide_four_by_hand"),
    ("four_in_a_session/outcome_and_reasons", "praxe in a session, outcomes and reasons", "session_four"),
    ("four_in_a_session_from_structs", "praxe in a session, from structs in place", "session_four_structs"),
    ("four_in_a_session/with_valid_until", "praxe in a session, with `valid_until`", "session_four_valid_until"),
    ("four_in_luajit", "LuaJIT, facts as tables for each case", None),
    ("four/outcome_and_reasons", "praxe, outcomes and reasons that stand alone", "decide_four"),
    ("four/with_valid_until", "praxe, with `valid_until`", "decide_four_valid_until"),
    ("four_from_structs", "praxe, from bound structs", None),
    ("four/by_the_reference_engine", "praxe's reference, outcomes and reasons", None),
    ("four/by_the_reference_engine_with_valid_until", "praxe's reference, with `valid_until`", None),
]
IN_A_SESSION, FROM_STRUCTS, UNTIL = (LIMITS[i][0] for i in (1, 2, 3))

MEASURES = [
    ("load", "load rules/company.yaml"),
    ("read_case", "read one case from JSON, checked against the vocabulary"),
    ("decide/all_outcome_only", "decide one case, every question, without `valid_until`"),
    ("decide/all_with_valid_until", "the same with `valid_until`"),
    ("decide/reservations_outcome_only", "`reservations` alone, without `valid_until`"),
    ("decide/reservations_with_valid_until", "the same with `valid_until`"),
    ("decide/lead_owner_outcome_only", "`lead_owner` alone, without `valid_until`"),
    ("decide/lead_owner_with_valid_until", "the same with `valid_until`"),
    ("from_json/lead_owner_outcome_only", "`lead_owner` from JSON text, read each time, without `valid_until`"),
    ("from_json/lead_owner_with_valid_until", "the same with `valid_until`"),
    ("from_structs/lead_owner_outcome_only", "`lead_owner` from bound structs, without `valid_until`"),
    ("from_structs/lead_owner_with_valid_until", "the same with `valid_until`"),
    ("answers_to_json", "write the answers of one case as JSON"),
]


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=PROJECT).stdout


def build():
    """With LuaJIT beside praxe where it is installed."""
    luajit = subprocess.run(["pkg-config", "--exists", "luajit"], check=False).returncode == 0
    with_luajit = f"-DPRAXE_BENCH_LUAJIT={'ON' if luajit else 'OFF'}"
    for command in (["cmake", "--preset", "bench", with_luajit], ["cmake", "--build", "--preset", "bench"]):
        subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
    return PROJECT / "build" / "bench"


def table(*rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    print("\n".join(lines) + "\n")


def machine():
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())
    compiler = output("c++", "--version").splitlines()[0]
    return (f"{processor[1] if processor else platform.processor()}, {os.cpu_count()} cores; {system[1]}; {compiler}, "
            f"Release; {date.today()}; "
            f"load average while measuring {os.getloadavg()[1]:.1f}")


def one_at_a_time(folder, repetitions):
    report = json.loads(output(str(folder / "bench" / "praxe_bench"), "--benchmark_format=json",
                               f"--benchmark_repetitions={repetitions}", "--benchmark_report_aggregates_only=true"))
    found = {(one["run_name"], one["aggregate_name"]): one for one in report["benchmarks"]}
    rows = [("measure", "median", "spread")]
    for name, meaning in MEASURES:
        median = found[name, "median"]
        spread = 100 * found[name, "stddev"]["cpu_time"] / found[name, "mean"]["cpu_time"]
        rows.append((meaning, f"{median['cpu_time']:.3g} {median['time_unit']}", f"± {spread:.0f} %"))
    table(*rows)


def of_work(folder, work, times):
    """Instructions of one piece of work (work.cpp)."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=measured",
               str(folder / "bench" / "praxe_work"), work, str(times)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return int(re.search(r"refs:\s+([\d,]+)", said)[1].replace(",", "")) // times


def to_the_limit(folder, repetitions):
    """praxe beside the same policy by hand, in one process: the ratios of times and of instructions, by LIMITS' names."""
    report = json.loads(output(str(folder / "bench" / "praxe_limit_bench"), "--benchmark_format=json",
                               f"--benchmark_repetitions={repetitions}", "--benchmark_report_aggregates_only=true",
                               "--benchmark_enable_random_interleaving=true"))
    found = {one["run_name"]: one["cpu_time"] for one in report["benchmarks"] if one["aggregate_name"] == "median"}
    counting = shutil.which("valgrind")
    counts = {name: of_work(folder, work, LIMIT_TIMES) for name, _, work in LIMITS if counting and work}
    by_hand = LIMITS[0][0]
    rows = [("reservations, lead owner, debt, commission of one case", "median", "to C++", "instructions", "to C++")]
    for name, meaning, _ in (one for one in LIMITS if one[0] in found):
        count = counts.get(name)
        rows.append((meaning, f"{found[name]:,.0f} ns", f"{found[name] / found[by_hand]:.1f}", f"{count:,}" if count else "",
                     f"{count / counts[by_hand]:.0f}" if count else ""))
    table(*rows)
    return ({name: time / found[by_hand] for name, time in found.items()},
            {name: count / counts[by_hand] for name, count in counts.items()})


def made_by(*command):
    """The cells of the table that the program prints, which is printed here too."""
    said = output(*(str(part) for part in command))
    print(said)
    lines = [line for line in said.splitlines() if line.startswith("|") and not line.startswith("|-")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def aims(times, counts, tables, columns, loads, peers):
    """What is aimed at beside what these runs came to: ratios, each of medians in one run."""
    of_ten_thousand = ", ".join(f"{row[5]} ({row[0]})" for row in tables if row[1] == "10000")
    in_one_thread = next(row[4] for row in columns if row[1] == "1")
    luajit = times.get("four_in_luajit")
    to_luajit = (f"{times[IN_A_SESSION] / luajit:.2f} of its time with a case that was read, {times[FROM_STRUCTS] / luajit:.2f} "
                 "from structs") if luajit else "not installed"
    table(("work", "aim", "today"),
          ("one case, four decisions, reasons: time to C++ by hand", "3", f"{times[IN_A_SESSION]:.1f} in a session"),
          ("the same, instructions", "6", f"{counts[IN_A_SESSION]:.0f}" if counts else "not counted"),
          ("the same with `valid_until`, time", "9", f"{times[UNTIL]:.1f}"),
          ("first-hit table, 10,000 rows, look-up alone: to the index by hand", "1.5", of_ten_thousand),
          ("batch of 10 million rows, 16 scalar rules, to columns by hand", "1.5", in_one_thread),
          ("load of 10,000 rows, to `YAML::Load` of the same as flow lists", "1.5; as a text table 0.8",
           f"{loads[1][2]}; {loads[2][2]}; as rules in flow style {loads[4][2]}"),
          ("LuaJIT with the facts as tables", "faster", to_luajit),
          ("other rules engines, facts included", "10 times as fast",
           ", ".join(f"{row[0]} {row[3]}" for row in peers if not row[0].startswith("praxe")) or "not run: --peers"))


def peak_kib(pid):
    """The most memory that the process has had resident so far; what wait4 says would count this script's own too."""
    status = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(status[1]) if status else 0


def stream(folder, lines, *options):
    """Processor seconds and peak KiB of `praxe decide --jsonl` alone, the writer of the cases not counted."""
    writer = subprocess.Popen([folder / "bench" / "praxe_write_cases", str(lines)], stdout=subprocess.PIPE)
    praxe = subprocess.Popen([folder / "praxe", "decide", "-r", RULESET, "--jsonl", *options], stdin=writer.stdout,
                             stdout=subprocess.DEVNULL)
    writer.stdout.close()
    peak, ended = 0, 0
    while not ended:
        peak = max(peak, peak_kib(praxe.pid))
        time.sleep(0.01)
        ended, status, used = os.wait4(praxe.pid, os.WNOHANG)
    if writer.wait() != 0 or status != 0:
        raise SystemExit(f"the stream of {lines} cases failed")
    return used.ru_utime + used.ru_stime, peak


def streams(folder, lines):
    rows = [("`praxe decide --jsonl`", "cases", "cases per second", "peak memory")]
    for what, count, options in (("every question", SHORT_STREAM, ()), ("every question", lines, ()),
                                 ("without `valid_until`", SHORT_STREAM, ("--no-valid-until",))):
        seconds, peak = stream(folder, count, *options)
        rows.append((what, f"{count:,}", f"{count / seconds:,.0f}", f"{peak / 1024:.1f} MiB"))
    table(*rows)


def instructions(folder, cases, *options):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(folder / "praxe"), "decide", "-r",
               str(RULESET), "--jsonl", *options]
    said = subprocess.run(command, input=cases, check=True, capture_output=True, text=True).stderr
    return int(re.search(r"refs:\s+([\d,]+)", said)[1].replace(",", ""))


def counted(folder):
    if not shutil.which("valgrind"):
        return
    cases = output(str(folder / "bench" / "praxe_write_cases"), str(COUNTED_LINES))
    empty = instructions(folder, "")
    rows = [("`praxe decide --jsonl`", "instructions"), ("start, load rules/company.yaml, no case", f"{empty:,}")]
    for options, what in (((), "each case more, every question"), (("--no-valid-until",), "the same without `valid_until`")):
        rows.append((what, f"{(instructions(folder, cases, *options) - empty) // COUNTED_LINES:,}"))
    table(*rows)


def repeated(folder, place, times):
    """Instructions of one condition, compiled once and evaluated so many times."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
               str(folder / "bench" / "praxe_expression_bench"), "--repeat", str(times), str(place)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return int(re.search(r"refs:\s+([\d,]+)", said)[1].replace(",", ""))


def expressions(folder, repetitions):
    report = json.loads(output(str(folder / "bench" / "praxe_expression_bench"), "--benchmark_format=json",
                               f"--benchmark_repetitions={repetitions}", "--benchmark_report_aggregates_only=true"))
    found = {one["run_name"]: one["cpu_time"] for one in report["benchmarks"] if one["aggregate_name"] == "median"}
    counting = shutil.which("valgrind")
    rows = [("expression", "median", "instructions"),
            ("compile 1,070 bytes: read and checked", f"{found['compile/kilobyte'] / 1000:.0f} us", "")]
    for place, condition in enumerate(json.loads(CONDITIONS.read_text())["conditions"]):
        count = (repeated(folder, place, COUNTED_TIMES) - repeated(folder, place, 0)) // COUNTED_TIMES if counting else 0
        shown = condition.replace("|", r"\|")
        rows.append((f"`{shown}`", f"{found['evaluate/' + condition]:.0f} ns", f"{count:,}"))
    table(*rows)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--lines", type=int, default=1_000_000, help="length of the long stream")
    options.add_argument("--repetitions", type=int, default=5)
    options.add_argument("--built", type=Path, help="a folder that is built already, instead of the preset's")
    options.add_argument("--peers", action="store_true", help="other rules engines too, those that can be built here")
    chosen = options.parse_args()
    folder = chosen.built.resolve() if chosen.built else build()
    one_at_a_time(folder, chosen.repetitions)
    invoices = Path(os.environ.get("PRAXE_DATA_DIR", "")) / "online_retail" / "invoices.csv"
    times, counts = to_the_limit(folder, chosen.repetitions)
    tables = made_by(folder / "bench" / "praxe_table_bench")
    columns = made_by(folder / "bench" / "praxe_columns_bench")
    print(output(str(folder / "bench" / "praxe_invoices_bench"), "10000000", *([str(invoices)] if invoices.exists() else [])))
    loads = made_by(folder / "bench" / "praxe_load_bench")
    peers = made_by(sys.executable, PROJECT / "bench" / "peers" / "run.py") if chosen.peers else []
    aims(times, counts, tables, columns, loads, peers)
    expressions(folder, chosen.repetitions)
    streams(folder, chosen.lines)
    counted(folder)
    print(output(str(folder / "bench" / "praxe_time_bench")))
    print(machine())


if __name__ == "__main__":
    main()
