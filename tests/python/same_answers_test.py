"""Facts from a dict, from JSON text and from the file itself give the same answers, as does the command: every case of
the working day and of the scenarios."""

import copy
import datetime as dt
import decimal
import itertools
import json
import os
import random
import re
import subprocess
import zoneinfo

import pytest
import yaml

import praxe
from conftest import ROOT

DAY = sorted((ROOT / "rules" / "day" / "clients").glob("*.yaml"))
SCENARIOS = sorted((ROOT / "rules").rglob("*.scenario.yaml"))
ZONES = [zoneinfo.ZoneInfo("America/Sao_Paulo"), dt.timezone.utc, zoneinfo.ZoneInfo("Asia/Tokyo"),
         dt.timezone(dt.timedelta(hours=-7, seconds=30))]  # fmt: skip


# ------------------------------------------------------------------------------- YAML as plain facts and as Python's


class Loader(yaml.SafeLoader):
    """Scalars as Ruleset reads them: text in quotes is text; of plain text true, false and numerals stand for values."""


def construct_scalar(loader, node):
    text = node.value
    if node.style is not None:
        return text
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return decimal.Decimal(text)
    return text


for _tag in ("str", "bool", "int", "float", "null", "timestamp", "value", "merge"):
    Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", construct_scalar)


def to_json(value):
    """Decimal numbers as they were written."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {to_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(to_json, value)) + "]"
    return str(value) if isinstance(value, decimal.Decimal) else json.dumps(value, ensure_ascii=False)


def to_python(value, zones):
    """Texts that are instants or dates as datetime, in one zone after another, and date."""
    if isinstance(value, dict):
        return {key: to_python(member, zones) for key, member in value.items()}
    if isinstance(value, list):
        return tuple(to_python(member, zones) for member in value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value):
        return dt.datetime.fromisoformat(value).astimezone(next(zones))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return dt.date.fromisoformat(value)
    return value


def merged(above, base):
    """As scenario files lay facts over facts: maps by field, all else is replaced."""
    if not (isinstance(above, dict) and isinstance(base, dict)):
        return copy.deepcopy(above)
    return {**base, **{key: merged(value, base.get(key)) for key, value in above.items()}}


def scenario_cases(path):
    file = yaml.load(path.read_text(encoding="utf-8"), Loader)
    background = file.get("background", {})
    for scenario in file["scenarios"]:
        given = merged(scenario.get("given", {}), background)
        for variation in scenario.get("cases", [{}]):
            facts = merged(variation.get("given", {}), given)
            for level in (scenario, variation):
                if "at" in level:
                    facts["at"] = level["at"]
            yield f"{path.name}: {scenario['name']}", facts


# ------------------------------------------------------------------------------------------------- comparing


def comparable(answer):
    """All that an answer holds but the places of facts, which a dict has not."""
    if answer.error is not None:
        return (answer.error.code, answer.error.message, answer.error.path)
    return (answer.outcome, answer.because, answer.valid_until, answer.limited, answer.why_not, answer.to_json())


def decided(ruleset, case, **options):
    """What there is to compare of the answers, or of what is wrong with the case."""
    try:
        answers = ruleset.decide(case, texts=True, explain=True, **options)
    except praxe.CaseError as error:
        return [(diagnostic.path, diagnostic.message) for diagnostic in error.diagnostics]
    return {name: comparable(answer) for name, answer in answers.items()}


def without_places(line):
    return re.sub(r'"fact_at":"[^"]*",?', "", line)


@pytest.fixture(scope="module")
def cases():
    """(title, facts) of every scenario of the policy, and of the working day."""
    day = [(path.name, yaml.load(path.read_text(encoding="utf-8"), Loader)) for path in DAY]
    return day + [case for path in SCENARIOS for case in scenario_cases(path)]


def test_the_cases_are_there(cases):
    assert len(DAY) > 20
    assert len(cases) > 200


def test_a_dict_and_its_json(ruleset, cases):
    zones = itertools.cycle(ZONES)
    answered = 0
    for title, facts in cases:
        for options in ({}, {"decisions": ruleset.decisions}):
            from_json = decided(ruleset, to_json(facts), **options)
            from_dict = decided(ruleset, to_python(facts, zones), **options)
            assert from_dict == from_json, title
            answered += isinstance(from_dict, dict)
    assert answered > 1.9 * len(cases)  # nearly all can be read


STRANGE = ["", "x", "ana", "2024-05-02", "2024-05-02T10:00:00", 0, -1, 5, 2.5, 80.105, 1e30, True, False, [], {}, [[]], ["a"],
           {"id": "a1"}, [{"id": "a1"}, {"id": "a1"}], {"": ""}, "\N{SNOWMAN}"]  # fmt: skip


def spoilt(value, chance):
    """The facts with one value, somewhere, in another's place, or under another's name."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        if chance.random() < 0.1:
            return {(name + "x" if name == key else name): member for name, member in value.items()}
        return {**value, key: spoilt(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.85:
        place = chance.randrange(len(value))
        return [*value[:place], spoilt(value[place], chance), *value[place + 1 :]]
    return chance.choice(STRANGE)


def test_a_dict_and_its_json_are_wrong_alike(ruleset, cases):
    chance = random.Random(3)
    wrong = 0
    for _ in range(1500):
        title, facts = chance.choice(cases)
        for _ in range(chance.randint(1, 3)):
            facts = spoilt(facts, chance)
            if not isinstance(facts, dict):
                facts = {"at": facts}
        from_json = decided(ruleset, to_json(facts), decisions=ruleset.decisions)
        assert decided(ruleset, facts, decisions=ruleset.decisions) == from_json, (title, facts)
        wrong += isinstance(from_json, list)
    assert 500 < wrong < 1500


@pytest.mark.parametrize("path", DAY, ids=lambda path: path.stem)
def test_a_dict_and_its_file(ruleset, path):
    facts = yaml.load(path.read_text(encoding="utf-8"), Loader)
    assert decided(ruleset, to_python(facts, itertools.cycle(ZONES))) == decided(ruleset, path)


def test_a_stream_and_the_command(ruleset, cases):
    if "PRAXE_COMMAND" not in os.environ:
        pytest.skip("PRAXE_COMMAND is not set")
    dated = [facts for _, facts in cases if "at" in facts]
    command = [os.environ["PRAXE_COMMAND"], "decide", "-r", ROOT / "rules" / "company.yaml", "--jsonl"]
    lines = "".join(to_json(facts) + "\n" for facts in dated)
    done = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", check=False)
    zones = itertools.cycle(ZONES)
    streamed = ruleset.decide_many((to_python(facts, zones) for facts in dated), errors="return")
    written = done.stdout.splitlines()
    assert len(written) == len(dated) > 200
    for line, answers in zip(written, streamed):
        if isinstance(answers, praxe.CaseError):
            assert json.loads(line)["error"]["message"] == answers.diagnostics[0].message
        else:
            assert without_places(answers.to_json()) == without_places(line)
