#!/usr/bin/env python3
"""Includes run downward only, and a library that only one place knows is included there alone.

Usage: layers.py [ROOT]. Prints one line for each include that goes the wrong way; exit status 1 if there is any.
"""
import re
import sys
from pathlib import Path

# Lowest first. Rooms of one step do not know each other.
STEPS = [
    {"text"},
    {"value"},
    {"syntax"},
    {"document"},
    {"facts", "format"},
    {"check"},
    {"table"},
    {"plan", "program"},
    {"run"},
    {"machine"},
    {"analyse"},
    {"pipeline"},  # src/*.cpp: the whole way on one page
    {"bind", "history", "scenario", "timeline", "agenda", "measure", "duplicates", "columns"},
    {"capi", "cli"},
]
HEIGHT = {room: height for height, rooms in enumerate(STEPS) for room in rooms}

# The lowest room that may include a public header: the one that brings it about, or the first that speaks of it.
PUBLIC_HEADERS = {
    "bind.hpp": "bind",
    "book.hpp": "pipeline",
    "columns.hpp": "columns",
    "cost.hpp": "check",
    "crm.hpp": "bind",
    "decision.hpp": "run",
    "diagnostics.hpp": "text",
    "duplicates.hpp": "duplicates",
    "export.hpp": "text",
    "history.hpp": "history",
    "host.hpp": "bind",
    "host_cell.hpp": "facts",
    "limits.hpp": "value",
    "live.hpp": "pipeline",
    "look.hpp": "bind",
    "measure.hpp": "measure",
    "overlay.hpp": "document",
    "praxe.h": "capi",
    "result.hpp": "text",
    "ruleset.hpp": "pipeline",
    "session.hpp": "pipeline",
    "value.hpp": "value",
    "view.hpp": "machine",
}

# A library → the files that may include it, and how many of them there may be.
LIBRARIES = {
    "yaml-cpp/": (r"src/document/yaml\.cpp", 1),
    "rapidjson/": (r"src/document/json\.cpp|src/document/json_writer\.hpp", 2),
    "boost/graph/": (r"src/plan/order\.cpp", 1),
    "boost/pending/": (r"src/value/links\.cpp", 1),
    "phonenumbers/": (r"src/value/phone_library\.cpp", 1),
    "boost/date_time/": (r"src/.*\.cpp", 1),
    "libical/": (r"src/cli/icalendar\.cpp", 1),
    "absl/time/": (r"src/value/time\w*\.cpp", 9),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def room_of(path):
    """`src/value/time.cpp`, `include/praxe/value.hpp` → the room."""
    parts = path.split("/")
    if parts[0] == "include":
        return PUBLIC_HEADERS.get(parts[-1], "(none)")
    return parts[1] if len(parts) > 2 else "pipeline"


def included_file(name, root):
    """The project's own file that an include names, from ROOT, or None."""
    for folder in ("include", "src"):
        if (root / folder / name).is_file():
            return f"{folder}/{name}"
    return None


def wrong_way(path, target):
    """Why `path` may not include `target`, or None."""
    here, there = room_of(path), room_of(target)
    if path.startswith("include/") and not target.startswith("include/"):
        return "a public header includes public headers only"
    if here == there or HEIGHT[there] < HEIGHT[here]:
        return None
    if HEIGHT[there] == HEIGHT[here]:
        return f"{here} and {there} do not know each other"
    return f"{here} lies below {there}"


def main(root):
    findings = []
    users = {library: set() for library in LIBRARIES}
    files = sorted(p for folder in ("src", "include") for p in (root / folder).rglob("*.[ch]pp"))
    files += sorted((root / "include").rglob("*.h"))
    for file in files:
        path = file.relative_to(root).as_posix()
        text = file.read_text(encoding="utf-8")
        if room_of(path) not in HEIGHT:
            findings.append(f"{path}: tests/house/layers.py does not say where this stands")
            continue
        for match in INCLUDE.finditer(text):
            bracket, name = match.groups()
            place = f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
            target = included_file(name, root)
            if target is None and bracket == '"':
                findings.append(f'{place}: "{name}" is no file of src/ or include/')
            elif target is not None and room_of(target) in HEIGHT:
                reason = wrong_way(path, target)
                if reason:
                    findings.append(f"{place}: includes {target}, but {reason}")
            for library, (allowed, _) in LIBRARIES.items():
                if name.startswith(library):
                    users[library].add(path)
                    if not re.fullmatch(allowed, path):
                        findings.append(f"{place}: {library} is for {allowed} alone")
    for library, (_, most) in LIBRARIES.items():
        if len(users[library]) > most:
            findings.append(f"{library} is included by {len(users[library])} files: {', '.join(sorted(users[library]))}")
    if not files:
        findings.append(f"{root}: no sources here")
    print(*findings, sep="\n", end="\n" if findings else "")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]))
