#!/usr/bin/env python3
"""Holds docs/editor/praxe.tmLanguage.json: its regular expressions compile, and it marks the lines below as they say.

A small reading of TextMate grammars, enough for this one: match, begin and end, begin and while, captures, includes.
"""
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRAMMAR = json.loads((ROOT / "docs/editor/praxe.tmLanguage.json").read_text(encoding="utf-8"))

# Lines of a ruleset; below one, what is marked in it, in order: `text=scope`, without the last part of the scope's name.
# Of a line that nothing is said of nothing may be marked.
SAMPLE = """
ruleset: sales
  title: {pt: "when: a", en: "x"}
define:
  by_hand: client.status == "inactive" && has(client.by)   # why
  > by_hand=entity.name.tag client=variable.other status=variable.other.member ===keyword.operator "inactive"=string.quoted.double &&=keyword.operator has=keyword.control.macro client=variable.other by=variable.other.member # why=comment.line.number-sign
  open: >-
  > open=entity.name.tag >-=keyword.control.flow.block-scalar
    at < ends
    > at=variable.other <=keyword.operator ends=variable.other
    && x in [1, 0x1Fu]
    > &&=keyword.operator x=variable.other in=keyword.operator.word 1=constant.numeric 0x1Fu=constant.numeric
decisions:
  d:
    share: client.status == "vip"
    > share=entity.name.tag client=variable.other status=variable.other.member ===keyword.operator "vip"=string.quoted.double
    where: 'r.state == "live"'
    > where=entity.name.tag r=variable.other state=variable.other.member ===keyword.operator "live"=string.quoted.double
    order: [r.at, 'r.id']
    > order=entity.name.tag r=variable.other at=variable.other.member r=variable.other id=variable.other.member
    needs: [client.status]
    let:
      a: 'f(x, "y")'   # said
      > a=entity.name.tag f=entity.name.function x=variable.other "y"=string.quoted.double # said=comment.line.number-sign
    rules:
      - id: r
        when: a.size() > 0 && b(x, y)
        > when=entity.name.tag a=variable.other size=entity.name.function >=keyword.operator 0=constant.numeric &&=keyword.operator b=entity.name.function x=variable.other y=variable.other
        unless:
        > unless=entity.name.tag
          - has(x.y)
          > has=keyword.control.macro x=variable.other y=variable.other.member
          - '!z'
          > !=keyword.operator z=variable.other
        then: {route: transfer, owner: 'held.?by.orValue("")'}
        > then=entity.name.tag route=entity.name.tag transfer=variable.other owner=entity.name.tag held=variable.other ?=keyword.operator by=variable.other.member orValue=entity.name.function ""=string.quoted.double
        say: {pt: "até <ends>", en: "until <f(ends)>"}
        > say=entity.name.tag pt=entity.name.tag ends=variable.other en=entity.name.tag f=entity.name.function ends=variable.other
      - {id: s, when: a == true, then: {x: y}}
      > when=entity.name.tag a=variable.other ===keyword.operator true=constant.language then=entity.name.tag x=entity.name.tag y=variable.other
      - id: t
        when: >-
        > when=entity.name.tag >-=keyword.control.flow.block-scalar
          a
          > a=variable.other
          || b  // a comment
          > ||=keyword.operator b=variable.other // a comment=comment.line.double-slash
        cite: P.S1
""".strip("\n").split("\n")

UNMARKED = ("punctuation", "meta", "string.quoted.double.yaml")


def rules_of(patterns):
    for pattern in patterns:
        if "include" in pattern:
            yield from rules_of([GRAMMAR["repository"][pattern["include"][1:]]])
        elif "match" in pattern or "begin" in pattern:
            yield pattern
        else:
            yield from rules_of(pattern["patterns"])


def expressions_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("match", "begin", "end", "while") and isinstance(inner, str):
                yield inner
            else:
                yield from expressions_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from expressions_of(inner)


def filled(regex, begin):
    """An end or a while, with the groups of its begin."""
    return re.sub(r"\\([1-9])", lambda m: re.escape(begin[int(m[1])] or ""), regex)


class Marker:
    def __init__(self):
        self.stack = []  # (rule, its end or while)

    def marks(self, line):
        kept = []
        for rule, ending in self.stack:
            if "while" in rule and not re.match(ending, line):
                break
            kept.append((rule, ending))
        self.stack = kept
        self.found, at, tries = [], 0, 0
        while at <= len(line) and tries < 10 * len(line) + 50:
            tries += 1
            at = self.step(line, at)
            if at is None:
                break
        return self.found

    def step(self, line, at):
        top = self.stack[-1] if self.stack else None
        best = None
        if top and "end" in top[0]:
            ended = re.compile(top[1]).search(line, at)
            if ended:
                best = (ended, None)
        for rule in rules_of(top[0].get("patterns", []) if top else GRAMMAR["patterns"]):
            begun = re.compile(rule.get("match") or rule["begin"]).search(line, at)
            if begun and (best is None or begun.start() < best[0].start()):
                best = (begun, rule)
        if best is None:
            return None
        match, rule = best
        if rule is None:
            ended = self.stack.pop()[0]
            self.capture(match, ended.get("endCaptures", {}))
            if "name" in ended:
                begin, name = self.opened.pop()
                self.found.append((begin, line[begin : match.end()], name))
        elif "match" in rule:
            self.capture(match, rule.get("captures", {"0": {"name": rule.get("name", "meta")}}))
        else:
            if self.stack and self.stack[-1][0] is rule and match.start() == match.end():
                return at + 1
            self.capture(match, rule.get("beginCaptures", {}))
            self.stack.append((rule, filled(rule.get("end") or rule["while"], match)))
            if "name" in rule:
                self.opened = getattr(self, "opened", []) + [(match.start(), rule["name"])]
        return match.end()

    def capture(self, match, captures):
        for number, said in captures.items():
            if match[int(number)]:
                self.found.append((match.start(int(number)), match[int(number)], said["name"]))


def main():
    wrong = 0
    for regex in expressions_of(GRAMMAR):
        try:
            re.compile(re.sub(r"\\[1-9]", " ", regex))  # groups of another expression
        except re.error as error:
            print(f"{regex}: {error}")
            wrong += 1
    marker = Marker()
    lines = [(line, SAMPLE[i + 1].strip()[2:] if i + 1 < len(SAMPLE) and SAMPLE[i + 1].strip().startswith("> ") else "")
             for i, line in enumerate(SAMPLE) if not line.strip().startswith("> ")]
    for line, expected in lines:
        marks = sorted((at, text.strip(), name) for at, text, name in marker.marks(line) if not name.startswith(UNMARKED))
        said = " ".join(f"{text}={name.rpartition('.')[0]}" for at, text, name in marks)
        keys_alone = {f"{key}=entity.name.tag" for key in ("define", "let", "say")}
        if said != expected and said not in keys_alone:
            print(f"{line}\n  marked:   {said}\n  expected: {expected}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
