"""Indicators over many cases: values of Python's own, what is wrong, the same as the command's."""

import datetime as dt
import json
import os
import subprocess
from decimal import Decimal

import pytest

import praxe
from conftest import ROOT

LINES = (ROOT / "docs/examples/month/clients.jsonl").read_text(encoding="utf-8").splitlines()
AT = dt.datetime(2024, 5, 31, 18, tzinfo=dt.timezone(dt.timedelta(hours=-3)))
STAFF = [{"id": id, "team": team, "status": "available"} for id, team in (("ana", "sales"), ("bia", "sales"), ("sol", "support"))]


@pytest.fixture(scope="module")
def ruleset():
    return praxe.load(ROOT / "rules/company.yaml")


def cases():
    return ({**json.loads(line), "staff": STAFF} for line in LINES)


def test_values(ruleset):
    measures = ruleset.measure(cases(), at=AT)
    assert measures.cases == 8
    assert measures["sold_in_one_call"].value == Decimal("66.67")
    assert measures["sold_in_one_call"].measured == [praxe.Measured(None, Decimal("66.67"), 2, 3, 3, True)]
    assert measures["answer_time_median"].value == dt.timedelta(hours=3, minutes=20)
    best = measures["best_sellers"]
    assert [(one.group, one.value) for one in best.measured] == [("ana", Decimal("430.00")), ("bia", Decimal("400.00"))]
    assert best.groups == 2
    assert measures["answered_in_time"].measured[0].goal_met is False
    assert measures.facts == {"base": {"second_purchase_days": [87]}}
    assert measures.errors == []
    assert "sold_in_one_call" in repr(measures)
    with pytest.raises(praxe.CallError, match="has groups"):
        best.value


def test_the_same_as_the_command(ruleset):
    run = subprocess.run([os.environ["PRAXE_COMMAND"], "measure", "-r", ROOT / "rules/company.yaml", "--format", "json", "--background",
                          ROOT / "docs/examples/month/shared.yaml", ROOT / "docs/examples/month/clients.jsonl"], capture_output=True, text=True)
    assert ruleset.measure(cases(), at=AT).to_json() == run.stdout.strip()


def test_only_some_and_none(ruleset):
    assert list(ruleset.measure(cases(), at=AT, indicators="conversion")) == ["conversion"]
    assert ruleset.measure([], indicators=["sold_in_one_call"])["sold_in_one_call"].value is None


def test_a_wrong_case(ruleset):
    wrong = [{"client": {}}, {"clients": {}}, {"client": {"sales": [{"id": "s", "product": "radar"}]}}]
    with pytest.raises(praxe.CaseError) as raised:
        ruleset.measure(wrong, at=AT)
    assert raised.value.index == 1
    measures = ruleset.measure(wrong, at=AT, errors="return", indicators="sold_in_one_call")
    assert [error.index for error in measures.errors] == [1, 2]
    assert measures.cases == 2
    assert measures["sold_in_one_call"].cases_left_out == 1


def test_wrong_calls(ruleset):
    for named, told in [({"indicators": "sold_in_one_cal"}, 'did you mean "sold_in_one_call"'), ({"errors": "ignore"}, "raise"), ({"at": "noon"}, "noon")]:
        with pytest.raises(praxe.CallError, match=told):
            ruleset.measure([], **named)
    with pytest.raises(praxe.CallError, match="one case"):
        ruleset.measure({"client": {}})
