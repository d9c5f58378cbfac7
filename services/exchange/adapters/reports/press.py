"""`Press` on the formats themselves: openpyxl, and WeasyPrint with its fonts embedded."""

from datetime import datetime

from services.exchange.adapters.printing import pdf_of
from services.exchange.adapters.reports import telling
from services.exchange.adapters.reports.naming import Naming
from services.exchange.adapters.reports.rendering import page_of
from services.exchange.adapters.reports.workbook import Workbook
from services.exchange.adapters.spreadsheets_writing import workbook_of
from services.exchange.domain.reporting.compiling import Account


class PrintedReports:
    """Prints accounts."""

    def pdf(self, account: Account, made_by: str, asked_at: datetime) -> bytes:
        return pdf_of(self.page(account, made_by, asked_at))

    def page(self, account: Account, made_by: str, asked_at: datetime) -> str:
        """What becomes the PDF, as HTML."""
        naming = Naming(account)
        return page_of(account, naming, telling.made(naming, made_by, asked_at))

    def xlsx(self, account: Account, made_by: str, asked_at: datetime) -> bytes:
        naming = Naming(account)
        return workbook_of(list(Workbook(account, naming).pages(telling.made(naming, made_by, asked_at))))
