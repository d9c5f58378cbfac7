"""Keys and a printer for tests."""

from cryptography.fernet import Fernet

from services.exchange.adapters.seals import FernetSeals
from services.exchange.domain.letter import Letter

KEY = Fernet.generate_key().decode()
SEALING = {"KHUNJERAB_PASSPORT_KEYS": KEY, "WEB_URL": "http://127.0.0.1:8000"}
"""What the exchange's processes need beside the addresses."""


def seals() -> FernetSeals:
    """The real ones: they need nothing from outside."""
    return FernetSeals([KEY])


class PlainPrinter:
    """`Printer` of letters that nobody would take for one."""

    def pdf(self, letter: Letter, passport: str) -> bytes:
        return f"{letter.code} {letter.stated.passport_name} {passport}".encode()
