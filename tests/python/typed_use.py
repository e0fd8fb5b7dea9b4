"""How a program uses praxe, as mypy sees it (types.py): what it must accept, and what it must not."""

import datetime
import pathlib
from collections.abc import Iterator
from typing import Any, Union

from typing_extensions import assert_type

import praxe

ruleset = praxe.load("rules/company.yaml", files={"a.yaml": "ruleset: a"})
assert_type(ruleset, praxe.Ruleset)
assert_type(praxe.rules_path(), pathlib.Path)
assert_type(ruleset.zone, datetime.tzinfo)

answers = ruleset.decide({"at": datetime.datetime.now(datetime.timezone.utc)}, decisions=["debt"], lang="pt")
assert_type(answers, praxe.Answers)
answer = answers["debt"]
assert_type(answer, praxe.Answer)
assert_type(answer.outcome, Any)
assert_type(answer.valid_until, Union[datetime.datetime, None])
assert_type(answer.error, Union[praxe.DecisionError, None])
assert_type(answer.because, list[praxe.Because])
assert_type(answer.because[0].cite, tuple[str, ...])
for because in answer.because:
    because.rule = "mine"  # type: ignore[misc]

ruleset.decide('{"client": {}}')
ruleset.decide(b"{}", decisions="debt", at="2024-05-02T10:00:00-03:00")
ruleset.decide(pathlib.Path("case.yaml"), explain=True, texts=True, valid_until=False, max_evaluations=10)
ruleset.decide(5)  # type: ignore[arg-type]
ruleset.decide([{}])  # type: ignore[arg-type]
ruleset.decide({}, decison="debt")  # type: ignore[arg-type]
ruleset.decide({}, at=datetime.date(2024, 5, 2))  # type: ignore[arg-type]
praxe.load()  # type: ignore[call-arg]

stream = ruleset.decide_many([{}, "{}", pathlib.Path("case.json")], errors="return")
assert_type(stream, Iterator[Union[praxe.Answers, praxe.CaseError]])
for one in stream:
    if isinstance(one, praxe.CaseError):
        assert_type(one.index, Union[int, None])
        assert_type(one.diagnostics, list[praxe.Diagnostic])
    else:
        assert_type(one, praxe.Answers)
ruleset.decide_many([{}], errors="ignore")  # type: ignore[arg-type]

book = praxe.Book(ruleset, datetime.datetime.now(datetime.timezone.utc), decisions="debt", horizon=datetime.timedelta(days=30))
assert_type(book.put("c1", {}), list[praxe.Change])
assert_type(book.due("2024-05-02T00:00:00Z", at_most=5)[0].because, Union[praxe.Flip, None])
assert_type(book.next_wakeup(), Union[praxe.Wakeup, None])
assert_type(ruleset.decide({}, explain=True)["debt"].validity, Union[praxe.Validity, None])
book.put("c1", 5)  # type: ignore[arg-type]

replay = praxe.Replay([ruleset], decisions="debt", window=datetime.timedelta(hours=48), explain=True)
assert_type(replay.run([{"type": "lead_created"}, "{}"]), Iterator[Union[praxe.ReplayedChange, praxe.EventError]])
for told in replay.run(pathlib.Path("events.jsonl"), until="2024-05-02T00:00:00Z", errors="return"):
    if isinstance(told, praxe.ReplayedChange):
        assert_type(told.cause, praxe.Cause)
assert_type(replay.facts("c1"), Union[dict[str, Any], None])
replay.run([5])  # type: ignore[list-item]

days = praxe.agenda(ruleset, [{}, "{}"], day=datetime.date(2024, 5, 2), capacity=20)
assert_type(days, list[praxe.PersonDay])
assert_type(days[0].moves[0].item, praxe.AgendaItem)


class Table:
    def __arrow_c_stream__(self, requested_schema: Union[object, None] = None) -> object:
        return self


assert_type(ruleset.decide_columns(Table(), decisions="debt", threads=2)["debt"], praxe.DecidedColumns)
ruleset.decide_columns([{}])  # type: ignore[arg-type]
