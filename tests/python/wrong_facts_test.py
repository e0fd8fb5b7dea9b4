"""Everything that cannot be a fact: what is said of it, exactly."""

import datetime as dt
import decimal
import pickle
import types

import pytest

import praxe
import small

D = decimal.Decimal
UTC = dt.timezone.utc
AT = dt.datetime(2024, 5, 2, 12, tzinfo=UTC)
GIVE_NONE = "give None, or leave it out, where a fact is not known"


@pytest.fixture(scope="module")
def ruleset():
    return small.load(doubled=("int", "count * 2"))


def error_of(ruleset, case):
    with pytest.raises(praxe.CaseError) as caught:
        ruleset.decide(case, at=AT)
    return caught.value


class Finer(dt.datetime):
    nanosecond = 5


class NoTime(dt.datetime):
    def __ne__(self, other):
        return True

    def __str__(self):
        return "NaT"


def itself():
    case = {}
    case["items"] = [case]
    return case


def nested(levels):
    value = "deep"
    for _ in range(levels):
        value = [value]
    return {"items": value}


def doubling():
    """2 ** 60 lists, were they written out."""
    value = []
    for _ in range(60):
        value = [value, value]
    return {"items": value}


@pytest.mark.parametrize(
    "case, message, hint, path",
    [
        # What the types are
        ({"count": True}, '"count" must be a whole number, not "true"', None, "count"),
        ({"flag": 1}, '"flag" must be true or false, not "1"', "write true or false", "flag"),
        ({"text": 5}, '"text" must be text, not "5"', "put it in quotes", "text"),
        ({"count": "5"}, '"count" must be a whole number, not "5"', "remove the quotes", "count"),
        ({"count": 5.0}, '"count" must be a whole number, not "5.0"', None, "count"),
        ({"price": D("1.005")}, '"price" must be an amount of money, not "1.005"', "write at most two decimals", "price"),
        ({"price": 0.1 + 0.2}, '"price" must be an amount of money, not "0.30000000000000004"', "write at most two decimals", "price"),
        ({"price": 1e22}, '"price" must be an amount of money, not "1e+22"', "write the number out, without an exponent", "price"),
        ({"price": D("1E+999999999")}, '"price" must be an amount of money, not "1E+999999999"', "write the number out, without an exponent", "price"),
        ({"day": AT}, '"day" must be a date, not "2024-05-02T12:00:00+00:00"', "a date has no time of day: 2024-05-02", "day"),
        ({"when": dt.date(2024, 5, 2)}, '"when" must be an instant, not "2024-05-02"', "it lacks its time of day and offset: 2024-05-02T00:00:00-03:00, for one", "when"),
        ({"colour": "gren"}, '"colour" cannot be "gren"', 'did you mean "green"?', "colour"),
        ({"items": "i1"}, '"items" must be a list, not a single value', None, "items"),
        ({"items": [{"id": "i1", "amout": 1}]}, '"items[0]" has no field "amout"', 'did you mean "amount"?', "items[0].amout"),
        ({"items": [{"id": "x"}, {"id": "x"}]}, 'two of "items" have the id "x"', "they are items 0 and 1, counted from 0", "items[1].id"),
        # Instants
        ({"when": dt.datetime(2024, 5, 2, 10)}, '"when" has no time zone: 2024-05-02 10:00:00', 'value.replace(tzinfo=zoneinfo.ZoneInfo("America/Sao_Paulo"))', "when"),
        ({"when": Finer(2024, 5, 2, tzinfo=UTC)}, '"when" has nanoseconds: 2024-05-02 00:00:00+00:00', 'instants are whole microseconds: value.floor("us")', "when"),
        ({"when": NoTime(2024, 5, 2, tzinfo=UTC)}, '"when" is NaT', GIVE_NONE, "when"),
        ({"when": dt.timedelta(1)}, '"when" cannot be of type datetime.timedelta', "a fact is a str, int, bool, Decimal, float, datetime, date, list or dict", "when"),
        ({"when": dt.time(1)}, '"when" cannot be of type datetime.time', "a fact is a str, int, bool, Decimal, float, datetime, date, list or dict", "when"),
        # Numbers that are none
        ({"ratio": float("nan")}, '"ratio" is nan', GIVE_NONE, "ratio"),
        ({"ratio": float("-inf")}, '"ratio" is -inf', GIVE_NONE, "ratio"),
        ({"price": D("NaN")}, '"price" is NaN', GIVE_NONE, "price"),
        ({"price": D("Infinity")}, '"price" is Infinity', GIVE_NONE, "price"),
        ({"count": 2**63}, '"count" is a number of more than 64 bits', None, "count"),
        ({"count": -(10**5000)}, '"count" is a number of more than 64 bits', None, "count"),
        # Values of other kinds
        ({"text": b"a"}, '"text" cannot be of type bytes', "make it text: value.decode()", "text"),
        ({"items": {1, 2}}, '"items" cannot be of type set', "make it a list: sorted(value)", "items"),
        ({"items": (i for i in ())}, '"items" cannot be of type generator', "make it a list: list(value)", "items"),
        ({"text": object()}, '"text" cannot be of type object', "a fact is a str, int, bool, Decimal, float, datetime, date, list or dict", "text"),
        ({"text": praxe.WhyNot("", None, None, None, {})}, '"text" cannot be of type WhyNot', "make it a dict: dataclasses.asdict(value)", "text"),
        ({"items": [None]}, '"items[0]" is None', "leave it out of the list", "items[0]"),
        ({"text": "\ud800"}, '"text" is not well-formed Unicode', None, "text"),
        # Keys
        ({5: "a"}, "the case has the key 5, which is not text", "a key is the name of a fact", None),
        ({"items": [{("a", 1): "a"}]}, "\"items[0]\" has the key ('a', 1), which is not text", "a key is the name of a fact", "items[0]"),
        ({"\udfff": "a"}, "the case has a key that is not well-formed Unicode", None, None),
        ({"cuont": 5}, 'the case has no field "cuont"', 'did you mean "count"?', "cuont"),
        # Shapes without end
        (itself(), '"items[0]" holds itself', None, "items[0]"),
        (types.MappingProxyType(itself()), '"items[0].items" holds itself', None, "items[0].items"),
        (nested(64), "nested deeper than 64 levels", None, "items" + "[0]" * 63),
        (doubling(), "the case holds more than 1000000 values", None, None),
        ({"text": "x" * (17 << 20)}, "the case is larger than 16 MiB", None, "text"),
        # The case as a whole
        ([], "a case cannot be of type list", "a case is a dict of facts, JSON as str or bytes, or the pathlib.Path of a file", None),
        (None, "a case cannot be of type NoneType", "a case is a dict of facts, JSON as str or bytes, or the pathlib.Path of a file", None),
        ("\ud800", "the case is not well-formed Unicode", None, None),
    ],
)  # fmt: skip
def test_what_is_said(ruleset, case, message, hint, path):
    error = error_of(ruleset, case)
    [diagnostic] = error.diagnostics
    assert (diagnostic.message, diagnostic.hint) == (message, hint)
    assert (diagnostic.file, diagnostic.line, diagnostic.column) == (None, None, None)
    assert diagnostic.path == path or "more than 1000000" in message  # somewhere in the midst of them
    assert str(error) == f"error: {message}" + (f"\n    hint: {hint}" if hint else "")


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_dict(ruleset):
    error = error_of(ruleset, {"count": "x", "items": [{"id": 1}, {"nid": 2}], "colour": "blue"})
    assert [(d.path, d.message) for d in error.diagnostics] == [
        ("count", '"count" must be a whole number, not "x"'),
        ("items[0].id", '"items[0].id" must be text, not "1"'),
        ("items[1]", '"items[1]" needs the field "id"'),
        ("items[1].nid", '"items[1]" has no field "nid"'),
        ("colour", '"colour" cannot be "blue"'),
    ]


