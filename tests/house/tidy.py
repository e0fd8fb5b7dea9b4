#!/usr/bin/env python3
"""Runs clang-tidy-19 over src/, as many files at a time as there are cores, and remembers what was clean.

Usage: tidy.py BUILD_DIRECTORY [FILE…]. BUILD_DIRECTORY holds compile_commands.json. A file is looked at again only when
it, a header of the project that it includes, its compile command or .clang-tidy changed since it was clean.
Prints what clang-tidy says; exit status 1 if it says anything.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIDY = "clang-tidy-19"
MEMORY = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "praxe-tidy"

# Headers of Debian 12 that clang 19 does not accept, with the reason: what includes them is left out, and named.
NOT_FOR_CLANG = {"rapidjson/document.h": "it assigns to a const member"}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def includes_of(file, seen, foreign):
    """Adds `file` and the project's headers it includes to `seen`, the names of other headers to `foreign`."""
    if file in seen:
        return
    seen.add(file)
    for name in INCLUDE.findall(file.read_text(encoding="utf-8")):
        own = next((ROOT / folder / name for folder in ("src", "include") if (ROOT / folder / name).is_file()), None)
        if own:
            includes_of(own, seen, foreign)
        else:
            foreign.add(name)


def key_of(command, files, config):
    """Changes when anything does that the verdict on a file hangs on."""
    digest = hashlib.sha256(f"{TIDY}\n{config}\n{command}\n".encode())
    for file in sorted(files):
        digest.update(f"{file}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def look_at(file, build):
    result = subprocess.run(
        [TIDY, "--quiet", "-p", str(build), str(file)], capture_output=True, text=True, errors="replace", check=False
    )
    complaint = result.stdout.strip() or result.stderr.strip() if result.returncode else ""
    return file, complaint


def main(build, wanted):
    started = time.monotonic()
    config = (ROOT / ".clang-tidy").read_text(encoding="utf-8")
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    todo, left_out, remembered = {}, [], 0
    for entry in commands:
        file = Path(entry["directory"], entry["file"]).resolve()
        if not file.is_relative_to(ROOT / "src") or (wanted and file not in wanted):
            continue
        seen, foreign = set(), set()
        includes_of(file, seen, foreign)
        refused = sorted(foreign & NOT_FOR_CLANG.keys())
        if refused:
            left_out.append(f"{file.relative_to(ROOT)}: left out, includes <{refused[0]}>: {NOT_FOR_CLANG[refused[0]]}")
            continue
        mark = MEMORY / key_of(entry["command"], seen, config)
        if mark.exists():
            remembered += 1
        else:
            todo[file] = mark
    MEMORY.mkdir(parents=True, exist_ok=True)
    bad = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, complaint in pool.map(lambda f: look_at(f, build), todo):
            if complaint:
                bad += 1
                print(complaint, flush=True)
            else:
                todo[file].touch()
    print(*left_out, sep="\n", end="\n" if left_out else "")
    print(f"{len(todo)} files looked at, {bad} with findings; {remembered} clean before; "
          f"{time.monotonic() - started:.0f} s")
    if not todo and not remembered:
        print(f"{build}: no command for a file of src/")
        return 1
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__.split("\n\n")[1])
    sys.exit(main(Path(sys.argv[1]).resolve(), {Path(file).resolve() for file in sys.argv[2:]}))
