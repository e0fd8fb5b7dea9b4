"""Streams of events, told as the command tells them; and what is wrong with one."""

import datetime as dt
import json

import pytest

import praxe
from conftest import ROOT

EVENTS = ROOT / "docs" / "examples" / "history" / "events.jsonl"
CHANGES = ROOT / "docs" / "examples" / "history" / "changes.jsonl"
UNTIL = "2024-05-16T00:00:00-03:00"

BOOKED = {
    "at": dt.datetime(2024, 4, 29, 18, tzinfo=dt.timezone.utc),
    "id": "e1",
    "type": "appointment_booked",
    "client": "c1",
    "record": {"id": "a1", "kind": "sale_contact", "product": "radar", "owner": "ana", "quote_sent": True},
}


def told(change):
    """A change as the command's line has it, as far as it is plain."""
    cause = change.cause
    by = {"event": {"type": cause.type}, "time": "time", "ruleset": {"ruleset": cause.ruleset}}[cause.kind]
    if cause.kind == "event":
        by = {"event": cause.id, **by} if cause.id else {"line": cause.line, **by}
    line = {
        "at": change.at.isoformat(),
        "client": change.case_id,
        "decision": change.decision,
        "because": [(one.rule, list(one.cite)) for one in change.now.because],
        "caused_by": by,
        "to": json.loads(change.now.to_json())["outcome"],
    }
    return {**line, "late": True} if cause.late else line


def lines():
    for line in map(json.loads, CHANGES.read_text().splitlines()):
        if "error" in line:
            continue
        line["because"] = [(one["rule"], one["cite"]) for one in line["because"]]
        del line["from"]
        yield line


def test_the_command_tells_the_same(ruleset):
    replay = praxe.Replay(ruleset)
    found = list(replay.run(EVENTS, until=UNTIL, errors="return"))
    assert [told(one) for one in found if isinstance(one, praxe.ReplayedChange)] == list(lines())
    assert sum(isinstance(one, praxe.EventError) for one in found) == replay.counts["refused"] == 2
    assert replay.counts["changes"] == len(list(lines()))
    assert replay.now == dt.datetime.fromisoformat(UNTIL)
    assert set(replay.cases()) == {line["client"] for line in lines()}


def test_events_as_dicts_and_texts(ruleset):
    replay = praxe.Replay(ruleset, decisions="reservations", texts=True, valid_until=True)
    [booked] = replay.run([BOOKED])
    assert (booked.before, booked.now.outcome[0]["state"]) == (None, "live")
    assert booked.cause == praxe.Cause("event", "e1", "appointment_booked", 1, None, False)
    assert booked.now.because[0].text and booked.now.valid_until is not None
    closed = {"at": "2024-04-30T09:00:00-03:00", "type": "appointment_closed", "client": "c1", "record": {"id": "a1"}}
    [change] = replay.run([json.dumps(closed)])
    assert (change.before[0]["state"], change.now.outcome[0]["state"]) == ("live", "closed")
    assert replay.facts("c1")["client"]["appointments"][0]["closed_at"] == "2024-04-30T09:00:00-03:00"
    assert replay.facts("c2") is None
    assert repr(replay) == "<praxe.Replay: 2 events of 1 cases, 2 changes>"


def test_time_alone(ruleset):
    replay = praxe.Replay(ruleset, decisions="reservations", explain=True)
    changes = list(replay.run([BOOKED], until="2024-06-01T00:00:00-03:00"))
    assert [change.cause.kind for change in changes] == ["event", "time"]
    assert changes[1].because.rule == "over"
    with pytest.raises(praxe.CallError):
        changes[1].now.valid_until


def test_wrong_events(ruleset):
    replay = praxe.Replay(ruleset)
    unknown = {**BOOKED, "type": "appointment_bocked", "id": "e2"}
    with pytest.raises(praxe.EventError, match='did you mean "appointment_booked"'):
        list(replay.run([unknown]))
    naive = {**BOOKED, "at": dt.datetime(2024, 4, 29)}
    first, *rest = replay.run([naive, BOOKED], errors="return")
    assert isinstance(first, praxe.EventError) and "time zone" in first.diagnostics[0].message
    assert rest and all(isinstance(one, praxe.ReplayedChange) for one in rest)


def test_wrong_calls(ruleset):
    for wrong in (
        lambda: praxe.Replay([]),
        lambda: praxe.Replay(ruleset, window=dt.timedelta(hours=-1)),
        lambda: praxe.Replay(ruleset, decisions="lead_ower"),
        lambda: praxe.Replay(ruleset).run(BOOKED),
        lambda: praxe.Replay(ruleset).run([], errors="ignore"),
        lambda: list(praxe.Replay(ruleset).run([EVENTS])),
    ):
        with pytest.raises(praxe.CallError):
            wrong()
    with pytest.raises(praxe.RulesetError):
        praxe.Replay(ruleset, events="nowhere.yaml")


def test_the_stream_ends(ruleset):
    replay = praxe.Replay(ruleset, last="2024-04-29T23:00:00-03:00", window=dt.timedelta(hours=1))
    list(replay.run(EVENTS))
    assert replay.now == dt.datetime.fromisoformat("2024-04-29T23:00:00-03:00")
