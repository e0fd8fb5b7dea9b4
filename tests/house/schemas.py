#!/usr/bin/env python3
"""Holds rules/schema/*.schema.json against the shipped files, against wrong documents, and against the readers in C++.

Every ruleset, scenario file, vocabulary and calendar of the repository fits its schema; a handful of wrong documents do
not; and each schema knows exactly the fields that the reader of the same thing asks for. Needs python3-jsonschema and
python3-yaml; exit status 77 (skipped) where one is not installed.
"""

import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed (Debian: python3-jsonschema, python3-yaml)")
    sys.exit(77)

import json

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "rules" / "schema"
SOURCE = ROOT / "src"


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: dates are text, yes and no are text."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
        ("null", r"~|null|Null|NULL|", "~nN"),
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
        ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789")]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first))
for tag, make in [("int", lambda text: int(text, 0) if text.startswith("0x") else int(text)), ("float", float)]:
    CoreLoader.add_constructor(
        f"tag:yaml.org,2002:{tag}", lambda loader, node, make=make: make(loader.construct_scalar(node)))


def schema(kind):
    return json.loads((SCHEMAS / f"{kind}.schema.json").read_text())


def validator(kind):
    document = schema(kind)
    jsonschema.Draft7Validator.check_schema(document)
    others = {(SCHEMAS / f"{k}.schema.json").as_uri(): schema(k) for k in KINDS.values()}
    resolver = jsonschema.RefResolver((SCHEMAS / f"{kind}.schema.json").as_uri(), document, store=others)
    return jsonschema.Draft7Validator(document, resolver=resolver)


def complaints(kind, document):
    found = []
    for error in validator(kind).iter_errors(document):
        deepest = jsonschema.exceptions.best_match([error])
        found.append(f"{'/'.join(map(str, deepest.absolute_path))}: {deepest.message[:200]}")
    return found


# ------------------------------------------------------------------------------------------------- shipped files

KINDS = {"ruleset": "ruleset", "vocabulary": "vocabulary", "calendar": "calendar", "scenarios": "scenario", "events": "events"}


def kind_of(document):
    if not isinstance(document, dict):
        return None
    return next((kind for key, kind in [("scenarios", "scenario"), *KINDS.items()] if key in document), None)


def check_shipped():
    failures, seen = [], {kind: 0 for kind in KINDS.values()}
    for folder in ("rules", "tests/overlays", "tests/domains", "tests/format", "docs/examples"):
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            document = yaml.load(path.read_text(), CoreLoader)
            kind = kind_of(document)
            if kind is None:
                continue
            seen[kind] += 1
            failures += [f"{path.relative_to(ROOT)}: {text}" for text in complaints(kind, document)]
    return failures + [f"no {kind} was found to hold against its schema" for kind, count in seen.items() if count == 0]


# ------------------------------------------------------------------------------------------------ wrong documents

