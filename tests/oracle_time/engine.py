"""praxe asked about a pair: its files as YAML and JSON, and its answer as plain values."""

import json
import re
import subprocess
from pathlib import Path
from typing import NamedTuple, Optional

from facts import FIELDS, case_json, vocabulary_yaml
from local_time import day_of_text, instant_of
from ruleset import ERROR

PLAIN = re.compile(r"[A-Za-z_][\w()]*|\d+|\d{4}-\d{2}-\d{2}")
KEYWORDS = {"true", "false", "null", "yes", "no"}


def scalar(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if PLAIN.fullmatch(text) and text not in KEYWORDS else "'" + text.replace("'", "''") + "'"


def yaml_lines(value, indent=""):
    """Block style, one expression a line; a text of several lines is a literal block."""
    entries = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    for key, part in entries:
        start = indent + ("- " if key is None else f"{key}: ")
        if isinstance(part, (dict, list)) and not part:
            yield start + ("{}" if isinstance(part, dict) else "[]")
        elif isinstance(part, (dict, list)) and key is not None:
            yield start.rstrip()
            yield from yaml_lines(part, indent + "  ")
        elif isinstance(part, (dict, list)):
            first, *rest = yaml_lines(part, indent + "  ")
            yield start + first[len(indent) + 2:]
            yield from rest
        elif isinstance(part, str) and "\n" in part:
            yield start + "|"
            yield from (indent + "  " + line for line in part.splitlines())
        else:
            yield start + scalar(part)


def yaml_text(value):
    return "\n".join(yaml_lines(value)) + "\n"


class Answer(NamedTuple):
    outcome: object
    until: Optional[int]
    at_least: bool   # it was not looked further
    tells_then: bool
    then: object     # the outcome from then on
    items: dict      # until when each item's outcome holds, by its id
    error: str = ""


class Engine:
    def __init__(self, command, folder):
        self.command, self.folder = command, Path(folder)
        (self.folder / "vocabulary.yaml").write_text(yaml_text(vocabulary_yaml()))

    def files(self, pair):
        calendars = {f"{calendar.name}.yaml": yaml_text(calendar.yaml()) for calendar in pair.ruleset.calendars}
        return {**calendars, "ruleset.yaml": yaml_text(pair.ruleset.yaml()),
                "case.json": json.dumps(case_json(pair.case, pair.ruleset.zone)) + "\n"}

    def ask(self, pair):
        for name, text in self.files(pair).items():
            (self.folder / name).write_text(text)
        name = pair.ruleset.asked.name
        command = [self.command, "decide", "-r", self.folder / "ruleset.yaml", "--jsonl", "--explain", "--decision", name]
        case = (self.folder / "case.json").read_text()
        done = subprocess.run(command, input=case, capture_output=True, text=True)
        if done.returncode or done.stderr:
            raise RuntimeError(f"exit status {done.returncode}\n{done.stderr}{done.stdout}")
        return read_answer(pair.ruleset.asked, json.loads(done.stdout)["decisions"][name])


def read_answer(decision, answer):
    if "error" in answer:
        return Answer(ERROR, None, False, False, None, {}, answer["error"]["message"])
    items = {reason["item"]: until(reason) for reason in answer["because"] if "item" in reason and not limited(reason)}
    told = answer.get("validity", {})
    then = told.get("next")
    failed = isinstance(then, dict) and "error" in then
    return Answer(read_outcome(decision, answer["outcome"]), until(answer), limited(answer), "next" in told,
                  ERROR if failed else read_outcome(decision, then), items)


def limited(held):
    return held.get("limited_by") == "horizon"


def until(held):
    text = held["valid_until"]
    return None if text is None else instant_of(text)


def read_outcome(decision, outcome):
    if outcome is None:
        return None
    if decision.pick:
        return read_record({name: field.type for name, field in FIELDS["Job"].items()}, outcome)
    if isinstance(outcome, list):
        return [read_record(decision.gives, one) for one in outcome]
    return read_record(decision.gives, outcome)


def read_record(types, record):
    return {name: read_value(types[name], value) for name, value in record.items()}


def read_value(type, value):
    return {"timestamp": instant_of, "date": day_of_text}.get(type, lambda same: same)(value)
