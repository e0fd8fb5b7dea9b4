"""Many cases at once, as Arrow columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, Union

from . import _core


class ArrowStream(Protocol):
    """A table: of pyarrow, of polars, or what else tells its columns so."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class ArrowArray(Protocol):
    """One batch of rows, such as a pyarrow.RecordBatch."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...


#: Cases as columns.
Columns = Union[ArrowStream, ArrowArray]


class DecidedColumns:
    """The answers to many cases as Arrow columns, row for row: `pyarrow.table(decided)`, `polars.DataFrame(decided)`.

    It has a struct for each decision; `decided["lead_owner"]` has that decision's columns: outcome, rule, clause,
    error and, if asked for, valid_until. Immutable; what is taken out of it shares its memory and keeps it alive.
    """

    __slots__ = ("_core", "_decision")

    def __init__(self, core: _core.DecidedColumns, decision: str | None = None) -> None:
        self._core = core
        self._decision = decision

    @property
    def decisions(self) -> tuple[str, ...]:
        """The decisions that were made, in the ruleset's order, or as they were asked for."""
        return self._core.decisions

    def __getitem__(self, decision: str) -> DecidedColumns:
        if decision not in self._core.decisions:
            near = _core.nearest(decision, list(self._core.decisions))
            raise KeyError(f'"{decision}" was not asked for' + (f'; did you mean "{near}"?' if near else ""))
        return type(self)(self._core, decision)

    def __iter__(self) -> Iterator[str]:
        return iter(self._core.decisions)

    @property
    def rows(self) -> int:
        """As many as cases."""
        return self._core.rows

    def __arrow_c_schema__(self) -> object:
        return self._core.schema(self._decision)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._core.stream(self._decision)

    def __repr__(self) -> str:
        return f"<praxe.{type(self).__name__} of {self.rows} cases: {self._decision or ', '.join(self.decisions)}>"


class DecidedBatch(DecidedColumns):
    """The answers to one batch of cases: `pyarrow.record_batch(decided)`. Otherwise as DecidedColumns."""

    __slots__ = ()

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        return self._core.schema(self._decision), self._core.array(self._decision)


def decided(core: _core.DecidedColumns) -> DecidedColumns:
    return DecidedBatch(core) if core.is_batch else DecidedColumns(core)
