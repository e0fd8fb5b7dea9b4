"""Books of cases, and what ends an answer's validity."""

import datetime as dt
import decimal
import threading

import pytest

import praxe
import small

AT = dt.datetime(2024, 5, 2, 12, tzinfo=dt.timezone.utc)
DAY = dt.timedelta(days=1)


@pytest.fixture
def late():
    return small.load(late=("bool", "at >= when"), price_shown=("money", "price"))


def test_what_ends_an_answer(late):
    answer = late.decide({"when": AT + DAY}, at=AT, explain=True)["late"]
    validity = answer.validity
    assert (validity.until, validity.limited_by, validity.evaluations) == (AT + DAY, None, 1)
    assert (validity.because.decision, validity.because.comparison, validity.because.fact) == ("late", "at >= when", "when")
    assert validity.because.rule_at.startswith("small.yaml:")
    assert validity.next == {"value": True}
    unasked = late.decide({"when": AT + DAY}, at=AT)["late"].validity
    assert (unasked.until, unasked.because, unasked.next) == (AT + DAY, None, None)
    assert late.decide({"when": AT + DAY}, at=AT, valid_until=False)["late"].validity is None


def test_a_horizon(late):
    answer = late.decide({"when": AT + DAY}, at=AT, horizon=dt.timedelta(hours=1), explain=True)["late"]
    assert (answer.valid_until, answer.limited, answer.validity.limited_by) == (AT + DAY, True, "horizon")
    assert (answer.validity.because, answer.validity.next) == (None, None)


def test_an_item_has_its_own(ruleset, case):
    [reserved] = ruleset.decide(case, explain=True)["reservations"].because
    assert reserved.validity.because.rule == "over"
    assert reserved.validity.next["state"] == "expired"
    assert reserved.validity.until == reserved.valid_until


def test_a_book(late):
    book = praxe.Book(late, AT)
    [new] = book.put("b", {"when": AT + 2 * DAY})
    assert (new.case_id, new.decision, new.before, new.now.outcome, new.because) == ("b", "late", None, {"value": False}, None)
    book.put("a", {"when": AT + DAY})
    assert book.next_wakeup() == praxe.Wakeup(AT + DAY, "a", "late")
    assert [w.case_id for w in book.wakeups()] == ["a", "b"]
    assert (len(book), "a" in book, "c" in book, book.now) == (2, True, False, AT)
    assert repr(book).startswith("<praxe.Book of 2 cases at 2024-05-02")

    assert book.due(AT + DAY - dt.timedelta(microseconds=1)) == []
    [change] = book.due(AT + DAY)
    assert (change.at, change.case_id, change.before, change.now.outcome) == (AT + DAY, "a", {"value": False}, {"value": True})
    assert change.because.fact == "when"
    assert book.remove("b") and not book.remove("b")
    assert book.next_wakeup() is None


def test_a_dict_is_kept_as_it_is_read():
    ruleset = small.load(all=("string", 'text + string(count) + string(ratio) + string(flag) + items[0].id + string(at >= when)'),
                         cost=("money", "price + items[0].amount"))
    case = {"text": 'a "quoted" ação\n', "count": 3, "ratio": 0.5, "flag": True, "when": AT + DAY,
            "price": decimal.Decimal("1.10"), "items": [{"id": "x", "amount": 2}]}
    book = praxe.Book(ruleset, AT, decisions=["all", "cost"])
    now = {change.decision: change.now.outcome for change in book.put("c", case)}
    assert now == {name: ruleset.decide(case, at=AT)[name].outcome for name in ("all", "cost")}
    [change] = book.due(AT + DAY)
    assert change.now.outcome == ruleset.decide(case, at=AT + DAY)["all"].outcome


def test_a_wrong_case_leaves_the_book_as_it_was(late):
    book = praxe.Book(late, AT)
    book.put("a", {"when": AT + DAY})
    for wrong in ({"wen": AT}, {"when": AT.replace(tzinfo=None)}, "{", {"when": AT, "count": object()}):
        with pytest.raises(praxe.CaseError):
            book.put("a", wrong)
    assert book.next_wakeup() == praxe.Wakeup(AT + DAY, "a", "late")


def test_wrong_calls(late):
    with pytest.raises(praxe.CallError, match="no decision"):
        praxe.Book(late, AT, decisions="laet")
    with pytest.raises(praxe.CallError, match="no time zone"):
        praxe.Book(late, AT.replace(tzinfo=None))
    with pytest.raises(praxe.CallError):
        praxe.Book(late, AT).due("tomorrow")


def test_threads_take_turns(late):
    book = praxe.Book(late, AT)

    def fill(name):
        for i in range(50):
            book.put(f"{name}{i}", {"when": AT + i * dt.timedelta(hours=1)})

    threads = [threading.Thread(target=fill, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(book) == 200
    assert len(book.due(AT + 10 * DAY)) == 196  # four were over at once
