"""`Spreadsheets` on files: python-calamine reads, openpyxl writes, the standard library does CSV."""

import csv
import io
import posixpath
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from services.exchange.adapters.spreadsheets_guard import Scan, packed, parts_of
from services.exchange.adapters.spreadsheets_writing import workbook_of
from services.exchange.application.importing.limits import MOST_COLUMNS, MOST_IN_A_CELL, MOST_ROWS
from services.exchange.application.importing.ports import Line, Page, Table
from services.exchange.domain.importing_refusals import NotASpreadsheet, TooLarge, TooManyRows
from services.exchange.domain.importing_text import as_meant, neutralised

_WORKBOOK, _RELATIONS, _TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
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
            places = _places(parts)
            tables = [_table(book, name, scan.formulas.get(places.get(name, ""), {})) for name in book.sheet_names]
        except (CalamineError, ElementTree.ParseError) as error:
            raise NotASpreadsheet(because=f"no XLSX file: {type(error).__name__}") from None
        return tables

    def read_csv(self, content: bytes, name: str) -> Table:
        try:
            text = content.decode("utf-8-sig")
            found = csv.reader(io.StringIO(text, newline=""), strict=True)
            lines = [(number, [as_meant(cell) for cell in cells]) for number, cells in enumerate(found, 1)]
        except (UnicodeDecodeError, csv.Error) as error:
            raise NotASpreadsheet(because=f"no CSV in UTF-8: {type(error).__name__}") from None
        return Table(name, _bounded(Line(number, tuple(cells)) for number, cells in lines))

    def write_xlsx(self, pages: Sequence[Page]) -> bytes:
        return workbook_of(pages)

    def write_csv(self, page: Page) -> bytes:
        written = io.StringIO(newline="")
        lines = csv.writer(written, lineterminator="\r\n")
        lines.writerow(page.columns)
        lines.writerows([neutralised(row.get(column, "")) for column in page.columns] for row in page.rows)
        return written.getvalue().encode("utf-8-sig")


def _marked_up(parts: dict[str, bytes]) -> Iterable[str]:
    return (name for name in parts if name.lower().endswith((".xml", ".rels", ".vml")))


def _places(parts: dict[str, bytes]) -> dict[str, str]:
    """The part that each sheet stands in, by the sheet's name."""
    # Their declarations have been looked through: no document type, no entities.
    relations = {
        each.get("Id"): each.get("Target", "")
        for each in ElementTree.fromstring(parts[_RELATIONS])  # noqa: S314
    }
    return {
        each.get("name", ""): posixpath.normpath(posixpath.join("xl", relations.get(each.get(_RELATION), ""))).lstrip(
            "/"
        )
        for each in ElementTree.fromstring(parts[_WORKBOOK]).iter()  # noqa: S314
        if each.tag.endswith("}sheet")
    }


def _table(book: CalamineWorkbook, name: str, formulas: dict[tuple[int, int], str]) -> Table:
    read = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    lines = []
    for number, values in enumerate(read, 1):
        computed = {column - 1: said for (row, column), said in formulas.items() if row == number}
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
    kept = tuple(line for line in lines if any(line.cells))
    if len(kept) > MOST_ROWS + _LINES_ABOVE:
        raise TooManyRows(most=MOST_ROWS)
    if any(len(line.cells) > MOST_COLUMNS for line in kept):
        raise TooLarge(of="columns", most=MOST_COLUMNS)
    if any(len(cell) > MOST_IN_A_CELL for line in kept for cell in line.cells):
        raise TooLarge(of="cell", most=MOST_IN_A_CELL)
    return kept
