"""`Press` on the formats themselves: openpyxl, and WeasyPrint with its fonts embedded.

What each method imports takes long, and is of no use to a process that prints nothing.
"""

from datetime import datetime

from services.exchange.domain.reporting.compiling import Account


class PrintedReports:
    """Prints accounts."""

    def pdf(self, account: Account, made_by: str, asked_at: datetime) -> bytes:
        from services.exchange.adapters.reports import printed

        return printed.pdf(account, made_by, asked_at)

    def page(self, account: Account, made_by: str, asked_at: datetime) -> str:
        """What becomes the PDF, as HTML."""
        from services.exchange.adapters.reports import printed

        return printed.page(account, made_by, asked_at)

    def xlsx(self, account: Account, made_by: str, asked_at: datetime) -> bytes:
        from services.exchange.adapters.reports import printed

        return printed.xlsx(account, made_by, asked_at)
