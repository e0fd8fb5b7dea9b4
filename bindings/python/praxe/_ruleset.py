"""Rulesets and their answers."""

from __future__ import annotations

import datetime
import inspect
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NoReturn, Union

from . import _core, _html
from ._columns import Columns, DecidedColumns, decided
from ._core import Answer
from ._measures import Measures, measure
from ._values import CallError, CaseError, DuplicateGroup

#: A case: facts as a dict (or another mapping), JSON as text or bytes, or the path of a JSON or YAML file.
Case = Union[Mapping[str, Any], str, bytes, bytearray, memoryview, "os.PathLike[str]"]


def load(path: str | os.PathLike[str], *, files: Mapping[str, str] | None = None) -> Ruleset:
    """Loads a ruleset file with all that it names. The same as Ruleset.load."""
    return Ruleset.load(path, files=files)


class Answers(Mapping[str, Answer]):
    """The answers to one case by the names of their decisions, in the ruleset's order. Immutable."""

    __slots__ = ("_by_name", "_ruleset", "_lang")

    def __init__(self, ruleset: _core.Ruleset, answers: Iterable[Answer], lang: str) -> None:
        self._by_name = {answer.decision: answer for answer in answers}
        self._ruleset = ruleset
        self._lang = lang

    def __getitem__(self, decision: str) -> Answer:
        try:
            return self._by_name[decision]
        except KeyError:
            raise KeyError(_no_answer(decision, self._by_name, self._ruleset)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def to_json(self) -> str:
        """`{"decisions": {NAME: …}}` on one line, as the command `praxe decide` writes it."""
        return self._ruleset.to_json(list(self._by_name.values()))

    def __repr__(self) -> str:
        lines = "".join(f"\n  {answer!r}" for answer in self._by_name.values())
        return f"<praxe.Answers{lines or ' none'}>"

    def _repr_html_(self) -> str:
        return _html.answers(self._by_name.values(), self._ruleset, self._lang)


class Ruleset:
    """A compiled ruleset: load it once, put cases to it. `praxe.load` makes one.

    Immutable: any number of threads may use it at once; the GIL is released while it loads and while it decides.
    Answers keep what they need of it alive.
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Ruleset) -> None:
        if not isinstance(core, _core.Ruleset):
            raise TypeError("praxe.load(path) makes a Ruleset")
        self._core = core

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, files: Mapping[str, str] | None = None) -> Ruleset:
        """Loads a ruleset file with all that it names: vocabulary, calendars, parts, what it extends.

        `files` are texts in memory by name, which stand before the files on disk: `path`, and any name in a
        ruleset, may be one of them. Raises RulesetError with everything that is wrong in all of the files.
        """
        return cls(_core.Ruleset.load(os.fsencode(path), dict(files or {})))

    @property
    def name(self) -> str:
        return self._core.name

    @property
    def zone(self) -> datetime.tzinfo:
        """The zone that answers are given in."""
        return self._core.zone

    @property
    def decisions(self) -> tuple[str, ...]:
        """All decisions that can be asked for; those that are asked when none is named stand first."""
        return self._core.decisions

    def question(self, decision: str, lang: str = "en") -> str:
        """The question that a decision answers, as people put it; the decision's name where there is none."""
        return self._core.question(decision, lang)

    def decide(
        self,
        case: Case,
        *,
        decisions: str | Sequence[str] | None = None,
        at: datetime.datetime | str | None = None,
        valid_until: bool = True,
        explain: bool = False,
        texts: bool = False,
        lang: str = "en",
        max_evaluations: int = 100_000,
        horizon: datetime.timedelta | None = None,
        **unknown: NoReturn,
    ) -> Answers:
        """Answers the questions that the case's facts can answer, or the decisions asked for by name.

        case        a dict of facts (str, int, bool, Decimal or float for money, aware datetime, date, list, dict;
                    None is a fact that is not given), JSON as str or bytes, or the pathlib.Path of a file
        decisions   names; where facts are missing, the answer to a decision asked for by name is an error
        at          the instant of the decision, instead of the case's own
        valid_until look for the instant until which each answer holds
        explain     say of each rule that did not decide why not, of valid_until what ends it, and what follows
        texts       say in words why (Because.text), in `lang` ("en" or "pt")
        max_evaluations  of one decision, while looking for valid_until
        horizon     how far ahead valid_until is looked for; None: without end

        Raises CaseError with everything that is wrong with the case, CallError where the call itself is wrong.
        """
        options = self._options(decisions, at, valid_until, explain, texts, lang, max_evaluations, horizon, unknown)
        return Answers(self._core, self._core.decide(case, options), lang)

    def decide_many(
        self,
        cases: Iterable[Case],
        *,
        errors: Literal["raise", "return"] = "raise",
        decisions: str | Sequence[str] | None = None,
        at: datetime.datetime | str | None = None,
        valid_until: bool = True,
        explain: bool = False,
        texts: bool = False,
        lang: str = "en",
        max_evaluations: int = 100_000,
        horizon: datetime.timedelta | None = None,
        **unknown: NoReturn,
    ) -> Iterator[Answers | CaseError]:
        """Decides one case after another as they are asked for, in order and in constant memory.

        A case that cannot be read raises its CaseError, which ends the iterator, or with errors="return" stands
        in its own place in the stream; either way its `index` says which it was. The rest is as in `decide`.
        """
        options = self._options(
            decisions, at, valid_until, explain, texts, lang, max_evaluations, horizon, unknown, known={"errors"}
        )
        if errors not in ("raise", "return"):
            raise CallError(f'errors is "raise" or "return", not {errors!r}')
        if isinstance(cases, (str, bytes, bytearray, memoryview, Mapping, os.PathLike)):
            raise CallError("this is one case: decide_many takes many\n    hint: decide(case), or decide_many([case])")
        return self._each(iter(cases), options, errors, lang)

    def decide_columns(
        self,
        cases: Columns,
        *,
        decisions: str | Sequence[str] | None = None,
        at: datetime.datetime | str | None = None,
        valid_until: bool = False,
        horizon: datetime.timedelta | None = None,
        threads: int = 1,
    ) -> DecidedColumns:
        """Decides all rows of Arrow columns, and gives the answers as Arrow columns.

        cases       a table or batch of pyarrow, polars or others (`__arrow_c_stream__`, `__arrow_c_array__`): a column
                    for each fact, by its name, records as structs, lists as lists
        decisions   names; otherwise all that ask, of which those without their facts have an error in their row
        at          the instant of all decisions, instead of a column "at"
        valid_until look for the instant until which each answer holds (slower)
        horizon     how far ahead valid_until is looked for; None: without end
        threads     that share the rows of a batch; the answers to a batch are one batch on one thread only

        The GIL is released meanwhile. What is wrong in a row is the error of that row. Raises CaseError where the
        columns do not fit the vocabulary, CallError where the call itself is wrong.
        """
        options = self._options(decisions, at, valid_until, False, False, "en", 1, horizon, {})
        return decided(_core.decide_columns(self._core, cases, options, threads))

    def measure(
        self,
        cases: Iterable[Case],
        *,
        indicators: str | Sequence[str] | None = None,
        at: datetime.datetime | str | None = None,
        errors: Literal["raise", "return"] = "raise",
    ) -> Measures:
        """Measures the ruleset's indicators over many cases, one after another, in constant memory.

        indicators  names; otherwise all of the ruleset
        at          the instant of the decision, instead of the cases' own
        errors      a case that cannot be read, or measured, raises its CaseError, or with "return" stands in
                    Measures.errors; what cannot be measured of it is left out, and counted. Its `index` says which it was

        Raises CallError where the call itself is wrong.
        """
        if errors not in ("raise", "return"):
            raise CallError(f'errors is "raise" or "return", not {errors!r}')
        if isinstance(cases, (str, bytes, bytearray, memoryview, Mapping, os.PathLike)):
            raise CallError("this is one case: measure takes many\n    hint: measure([case])")
        names = [indicators] if isinstance(indicators, str) else list(indicators or ())
        return measure(_core.Measures.open(self._core, names, at), cases, errors)

    def duplicates(
        self,
        registrations: Iterable[Mapping[str, Any]],
        *,
        at: datetime.datetime | str | None = None,
        texts: bool = False,
        lang: str = "en",
    ) -> list[DuplicateGroup]:
        """Which registrations of a whole base are one client's, and which record the ruleset proposes to keep.

        registrations  dicts as in the fact "registrations" of a case; nothing is merged, and none of them is changed
        at             leaves out those made later; None: all that they tell has happened

        Groups of two or more, and those that are unclear, in the order of their first. Raises CaseError where a
        registration is wrong, RulesetError where the ruleset does not tell duplicates.
        """
        return _core.duplicates(self._core, registrations, at, texts, lang)

    def _each(
        self, cases: Iterator[Case], options: _core.Options, errors: str, lang: str
    ) -> Iterator[Answers | CaseError]:
        for index, case in enumerate(cases):
            answers: Answers | CaseError
            try:
                answers = Answers(self._core, self._core.decide(case, options), lang)
            except CaseError as error:
                error.index = index
                if errors == "raise":
                    raise
                answers = error.with_traceback(None)
            yield answers

    def _options(
        self,
        decisions: str | Sequence[str] | None,
        at: datetime.datetime | str | None,
        valid_until: bool,
        explain: bool,
        texts: bool,
        lang: str,
        max_evaluations: int,
        horizon: datetime.timedelta | None,
        unknown: Mapping[str, Any],
        known: frozenset[str] | set[str] = frozenset(),
    ) -> _core.Options:
        for name in unknown:
            raise TypeError(_no_keyword(name, known))
        return self._core.options(
            decisions=[decisions] if isinstance(decisions, str) else list(decisions or ()),
            at=at,
            valid_until=valid_until,
            explain=explain,
            texts=texts,
            lang=lang,
            max_evaluations=max_evaluations,
            horizon=None if horizon is None else horizon // datetime.timedelta(microseconds=1),
        )

    def __repr__(self) -> str:
        return f"<praxe.Ruleset {self.name}: {', '.join(self.decisions)}>"

    def _repr_html_(self) -> str:
        return _html.ruleset(self._core, "en")


_KEYWORDS = [
    name
    for name, parameter in inspect.signature(Ruleset.decide).parameters.items()
    if parameter.kind is inspect.Parameter.KEYWORD_ONLY
]


def _no_keyword(name: str, known: Iterable[str]) -> str:
    near = _core.nearest(name, [*_KEYWORDS, *known])
    return f'there is no option "{name}"' + (f'; did you mean "{near}"?' if near else f"; there are {', '.join(_KEYWORDS)}")


def _no_answer(name: str, answered: Iterable[str], ruleset: _core.Ruleset) -> str:
    if name in ruleset.decisions:
        return f'"{name}" was not answered: the case lacks its facts, or other decisions were asked for by name'
    near = _core.nearest(name, list(ruleset.decisions))
    return f'there is no decision "{name}"' + (f'; did you mean "{near}"?' if near else "")
