"""Loading, deciding, what the answers hold, and calls that are wrong."""

import datetime as dt
import decimal
import gc
import json
import pathlib
import re

import pytest

import praxe
import small
from conftest import ROOT, SAO_PAULO

AT = dt.datetime(2024, 5, 2, 12, tzinfo=dt.timezone.utc)


def text_of(error):
    return str(error.value)


# ------------------------------------------------------------------------------------------------- answers


def test_an_answer(ruleset, case):
    answers = ruleset.decide(case)
    assert list(answers)[:2] == ["reservations", "lead_owner"]
    owner = answers["lead_owner"]
    assert owner.decision == "lead_owner"
    assert owner.outcome == {"route": "transfer", "owner": "ana", "reservation": "a1"}
    assert owner.valid_until == dt.datetime(2024, 5, 3, tzinfo=SAO_PAULO)
    assert owner.valid_until.tzinfo == SAO_PAULO
    assert (owner.limited, owner.error, owner.why_not) == (False, None, [])
    deciding, rests_on = owner.because
    assert (deciding.decision, deciding.rule, deciding.cite) == ("lead_owner", "to_the_owner", ("P.S8.1",))
    assert (deciding.item, deciding.text, deciding.texts, deciding.exception) == (None, None, {}, None)
    assert (rests_on.decision, rests_on.item, rests_on.cite) == ("reservations", "a1", ("P.S2a",))
    [reserved] = answers["reservations"].because
    assert (reserved.item, reserved.valid_until) == ("a1", dt.datetime(2024, 5, 3, tzinfo=SAO_PAULO))


def test_texts_in_a_language(ruleset, case):
    said = {lang: ruleset.decide(case, texts=True, lang=lang)["lead_owner"].because[0] for lang in ("pt", "en")}
    assert said["pt"].text == "passe para ana, que tem a reserva"
    assert said["en"].text == "hand over to ana, who holds the reservation"
    assert said["pt"].texts == said["en"].texts == {lang: because.text for lang, because in said.items()}


def test_why_not(ruleset, case):
    [later] = [w for w in ruleset.decide(case, explain=True)["reservations"].why_not if w.rule == "over"]
    assert (later.item, later.value) == ("a1", "false")
    assert later.condition
    assert later.read["at"] == case["at"]


def test_workings(ruleset, case):
    sale = {"product": "radar", "amount": "999.99", "closed_by": "ana", "at": case["at"], "paid": "333.35"}
    answer = ruleset.decide({**case, "sale": sale}, explain=True)["commission"]
    whole, due = answer.workings
    assert (whole.decision, whole.of, whole.value, whole.exact) == (
        "commission", (decimal.Decimal("10.00"), decimal.Decimal("999.99")), decimal.Decimal("100.00"), ("99.999",))
    assert whole.expression == 'percent_of(commission_rate, sale.amount, "half_up")'
    assert (due.value, due.exact, due.odd_cents) == (decimal.Decimal("33.34"), ("33.33533335…",), ())
    assert ruleset.decide({**case, "sale": sale})["commission"].workings == []


def test_the_instant_of_the_call_stands_before_the_cases_own(ruleset, case):
    later = dt.datetime(2024, 5, 3, 3, tzinfo=dt.timezone.utc)
    for at in (later, "2024-05-03T00:00:00-03:00"):
        answer = ruleset.decide(case, at=at)["lead_owner"]
        assert (answer.outcome["route"], answer.valid_until) == ("attendant", None)


def test_json_is_what_the_command_writes(ruleset, case):
    answers = ruleset.decide(case)
    whole = json.loads(answers.to_json())["decisions"]
    assert list(whole) == list(answers)
    assert whole["lead_owner"] == json.loads(answers["lead_owner"].to_json())
    assert whole["lead_owner"]["valid_until"] == "2024-05-03T00:00:00-03:00"


def test_outcomes_are_made_once_and_live_on(case):
    answers = praxe.load(ROOT / "rules" / "company.yaml").decide(case)
    gc.collect()
    owner = answers["lead_owner"]
    assert owner.outcome is owner.outcome
    assert owner.outcome["owner"] == "ana"
    del answers
    gc.collect()
    assert json.loads(owner.to_json())["outcome"]["owner"] == "ana"


def test_what_was_not_answered(ruleset, case):
    answers = ruleset.decide(case, decisions=["lead_owner"])
    assert list(answers) == ["lead_owner"]
    assert "reservations" not in answers
    assert answers.get("reservations") is None
    with pytest.raises(KeyError, match="was not answered: the case lacks its facts, or other decisions were asked for"):
        answers["reservations"]
    with pytest.raises(KeyError, match='there is no decision "lead_ownr"; did you mean "lead_owner"?'):
        answers["lead_ownr"]


def test_a_decision_that_could_not_be_made(ruleset, case):
    del case["request"]
    assert "lead_owner" not in ruleset.decide(case)
    answer = ruleset.decide(case, decisions="lead_owner")["lead_owner"]
    error = answer.error
    assert isinstance(error, praxe.DecisionError)
    assert (error.decision, error.code, error.path) == ("lead_owner", "missing_fact", "request.product")
    assert '"request.product"' in error.message or '"request"' in error.message
    for attribute in ("outcome", "valid_until"):
        with pytest.raises(praxe.DecisionError) as caught:
            getattr(answer, attribute)
        assert caught.value == error
    assert (answer.because, answer.limited) == ([], False)
    assert json.loads(answer.to_json())["error"]["message"] == error.message


