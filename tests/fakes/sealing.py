"""Keys and a printer for tests."""

from datetime import datetime

from cryptography.fernet import Fernet

from chassis.seals import FernetSeals
from services.exchange.adapters.reports import PrintedReports
from services.exchange.domain.letter import Letter
from services.exchange.domain.reporting.compiling import Account

KEY = Fernet.generate_key().decode()
SEALING = {"KHUNJERAB_PASSPORT_KEYS": KEY, "WEB_URL": "http://127.0.0.1:8000"}
"""What the exchange's processes need beside the addresses."""
WEBHOOKS = {"KHUNJERAB_WEBHOOK_KEYS": KEY, "REPLY_LINK_KEY": KEY}
"""What notify's `serve` needs beside them."""


def seals() -> FernetSeals:
    """The real ones: they need nothing from outside."""
    return FernetSeals([KEY])


class PlainPrinter:
    """`Printer` of letters that nobody would take for one."""

    def pdf(self, letter: Letter, passport: str) -> bytes:
        return f"{letter.code} {letter.stated.passport_name} {passport}".encode()


class PlainPress(PrintedReports):
    """`Press` whose spreadsheets are the real ones, and whose PDF nobody would take for one: that takes seconds."""

    def pdf(self, account: Account, made_by: str, asked_at: datetime) -> bytes:
        return f"{account.asked.year} {made_by} {asked_at.isoformat()}".encode()
