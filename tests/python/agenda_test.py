"""The day's lists of many cases, as `praxe agenda` gives them."""

import datetime as dt
import json

import pytest

import praxe
from conftest import ROOT

CASES = sorted((ROOT / "docs" / "examples" / "agenda").glob("*.yaml"))
PAGE = ROOT / "tests" / "agenda" / "ana.jsonl"  # of ana, with a capacity of 2


def test_the_command_gives_the_same(ruleset):
    expected = json.loads(PAGE.read_text())
    [ana] = [one for one in praxe.agenda(ruleset, CASES, capacity=2) if one.person == "ana"]
    assert (ana.person, ana.day.isoformat(), ana.load) == (expected["for"], expected["day"], expected["load"])
    assert (ana.capacity, ana.over, ana.works, ana.away) == tuple(expected[k] for k in ("capacity", "over", "works", "away"))
    assert [one.id for one in ana.items] == [one["id"] for one in expected["items"]]
    for found, item in zip(ana.items, expected["items"]):
        assert (found.client, found.kind, found.due_at.isoformat()) == (item["client"], item["kind"], item["due_at"])
        assert (found.movable_until and found.movable_until.isoformat()) == item.get("movable_until")
        assert (list(found.cite), found.text) == (item["cite"], item["text"]["en"])
    assert [(one.item.id, one.to.isoformat()) for one in ana.moves] == [(one["id"], one["to"]) for one in expected["moves"]]


def test_another_day(ruleset):
    days = praxe.agenda(ruleset, CASES, day=dt.date(2024, 5, 4), lang="pt")
    assert days and all(one.day == dt.date(2024, 5, 4) and not one.works for one in days)
    assert praxe.agenda(ruleset, []) == []


def test_what_is_wrong(ruleset):
    with pytest.raises(praxe.CallError, match="day is not a date"):
        praxe.agenda(ruleset, CASES, day="4 May")
    with pytest.raises(praxe.CaseError) as wrong:
        praxe.agenda(ruleset, [CASES[0], {"clint": {}}])
    assert wrong.value.index == 1
    with pytest.raises(praxe.CaseError, match="when it is decided"):
        praxe.agenda(ruleset, [{"client": {}}])
