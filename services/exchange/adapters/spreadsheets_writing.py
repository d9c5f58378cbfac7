"""XLSX files as people like to get them: typed cells, a note, headings that stay, and no text that computes."""

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.exchange.application.importing.ports import Kind, Page

NOTE = "# "
_WIDTH = 24
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\r]|^[\t\n ]|[\t\n ]\\Z")
"""Control characters, and space at either end, which readers may leave out."""
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def workbook_of(pages: Sequence[Page]) -> bytes:
    """The file's bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        _write(book.create_sheet(page.name), page)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _write(sheet: Worksheet, page: Page) -> None:
    _put(sheet.cell(1, 1), NOTE + page.note, "text")
    for column, name in enumerate(page.columns, 1):
        heading = sheet.cell(2, column)
        _put(heading, name, "text")
        heading.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = page.widths.get(name, _WIDTH)
    sheet.freeze_panes = "A3"
    sheet.sheet_view.rightToLeft = page.right_to_left
    for number, row in enumerate(page.rows, 3):
        for column, (name, kind) in enumerate(page.columns.items(), 1):
            if value := row.get(name):
                _put(sheet.cell(number, column), value, kind)


def _put(cell: Cell | MergedCell, value: str, kind: Kind) -> None:
    if kind == "number" and re.fullmatch("-?[0-9]{1,15}", value):
        cell.value = int(value)
    elif kind == "amount" and _fits_a_number(value):
        cell.value = Decimal(value)
        cell.number_format = "#,##0" + (f".{'0' * len(value.partition('.')[2])}" if "." in value else "")
    elif kind == "day" and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        cell.value = date.fromisoformat(value)
        cell.number_format = "yyyy-mm-dd"
    else:
        # Set below the library's guessing, which would make `=…` a formula; the quote tells programs that it is text.
        cell._value, cell.data_type = _escaped(value), "s"  # type: ignore[union-attr]
        cell.quotePrefix = True


def _fits_a_number(text: str) -> bool:
    """Spreadsheets calculate with 15 digits: what has more would not be exact, and stays text."""
    return bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)) and len(re.sub(r"[-.]", "", text).lstrip("0")) <= 15


def _escaped(text: str) -> str:
    """What XML has no character for, as ECMA-376 writes it (22.9.2.19, ST_Xstring)."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))
