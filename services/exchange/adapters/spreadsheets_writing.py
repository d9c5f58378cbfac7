"""XLSX files as people like to get them: typed cells, a note, headings that stay, and no text that computes.

On paper a sheet is as wide as the page, and every page has the headings.
"""

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from chassis.sheets.writing import escaped
from services.exchange.application.importing.ports import Kind, Page

NOTE = "# "
_WIDTH = 24
_FROM_THE_LEFT, _FROM_THE_RIGHT = 1, 2
"""As ECMA-376 numbers the reading orders (18.8.1)."""
_ATOP = Alignment(vertical="top")


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
    sheet.cell(1, 1).alignment, text = Alignment(readingOrder=_reads(page)), _set(page)
    for column, name in enumerate(page.columns, 1):
        heading = sheet.cell(2, column)
        _put(heading, name, "text")
        heading.font, heading.alignment = Font(bold=True), text
        sheet.column_dimensions[get_column_letter(column)].width = page.widths.get(name, _WIDTH)
    for number, row in enumerate(page.rows, 3):
        for column, (name, kind) in enumerate(page.columns.items(), 1):
            if value := row.get(name):
                cell = sheet.cell(number, column)
                _put(cell, value, kind)
                cell.alignment = text if kind == "text" else _ATOP
    _lay_out(sheet, page)


def _lay_out(sheet: Worksheet, page: Page) -> None:
    """The headings stay, sift and are on every printed page."""
    sheet.freeze_panes = "A3"
    sheet.sheet_view.rightToLeft = page.right_to_left
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(page.columns))}{2 + len(page.rows)}"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr, sheet.page_setup.fitToHeight = PageSetupProperties(fitToPage=True), 0
    sheet.oddFooter.center.text = "&A · &P / &N"  # type: ignore[union-attr]


def _set(page: Page) -> Alignment:
    """No text runs into its neighbour; one that begins with a Latin word still runs as its sheet does."""
    return Alignment(vertical="top", wrap_text=True, readingOrder=_reads(page))


def _reads(page: Page) -> int:
    return _FROM_THE_RIGHT if page.right_to_left else _FROM_THE_LEFT


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
        cell._value, cell.data_type = escaped(value), "s"  # type: ignore[union-attr]
        cell.quotePrefix = True


def _fits_a_number(text: str) -> bool:
    """Spreadsheets calculate with 15 digits: what has more would not be exact, and stays text."""
    return bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)) and len(re.sub(r"[-.]", "", text).lstrip("0")) <= 15