def test_where_the_fact_of_an_error_stands():
    ruleset = small.load(inverse=("int", "1 / count"))
    error = ruleset.decide('{"count":\n 0}', at=AT)["inverse"].error
    assert error.code == "arithmetic"
    assert re.fullmatch(r"small\.yaml:\d+:\d+", error.rule_at)


def test_validity_that_was_not_asked_for(ruleset, case):
    answer = ruleset.decide(case, valid_until=False)["lead_owner"]
    assert answer.outcome["owner"] == "ana"
    with pytest.raises(praxe.CallError) as caught:
        answer.valid_until
    assert text_of(caught).startswith("valid_until was not asked for")


def test_a_search_that_ends_at_its_limit():
    late = 'at >= timestamp("2024-05-03T00:00:00Z") && at >= timestamp("2024-05-04T00:00:00Z")'
    ruleset = small.load(late=("bool", late))
    for evaluations, limited in ((1, True), (2, False)):
        answer = ruleset.decide({}, at=AT, max_evaluations=evaluations)["late"]
        assert answer.limited is limited
        assert answer.valid_until == dt.datetime(2024, 5, 4, tzinfo=dt.timezone.utc)


# ------------------------------------------------------------------------------------------------- the call


@pytest.mark.parametrize(
    "options, kind, text",
    [
        ({"decison": "lead_owner"}, TypeError, 'there is no option "decison"; did you mean "decisions"?'),
        ({"decisions": "lead_ownr"}, praxe.CallError,
         'the ruleset "company" has no decision "lead_ownr"\n    hint: did you mean "lead_owner"?'),
        ({"decisions": ["lead_owner", "reservation"]}, praxe.CallError,
         'the ruleset "company" has no decision "reservation"\n    hint: did you mean "reservations"?'),
        ({"at": dt.datetime(2024, 5, 2)}, praxe.CallError,
         "at has no time zone: 2024-05-02 00:00:00\n"
         '    hint: value.replace(tzinfo=zoneinfo.ZoneInfo("America/Sao_Paulo"))'),
        ({"at": "2024-05-02"}, praxe.CallError,
         "at is not an instant: 2024-05-02\n    hint: an aware datetime, or text such as 2024-05-02T10:00:00-03:00"),
        ({"at": 5}, praxe.CallError,
         "at is not an instant: 5\n    hint: an aware datetime, or text such as 2024-05-02T10:00:00-03:00"),
        ({"lang": "fr"}, praxe.CallError, 'there are no texts in "fr"\n    hint: known are: pt, en'),
        ({"max_evaluations": 0}, praxe.CallError, "max_evaluations is at least 1, not 0"),
    ],
)  # fmt: skip
def test_calls_that_are_wrong(ruleset, case, options, kind, text):
    for call in (ruleset.decide, lambda case, **options: ruleset.decide_many([case], **options)):
        with pytest.raises(kind) as caught:
            call(case, **options)
        assert text_of(caught) == text


# ------------------------------------------------------------------------------------------------- loading


def test_a_ruleset(ruleset):
    assert ruleset.name == "company"
    assert ruleset.zone == SAO_PAULO
    assert ruleset.decisions[:2] == ("reservations", "lead_owner")
    assert ruleset.question("lead_owner") == "Who serves and sells now?"
    assert ruleset.question("lead_owner", "pt") != ruleset.question("lead_owner")
    assert repr(ruleset).startswith("<praxe.Ruleset company: reservations, lead_owner")
    with pytest.raises(TypeError):
        praxe.Ruleset()


def test_the_rulesets_that_come_with_praxe():
    assert praxe.rules_path().is_file()
    assert praxe.rules_path("vocabulary.yaml").is_file()
    assert praxe.load(str(praxe.rules_path())).name == "company"


def test_version():
    assert re.search(rf"project\(praxe VERSION {re.escape(praxe.__version__)} ", (ROOT / "CMakeLists.txt").read_text())


def test_texts_in_memory_stand_before_files(case):
    overlay = f"ruleset: what_if\nextends: {ROOT}/rules/company.yaml\nparameters: {{quoted_term: 1}}\n"
    ruleset = praxe.load(pathlib.Path("memory/what_if.yaml"), files={"memory/what_if.yaml": overlay})
    assert ruleset.name == "what_if"
    assert ruleset.decide(case)["lead_owner"].outcome["route"] == "attendant"


def test_a_ruleset_with_mistakes():
    files = {"a.yaml": "ruleset: a\nvocabulary: v.yaml\ndecisions:\n  d: {givs: {x: int}}\n", "v.yaml": small.VOCABULARY}
    with pytest.raises(praxe.RulesetError) as caught:
        praxe.load("a.yaml", files=files)
    [first, *_] = caught.value.diagnostics
    assert (first.file, first.line, first.column) == ("a.yaml", 4, 7)
    assert first.hint == 'did you mean "gives"?'
    assert text_of(caught).startswith('a.yaml:4:7: error: ')
    assert "\n      d: {givs: {x: int}}\n          ^~~~\n" in text_of(caught)


def test_a_ruleset_that_is_not_there(tmp_path):
    path = tmp_path / "none.yaml"
    with pytest.raises(praxe.RulesetError) as caught:
        praxe.load(path)
    assert text_of(caught) == f'error: cannot read "{path}": no such file, or it cannot be read'
    with pytest.raises(TypeError):
        praxe.load(5)


def test_every_error_is_a_praxe_error():
    for kind in (praxe.CallError, praxe.CaseError, praxe.DecisionError, praxe.RulesetError):
        assert issubclass(kind, praxe.Error)
        assert kind.__module__ == "praxe"
