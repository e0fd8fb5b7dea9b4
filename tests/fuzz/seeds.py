#!/usr/bin/env python3
"""What the fuzzers begin with: a folder of inputs for each target, made of this checkout's own rows, and a dictionary.

Usage: seeds.py FOLDER [CONFORMANCE]    writes FOLDER/seeds/TARGET/… and FOLDER/praxe.dict
"""
import hashlib
import json
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
most_bytes = 20_000  # of one seed: longer ones slow the fuzzer down more than they help


def rows_of(path):
    """The expressions of a file of rows `expression => value`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and "=> " in line:
            yield line[: line.index("=> ")].rstrip()


def sources_of(path):
    """The expressions of a file of rows as tests/golden.hpp reads them: what stands before what is said of them."""
    for row in path.read_text(encoding="utf-8").split("\n----\n"):
        lines = [line for line in row.split("\n") if not re.match(r"# |needed: |plain CEL$", line)]
        said = next((i for i, line in enumerate(lines) if line.startswith(("x:", ": "))), len(lines))
        yield "\n".join(lines[:said])


def expressions(conformance):
    yield from rows_of(root / "tests/run/expressions.txt")
    for path in ("tests/syntax/wrong.txt", "tests/check/types.txt", "tests/run/wrong.txt"):
        yield from sources_of(root / path)
    official = conformance / "cel/public.jsonl"
    if official.exists():
        for line in official.read_text(encoding="utf-8").splitlines():
            test = json.loads(line)
            if "proto" not in test["needs"]:
                yield test["expr"]


def one_text(ruleset, others):
    """A ruleset and the files it may name, as tests/fuzz/inputs.hpp splits them."""
    parts = [ruleset.read_bytes()]
    for path in others:
        name = path.relative_to(ruleset.parent)
        parts.append(b"%%%% %s\n" % str(name).encode() + path.read_bytes())
    return b"\n".join(parts)


def rulesets():
    """Each ruleset with the files that its text names, those that these name, and so on."""
    for folder in ("rules", "tests/format", "tests/domains", "tests/bad", "tests/overlays"):
        for path in sorted((root / folder).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8", errors="replace")
            if not re.search(r"^(ruleset|vocabulary|decisions|extends):", text, re.M) or path.name.endswith(".scenario.yaml"):
                continue
            named, queue = [], [path]
            while queue:
                at = queue.pop()
                for name in re.findall(r"[\w./-]+\.yaml", at.read_text(encoding="utf-8", errors="replace")):
                    found = (at.parent / name).resolve()
                    inside = found.is_relative_to(path.parent.resolve())
                    if inside and found.is_file() and found not in named and found != path.resolve():
                        if not found.name.endswith(".scenario.yaml"):
                            named.append(found)
                            queue.append(found)
            yield one_text(path.resolve(), named)


def files(*patterns):
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            yield path.read_bytes()


def json_cases():
    """Cases in JSON: the bad ones, and small good ones."""
    yield from files("tests/bad/*.case.json")
    yield b'{"at": "2024-05-02T12:00:00-03:00"}'
    yield (b'{"at": "2024-05-02T12:00:00-03:00", "client": {"name": "Cia", "status": "prospect", "tags": [], '
           b'"appointments": [{"id": "a1", "kind": "sale_contact", "at": "2024-04-02T12:00:00-03:00", "owner": "ana"}]}, '
           b'"staff": [{"id": "ana", "team": "sales"}]}')


def write(folder, inputs):
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for data in inputs:
        data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        if len(data) > most_bytes:
            continue
        (folder / hashlib.sha1(data).hexdigest()[:16]).write_bytes(data)
        count += 1
    return count


def quoted(word):
    return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else "".join(f"\\x{b:02x}" for b in c.encode()) for c in word) + '"'


def keys_of(schema):
    """The names that a JSON schema knows."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "properties":
                yield from value
            if key == "enum":
                yield from (v for v in value if isinstance(v, str))
            yield from keys_of(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from keys_of(value)


def dictionary(texts):
    words = set()
    for text in texts:
        words.update(re.findall(r"[A-Za-z_][A-Za-z_0-9]*|&&|\|\||[=!<>]=|\[\?|\.\?|\"\"\"|r'|b'|\\[a-z]|[-+*/%?:]", text))
    words = {w for w in words if len(w) <= 24}
    keys = set()
    for path in sorted((root / "rules/schema").glob("*.json")):
        keys.update(keys_of(json.loads(path.read_text(encoding="utf-8"))))
    keys = {key + ": " for key in keys} | {"%%% ", "- ", "| ", "{", "}", "=>", "case.yaml", "at: 2024-05-02T12:00:00-03:00\n"}
    return "".join(quoted(word) + "\n" for word in sorted(words | keys))


def main():
    folder = pathlib.Path(sys.argv[1])
    conformance = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else root / "../shared/conformance"
    texts = list(expressions(conformance))
    cases = list(files("tests/bad/*.case.yaml", "rules/day/clients/*.yaml", "tests/capi/*.yaml"))
    scenarios = list(files("tests/format/*.scenario.yaml", "tests/domains/*/*.scenario.yaml", "rules/*/*.scenario.yaml", "tests/scenario/**/*.yaml"))
    seeds = {
        "expression": texts,
        "ruleset": list(rulesets()),
        "vocabulary": list(files("rules/vocabulary.yaml", "tests/bad/*.vocabulary.yaml", "tests/**/*vocabulary.yaml")),
        "facts_yaml": cases,
        "facts_json": list(json_cases()),
        "scenario": scenarios,
        "decide_json": list(json_cases()),
    }
    for target, inputs in seeds.items():
        print(f"{target}: {write(folder / 'seeds' / target, inputs)} seeds")
    (folder / "praxe.dict").write_text(dictionary(texts), encoding="ascii")


main()