def test_text_has_a_line_and_a_caret_and_its_path(ruleset, tmp_path):
    error = error_of(ruleset, '{"items": [{"id": "i1",\n  "amount": 1.005}]}')
    assert str(error) == (
        '<case>:2:13: error: "items[0].amount" must be an amount of money, not "1.005"\n'
        '      "amount": 1.005}]}\n'
        "                ^~~~~\n"
        "    hint: write at most two decimals"
    )
    [diagnostic] = error.diagnostics
    assert diagnostic == praxe.Diagnostic(
        file="<case>", line=2, column=13, message='"items[0].amount" must be an amount of money, not "1.005"',
        hint="write at most two decimals", path="items[0].amount")  # fmt: skip
    file = tmp_path / "case.yaml"
    file.write_text("text: a\ncolour: gren\n")
    [diagnostic] = error_of(ruleset, file).diagnostics
    assert (diagnostic.file, diagnostic.line, diagnostic.column) == (str(file), 2, 9)
    assert diagnostic.path == "colour"


def test_text_that_is_not_json_and_files_that_are_not_there(ruleset, tmp_path):
    assert "a value is due here" in str(error_of(ruleset, "case.json"))
    missing = tmp_path / "none.yaml"
    assert str(error_of(ruleset, missing)) == f'error: cannot read "{missing}": no such file, or it cannot be read'
    error = error_of(ruleset, b'{"text": "\xff"}')
    assert "UTF-8" in error.diagnostics[0].message
    assert '{"text": "\N{REPLACEMENT CHARACTER}"}' in str(error)
    assert "empty" in str(error_of(ruleset, ""))


def test_no_instant(ruleset):
    with pytest.raises(praxe.CaseError) as caught:
        ruleset.decide({"count": 1})
    assert str(caught.value) == (
        "error: the case does not say when it is decided\n"
        '    hint: give the fact "at", or call decide(…, at=…)'
    )


class BrokenZone(dt.tzinfo):
    def utcoffset(self, when):
        raise RuntimeError("no offset today")


def test_what_the_host_raises_passes_through(ruleset):
    with pytest.raises(RuntimeError, match="no offset today"):
        ruleset.decide({"when": dt.datetime(2024, 5, 2, tzinfo=BrokenZone())}, at=AT)


class Meddling(dt.tzinfo):
    """Changes the dict that is being read."""

    def __init__(self, case):
        self.case = case

    def utcoffset(self, when):
        self.case.clear()
        self.case.update({f"k{i}": i for i in range(1000)})
        return dt.timedelta(0)


def test_a_dict_that_changes_while_it_is_read(ruleset):
    case = {}
    case.update(count=1, when=dt.datetime(2024, 5, 2, tzinfo=Meddling(case)), text="a")
    with pytest.raises(praxe.CaseError):
        ruleset.decide(case, at=AT)


def test_errors_can_be_pickled(ruleset):
    for error in (error_of(ruleset, {"count": "x"}), ruleset.decide({}, at=AT, decisions="doubled")["doubled"].error):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), str(error))
        assert getattr(again, "diagnostics", None) == getattr(error, "diagnostics", None)
