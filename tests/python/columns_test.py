"""Arrow columns in and out: the same answers as case by case, whoever holds the columns and for however long."""

import concurrent.futures
import ctypes
import datetime as dt
import gc

import arrow
import pytest
import small

import praxe

ALL = ["tier", "doubled", "later"]
AT = dt.datetime(2024, 5, 2, 12, tzinfo=dt.timezone.utc)
VOCABULARY = """\
vocabulary: v
closed_sets: {kind: [lead, client]}
facts:
  at?: timestamp
  count?: int
  flag?: bool
  kind?: kind
"""
RULES = """\
ruleset: r
vocabulary: v.yaml
clauses: {C.1: {en: one, pt: um}}
decisions:
  tier:
    gives: {name: [big, flagged, other], n: int}
    hit: first
    rules:
      - {id: big, cite: C.1, when: ['count >= 10', 'kind == "client"'], then: {name: big, n: 2}}
      - {id: flagged, when: flag, then: {name: flagged, n: 1}}
      - {id: other, then: {name: other, n: 0}}
  doubled:
    asks: {en: "What?", pt: "O quê?"}
    gives: {value: int}
    always: {value: count * 2}
  later:
    asks: {en: "When?", pt: "Quando?"}
    gives: {over: bool}
    always: {over: 'at > timestamp("2024-06-01T00:00:00Z")'}
"""


@pytest.fixture(scope="module")
def ruleset():
    return praxe.load("r.yaml", files={"r.yaml": RULES, "v.yaml": VOCABULARY})


COUNTS = [12, 3, None, 10, 9, 40]
FLAGS = [False, True, True, None, False, False]
KINDS = ["client", "lead", "client", "client", None, "client"]


def columns(first=0, end=6, skipped=0):
    """The rows [first, end); the columns are those of a slice where something is skipped."""
    there = slice(first - skipped, end)
    return arrow.struct(
        end - first,
        count=arrow.values("l", "q", COUNTS[there], skipped=skipped),
        flag=arrow.flags(FLAGS[there], skipped=skipped),
        kind=arrow.words(KINDS[there], ["client", "lead"], skipped=skipped),
    )


def alone(ruleset, decision, first=0, end=6, **options):
    """What each case alone is answered."""
    rows = []
    for count, flag, kind in list(zip(COUNTS, FLAGS, KINDS))[first:end]:
        case = {"count": count, "flag": flag, "kind": kind}
        answer = ruleset.decide(case, decisions=decision, at=AT, valid_until=False)[decision]
        error = answer.error and str(answer.error).removeprefix(f"{decision}: ")
        because = [] if answer.error else answer.because
        rows.append(
            {
                "outcome": None if answer.error else answer.outcome,
                "rule": because[0].rule if because else None,
                "clause": because[0].cite[0] if because and because[0].cite else None,
                "error": error,
            }
        )
    return rows


@pytest.mark.parametrize("decision", ["tier", "doubled"])
def test_each_row_is_answered_as_its_case_alone(ruleset, decision):
    decided = ruleset.decide_columns(arrow.Batch(columns()), decisions=decision, at=AT)
    rows = arrow.rows_of_array(decided[decision])
    expected = alone(ruleset, decision)
    if decision == "doubled":  # it has no rules
        expected = [{**row, "rule": None, "clause": None} for row in expected]
    assert rows == expected
    assert any(row["error"] for row in rows) and any(row["outcome"] for row in rows)


def test_all_decisions_are_columns_of_one_batch(ruleset):
    decided = ruleset.decide_columns(arrow.Batch(columns()), decisions=ALL, at=AT)
    assert decided.decisions == tuple(ALL) and decided.rows == 6 and list(decided) == list(decided.decisions)
    rows = arrow.rows_of_array(decided)
    assert [row["tier"] for row in rows] == arrow.rows_of_array(decided["tier"]) == alone(ruleset, "tier")
    assert repr(decided["tier"]) == "<praxe.DecidedBatch of 6 cases: tier>"


