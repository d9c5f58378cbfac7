"""Pakistan's computerised national identity card: 13 digits, written 12345-1234567-1 (NADRA).

The first five say where the family comes from: province (1 Khyber Pakhtunkhwa, 2 the former tribal areas, 3 Punjab,
4 Sindh, 5 Balochistan, 6 Islamabad, 7 Gilgit-Baltistan, 8 Azad Kashmir; never 0), division, district, tehsil and union
council. Seven are the family's, and the last is odd for men and even for women. There is no check digit. What 9 stands
for NADRA does not tell; numbers written in its form are refused with it, too.
"""

import re

from services.exchange.domain.consultations.identity.groups import BETWEEN, is_of_a_piece

_PLACE = re.compile(
    r"(?:1[1-6][0-9]|17[1-3]|2[12][0-9]|3[1-8][0-9]|4[1-5][0-9]|5[1-6][0-9]|[67]1[0-9]|8[12][0-9])0[0-9]"
)
"""How numbers begin: province, division and district, then 0. Peshawar's division (17) has three districts.

Through this, without hyphens, an ISBN (978, 979), a telephone number with its country (86, 92), a day (20…), most trade
items and all milliseconds since March 2025 (174 and more) are no CNIC. NADRA publishes no list: this is what those that
collect such numbers agree on. So where the text says what it is, every 13 digits are one, in groups of any
length.
"""
_NUMBER = re.compile(rf"(?<![0-9+])(?=([1-9](?:{BETWEEN}[0-9]){{12}}(?![0-9])))")
"""After a plus sign it is a telephone number with its country. Looked ahead at, as two may overlap."""
_FORM = re.compile(rf"[0-9]{{5}}({BETWEEN})[0-9]{{7}}({BETWEEN})[0-9]")
_BACKWARDS = re.compile(r"(?<![0-9+])[0-9]-[0-9]{7}-[1-9][0-9]{4}(?![0-9])")
"""How somebody types it to whom Arabic digits are shown from right to left."""
_SAID_TO_BE_ONE = re.compile(r"CNIC|NICOP|SNIC|\bNIC\b|IDENTITY|ID CARD|شناختی|身份证|证件", re.IGNORECASE)
_SAID_TO_BE_AN_ITEM = re.compile(
    r"(?:EAN|GTIN|ISBN|BARCODE|条码|条形码)[^0-9A-Z]{0,3}(?:13[^0-9A-Z]{1,3})?$", re.IGNORECASE
)
_AHEAD = 30
"""So many signs before a number may say what it is."""


def holds_cnic(text: str) -> bool:
    """Whether there is such a number in the text, which is as `plain_digits.plain` gives it."""
    return bool(_BACKWARDS.search(text)) or any(_is_one(found) for found in _NUMBER.finditer(text))


def _is_one(found: re.Match[str]) -> bool:
    written, form = found[1], _FORM.fullmatch(found[1])
    if form and "-" in form[1] and "-" in form[2]:
        return True
    ahead = found.string[max(0, found.start() - _AHEAD) : found.start()]
    if _SAID_TO_BE_AN_ITEM.search(ahead) and _has_gs1_check_digit(written):
        return False
    in_form = form is not None and _is_grouped(form[1], form[2])
    is_said = _SAID_TO_BE_ONE.search(ahead) is not None
    return (is_said and (in_form or is_of_a_piece(written))) or (in_form and bool(_PLACE.match(written)))


def _is_grouped(first: str, second: str) -> bool:
    """A hyphen may be missing; but one blank stands between a postcode and a day, one point in a length, too."""
    alike = bool(first) == bool(second) and first.strip(" _") == second.strip(" _")
    return alike or "-" in first + second


def _has_gs1_check_digit(number: str) -> bool:
    """Whether 13 digits, every second times three, come to a multiple of ten (GS1 General Specifications, 7.9).

    One CNIC in ten has it by chance, so that it says nothing alone.
    """
    digits = [int(digit) for digit in number if digit.isdigit()]
    return sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
