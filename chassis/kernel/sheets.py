"""Tables of files: what is read of them, how much at most, and why one is not read."""

from dataclasses import dataclass

from chassis.kernel.errors import Refusal


@dataclass(frozen=True)
class Line:
    """One line of a table as it was read: its number in the file, its cells, the places of those that compute."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """One sheet as it was read, blank lines left out."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Limits:
    """How large a file may be; what is beyond is refused before it costs anything.

    `unpacked`: bytes of everything in an XLSX file, and characters of all its cells together; `in_a_cell`: characters.
    """

    unpacked: int
    rows: int
    columns: int
    sheets: int
    cells: int
    in_a_cell: int

    @property
    def highest_row(self) -> int:
        """A few blank lines between rows are nothing; one cell at row 1,048,576 would cost a reader all those above."""
        return 2 * self.rows


class NotASpreadsheet(Refusal):
    """Neither XLSX nor CSV in UTF-8 or UTF-16. Facts: `because`."""


class TooLarge(Refusal):
    """Facts: `of` (`file`, in bytes; `unpacked`, in bytes; `cells`; `columns`; `cell`, in characters;
    `number`, in digits), `most`."""


class TooManyRows(Refusal):
    """Facts: `most`."""


class ForbiddenMarkup(Refusal):
    """The file declares a document type: such declarations can make entities that grow. Facts: `part`."""


class MergedCells(Refusal):
    """Cells are merged: what stands in one of them would count for none of the others. Facts: `cells`."""


class HiddenSheets(Refusal):
    """The file has sheets that nobody sees who opens it. Facts: `sheets`."""


class HiddenRows(Refusal):
    """Rows that say something and that nobody sees, by a filter, too. Facts: `rows`, such as `People!7`; `more`."""


class HiddenColumns(Refusal):
    """Columns that say something and that nobody sees. Facts: `columns`, such as `People!C`; how many `more`."""


def letters(place: int) -> str:
    """The letters of a column, from 0: `A`, `Z`, `AA`."""
    return (letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