def test_a_stream_in_is_a_stream_out(ruleset):
    stream = arrow.Stream(columns(0, 2), columns(2, 2), columns(2, 6, skipped=2))
    decided = ruleset.decide_columns(stream, decisions="tier", at=AT)
    assert decided.rows == 6 and not hasattr(decided, "__arrow_c_array__")
    expected = alone(ruleset, "tier")
    assert arrow.batches_of_stream(decided["tier"]) == [expected[:2], [], expected[2:]]
    assert arrow.batches_of_stream(decided["tier"]) == [expected[:2], [], expected[2:]]  # as often as one likes
    assert sorted(stream.released) == ["Array"] * 3 + ["Schema", "Stream_"]


@pytest.mark.parametrize("skipped", [1, 2, 3])
def test_a_slice_begins_at_its_offset(ruleset, skipped):
    decided = ruleset.decide_columns(arrow.Batch(columns(3, 6, skipped=skipped)), decisions="tier", at=AT)
    assert arrow.rows_of_array(decided["tier"]) == alone(ruleset, "tier", 3, 6)


def test_valid_until_on_request(ruleset):
    decided = ruleset.decide_columns(arrow.Batch(columns(0, 2)), decisions="later", at=AT, valid_until=True)
    end = int(dt.datetime(2024, 6, 1, tzinfo=dt.timezone.utc).timestamp()) * 1_000_000
    ends = [row["valid_until"] for row in arrow.rows_of_array(decided["later"])]
    assert all(end <= at <= end + 1 for at in ends) and len(ends) == 2


def test_instants_of_the_cases_own(ruleset):
    hours = [int(AT.timestamp()), int(AT.timestamp()) + 90 * 86_400]
    cases = arrow.struct(2, at=arrow.values("tss:UTC", "q", hours))
    decided = ruleset.decide_columns(arrow.Batch(cases), decisions="later")
    assert [row["outcome"]["over"] for row in arrow.rows_of_array(decided["later"])] == [False, True]


def test_all_is_released_once(ruleset):
    batch = arrow.Batch(columns())
    decided = ruleset.decide_columns(batch, decisions=ALL, at=AT)
    assert sorted(batch.released) == ["Array", "Schema"]  # at once: the answers share nothing with the cases
    exported = [decided.__arrow_c_array__() for _ in range(3)]
    expected = alone(ruleset, "tier")
    one = decided["tier"]
    del decided
    gc.collect()
    assert arrow.rows_of_array(one) == expected
    del one
    gc.collect()
    for schema, array in exported:  # each outlives what it came from, and is released by itself
        rows = arrow._inside(arrow.Array, array, b"arrow_array")
        names = arrow._inside(arrow.Schema, schema, b"arrow_schema")
        assert [arrow._read(names, rows, row)["tier"] for row in range(6)] == expected
        del schema, array
    del exported
    gc.collect()


def test_a_part_outlives_the_whole(ruleset):
    """A consumer may move a child out of its array, and release the rest."""
    schema, array = ruleset.decide_columns(arrow.Batch(columns()), decisions=ALL, at=AT).__arrow_c_array__()
    whole = arrow._inside(arrow.Array, array, b"arrow_array")
    names = arrow._inside(arrow.Schema, schema, b"arrow_schema")
    moved = arrow.Array()
    ctypes.memmove(ctypes.byref(moved), whole.children[0], ctypes.sizeof(moved))
    whole.children[0].contents.release = type(moved.release)()
    whole.release(ctypes.byref(whole))
    assert not whole.release
    gc.collect()
    expected = alone(ruleset, "tier")
    assert [arrow._read(names.children[0].contents, moved, row) for row in range(6)] == expected
    moved.release(ctypes.byref(moved))


