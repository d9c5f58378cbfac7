"""Pakistan's computerised national identity card: 13 digits, written 12345-1234567-1 (NADRA).

The first five say where the family comes from: province (1 Khyber Pakhtunkhwa, 2 the former tribal areas, 3 Punjab,
4 Sindh, 5 Balochistan, 6 Islamabad, 7 Gilgit-Baltistan, 8 Azad Kashmir; never 0), division, district, tehsil and union
council. Seven are the family's, and the last is odd for men and even for women. There is no check digit. What 9 stands
for NADRA does not tell; numbers written in its form are refused with it, too.
"""

import re

_DIVISIONS = (
    *("11", "12", "13", "14", "15", "16", "171", "172", "173", "21", "22"),
    *("31", "32", "33", "34", "35", "36", "37", "38", "41", "42", "43", "44", "45"),
    *("51", "52", "53", "54", "55", "56", "61", "71", "81", "82"),
)
"""How numbers begin, by province and division; Peshawar's division (17) has three districts.

Through this, without hyphens, an ISBN (978, 979), a telephone number with its country (86, 92), a day (20…), Chinese
and Pakistani trade items (69, 896) and milliseconds of 2025 and 2026 (174 to 179) are no CNIC. NADRA publishes no list:
this is what those that collect such numbers agree on.
"""
_NUMBER = re.compile(r"(?<![0-9+])([1-9][0-9]{4})([ _-]{0,3})[0-9]{7}([ _-]{0,3})[0-9](?![0-9])")
"""After a plus sign it is a telephone number with its country."""
_BACKWARDS = re.compile(r"(?<![0-9+])[0-9]-[0-9]{7}-[1-9][0-9]{4}(?![0-9])")
"""How somebody types it to whom Arabic digits are shown from right to left."""
_SAID_TO_BE_AN_ITEM = re.compile(
    r"(?:EAN|GTIN|JAN|BARCODE|条码|条形码)[^0-9A-Z]{0,3}(?:13[^0-9A-Z]{1,3})?$", re.IGNORECASE
)
_LONGEST_WORD_BEFORE = 20


def holds_cnic(text: str) -> bool:
    """Whether there is such a number in the text, which is as `plain_digits.plain` gives it."""
    return bool(_BACKWARDS.search(text)) or any(_is_one(found) for found in _NUMBER.finditer(text))


def _is_one(found: re.Match[str]) -> bool:
    first, second = found[2], found[3]
    if "-" in first and "-" in second:
        return True
    # A hyphen may be missing; but a blank alone stands between a postcode and a day, too.
    grouped = bool(first) == bool(second) or "-" in first + second
    return grouped and found[1].startswith(_DIVISIONS) and not _is_a_trade_item(found)


def _is_a_trade_item(found: re.Match[str]) -> bool:
    """It is called so and has the check digit of one; as one CNIC in ten has that by chance, the word is needed."""
    before = found.string[max(0, found.start() - _LONGEST_WORD_BEFORE) : found.start()]
    return bool(_SAID_TO_BE_AN_ITEM.search(before)) and has_gs1_check_digit(found[0])


def has_gs1_check_digit(number: str) -> bool:
    """Whether 13 digits, every second times three, come to a multiple of ten (GS1 General Specifications, 7.9)."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number)) % 10 == 0
