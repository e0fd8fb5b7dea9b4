"""Duplicate registrations over a base: the same as the command finds, and calls that are wrong."""

import datetime as dt
import json
import os
import subprocess

import pytest

import praxe
from conftest import ROOT

EXAMPLE = ROOT / "docs/examples/duplicates/registrations.jsonl"
REGISTRATIONS = [json.loads(line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]


def test_the_groups_are_those_of_the_command(ruleset):
    command = [os.environ["PRAXE_COMMAND"], "duplicates", "-r", str(ROOT / "rules/company.yaml"), "--format", "json", str(EXAMPLE)]
    lines = [json.loads(line) for line in subprocess.run(command, capture_output=True, text=True).stdout.splitlines()]
    found = ruleset.duplicates(REGISTRATIONS)
    assert [list(group.ids) for group in found] == [line["ids"] for line in lines]
    assert [group.unclear for group in found] == [line.get("unclear", False) for line in lines]
    groups = [group.answer.outcome["groups"][0] for group in found if group.answer.outcome["groups"]]
    assert groups == [line["group"] for line in lines if "group" in line]


def test_reasons_have_texts_on_request(ruleset):
    [group, *_] = ruleset.duplicates(iter(REGISTRATIONS), texts=True, lang="pt")
    assert group.answer.because[-1].text == "propõe-se manter 1001: é o mais completo"


def test_what_was_made_later_is_left_out(ruleset):
    assert ruleset.duplicates(REGISTRATIONS, at=dt.datetime(2019, 4, 1, tzinfo=dt.timezone.utc)) == []


def test_a_wrong_registration_is_told(ruleset):
    with pytest.raises(praxe.CaseError) as error:
        ruleset.duplicates([{"id": "a"}, {"id": "b", "tax": "1"}])
    assert error.value.diagnostics[0].path == "registrations[0].tax"
    with pytest.raises(praxe.CaseError, match='two registrations have the id "a"'):
        ruleset.duplicates([{"id": "a"}, {"id": "a"}])
    with pytest.raises(praxe.CallError, match="at is not an instant"):
        ruleset.duplicates([], at="yesterday")
