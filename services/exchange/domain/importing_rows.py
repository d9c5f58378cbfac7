"""Rows of a file, and what becomes of each."""

from collections.abc import Mapping
from dataclasses import dataclass

NEW, CHANGED, UNCHANGED, WRONG = "new", "changed", "unchanged", "wrong"
_SHOWN = 60


@dataclass(frozen=True)
class Row:
    """One row of a sheet: `number` as the file counts it, `cells` by column, `places` the letter of each column.

    `formulas` are the columns whose cell computes instead of saying something; their text is the formula's.
    """

    sheet: str
    number: int
    cells: Mapping[str, str]
    places: Mapping[str, str]
    formulas: tuple[str, ...] = ()

    def cell(self, column: str) -> str:
        """Where a column's cell is, such as `People!C7`; of a column that the sheet lacks, the row."""
        return f"{self.sheet}!{self.places.get(column, '')}{self.number}"


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be imported: the cell, its value shortened, the refusal's name and what it says."""

    cell: str
    value: str
    name: str
    reason: str


@dataclass(frozen=True)
class Change:
    """What a cell changes: what stands, and what is to stand, both shortened and as an export writes them."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Planned:
    """What becomes of one row.

    Of a change, `what` names the columns that differ, `changes` say how, and `seen` is the version that it was decided
    on: a document that somebody else has changed meanwhile makes it another plan. `flags` say what is let pass.
    """

    sheet: str
    row: int
    key: str
    action: str
    what: tuple[str, ...] = ()
    seen: int | None = None
    changes: tuple[Change, ...] = ()
    flags: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As a conflict tells it: `changed (zone), of version 3`, or `new (entered-later)`."""
        told = (*self.what, *self.flags)
        return (
            self.action
            + (f" ({', '.join(told)})" if told else "")
            + (f", of version {self.seen}" if self.seen is not None else "")
        )


@dataclass(frozen=True)
class Plan:
    """What becomes of each row, and everything that stands against it."""

    planned: tuple[Planned, ...]
    problems: tuple[Problem, ...]


def shortened(value: str) -> str:
    """A cell's value as it is shown."""
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