WRONG = {
    "ruleset": """
- {vocabulary: v.yaml}
- {ruleset: x, vocabulry: v.yaml}
- {ruleset: x, decisions: {a: {gives: {n: int}, hit: frist}}}
- {ruleset: x, decisions: {a b: {gives: {n: int}}}}
- {ruleset: x, decisions: {a: {gives: {n: {is: int}}}}}
- {ruleset: x, decisions: {a: {pick: {o: orders}}}}
- {ruleset: x, decisions: {a: {gives: {n: int}, rules: [{then: {n: 1}}]}}}
- {ruleset: x, decisions: {a: {gives: {n: int}, rules: [{id: r, before: s}]}}}
- {ruleset: x, decisions: {a: {gives: {n: int}, rules: [{id: r, except: [{id: e, except: []}]}]}}}
- {ruleset: x, decisions: {a: {drop: r}}}
- {ruleset: x, extends: y, decisions: {a: {hit: first}}}
- {ruleset: x, extends: y, decisions: {a: {rules: [{id: r}]}}}
- {ruleset: x, parameters: {a: 3}}
- {ruleset: x, parameters: {a: {is: int, value: 1, pt: a}}}
- {ruleset: x, calendar: {over: y, add: [{name: z}]}}
- {ruleset: x, title: {pt: a}}
- {ruleset: x, indicators: {a: {title: {pt: a, en: a}}}}
- {ruleset: x, indicators: {a: {title: {pt: a, en: a}, count: "true", sum: "1"}}}
- {ruleset: x, indicators: {a: {title: {pt: a, en: a}, percentile: {p: 0, of: "1"}}}}
- {ruleset: x, indicators: {a: {title: {pt: a, en: a}, count: "true", goal: {}}}}
- {ruleset: x, currency: euro}
- {ruleset: x, decisions: {a: {gives: {n: int}, table: []}}}
- {ruleset: x, decisions: {a: {gives: {n: int}, table: ["id || n", "r || 1"]}}}
- {ruleset: x, decisions: {a: {gives: {n: int}, table: [[id, "|| n"], [r, [1]]]}}}
- {ruleset: x, decisions: {a: {gives: {n: int}, table: [[id, "|| n"], [r, null]]}}}
- {ruleset: x, sections: [{section: 1}]}
- {ruleset: x, sections: [{section: 1, title: {pt: a, en: b}, says: {A: {pt: a}}}]}
""",
    "scenario": """
- {ruleset: x}
- {ruleset: x, scenarios: []}
- {scenarios: [{expect: {a: {b: 1}}}]}
- {scenarios: [{name: x}]}
- {scenarios: [{name: x, expect: {a: {b: 1}}, cases: [{expect: {a: {b: 1}}}]}]}
- {scenarios: [{name: x, cases: [{at: 2024-05-01, expect: {a: {b: 1}}}]}]}
- {scenarios: [{name: x, expect: {a: {valid_until: soon}}}]}
""",
    "vocabulary": """
- {vocabulary: x}
- {vocabulary: x, facts: {a: {is: int, list: int}}}
- {vocabulary: x, facts: {a: {map: Person}}}
- {vocabulary: x, facts: {a: int}, closed_sets: {colour: []}}
- {vocabulary: x, facts: {a: int}, records: {Person: {since: at}}}
- {vocabulary: x, facts: {a-b: int}}
- {vocabulary: x, extends: y, closed_sets: {colour: {drop: [red]}}}
""",
    "events": """
- {events: x, types: {a: {adds: b}}}
- {events: x, of: a.id, types: {a: {}}}
- {events: x, of: a.id, types: {a: {adds: b, removes: c}}}
- {events: x, of: a.id, types: {a: {removes: c, stamp: at}}}
- {events: x, of: a.id, types: {a: {adds: b, stamp: at, once: at}}}
- {events: x, of: a.id, types: {a: {adss: b}}}
- {events: x, of: a.id, types: {a b: {adds: b}}}
- {events: x, of: a.id, keep: {b: 0}, types: {a: {adds: b}}}
- {events: x, of: a.id, types: {a: {adds: b, title: {pt: x}}}}
""",
    "calendar": """
- {known: {from: 2024-01-01, until: 2024-12-31}, week_off: []}
- {calendar: x, week_off: []}
- {calendar: x, over: y, known: {from: 2024-01-01}}
- {calendar: x, over: y, week_off: [sundae]}
- {calendar: x, over: y, days_off: [{name: z, date: 12-25, easter: 1}]}
- {calendar: x, over: y, days_off: [{name: z, only: 2024-12-25, from: 2024}]}
- {calendar: x, over: y, days_off: [{name: z, weekday: monday, month: 5}]}
- {calendar: x, over: y, days_off: [{name: z, weekday: monday, month: 5, nth: 0}]}
- {calendar: x, over: y, days_off: [{name: z, date: 12-25, moved: {sunday: tomorrow}}]}
- {calendar: x, over: y, hours: [{weekdays: [monday]}]}
- {calendar: x, over: y, hours: {support: [{weekdays: [monday], date: 12-24, open: 08:00-12:00}]}}
- {calendar: x, over: y, hours: {support: [{weekdays: [monday], open: 8-12}]}}
""",
}


def check_wrong():
    return [f"{kind}.schema.json takes what is wrong: {json.dumps(document)}"
            for kind, documents in WRONG.items() for document in yaml.load(documents, CoreLoader)
            if not complaints(kind, document)]


# -------------------------------------------------------------------------------------------- the readers in C++

