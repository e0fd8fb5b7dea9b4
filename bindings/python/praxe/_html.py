"""Tables for notebooks. Everything that comes of rules or facts is escaped."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterable
from html import escape
from typing import Any

from . import _core
from ._values import Because

_WORDS = {
    "en": {"decision": "decision", "outcome": "outcome", "until": "until", "because": "because", "never": "for good",
           "yes": "yes", "no": "no", "none": "none", "question": "question"},
    "pt": {"decision": "decisão", "outcome": "resposta", "until": "vale até", "because": "por quê", "never": "sem prazo",
           "yes": "sim", "no": "não", "none": "nada", "question": "pergunta"},
}
_CELL = "text-align:left;vertical-align:top;padding:3px 10px"
_DIM = "opacity:.6"


def answers(given: Iterable[_core.Answer], ruleset: _core.Ruleset, lang: str) -> str:
    said = _WORDS[lang]
    head = _row([said["decision"], said["outcome"], said["until"], said["because"]], "th")
    rows = "".join(_answer_rows(answer, ruleset, lang) for answer in given)
    return _table(head, rows or _row([_dim(said["none"]), "", "", ""]))


def answer(given: _core.Answer) -> str:
    return answers([given], given._ruleset, given._lang)


def ruleset(core: _core.Ruleset, lang: str) -> str:
    said = _WORDS[lang]
    rows = "".join(_row([f"<code>{escape(name)}</code>", escape(question) if question != name else ""])
                   for name in core.decisions for question in [core.question(name, lang)])
    title = f"<b>{escape(core.title(lang))}</b> {_dim(escape(f'{core.name} · {core.zone}'))}"
    return title + _table(_row([said["decision"], said["question"]], "th"), rows)


# ------------------------------------------------------------------------------------------------------- rows


def _answer_rows(given: _core.Answer, core: _core.Ruleset, lang: str) -> str:
    """One row, or one for each item where the decision is made per item."""
    question = f'<span title="{escape(given.decision)}">{escape(core.question(given.decision, lang))}</span>'
    error = given.error
    if error is not None:
        where = _dim(escape(error.fact_at or error.path or ""))
        return _row([question, f'<span style="color:#b00">{escape(error.message)}</span>', "", where])
    because = given.because
    items = given.outcome if isinstance(given.outcome, list) else [given.outcome]
    per_item = isinstance(given.outcome, list) and len(because) == len(items) and all(b.item for b in because)
    rows = []
    for number, item in enumerate(items):
        first = question if number == 0 else ""
        reasons = [because[number]] if per_item else because if number == 0 else []
        until = _until(given, because[number] if per_item else None, lang) if per_item or number == 0 else ""
        rows.append(_row([first, _outcome(item, core, lang), until, _reasons(reasons)]))
    if not rows:
        rows.append(_row([question, _dim(_WORDS[lang]["none"]), _until(given, None, lang), ""]))
    return "".join(rows)


def _outcome(value: Any, core: _core.Ruleset, lang: str) -> str:
    """`route: transfer · owner: ana`, fields in the ruleset's words."""
    said = _WORDS[lang]
    if value is None:
        return _dim(said["none"])
    if isinstance(value, bool):
        return said["yes"] if value else said["no"]
    if isinstance(value, datetime.datetime):
        return escape(_instant(value))
    if isinstance(value, decimal.Decimal):
        return escape(f"{value:,}")
    if isinstance(value, list):
        return ", ".join(_outcome(item, core, lang) for item in value) or _dim(said["none"])
    if isinstance(value, dict):
        return " · ".join(
            f"{_dim(escape(core.word(str(name), lang)))} {_nested(member, core, lang)}" for name, member in value.items()
        )
    return escape(str(value))


def _nested(value: Any, core: _core.Ruleset, lang: str) -> str:
    text = _outcome(value, core, lang)
    return f"({text})" if isinstance(value, dict) else text


def _until(given: _core.Answer, item: Because | None, lang: str) -> str:
    if not given._has_validity:
        return ""
    until, limited = (given.valid_until, given.limited) if item is None else (item.valid_until, item.limited)
    if until is None:
        return _dim(_WORDS[lang]["never"])
    return ("≥ " if limited else "") + escape(_instant(until))


def _reasons(reasons: Iterable[Because]) -> str:
    lines = []
    for number, because in enumerate(reasons):
        item = f"{because.item}: " if because.item and number else ""
        line = f"<b>{escape(', '.join(because.cite))}</b> {escape(item + (because.text or because.rule))}"
        lines.append(line if number == 0 else _dim(line))
    return "<br>".join(lines)


def _instant(value: datetime.datetime) -> str:
    precise = value.second or value.microsecond
    return value.replace(tzinfo=None).isoformat(" ") if precise else f"{value:%Y-%m-%d %H:%M}"


# ----------------------------------------------------------------------------------------------------- markup


def _table(head: str, rows: str) -> str:
    return f'<table class="praxe"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def _row(cells: Iterable[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f'<{tag} style="{_CELL}">{cell}</{tag}>' for cell in cells) + "</tr>"


def _dim(markup: str) -> str:
    return f'<span style="{_DIM}">{markup}</span>' if markup else ""
