"""Text as numbers are looked for in it: one sort of digits, of dashes and of blanks, and nothing invisible."""

import re
import unicodedata
from functools import lru_cache

_NO_NUMBER_OF_ITS_OWN = re.compile(
    r"(?<![0-9])10\.[0-9]{4,9}/[!-~]+"  # DOI
    r"|(?<![0-9.])[0-9]+(?:\.[0-9]+){3,}"  # object identifier, as DICOM's UIDs are; address of a machine
    r"|(?<![0-9A-Za-z])[0-9A-Fa-f]{32,}(?![0-9A-Za-z])"  # UUID without hyphens, checksum
)
_DASHES = "\N{MINUS SIGN}\N{ARABIC TATWEEL}"
"""What stands for a dash without being one to Unicode."""


def plain(text: str) -> str:
    """The text with ASCII digits, `-` for every dash and a blank for every white space; without what is not seen.

    Urdu keyboards write ۰ to ۹, Arabic ones ٠ to ٩, Chinese ones also full-width digits; all are decimal digits to
    Unicode. Compatibility forms become what they stand for (NFKC), so that the Roman numeral ten, which GB 11643 ends
    a number with, is an X. What is part of a DOI, an object identifier or a checksum is left out: `#`.
    """
    return _NO_NUMBER_OF_ITS_OWN.sub("#", "".join(map(_plain, text)))


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    # Sign by sign: of a whole text, long rows of accents would make NFKC take quadratic time.
    if sign in _DASHES:
        return "-"
    return "".join(_part(part) for part in unicodedata.normalize("NFKC", sign))


def _part(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    if sign.isspace():
        return " "
    match unicodedata.category(sign):
        case "Pd":
            return "-"
        case "Cf" | "Mn" | "Me":
            # Marks of direction, joiners, soft hyphens, accents: they stand on or between digits without being seen.
            return ""
    return sign
