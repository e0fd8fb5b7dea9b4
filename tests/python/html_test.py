"""Tables for notebooks: well formed, in the ruleset's words, and nothing in them but text."""

import datetime as dt
import html.parser

import pytest

import small

VOID = {"br"}
AT = dt.datetime(2024, 5, 2, 12, tzinfo=dt.timezone.utc)
ATTACK = "<script>alert('&\"')</script>"


class Reader(html.parser.HTMLParser):
    """Fails on a tag that is not closed; gathers the text of each cell and which tags and attributes there are."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes, self.rows = [], set(), set(), []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def read(thing):
    reader = Reader(thing._repr_html_())
    assert reader.tags <= {"table", "thead", "tbody", "tr", "th", "td", "span", "b", "br", "code"}
    assert reader.attributes <= {"class", "style", "title"}
    return reader.rows


def test_answers(ruleset, case):
    head, reservations, owner, *_ = read(ruleset.decide(case, texts=True))
    assert head == ["decision", "outcome", "until", "because"]
    assert reservations == [
        "What is each appointment worth?",
        "id a1 · state live · expires at 2024-05-03 00:00 · renewable yes",
        "2024-05-03 00:00",
        "P.S2a with a quote sent, holds until 2024-05-03 00:00",
    ]
    assert owner[:3] == ["Who serves and sells now?", "route transfer · owner ana · reservation a1", "2024-05-03 00:00"]
    assert owner[3].startswith("P.S8.1 hand over to ana, who holds the reservation")


def test_in_portuguese(ruleset, case):
    head, reservations, *_ = read(ruleset.decide(case, texts=True, lang="pt"))
    assert head == ["decisão", "resposta", "vale até", "por quê"]
    assert reservations[0] == "O que vale cada agendamento?"


def test_without_texts_and_without_validity(ruleset, case):
    [_, row] = read(ruleset.decide(case, valid_until=False)["lead_owner"])
    assert row[2] == ""
    assert row[3].startswith("P.S8.1 to_the_owner")


def test_items_have_a_row_each(ruleset, case):
    first = case["client"]["appointments"][0]
    case["client"]["appointments"].append({**first, "id": "a2", "product": "crm"})
    [_, one, two] = read(ruleset.decide(case)["reservations"])
    assert (one[0], two[0]) == ("What is each appointment worth?", "")
    assert one[1].startswith("id a1") and two[1].startswith("id a2")
    case["client"]["appointments"] = []
    [_, none] = read(ruleset.decide(case)["reservations"])
    assert none[1] == "none"


def test_an_error(ruleset, case):
    del case["request"]
    [_, row] = read(ruleset.decide(case, decisions="lead_owner"))
    assert "request" in row[1]


def test_a_ruleset(ruleset):
    rows = read(ruleset)
    assert rows[0] == ["decision", "question"]
    assert rows[1] == ["reservations", "What is each appointment worth?"]
    assert len(rows) == 1 + len(ruleset.decisions)


def test_no_answers(ruleset, case):
    assert read(ruleset.decide({}, at=AT))[1][0] == "none"


@pytest.mark.parametrize("fact, kind", [("text", "string"), ("items.map(i, i.id)", "list(string)")])
def test_everything_is_escaped(fact, kind):
    answers = small.load(shown=(kind, fact)).decide({"text": ATTACK, "items": [{"id": ATTACK}]}, at=AT)
    assert ATTACK not in answers._repr_html_()
    assert read(answers)[1][1] == f"value {ATTACK}"


def test_errors_are_escaped():
    answers = small.load(shown=("int", '{"a": 1}[text]')).decide({"text": ATTACK}, at=AT)
    assert answers["shown"].error is not None
    assert ATTACK not in answers._repr_html_()
    read(answers)