def test_threads_share_the_rows(ruleset):
    rows = 10_000
    cases = arrow.struct(rows, count=arrow.values("l", "q", list(range(rows))))
    one = ruleset.decide_columns(arrow.Batch(cases), decisions="doubled", at=AT)
    many = ruleset.decide_columns(arrow.Batch(cases), decisions="doubled", at=AT, threads=3)
    batches = arrow.batches_of_stream(many["doubled"])
    assert len(batches) == 3 and sum(batches, []) == arrow.rows_of_array(one["doubled"])
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        again = pool.map(lambda _: ruleset.decide_columns(arrow.Batch(cases), decisions="doubled", at=AT), range(8))
        assert all(arrow.rows_of_array(decided["doubled"]) == sum(batches, []) for decided in again)


def test_lists_and_records_go_row_by_row():
    ruleset = small.load(doubled=("int", "count * 2"))
    cases = arrow.struct(2, count=arrow.values("i", "i", [4, None]))
    rows = arrow.rows_of_array(ruleset.decide_columns(arrow.Batch(cases), at=AT)["doubled"])
    assert rows[0]["outcome"] == {"value": 8} and rows[1]["outcome"] is None and "count" in rows[1]["error"]


# ------------------------------------------------------------------------------------------------------- what is wrong


def test_columns_that_do_not_fit(ruleset):
    wrong = arrow.struct(1, counts=arrow.values("l", "q", [1]), flag=arrow.values("l", "q", [1]))
    batch = arrow.Batch(wrong)
    with pytest.raises(praxe.CaseError) as raised:
        ruleset.decide_columns(batch, at=AT)
    said = {diagnostic.message: diagnostic.hint for diagnostic in raised.value.diagnostics}
    assert said == {
        'there is no fact "counts"': 'did you mean "count"?',
        '"flag" is of type bool, and its column of the format "l"': "give bool",
    }
    assert sorted(batch.released) == ["Array", "Schema"]


def test_an_array_that_does_not_fit_its_schema(ruleset):
    class Short(arrow.Batch):
        def __arrow_c_array__(self, requested_schema=None):
            schema, _ = super().__arrow_c_array__()
            array = arrow.struct(3).array(released=self.released)
            return schema, arrow.capsule(array, b"arrow_array")

    with pytest.raises(praxe.CaseError, match="children|columns"):
        ruleset.decide_columns(Short(columns()), at=AT)


def test_a_stream_that_breaks_off(ruleset):
    stream = arrow.Stream(columns(0, 2), columns(2, 6), broken=b"the disk is gone")
    with pytest.raises(praxe.CaseError, match="the stream of columns broke off: the disk is gone"):
        ruleset.decide_columns(stream, at=AT)
    assert sorted(stream.released) == ["Array", "Schema", "Stream_"]


def test_what_is_no_column(ruleset):
    with pytest.raises(praxe.CallError, match="these are no Arrow columns: <class 'list'>\n    hint: .*decide_many"):
        ruleset.decide_columns([{"count": 1}], at=AT)

    class Wrong:
        def __arrow_c_array__(self, requested_schema=None):
            return "a", "b"

    with pytest.raises(praxe.CallError, match='__arrow_c_array__ gives no capsule "arrow_schema"'):
        ruleset.decide_columns(Wrong(), at=AT)

    class Used(arrow.Batch):
        def __arrow_c_array__(self, requested_schema=None):
            self.given = getattr(self, "given", None) or super().__arrow_c_array__()
            return self.given

    batch = Used(columns())
    ruleset.decide_columns(batch, at=AT)
    with pytest.raises(praxe.CallError, match='the capsule "arrow_schema" was taken before'):
        ruleset.decide_columns(batch, at=AT)


def test_a_call_that_is_wrong(ruleset):
    batch = arrow.Batch(columns())
    with pytest.raises(praxe.CallError, match='did you mean "tier"'):
        ruleset.decide_columns(batch, decisions="tire", at=AT)
    with pytest.raises(praxe.CallError, match="threads are 1 to 1024, not 0"):
        ruleset.decide_columns(batch, at=AT, threads=0)
    with pytest.raises(praxe.CaseError, match='there is no instant of the decisions'):
        ruleset.decide_columns(batch)
    with pytest.raises(KeyError, match='did you mean \\\\?"tier'):
        ruleset.decide_columns(batch, decisions="tier", at=AT)["tie"]
