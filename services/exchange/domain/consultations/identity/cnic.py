"""Pakistan's computerised national identity card: 13 digits, written 12345-1234567-1 (NADRA).

The first five say where the family comes from: province (1 Khyber Pakhtunkhwa, 2 the former tribal areas, 3 Punjab,
4 Sindh, 5 Balochistan, 6 Islamabad, 7 Gilgit-Baltistan, 8 Azad Kashmir; never 0), division, district, tehsil and union
council. Seven are the family's, and the last is odd for men and even for women. There is no check digit. What 9 stands
for NADRA does not tell; numbers written in its form are refused with it, too.
"""

import re

_PLACE = re.compile(
    r"(?:1[1-6][0-9]|17[1-3]|2[12][0-9]|3[1-8][0-9]|4[1-5][0-9]|5[1-6][0-9]|[67]1[0-9]|8[12][0-9])0[0-9]"
)
"""How numbers begin: province, division and district, then 0. Peshawar's division (17) has three districts.

Through this, without hyphens, an ISBN (978, 979), a telephone number with its country (86, 92), a day (20…), most trade
items and all milliseconds since March 2025 (174 and more) are no CNIC. NADRA publishes no list: this is what those that
collect such numbers agree on. So where the text says what it is, every 13 digits are one.
"""
_NUMBER = re.compile(r"(?<![0-9+])([1-9][0-9]{4})([ _-]{0,3})[0-9]{7}([ _-]{0,3})[0-9](?![0-9])")
"""After a plus sign it is a telephone number with its country."""
_BACKWARDS = re.compile(r"(?<![0-9+])[0-9]-[0-9]{7}-[1-9][0-9]{4}(?![0-9])")
"""How somebody types it to whom Arabic digits are shown from right to left."""
_SAID_TO_BE_ONE = re.compile(r"CNIC|NICOP|SNIC|\bNIC\b|IDENTITY|ID CARD|شناختی|身份证|证件", re.IGNORECASE)
_SAID_TO_BE_AN_ITEM = re.compile(r"(?:EAN|GTIN|BARCODE|条码|条形码)[^0-9A-Z]{0,3}(?:13[^0-9A-Z]{1,3})?$", re.IGNORECASE)
_AHEAD = 30
"""So many signs before a number may say what it is."""


def holds_cnic(text: str) -> bool:
    """Whether there is such a number in the text, which is as `plain_digits.plain` gives it."""
    return bool(_BACKWARDS.search(text)) or any(_is_one(found) for found in _NUMBER.finditer(text))


def _is_one(found: re.Match[str]) -> bool:
    first, second = found[2], found[3]
    if "-" in first and "-" in second:
        return True
    # A hyphen may be missing; but a blank alone stands between a postcode and a day, too.
    grouped = bool(first) == bool(second) or "-" in first + second
    ahead = found.string[max(0, found.start() - _AHEAD) : found.start()]
    if not grouped or (_SAID_TO_BE_AN_ITEM.search(ahead) and _has_gs1_check_digit(found[0])):
        return False
    return bool(_PLACE.match(found[1]) or _SAID_TO_BE_ONE.search(ahead))


def _has_gs1_check_digit(number: str) -> bool:
    """Whether 13 digits, every second times three, come to a multiple of ten (GS1 General Specifications, 7.9).

    One CNIC in ten has it by chance, so that it says nothing alone.
    """
    digits = [int(digit) for digit in number if digit.isdigit()]
    return sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
