"""Many cases: lazily, in order, and with those that are wrong in their places."""

import datetime as dt
import tracemalloc

import pytest

import praxe
import small

AT = dt.datetime(2024, 5, 2, 12, tzinfo=dt.timezone.utc)


@pytest.fixture(scope="module")
def ruleset():
    return small.load(doubled=("int", "count * 2"))


def doubled(answers):
    return answers["doubled"].outcome["value"]


def test_in_order_and_only_as_they_are_asked_for(ruleset):
    taken = []

    def cases():
        for count in range(10):
            taken.append(count)
            yield {"count": count}

    stream = ruleset.decide_many(cases(), at=AT)
    assert taken == []
    assert doubled(next(stream)) == 0
    assert taken == [0]
    assert [doubled(answers) for answers in stream] == [2 * n for n in range(1, 10)]


def test_a_stream_without_end(ruleset):
    def cases():
        while True:
            yield {"count": 1}

    stream = ruleset.decide_many(cases(), at=AT)
    assert [doubled(next(stream)) for _ in range(3)] == [2, 2, 2]


def test_a_bad_case_ends_the_stream(ruleset):
    stream = ruleset.decide_many([{"count": 1}, {"count": "x"}, {"count": 3}], at=AT)
    assert doubled(next(stream)) == 2
    with pytest.raises(praxe.CaseError) as caught:
        next(stream)
    assert caught.value.index == 1
    with pytest.raises(StopIteration):
        next(stream)


def test_a_bad_case_in_its_place(ruleset):
    cases = [{"count": 1}, {"count": "x"}, 5, '{"count": 4}', "{"]
    got = list(ruleset.decide_many(cases, at=AT, errors="return"))
    assert [isinstance(one, praxe.CaseError) for one in got] == [False, True, True, False, True]
    assert [one.index for one in got if isinstance(one, praxe.CaseError)] == [1, 2, 4]
    assert [doubled(got[0]), doubled(got[3])] == [2, 8]


def test_lines_of_a_file(ruleset, tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(f'{{"count": {n}}}\n' for n in range(3)))
    with file.open() as lines:
        assert [doubled(answers) for answers in ruleset.decide_many(lines, at=AT)] == [0, 2, 4]


def test_a_generator_that_raises(ruleset):
    def cases():
        yield {"count": 1}
        raise RuntimeError("the database went away")

    stream = ruleset.decide_many(cases(), at=AT, errors="return")
    assert doubled(next(stream)) == 2
    with pytest.raises(RuntimeError, match="the database went away"):
        next(stream)


@pytest.mark.parametrize("case", [{"count": 1}, '{"count": 1}', b"{}"])
def test_one_case_is_not_many(ruleset, case):
    with pytest.raises(praxe.CallError, match="this is one case: decide_many takes many"):
        ruleset.decide_many(case, at=AT)


def test_errors_is_one_of_two(ruleset):
    with pytest.raises(praxe.CallError, match='errors is "raise" or "return", not \'ignore\''):
        ruleset.decide_many([], errors="ignore")
    with pytest.raises(TypeError, match='there is no option "error"; did you mean "errors"?'):
        ruleset.decide_many([], error="return")


def test_memory_does_not_grow_with_the_stream(ruleset):
    def most_held(count):
        tracemalloc.start()
        for answers in ruleset.decide_many(({"count": n} for n in range(count)), at=AT, errors="return"):
            answers["doubled"].outcome
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most_held(100)
    assert most_held(5000) < 2 * most_held(500)
