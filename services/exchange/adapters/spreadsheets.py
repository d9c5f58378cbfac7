"""`Spreadsheets` on files: python-calamine reads, openpyxl writes, the standard library does CSV."""

import csv
import io
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from services.exchange.adapters.spreadsheets_guard import Scan, packed, parts_of
from services.exchange.application.importing.limits import MOST_COLUMNS, MOST_IN_A_CELL, MOST_ROWS, MOST_SHEETS
from services.exchange.application.importing.ports import Line, Page, Table
from services.exchange.domain.importing_refusals import (
    HiddenSheets,
    MergedCells,
    NotASpreadsheet,
    TooLarge,
    TooManyRows,
)
from services.exchange.domain.importing_text import as_meant, neutralised

_WORKBOOK, _RELATIONS, _TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_VISIBLE = "visible"
_SHOWN = 10
"""So many merged ranges are named."""
_LINES_ABOVE = 2
"""The note and the names of the columns."""


class SpreadsheetFiles:
    """`Spreadsheets` on the formats themselves."""

    def read_xlsx(self, content: bytes) -> list[Table]:
        parts = parts_of(content)
        if _WORKBOOK not in parts or _RELATIONS not in parts:
            raise NotASpreadsheet(because="no XLSX file: it has no workbook")
        scan = Scan()
        for name in sorted(_marked_up(parts), key=lambda name: name != _TEXTS):
            scan.part(name, parts[name])
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(packed(parts)))
            sheets = _sheets(parts)
            _must_be_plain(sheets, scan)
            places = {each.name: each.part for each in sheets}
            tables = [_table(book, name, scan.formulas.get(places.get(name, ""), {})) for name in book.sheet_names]
        except (CalamineError, ElementTree.ParseError) as error:
            raise NotASpreadsheet(because=f"no XLSX file: {type(error).__name__}") from None
        return tables

    def read_csv(self, content: bytes, name: str) -> Table:
        try:
            found = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
            lines = (Line(number, tuple(map(as_meant, cells))) for number, cells in enumerate(found, 1))
            return Table(name, _bounded(lines))
        except csv.Error as error:
            raise NotASpreadsheet(because=f"no CSV: {type(error).__name__}") from None

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


def _marked_up(parts: dict[str, bytes]) -> Iterable[str]:
    return (name for name in parts if name.lower().endswith((".xml", ".rels", ".vml")))


@dataclass(frozen=True)
class _Sheet:
    """A sheet as the workbook lists it, and the part that it stands in."""

    name: str
    part: str
    hidden: bool


def _sheets(parts: dict[str, bytes]) -> list[_Sheet]:
    # Their declarations have been looked through: no document type, no entities.
    relations = {
        each.get("Id"): each.get("Target", "")
        for each in ElementTree.fromstring(parts[_RELATIONS])  # noqa: S314
    }
    found = (each for each in ElementTree.fromstring(parts[_WORKBOOK]).iter() if each.tag.endswith("}sheet"))  # noqa: S314
    return [
        _Sheet(
            each.get("name", ""),
            posixpath.normpath(posixpath.join("xl", relations.get(each.get(_RELATION), ""))).lstrip("/"),
            hidden=each.get("state", _VISIBLE) != _VISIBLE,
        )
        for each in found
    ]


def _must_be_plain(sheets: Sequence[_Sheet], scan: Scan) -> None:
    """Nobody who has looked at the file may be surprised. Raises `TooLarge`, `HiddenSheets`, `MergedCells`."""
    if len(sheets) > MOST_SHEETS:
        raise TooLarge(of="sheets", most=MOST_SHEETS)
    if hidden := [each.name for each in sheets if each.hidden]:
        raise HiddenSheets(sheets=hidden)
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


def _decoded(content: bytes) -> str:
    """Raises `NotASpreadsheet`: what GBK or UTF-16 says would be guessed, and names are not guessed."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotASpreadsheet(because=f"no CSV in UTF-8: line {line}; save it as CSV UTF-8") from None
    if "\0" in text.partition("\n")[0]:
        raise NotASpreadsheet(because="no CSV in UTF-8: its headings hold NUL, as in UTF-16; save it as CSV UTF-8")
    return text


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
