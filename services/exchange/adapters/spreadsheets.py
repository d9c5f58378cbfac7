"""`Spreadsheets` on files: python-calamine reads, openpyxl writes, the standard library does CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from services.exchange.adapters.spreadsheets_guard import Scan, parts_of
from services.exchange.adapters.spreadsheets_packing import RELATIONS, TEXTS, WORKBOOK, Sheet, packed, sheets_of
from services.exchange.adapters.spreadsheets_text import separator_of, text_of
from services.exchange.application.importing.limits import MOST_COLUMNS, MOST_IN_A_CELL, MOST_ROWS, MOST_SHEETS
from services.exchange.application.importing.ports import Line, Page, Table
from services.exchange.application.importing.sheets import NOTE, letters
from services.exchange.domain.importing_refusals import (
    HiddenColumns,
    HiddenRows,
    HiddenSheets,
    MergedCells,
    NotASpreadsheet,
    TooLarge,
    TooManyRows,
)
from services.exchange.domain.importing_text import as_meant, neutralised

_OLD, _OPEN_DOCUMENT = b"\xd0\xcf\x11\xe0", b"application/vnd.oasis.opendocument"
"""How files begin that are neither XLSX nor CSV."""
_SHOWN = 10
"""So many rows, columns or merged ranges are named."""
_LINES_ABOVE = 2
"""The note and the names of the columns."""


class SpreadsheetFiles:
    """`Spreadsheets` on the formats themselves."""

    def read_xlsx(self, content: bytes) -> list[Table]:
        parts = _parts(content)
        scan = Scan()
        for name in sorted(_marked_up(parts), key=lambda name: name != TEXTS):
            scan.part(name, parts[name])
        try:
            sheets = sheets_of(parts)
            _must_be_plain(sheets, scan)
            with _no_panic():
                book = CalamineWorkbook.from_filelike(io.BytesIO(packed(parts, sheets)))
                return [_table(book, each.name, scan.formulas.get(each.part, {})) for each in sheets]
        except (CalamineError, ElementTree.ParseError) as error:
            raise NotASpreadsheet(because=f"no XLSX file: {type(error).__name__}") from None

    def read_csv(self, content: bytes, name: str) -> Table:
        text = text_of(content)
        found = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator_of(text, NOTE))
        lines = (Line(number, tuple(map(as_meant, cells))) for number, cells in enumerate(found, 1))
        try:
            return Table(name, _bounded(lines))
        except csv.Error as error:
            # Its words name what was expected and nothing that the file says.
            raise NotASpreadsheet(because=f"no CSV, up to line {found.line_num}: {error}") from None

    def write_xlsx(self, pages: Sequence[Page]) -> bytes:
        # A sixth of a second to import, and of no use to a process that writes no file.
        from services.exchange.adapters.spreadsheets_writing import workbook_of

        return workbook_of(pages)

    def write_csv(self, page: Page) -> bytes:
        written = io.StringIO(newline="")
        lines = csv.writer(written, lineterminator="\r\n")
        lines.writerow(page.columns)
        lines.writerows([neutralised(row.get(column, "")) for column in page.columns] for row in page.rows)
        return written.getvalue().encode("utf-8-sig")


def _parts(content: bytes) -> dict[str, bytes]:
    """Raises `NotASpreadsheet`, which says what the file is where that can be seen, and `TooLarge`."""
    if content.startswith(_OLD):
        raise NotASpreadsheet(because="an XLS file, or one with a password; save it as XLSX, without a password")
    parts = parts_of(content)
    if parts.get("mimetype", b"").startswith(_OPEN_DOCUMENT):
        raise NotASpreadsheet(because="an ODS file; save it as XLSX")
    if WORKBOOK not in parts or RELATIONS not in parts:
        raise NotASpreadsheet(because="no XLSX file: it has no workbook; save it as XLSX")
    return parts


@contextmanager
def _no_panic() -> Iterator[None]:
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
    if len(sheets) > MOST_SHEETS:
        raise TooLarge(of="sheets", most=MOST_SHEETS)
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


def _table(book: CalamineWorkbook, name: str, formulas: Mapping[int, Mapping[int, str]]) -> Table:
    read = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    lines = []
    for number, values in enumerate(read, 1):
        computed = {column - 1: said for column, said in formulas.get(number, {}).items()}
        cells = [_text(value) for value in values] + [""] * (max(computed, default=-1) + 1 - len(values))
        said = tuple(computed.get(place, cell) for place, cell in enumerate(cells))
        lines.append(Line(number, said, frozenset(computed)))
    return Table(name, _bounded(lines))


def _text(value: object) -> str:
    """What a cell says: a number without needless zeros, a day as ISO 8601."""
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _bounded(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that say anything, read no further than is allowed."""
    kept: list[Line] = []
    for line in lines:
        if not any(line.cells):
            continue
        if len(kept) == MOST_ROWS + _LINES_ABOVE:
            raise TooManyRows(most=MOST_ROWS)
        if len(line.cells) > MOST_COLUMNS:
            raise TooLarge(of="columns", most=MOST_COLUMNS)
        if any(len(cell) > MOST_IN_A_CELL for cell in line.cells):
            raise TooLarge(of="cell", most=MOST_IN_A_CELL)
        kept.append(line)
    return tuple(kept)
