"""Passport numbers: what is one, and what may be kept of it."""

import re
from dataclasses import dataclass, field
from datetime import date

from services.exchange.domain.directory_refusals import NoPassportNumber, PassportExpired

_NUMBER = re.compile("[A-Z0-9]{6,9}")
"""At most nine letters and digits, as the machine readable zone has room for (ICAO Doc 9303, part 4, 4.2.2); fewer than
six no state issues, and the last four would tell too much of them."""
_FILLING = re.compile(r"[\s<-]")


@dataclass(frozen=True)
class Passport:
    """A passport as it may be kept: `sealed` is the number encrypted; nobody reads it by looking here.

    `mark` tells it from every other passport, and nothing of its number: it is drawn when another number is entered,
    needs no key, and stays when keys change. Of one entered before there were marks it is empty.
    """

    sealed: str = field(repr=False)
    last_four: str
    expires_on: date
    mark: str = ""


def normalised(number: str) -> str:
    """The number as the machine readable zone has it, without blanks, hyphens and fillers.

    Raises `NoPassportNumber`, which does not repeat what was given.
    """
    plain = _FILLING.sub("", number).upper()
    if not _NUMBER.fullmatch(plain):
        raise NoPassportNumber(expected="6 to 9 letters A-Z and digits")
    return plain


def must_be_valid_on(expires_on: date, today: date) -> None:
    """Raises `PassportExpired`."""
    if expires_on < today:
        raise PassportExpired(expired_on=expires_on.isoformat(), today=today.isoformat())