ASKED = re.compile(r'\b(\w+)\s*\.\s*(?:take|need|text|need_text|texts|map|list|number|flag)\("(\w+)"')
READ = re.compile(r'\bread_\w+(?:<\w+>)?\((\w+), "(\w+)"|\bsome_texts\((\w+), "(\w+)"')
LANGUAGES = {"pt", "en"}


def body(path, function):
    """The text between the braces of a function's definition."""
    source = (SOURCE / path).read_text()
    found = re.search(rf"^[^\n;=]*\b{function}\([^;{{}}]*?\)(?: const)?\s*\{{", source, re.M)
    if found is None:
        raise SystemExit(f"src/{path} has no function {function}: say in {__file__} where its fields are read now")
    depth, at = 1, found.end()
    while depth:
        depth += {"{": 1, "}": -1}.get(source[at], 0)
        at += 1
    return source[found.end():at]


def asked(path, function, reader=None):
    """The fields that the function asks its reader for; of all its readers, where none is named."""
    found = set()
    for match in [*ASKED.finditer(body(path, function)), *READ.finditer(body(path, function))]:
        groups = [group for group in match.groups() if group]
        if reader is None or groups[0] == reader:
            found.add(groups[1])
    return found


RULES, FILE, SETTINGS, OVERLAY = (f"document/{name}.cpp" for name in ("rules", "ruleset_file", "settings", "overlay"))
CONDITIONS = [(RULES, "read_conditions")]
BODY = CONDITIONS + [(RULES, "read_body")]
RULE = BODY + [(RULES, "read_id"), (RULES, "read_own_exceptions", "rule"), (RULES, "read_rule")]
GROUP = CONDITIONS + [(RULES, "read_group")]
ANCHORS = [(RULES, "read_anchors", "fields")]
EXCEPTION = BODY + [(RULES, "read_id")]
INDICATORS = "document/indicators.cpp"
MEASURES = set(re.findall(r'"(\w+)"', re.search(r"measures = \{(.*?)\}", (SOURCE / INDICATORS).read_text()).group(1)))
CALENDAR = "document/calendar_file.cpp"
CALENDAR_DAYS = "document/calendar_days.cpp"
DAYS = [(CALENDAR_DAYS, name, "fields") for name in ("read_day_rule", "read_nth_weekday", "read_moved", "read_years")]
EVENTS = "history/event_types.cpp"
VERBS = re.findall(r'\{"(\w+)", (Change::\w+)\}', (SOURCE / EVENTS).read_text())
SCENARIO, EXPECT = "scenario/scenario.cpp", "scenario/expectation.cpp"
ABOUT = [(EXPECT, "read_about"), (EXPECT, "read_clauses"), (EXPECT, "read_until")]

