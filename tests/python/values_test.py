"""Facts of every type in, outcomes of every type out."""

import collections
import datetime as dt
import decimal
import enum
import types
import zoneinfo

import pytest

import small

D = decimal.Decimal
UTC = dt.timezone.utc
SAO_PAULO = zoneinfo.ZoneInfo("America/Sao_Paulo")
TOKYO = zoneinfo.ZoneInfo("Asia/Tokyo")
NOON = dt.datetime(2024, 5, 2, 12, tzinfo=UTC)

TYPES = {
    "text": "string", "flag": "bool", "count": "int", "ratio": "double", "price": "money", "share": "percent",
    "when": "timestamp", "day": "date", "term": "business_days", "colour": "colour",
}  # fmt: skip


@pytest.fixture(scope="module")
def echo():
    """Each fact has a decision, `of_FACT`, that gives it back."""
    return small.load(**{f"of_{fact}": (kind, fact) for fact, kind in TYPES.items()})


def given_back(echo, fact, value):
    return echo.decide({fact: value}, at=NOON, decisions=f"of_{fact}")[f"of_{fact}"].outcome["value"]


class Colour(str, enum.Enum):
    RED = "red"


class Number(enum.IntEnum):
    SEVEN = 7


@pytest.mark.parametrize(
    "fact, value, expected",
    [
        ("text", "ação", "ação"),
        ("text", "", ""),
        ("text", "\N{MUSICAL SYMBOL G CLEF}\0'\"\\\n", "\N{MUSICAL SYMBOL G CLEF}\0'\"\\\n"),
        ("flag", True, True),
        ("flag", False, False),
        ("count", 0, 0),
        ("count", -(2**63), -(2**63)),
        ("count", 2**63 - 1, 2**63 - 1),
        ("count", Number.SEVEN, 7),
        ("ratio", 0.1, 0.1),
        ("ratio", 1e300, 1e300),
        ("ratio", -0.0, -0.0),
        ("ratio", 3, 3.0),
        ("ratio", D("2.5"), 2.5),
        ("price", D("80.00"), D("80.00")),
        ("price", D("80"), D("80.00")),
        ("price", D("8E+1"), D("80.00")),
        ("price", 80, D("80.00")),
        ("price", 80.1, D("80.10")),
        ("price", "80.10", D("80.10")),
        ("price", D("-92233720368547758.08"), D("-92233720368547758.08")),
        ("share", D("12.5"), D("12.50")),
        ("when", dt.datetime(2024, 5, 2, 10, tzinfo=SAO_PAULO), dt.datetime(2024, 5, 2, 13, tzinfo=UTC)),
        ("when", dt.datetime(2024, 5, 2, 22, 0, 0, 123456, tzinfo=TOKYO), dt.datetime(2024, 5, 2, 13, 0, 0, 123456, tzinfo=UTC)),
        ("when", "2024-05-02T10:00:00-03:00", dt.datetime(2024, 5, 2, 13, tzinfo=UTC)),
        ("when", dt.datetime(1890, 1, 1, tzinfo=SAO_PAULO), dt.datetime(1890, 1, 1, tzinfo=SAO_PAULO)),
        ("when", dt.datetime(1, 1, 1, tzinfo=UTC), dt.datetime(1, 1, 1, tzinfo=UTC)),
        ("when", dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("day", dt.date(2024, 2, 29), dt.date(2024, 2, 29)),
        ("day", dt.date(1, 1, 1), dt.date(1, 1, 1)),
        ("day", "9999-12-31", dt.date(9999, 12, 31)),
        ("term", 5, 5),
        ("colour", "green", "green"),
        ("colour", Colour.RED, "red"),
    ],
)  # fmt: skip
def test_a_fact_comes_back(echo, fact, value, expected):
    got = given_back(echo, fact, value)
    assert got == expected
    assert type(got) is type(expected)
    assert str(got) == str(expected) or isinstance(got, dt.datetime)


def test_an_hour_that_is_there_twice_keeps_which_it_is(echo):
    for fold in (0, 1):  # summer time ended at midnight of 18 February 2018
        when = dt.datetime(2018, 2, 17, 23, 30, tzinfo=SAO_PAULO, fold=fold)
        assert given_back(echo, "when", when).timestamp() == when.timestamp()
        assert given_back(echo, "when", when).fold == fold


def test_instants_come_in_the_zone_of_the_ruleset(echo):
    got = given_back(echo, "when", dt.datetime(2024, 5, 2, 13, tzinfo=UTC))
    assert got.tzinfo == SAO_PAULO == echo.zone
    assert got.isoformat() == "2024-05-02T10:00:00-03:00"


@pytest.mark.parametrize("zone, hours", [("UTC", 0), ("Asia/Kolkata", 5.5), ('"-02:30"', -2.5)])
def test_zones_of_rulesets(zone, hours):
    got = small.load(zone, shown=("timestamp", "when")).decide({"when": NOON}, at=NOON)["shown"].outcome["value"]
    assert got == NOON
    assert got.utcoffset() == dt.timedelta(hours=hours)


def test_instants_at_the_end_of_time_that_the_zone_cannot_show():
    last = dt.datetime(9999, 12, 31, 23, tzinfo=UTC)
    ruleset = small.load("Asia/Tokyo", shown=("timestamp", "when"))
    assert ruleset.decide({"when": last}, at=NOON)["shown"].outcome["value"] == last


OUTCOMES = {
    "uints": ("uint", "18446744073709551615u", 18446744073709551615),
    "durations": ("duration", 'duration("90m")', dt.timedelta(minutes=90)),
    "nanoseconds": ("duration", 'duration("1ns")', "0.000000001s"),
    "reals": ("double", "1.0 / 3.0", 1 / 3),
    "raw": ("bytes", 'b"\\x00a"', b"\0a"),
    "lists": ("list(money)", '[money("1.50"), money("2.00")]', [D("1.50"), D("2.00")]),
    "maps": ("map(string, int)", '{"a": 1, "b": 2}', {"a": 1, "b": 2}),
    "months_": ("months", "months(3)", 3),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_outcome_of_every_type(name):
    kind, value, expected = OUTCOMES[name]
    got = small.load(**{name: (kind, value)}).decide({}, at=NOON)[name].outcome["value"]
    assert got == expected
    assert type(got) is type(expected)


def test_none_is_not_given(echo):
    answer = echo.decide({"text": None}, at=NOON, decisions="of_text")["of_text"]
    assert answer.error.code == "missing_fact"
    assert answer.error.path == "text"


@pytest.mark.parametrize(
    "of",
    [dict, collections.OrderedDict, types.MappingProxyType, collections.UserDict, lambda d: collections.ChainMap(d)],
)
def test_mappings(echo, of):
    items = of({"id": "i1", "amount": D("1.00")})
    echo.decide(of({"text": "a", "items": [items]}), at=NOON)
    assert echo.decide(of({"text": "a"}), at=NOON, decisions="of_text")["of_text"].outcome == {"value": "a"}


def test_tuples_are_lists():
    ruleset = small.load(ids=("list(string)", "items.map(i, i.id)"))
    assert ruleset.decide({"items": ({"id": "b"}, {"id": "a"})}, at=NOON)["ids"].outcome == {"value": ["b", "a"]}


def test_text_bytes_and_files(echo, tmp_path):
    text = '{"text": "ação", "at": "2024-05-02T12:00:00Z"}'
    (tmp_path / "case.json").write_text(text, encoding="utf-8")
    (tmp_path / "case.yaml").write_text("text: ação\nat: 2024-05-02T12:00:00Z\n", encoding="utf-8")
    raw = text.encode()
    for case in (text, raw, bytearray(raw), memoryview(raw), tmp_path / "case.json", tmp_path / "case.yaml"):
        assert echo.decide(case, decisions="of_text")["of_text"].outcome == {"value": "ação"}


def test_numpy(echo):
    np = pytest.importorskip("numpy")
    for fact, value, expected in [
        ("count", np.int64(5), 5),
        ("count", np.uint8(5), 5),
        ("flag", np.bool_(True), True),
        ("price", np.float64(80.1), D("80.10")),
        ("ratio", np.float32(0.5), 0.5),
        ("text", np.str_("a"), "a"),
    ]:
        assert given_back(echo, fact, value) == expected


class Timestamp(dt.datetime):
    """As pandas has them: a datetime with nanoseconds of its own."""

    nanosecond = 0


def test_timestamps_like_those_of_pandas(echo):
    when = Timestamp(2024, 5, 2, 13, tzinfo=UTC)
    assert given_back(echo, "when", when) == when
