"""ORCID iDs of people. Source: ORCID, "Structure of the ORCID Identifier"; ISO/IEC 7064:2003, MOD 11-2."""

import re

from services.research.domain.refusals import InvalidOrcid

_SHOWN_AS = re.compile(r"^(https?://)?(www\.)?orcid\.org/", re.IGNORECASE)
_ORCID = re.compile(r"[0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9X]")
_BLOCKS = (range(15_000_000, 35_000_001), range(900_000_000_000, 900_100_000_001))
"""ORCID's share of the numbers of ISNI (ISO 27729), which are made in the same way; without the check character."""


def orcid_in(text: str) -> str:
    """`https://orcid.org/…` with its hyphens, as ORCID wants it shown; nothing for nothing. Raises `InvalidOrcid`."""
    bare = _SHOWN_AS.sub("", text.strip()).upper()
    if not bare:
        return ""
    digits = bare.replace("-", "")
    if not _ORCID.fullmatch(bare) or digits[-1] != check_character(digits[:-1]) or not _is_orcids(digits):
        raise InvalidOrcid(orcid=text)
    return f"https://orcid.org/{digits[:4]}-{digits[4:8]}-{digits[8:12]}-{digits[12:]}"


def check_character(digits: str) -> str:
    """The last character of fifteen digits: `0` to `9`, or `X` for ten."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def _is_orcids(digits: str) -> bool:
    return any(int(digits[:-1]) in block for block in _BLOCKS)