# Schema, the place of an object in it, the functions that read it, and fields that they ask for by other means.
READERS = [
    ("ruleset", "", [(FILE, "read_top"), (FILE, "read_parts"), (FILE, "read_parameters"), (SETTINGS, "read_settings", "fields")], set()),
    ("ruleset", "properties/effective", [(SETTINGS, "read_settings", "dates")], set()),
    ("ruleset", "definitions/rule", RULE, set()),
    ("ruleset", "definitions/added_rule", RULE + ANCHORS, set()),
    ("ruleset", "definitions/group", GROUP, set()),
    ("ruleset", "definitions/added_group", GROUP + ANCHORS, set()),
    ("ruleset", "definitions/exception", EXCEPTION, set()),
    ("ruleset", "definitions/exception_apart", EXCEPTION + [(RULES, "read_exceptions", "own")], set()),
    ("ruleset", "definitions/replacement", BODY, set()),
    ("ruleset", "definitions/decision", [(RULES, "read_decision"), (RULES, "read_exceptions", "fields")], set()),
    ("ruleset", "definitions/change", [(OVERLAY, "change_decision"), (RULES, "read_exceptions", "fields")], set()),
    ("ruleset", "definitions/parameter", [(RULES, "read_parameter")], LANGUAGES),
    ("ruleset", "definitions/section", [("document/sections.cpp", "read_section")], set()),
    ("ruleset", "definitions/reading", [("document/sections.cpp", "read_reading")], LANGUAGES),
    ("ruleset", "definitions/text", [], LANGUAGES),
    ("ruleset", "definitions/indicator", [(INDICATORS, "read_indicator", "fields"), (INDICATORS, "read_groups", "fields"), (RULES, "read_frame")], MEASURES),
    ("ruleset", "definitions/indicator/properties/ratio", [(INDICATORS, "read_ratio")], set()),
    ("ruleset", "definitions/indicator/properties/percentile", [(INDICATORS, "read_percentile")], set()),
    ("ruleset", "definitions/indicator/properties/goal", [(INDICATORS, "read_goal")], set()),
    ("scenario", "", [(SCENARIO, "read_scenarios")], set()),
    ("scenario", "definitions/scenario", [(SCENARIO, "read", "fields"), (SCENARIO, "facts_in"), (SCENARIO, "readings_in")], LANGUAGES),
    ("scenario", "definitions/case", [(SCENARIO, "read_variation"), (SCENARIO, "facts_in")], LANGUAGES),
    ("scenario", "definitions/expectation/anyOf/0", ABOUT + [(EXPECT, "read_list_answer"), (EXPECT, "read_fields")], set()),
    ("vocabulary", "", [("facts/schema.cpp", "read", "top"), ("document/vocabulary_file.cpp", "lay", "top")], set()),
    ("vocabulary", "definitions/record", [("facts/schema.cpp", "read_record", "parts")], set()),
    ("vocabulary", "definitions/attributes", [("facts/schema_fields.cpp", "read_attributes", "attributes")], set()),
    ("events", "", [(EVENTS, "read", "top")], set()),
    ("events", "definitions/type", [(EVENTS, "read_type")], {verb[0] for verb in VERBS}),
    ("calendar", "definitions/rules", [(CALENDAR, name, "fields_") for name in (
        "start_from_bases", "read_description", "read_known", "read_week_off", "drop_days_off", "read_hours")], {"days_off", "add"}),
    ("calendar", "definitions/rules/properties/known", [(CALENDAR, "read_known", "fields")], set()),
    ("calendar", "definitions/day_off", [(CALENDAR, "read_day_off")] + DAYS, set()),
    ("calendar", "definitions/hours_rule", [(CALENDAR_DAYS, "read_hours_rule"), (CALENDAR_DAYS, "read_spans")] + DAYS, set()),
]


def part_of(document, place):
    for step in filter(None, place.split("/")):
        document = document[int(step) if step.isdigit() else step]
    return document


def check_readers():
    failures = []
    for kind, place, functions, other in READERS:
        read = other.union(*(asked(*function) for function in functions))
        known = set(part_of(schema(kind), place)["properties"])
        where = f"{kind}.schema.json, {place or 'the document'}"
        failures += [f"{where}: the reader asks for \"{field}\", and the schema does not know it" for field in sorted(read - known)]
        failures += [f"{where}: no reader asks for \"{field}\"" for field in sorted(known - read)]
    return failures


def check_types():
    """The lists of names that stand in the sources too."""
    lists = [
        ("ruleset", "definitions/type/anyOf/0/enum", "check/type_names.cpp", r'NamedType\{"(\w+)"'),
        ("ruleset", "definitions/decision/properties/hit/enum", "check/build_decision.cpp", r'HitName\{"(\w+)"'),
        ("vocabulary", "definitions/type/anyOf/0/enum", "facts/scalar.cpp", r'\{"(\w+)", TypeKind::'),
    ]
    return [f"{kind}.schema.json, {place} differs from src/{path}"
            for kind, place, path, pattern in lists
            if set(part_of(schema(kind), place)) != set(re.findall(pattern, (SOURCE / path).read_text()))]


def check_described(kind):
    """Editors show what a field is for: each says so, or what it refers to does."""
    document = schema(kind)
    silent = []

    def walk(node, place):
        if isinstance(node, list):
            for index, item in enumerate(node):
                walk(item, f"{place}/{index}")
        if not isinstance(node, dict):
            return
        for name, field in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
            if "description" not in field and "$ref" not in field and not place.endswith("/then"):
                silent.append(f"{kind}.schema.json, {place}: \"{name}\" has no description")
        for key, value in node.items():
            walk(value, f"{place}/{key}")

    walk(document, "")
    return silent


def main():
    failures = check_shipped() + check_wrong() + check_readers() + check_types()
    for kind in KINDS.values():
        failures += check_described(kind)
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
