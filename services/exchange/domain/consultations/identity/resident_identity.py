"""China's citizen identity number: 18 digits, the last of which follows from the others (GB 11643-1999).

| digits | what |
|---|---|
| 1-6 | where it was first issued (GB/T 2260); the first two are the province |
| 7-14 | day of birth, YYYYMMDD |
| 15-17 | order among those born there that day |
| 18 | check digit by ISO 7064, MOD 11-2; ten is written X |

The same form have the residence permits of people from Hong Kong, Macao and Taiwan (81, 82, 83) and, since 2023, the
permanent residence cards of foreigners (9 and the province). Of 18 digits at random one in 39,000 is taken for
a number. The 15 digits of before 1999 have no check digit and are good for nothing since 2013: they are not sought.
"""

import re
from datetime import date

from services.exchange.domain.consultations.identity.groups import BETWEEN, is_of_a_piece

_PROVINCES = frozenset(
    map(
        str,
        (
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
        ),
    )
)
_NUMBER = re.compile(rf"(?<![0-9])(?=([1-9](?:{BETWEEN}[0-9]){{16}}{BETWEEN}(?:[0-9](?![0-9])|[Xx](?![0-9A-Za-z]))))")
"""In groups of any length. It begins and ends where digits do: in a longer row of digits it is part of something else.

Looked ahead at, since of two that overlap the second may be the one.
"""


def holds_resident_identity(text: str) -> bool:
    """Whether there is such a number in the text, which is as `plain_digits.plain` gives it."""
    return any(_is_one(found[1].upper()) for found in _NUMBER.finditer(text))


def _is_one(written: str) -> bool:
    number = "".join(sign for sign in written if sign.isalnum())
    return is_of_a_piece(written) and _has_a_province(number) and _has_a_birthday(number) and _adds_up(number)


def _has_a_province(number: str) -> bool:
    return (number[1:3] if number[0] == "9" else number[:2]) in _PROVINCES


def _has_a_birthday(number: str) -> bool:
    try:
        return 1900 <= date.fromisoformat(number[6:14]).year < 2100
    except ValueError:
        return False


def _adds_up(number: str) -> bool:
    """ISO 7064, MOD 11-2: the digits, each times two to the power of its place from the right, leave 1 of 11."""
    values = (10 if digit == "X" else int(digit) for digit in number)
    return sum(value * pow(2, 17 - place, 11) for place, value in enumerate(values)) % 11 == 1
