"""Where annual reports are kept, and what prints them."""

from datetime import datetime
from typing import Protocol

from chassis.kernel.documents import Documents
from services.exchange.domain.reporting.compiling import Account
from services.exchange.domain.reporting.report import Report


class Reports(Documents[Report], Protocol):
    """Every annual report."""


class Press(Protocol):
    """Makes an account a file in the reader's language. `made_by` and `asked_at` stand on it."""

    def pdf(self, account: Account, made_by: str, asked_at: datetime) -> bytes: ...

    def xlsx(self, account: Account, made_by: str, asked_at: datetime) -> bytes: ...
