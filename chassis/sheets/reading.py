"""The tables of an XLSX file, by whatever library reads it, once it has been looked through; and that of a CSV file."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, Any, Protocol
from xml.etree import ElementTree

from chassis.kernel.cells import as_meant
from chassis.kernel.sheets import (
    HiddenColumns,
    HiddenRows,
    HiddenSheets,
    Limits,
    Line,
    MergedCells,
    NotASpreadsheet,
    Table,
    TooLarge,
    TooManyRows,
    letters,
)
from chassis.sheets.guard import Scan, parts_of
from chassis.sheets.packing import RELATIONS, TEXTS, WORKBOOK, Sheet, packed, sheets_of
from chassis.sheets.text import separator_of

_OLD, _OPEN_DOCUMENT = b"\xd0\xcf\x11\xe0", b"application/vnd.oasis.opendocument"
"""How files begin that are neither XLSX nor CSV."""
_SHOWN = 10
"""So many rows, columns or merged ranges are named."""
_LINES_ABOVE = 2
"""A note and the names of the columns."""


class Book(Protocol):
    """A workbook, as python-calamine opens one."""

    def get_sheet_by_name(self, name: str) -> Any: ...


Opens = Callable[[IO[bytes]], Book]


def tables_of(content: bytes, limits: Limits, opens: Opens, failed: type[Exception]) -> list[Table]:
    """One for each sheet. `opens` reads the file, and raises `failed` where it cannot.

    Raises `NotASpreadsheet`, `TooLarge`, `TooManyRows`, `ForbiddenMarkup`, `HiddenSheets`, `HiddenRows`,
    `HiddenColumns`, `MergedCells`.
    """
    parts = _parts(content, limits)
    scan = Scan(limits)
    for name in sorted(_marked_up(parts), key=lambda name: name != TEXTS):
        scan.part(name, parts[name])
    try:
        sheets = sheets_of(parts)
        _must_be_plain(sheets, scan)
        with no_panic():
            book = opens(io.BytesIO(packed(parts, sheets)))
            return [_table(book, each.name, scan.formulas.get(each.part, {}), limits) for each in sheets]
    except (failed, ElementTree.ParseError) as error:
        raise NotASpreadsheet(because=f"no XLSX file: {type(error).__name__}") from None


def csv_table(text: str, name: str, note: str, limits: Limits) -> Table:
    """The table that CSV holds, whatever separates its cells; a first line that begins with `note` is no heading.

    Raises `NotASpreadsheet`, `TooLarge`, `TooManyRows`.
    """
    found = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator_of(text, note))
    lines = (Line(number, tuple(map(as_meant, cells))) for number, cells in enumerate(found, 1))
    try:
        return Table(name, _bounded(lines, limits))
    except csv.Error as error:
        # Its words name what was expected and nothing that the file says.
        raise NotASpreadsheet(because=f"no CSV, up to line {found.line_num}: {error}") from None


def _parts(content: bytes, limits: Limits) -> dict[str, bytes]:
    """Raises `NotASpreadsheet`, which says what the file is where that can be seen, and `TooLarge`."""
    if content.startswith(_OLD):
        raise NotASpreadsheet(because="an XLS file, or one with a password; save it as XLSX, without a password")
    parts = parts_of(content, limits)
    if parts.get("mimetype", b"").startswith(_OPEN_DOCUMENT):
        raise NotASpreadsheet(because="an ODS file; save it as XLSX")
    if WORKBOOK not in parts or RELATIONS not in parts:
        raise NotASpreadsheet(because="no XLSX file: it has no workbook; save it as XLSX")
    return parts


@contextmanager
def no_panic() -> Iterator[None]:
    """The reader's own failures (pyo3's `PanicException`, which no module exports, is no `Exception`) are refusals."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise NotASpreadsheet(because="no XLSX file: what a cell says makes no sense") from None


def _marked_up(parts: dict[str, bytes]) -> Iterable[str]:
    return (name for name in parts if name.lower().endswith((".xml", ".rels", ".vml")))


def _must_be_plain(sheets: Sequence[Sheet], scan: Scan) -> None:
    """Nobody who has looked at the file may be surprised.

    Raises `NotASpreadsheet`, `TooLarge`, `HiddenSheets`, `HiddenRows`, `HiddenColumns`, `MergedCells`.
    """
    if len(sheets) > scan.limits.sheets:
        raise TooLarge(of="sheets", most=scan.limits.sheets)
    if [each for each in sheets if each.part not in scan.hidden]:
        raise NotASpreadsheet(because="no XLSX file: a sheet of it is no part of it")
    if hidden := [each.name for each in sheets if each.hidden]:
        raise HiddenSheets(sheets=hidden)
    unseen = [(each.name, scan.hidden[each.part]) for each in sheets]
    if rows := [f"{name}!{row}" for name, hidden in unseen for row in hidden.rows()]:
        raise HiddenRows(rows=rows[:_SHOWN], more=len(rows[_SHOWN:]))
    if columns := [f"{name}!{letters(column - 1)}" for name, hidden in unseen for column in hidden.columns()]:
        raise HiddenColumns(columns=columns[:_SHOWN], more=len(columns[_SHOWN:]))
    if merged := [f"{each.name}!{cells}" for each in sheets for cells in scan.merged.get(each.part, ())]:
        raise MergedCells(cells=merged[:_SHOWN])


def _table(book: Book, name: str, formulas: Mapping[int, Mapping[int, str]], limits: Limits) -> Table:
    read = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    lines = []
    for number, values in enumerate(read, 1):
        computed = {column - 1: said for column, said in formulas.get(number, {}).items()}
        cells = [_text(value) for value in values] + [""] * (max(computed, default=-1) + 1 - len(values))
        said = tuple(computed.get(place, cell) for place, cell in enumerate(cells))
        lines.append(Line(number, said, frozenset(computed)))
    return Table(name, _bounded(lines, limits))


def _text(value: object) -> str:
    """What a cell says: a number without needless zeros, a day as ISO 8601."""
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _bounded(lines: Iterable[Line], limits: Limits) -> tuple[Line, ...]:
    """The lines that say anything, read no further than is allowed."""
    kept: list[Line] = []
    for line in lines:
        if not any(line.cells):
            continue
        if len(kept) == limits.rows + _LINES_ABOVE:
            raise TooManyRows(most=limits.rows)
        if len(line.cells) > limits.columns:
            raise TooLarge(of="columns", most=limits.columns)
        if any(len(cell) > limits.in_a_cell for cell in line.cells):
            raise TooLarge(of="cell", most=limits.in_a_cell)
        kept.append(line)
    return tuple(kept)
