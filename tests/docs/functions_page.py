#!/usr/bin/env python3
"""docs/functions.md: every function of the table that the library really has, with what functions.txt says of it.

Usage: functions_page.py    with PRAXE_COMMAND in the environment; PRAXE_RECORD=1 writes the page anew.
The page's examples are run by language_test.cpp.
"""
import collections
import difflib
import os
import pathlib
import re
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
page = here.parents[1] / "docs" / "functions.md"
notes = here / "functions.txt"
STEPS = {"1": "1", "read": "*read*", "read text": "1; of a text, *read*"}
fewest_merged = 3  # types that a row is written once for, with T for all of them

HEAD = """# Functions

Every function, operator and macro of [the language](language.md), made from the library's own table
(`praxe eval --functions`) and `tests/docs/functions.txt`. All of them also fail where an argument fails, the leftmost first; `&&`, `||`, `?:`, `all`, `exists`,
`or`, `orValue` and `cel.bind` look at no more than they need.

**Steps** are what a call takes of an evaluation's budget ([limits.hpp](../include/praxe/limits.hpp)), beside those of its arguments: 1, or *read*, which is 1 and
one more for each 64 bytes of its texts, lists and maps as they would be written out. What is made is charged by its bytes.
**T** is any one of the types named. *Plain* rows are for plain CEL alone: rulesets have no `dyn`.
"""


def read_notes():
    sections = collections.OrderedDict()
    for line in notes.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            rows = sections.setdefault(line[3:], [])
        elif line and not line.startswith("# "):
            name, rest = line.split(" | ", 1)
            fails, steps, example = re.split(r" ?\|(?: |$)", rest, maxsplit=2)
            rows.append((name, fails, steps, example))
    return sections


def table():
    """name → [(signature, what it does, steps)], and macro → how it is written."""
    functions, macros = collections.OrderedDict(), {}
    out = subprocess.run([os.environ["PRAXE_COMMAND"], "eval", "--functions"], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        name, signature, does, steps = line.split("\t")
        if signature:
            functions.setdefault(name, []).append((signature, does, STEPS.get(steps)))
        else:
            macros[name] = does
    return functions, macros


def merged(signatures):
    """Signatures that differ in one type alone, written once with T: [(signature, types)]."""
    forms = collections.OrderedDict()
    for signature in signatures:
        for word in sorted(set(re.findall(r"\b[a-z_]+\b", signature)) - {"list", "map", "optional_type"}):
            params, result = signature.split(" -> ")
            of_params = re.sub(rf"\b{word}\b", "T", params)
            for form in {f"{of_params} -> {result}", f"{of_params} -> " + re.sub(rf"\b{word}\b", "T", result)}:
                if of_params != params:
                    forms.setdefault(form, []).append((word, signature))
    left, out = list(signatures), []
    for form, users in sorted(forms.items(), key=lambda item: -len(item[1])):
        users = [(word, s) for word, s in users if s in left]
        if len(users) >= fewest_merged:
            out.append((form, [word for word, _ in users]))
            left = [s for s in left if s not in [u for _, u in users]]
    return out + [(s, []) for s in left]


def written(name, signature):
    """`string.(int) -> string` of charAt → `string.charAt(int) → string`; operators between their operands."""
    receiver, params, result = re.fullmatch(r"(?:(.*?)\.)?\((.*)\) -> (.*)", signature).groups()
    parts = re.findall(r"(?:[^,()]|\([^()]*(?:\([^()]*\))?[^()]*\))+", params)
    parts = [part.strip() for part in parts]
    if name == "_[_]":
        call = f"{parts[0]}[{parts[1]}]"
    elif name == "_?_:_":
        call = f"{parts[0]} ? {parts[1]} : {parts[2]}"
    elif name == "@in":
        call = f"{parts[0]} in {parts[1]}"
    elif name.startswith("_"):
        call = f"{parts[0]} {name.strip('_')} {parts[1]}"
    elif name.endswith("_"):
        call = name.strip("_") + parts[0]
    else:
        call = f"{receiver}.{name}({params})" if receiver else f"{name}({params})"
    return code(f"{call} → {result}".replace("optional_type", "optional"))


def code(text):
    return "`" + text.replace("|", r"\|") + "`"


def rows_of(name, overloads):
    """One row for all overloads that do the same: (how it is written, what it does, its steps)."""
    groups = collections.OrderedDict()
    for signature, does, steps in overloads:
        groups.setdefault((does, steps), []).append(signature)
    for (does, steps), signatures in groups.items():
        lines = []
        for form, types in merged(signatures):
            lines.append(written(name, form) + (f" T: {', '.join(types)}" if types else ""))
        plain = " *plain*" if all("dyn" in s for s in signatures) else ""
        yield "<br>".join(lines) + plain, does, steps


def made():
    functions, macros = table()
    out, known = [HEAD], set()
    for title, rows in read_notes().items():
        out.append(f"\n## {title}\n\n| written | gives | fails | steps |\n| --- | --- | --- | --- |")
        examples = []
        for name, fails, steps, example in rows:
            known.add(name)
            cells = rows_of(name, functions[name]) if name in functions else [(code(macros.get(name, name)), "", steps)]
            if name not in functions and name not in macros:
                sys.exit(f"{notes}: there is no function {name}")
            for call, does, told in cells:
                out.append(f"| {call} | {does} | {fails} | {steps or told} |")
                fails = "″"
            if example:
                examples.append(example)
        if not examples:
            continue
        width = max(len(example.split(" => ")[0]) for example in examples if len(example) < 100)
        lines = [f"{left:{width}} => {right}" for left, right in (example.rsplit(" => ", 1) for example in examples)]
        out.append("\n```cel\n" + "\n".join(lines) + "\n```")
    missing = (set(functions) | set(macros)) - known
    if missing:
        sys.exit(f"{notes}: nothing is said of {', '.join(sorted(missing))}")
    return "\n".join(out) + "\n"


text = made()
if "PRAXE_RECORD" in os.environ:
    page.write_text(text, encoding="utf-8")
now = page.read_text(encoding="utf-8") if page.exists() else ""
sys.stdout.writelines(difflib.unified_diff(now.splitlines(True), text.splitlines(True), str(page), "made now"))
sys.exit(now != text)
