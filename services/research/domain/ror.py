"""ROR ids of organisations. Source: ROR, "Identifier pattern", and how ROR makes one (`generate_ror_id` of its API):
a zero, six of Crockford's base 32, and two check digits by ISO/IEC 7064:2003, MOD 97-10."""

import re

from services.research.domain.refusals import InvalidRor

_SHOWN_AS = re.compile(r"^(https?://)?(www\.)?ror\.org/", re.IGNORECASE)
_ROR = re.compile(r"0([0-9a-hjkmnp-tv-z]{6})([0-9]{2})")
_BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"


def ror_in(text: str) -> str:
    """`https://ror.org/0…`, as ROR wants it shown; nothing for nothing. Raises `InvalidRor`."""
    bare = _SHOWN_AS.sub("", text.strip()).lower()
    if not bare:
        return ""
    match = _ROR.fullmatch(bare)
    if match is None or match[2] != check_digits(match[1]):
        raise InvalidRor(ror=text)
    return f"https://ror.org/{bare}"


def check_digits(characters: str) -> str:
    """The two digits that end an id, of its six characters."""
    number = 0
    for character in characters:
        number = number * 32 + _BASE_32.index(character)
    return f"{98 - number * 100 % 97:02}"
