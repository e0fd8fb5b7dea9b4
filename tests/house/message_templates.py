#!/usr/bin/env python3
"""Lists the messages that the sources can give and that no expected file shows (tests/**/*.expected, the rows of
tests/check/types.txt and tests/syntax/wrong.txt, and the raw strings of tests/bind/bind_test.cpp).

A message is the second argument of `diagnostics.error(place, message, hint)` or `bad_call(diagnostics, message, hint)`, as
a literal or a template of fmt::format, or the second member of a row in a table of `Mistake`s. The reporting helpers of the
parser, the checker and the shapes of decisions take it as their first argument that holds a literal. Exit status 1 if one is
shown nowhere and is not among the exceptions
(message_templates.exceptions: one a line, ` -- ` and the reason behind it), or if an exception is stale.

usage: message_templates.py [--all] [FOLDER…]      folders below src/; all of src/ if none is named
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXCEPTIONS = pathlib.Path(__file__).with_suffix(".exceptions")

CALL = re.compile(r"\b(?:diagnostics_?\s*\.\s*error|bad_call)\s*\(")
HELPER = re.compile(r"(?<![\w.:>])(?:error|error_at)\s*\(|\berror_here\s*\(|\b(?:wrong|report)\s*\(\s*\{|\b(?:complain|refuse|refused)\s*\(|\bOperatorVerb\{(?=\")")
COMPLAINT = re.compile(r"\breturn\s*\{")  # {span, message, hint}
HELPED = ("syntax", "check", "bind")  # folders whose sources report through helpers
TABLE = re.compile(r"\bMistake\s+\w+\s*(\[\])?\s*=\s*\{")
LITERAL = re.compile(r'R"(?P<tag>\w*)\((?P<raw>.*?)\)(?P=tag)"|"(?P<text>(?:[^"\\\n]|\\.)*)"', re.S)
COMMENT = re.compile(r"//[^\n]*")


def unescape(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def value(literal):
    return literal["raw"] if literal["raw"] is not None else unescape(literal["text"])


def without_comments(source):
    """The source with its comments blanked; `//` inside a literal is none."""
    either = re.compile(f"{LITERAL.pattern}|{COMMENT.pattern}", re.S)
    return either.sub(lambda m: " " * len(m[0]) if m[0].startswith("//") else m[0], source)


def split_arguments(source, start):
    """The arguments between the bracket before `start` and its closing one."""
    arguments, depth, begin, at = [], 0, start, start
    while at < len(source):
        if literal := LITERAL.match(source, at):
            at = literal.end()
            continue
        if source[at] in "([{":
            depth += 1
        elif source[at] in ")]}":
            if depth == 0:
                return arguments + [source[begin:at]], at
            depth -= 1
        elif source[at] == "," and depth == 0:
            arguments.append(source[begin:at])
            begin = at + 1
        at += 1
    return arguments, at


def templates_in(expression):
    """The literals of a message: of a ternary both, of fmt::format the first; neighbouring literals are one."""
    format_call = re.search(r"\bformat\s*\(", expression)
    if format_call:
        expression = split_arguments(expression, format_call.end())[0][0]
    joined, last_end = [], None
    for literal in LITERAL.finditer(expression):
        if last_end is not None and not expression[last_end : literal.start()].strip():
            joined[-1] += value(literal)
        else:
            joined.append(value(literal))
        last_end = literal.end()
    return joined


def helped_messages(path, source):
    for call in HELPER.finditer(source):
        arguments, _ = split_arguments(source, call.end())
        if "OperatorVerb" in call[0]:
            arguments = arguments[1:]
        if message := next((a for a in arguments if LITERAL.search(a) and "fmt::runtime" not in a), None):
            yield from templates_in(message)
    for call in COMPLAINT.finditer(source):
        arguments, _ = split_arguments(source, call.end())
        if path.name == "wording.cpp" and len(arguments) == 3 and "fmt::runtime" not in arguments[1]:
            yield from templates_in(arguments[1])


def messages(path):
    source = without_comments(path.read_text())
    for call in CALL.finditer(source):
        arguments, _ = split_arguments(source, call.end())
        if len(arguments) >= 2:
            yield from templates_in(arguments[1])
    if path.relative_to(ROOT / "src").parts[0] in HELPED:
        yield from helped_messages(path, source)
    for table in TABLE.finditer(source):
        rows, _ = split_arguments(source, table.end())
        if table[1] is None:
            rows = ["{" + ",".join(rows) + "}"]
        for row in rows:
            if row.strip():
                yield from templates_in(split_arguments(row.strip(), 1)[0][1])


def pattern(template):
    parts = re.split(r"(\{\{|\}\}|\{[^{}]*\})", template)
    text = "".join(
        part[0:1].replace("{", r"\{").replace("}", r"\}") if part in ("{{", "}}")
        else ".*" if part.startswith("{") and part.endswith("}")
        else re.escape(part)
        for part in parts)
    return re.compile(f"(?:error|warning): {text}$", re.M)


def read_exceptions():
    lines = EXCEPTIONS.read_text().splitlines() if EXCEPTIONS.exists() else []
    return {line.split(" -- ")[0]: line for line in lines if " -- " in line and not line.startswith("#")}


def main(arguments):
    show_all = "--all" in arguments
    folders = [a for a in arguments if not a.startswith("--")] or ["."]
    known = {}
    for folder in folders:
        for path in sorted((ROOT / "src" / folder).rglob("*.cpp")):
            for template in messages(path):
                known.setdefault(template, path.relative_to(ROOT))
    texts = sorted((ROOT / "tests").rglob("*.expected")) + [ROOT / "tests/check/types.txt", ROOT / "tests/syntax/wrong.txt"]
    texts.append(ROOT / "tests/bind/bind_test.cpp")
    shown = "\n".join(p.read_text(errors="replace") for p in texts)
    exceptions = read_exceptions()
    failures = 0
    for template, path in known.items():
        is_shown = pattern(template).search(shown) is not None
        if show_all:
            print(f"{'shown ' if is_shown else 'MISSING'} {path}: {template}")
        if is_shown and template in exceptions:
            print(f"{path}: an exception, and yet shown: {template}")
            failures += 1
        elif not is_shown and template not in exceptions:
            print(f"{path}: no expected file shows: {template}")
            failures += 1
    if folders == ["."]:
        for template in exceptions.keys() - known.keys():
            print(f"{EXCEPTIONS.name}: no such message: {template}")
            failures += 1
    if not known:
        print("no messages found")
        failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
