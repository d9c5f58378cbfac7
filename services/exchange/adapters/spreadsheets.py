"""`Spreadsheets` on files: python-calamine reads, openpyxl writes, the standard library does CSV."""

import csv
import io
from collections.abc import Sequence

from python_calamine import CalamineError, CalamineWorkbook

from chassis.kernel.cells import neutralised
from chassis.kernel.sheets import Table
from chassis.sheets.reading import csv_table, tables_of
from chassis.sheets.text import text_of
from services.exchange.application.importing.limits import LIMITS
from services.exchange.application.importing.ports import Page
from services.exchange.application.importing.sheets import NOTE


class SpreadsheetFiles:
    """`Spreadsheets` on the formats themselves."""

    def read_xlsx(self, content: bytes) -> list[Table]:
        return tables_of(content, LIMITS, CalamineWorkbook.from_filelike, CalamineError)

    def read_csv(self, content: bytes, name: str) -> Table:
        return csv_table(text_of(content), name, NOTE, LIMITS)

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
