"""Values of BibTeX as the file has them: in braces or quotes, numbers, macros, and all of these joined by `#`."""

import re
from collections.abc import Iterator, Mapping

from services.research.application.ports.references import MOST_IN_A_RECORD

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Macros that every style knows."""
MOST_IN_A_MACRO = 10_000
"""Characters: macros that are made of macros grow fast."""
_PIECE = re.compile(r'\s*(?:([{"])|([0-9]+)|([^\s#{}"]+))')
_JOIN = re.compile(r"\s*(#|\Z)")
_DELIMITER = re.compile(r'(?<!\\)[{}"]')


class UnknownMacro(Exception):
    """Nothing says what it stands for."""


class TooLong(Exception):
    """Nobody writes as much."""


class Unclosed(Exception):
    """A brace or a quote is never closed, or something stands where it has no place."""


def value_of(raw: str, macros: Mapping[str, str]) -> str:
    """The value's text, as LaTeX. Raises `UnknownMacro`, `Unclosed`, `TooLong`."""
    inner = raw[1:-1]
    if "{" not in inner and "}" not in inner and raw.startswith("{") and raw.endswith("}"):
        if len(inner) > MOST_IN_A_RECORD:
            raise TooLong
        return inner
    if raw.lower() in macros:
        return macros[raw.lower()]
    return "".join(_pieces(raw, macros))


def _pieces(raw: str, macros: Mapping[str, str]) -> Iterator[str]:
    place = length = 0
    while place < len(raw):
        found = _PIECE.match(raw, place)
        if found is None:
            raise Unclosed
        opened, number, macro = found.groups()
        end = _closing(raw, found.start(1)) if opened else found.end()
        said = raw[found.start(1) + 1 : end] if opened else number or _meant(macro, macros)
        length += len(said)
        if length > MOST_IN_A_RECORD:
            raise TooLong
        yield said
        place = _joined(raw, end + 1 if opened else end)


def _meant(macro: str, macros: Mapping[str, str]) -> str:
    try:
        return macros[macro.lower()]
    except KeyError:
        raise UnknownMacro from None


def _joined(raw: str, place: int) -> int:
    """Where the next piece begins, behind `#`."""
    found = _JOIN.match(raw, place)
    if found is None:
        raise Unclosed
    return found.end()


def _closing(raw: str, opened: int) -> int:
    closing, depth = ('"', 0) if raw[opened] == '"' else ("}", 0)
    for found in _DELIMITER.finditer(raw, opened + 1):
        if found[0] == closing and depth == 0:
            return found.start()
        if found[0] != '"':
            depth += 1 if found[0] == "{" else -1
    raise Unclosed
