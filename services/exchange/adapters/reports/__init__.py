"""Annual reports as spreadsheets and PDF, in the reader's language."""

from services.exchange.adapters.reports.press import PrintedReports

__all__ = ["PrintedReports"]
