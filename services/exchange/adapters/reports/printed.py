"""An account as a page, a PDF and a spreadsheet. Only who prints imports it: with it come openpyxl, Jinja2, Babel."""

from datetime import datetime

from services.exchange.adapters.printing import pdf_of
from services.exchange.adapters.reports import telling
from services.exchange.adapters.reports.naming import Naming
from services.exchange.adapters.reports.rendering import page_of
from services.exchange.adapters.reports.workbook import Workbook
from services.exchange.adapters.spreadsheets_writing import workbook_of
from services.exchange.domain.reporting.compiling import Account


def pdf(account: Account, made_by: str, asked_at: datetime) -> bytes:
    return pdf_of(page(account, made_by, asked_at))


def page(account: Account, made_by: str, asked_at: datetime) -> str:
    """What becomes the PDF, as HTML."""
    naming = Naming(account)
    return page_of(account, naming, telling.made(naming, made_by, asked_at))


def xlsx(account: Account, made_by: str, asked_at: datetime) -> bytes:
    naming = Naming(account)
    return workbook_of(list(Workbook(account, naming).pages(telling.made(naming, made_by, asked_at))))
