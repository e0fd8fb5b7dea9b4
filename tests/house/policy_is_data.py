#!/usr/bin/env python3
"""The policy stands in rules/: no clause of it and no member of its closed sets in the sources.

Usage: policy_is_data.py [ROOT]. Prints one line for each policy word in src/ or include/; exit status 1 if there is any.
"""
import re
import sys
from pathlib import Path

# Members that are words of the library's own formats too, each with where. A word that is not met is an error as well.
OWN_WORDS = {
    "absent": "a key of vocabularies: how absence reads",
    "exception": "a key of outcomes: the exception that replaced a rule",
    "in": "an operator of expressions",
    "name": "a key of calendars",
    "no": "a cell of tables, and a truth value as text",
    "none": "an empty list, in reports",
    "other": "the code of an error that has none of its own",
    "yes": "a cell of tables, and a truth value as text",
}


def block(lines, key):
    """The lines indented under `key:` at the left margin."""
    inside = False
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line.startswith(" "):
            inside = line.rstrip() == f"{key}:"
        elif inside:
            yield line


def closed_set_members(vocabulary):
    """`name: [a, b]` and `- a` lines of the block `closed_sets`."""
    members = set()
    for line in block(vocabulary.read_text(encoding="utf-8").splitlines(), "closed_sets"):
        match = re.fullmatch(r"\s+[\w]+:\s*\[(.*)\]\s*(?:#.*)?", line) or re.fullmatch(r"\s+-\s*(.*?)\s*(?:#.*)?", line)
        if match:
            members.update(member.strip().strip("\"'") for member in match.group(1).split(","))
        elif not re.fullmatch(r"\s+\w+:\s*(?:#.*)?", line):
            sys.exit(f"{vocabulary}: cannot read this line of closed_sets: {line.strip()}")
    return members


def clause_ids(rules):
    """The keys of every block `clauses`."""
    ids = set()
    for file in sorted(rules.rglob("*.yaml")):
        for line in block(file.read_text(encoding="utf-8").splitlines(), "clauses"):
            match = re.match(r"  ([^\s:][^:]*):", line)
            if match:
                ids.add(match.group(1))
    return ids


def main(root):
    members = closed_set_members(root / "rules" / "vocabulary.yaml")
    clauses = clause_ids(root / "rules")
    if not members or not clauses:
        sys.exit(f"{root / 'rules'}: found {len(members)} members of closed sets and {len(clauses)} clauses")
    # A clause of one letter is looked for in quotes only, like a member.
    quoted = members | {clause for clause in clauses if len(clause) == 1}
    named = sorted((re.escape(clause) for clause in clauses if len(clause) > 1), key=len, reverse=True)
    in_quotes = re.compile(r"""(?<!\w)(["'])(\w+)\1""")
    as_word = re.compile(rf"(?<![\w.])({'|'.join(named)})(?![\w]|\.\w)")

    findings = []
    own_words_met = set()
    for file in sorted(p for folder in ("src", "include") for p in (root / folder).rglob("*") if p.is_file()):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            words = {match.group(2) for match in in_quotes.finditer(line)} & quoted
            own_words_met |= words & OWN_WORDS.keys()
            words -= OWN_WORDS.keys()
            words |= {match.group(1) for match in as_word.finditer(line)}
            for word in sorted(words):
                what = "a clause of the policy" if word in clauses else "a member of a closed set"
                findings.append(f"{file.relative_to(root)}:{number}: {word} is {what}: {line.strip()}")
    for word in sorted(OWN_WORDS.keys() - own_words_met):
        findings.append(f"tests/house/policy_is_data.py: {word} is not met in the sources: take it out of OWN_WORDS")
    print(*findings, sep="\n", end="\n" if findings else "")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]))
