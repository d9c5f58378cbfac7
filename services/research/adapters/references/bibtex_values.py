"""Values of BibTeX as the file has them: in braces or quotes, numbers, macros, and all of these joined by `#`."""

import re
from collections.abc import Mapping

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Macros that every style knows."""
_PIECE = re.compile(r'\s*(?:([{"])|([0-9]+)|([^\s#{}"]+))\s*')
_DELIMITER = re.compile(r'(?<!\\)[{}"]')


class UnknownMacro(Exception):
    """Nothing says what it stands for."""


class Unclosed(Exception):
    """A brace or a quote is never closed, or something stands where it has no place."""


def value_of(raw: str, macros: Mapping[str, str]) -> str:
    """The value's text, as LaTeX. Raises `UnknownMacro`, `Unclosed`."""
    inner = raw[1:-1]
    if raw[:1] == "{" and raw[-1:] == "}" and "{" not in inner and "}" not in inner:
        return inner
    said, place = [], 0
    while place < len(raw):
        found = _PIECE.match(raw, place)
        if found is None:
            raise Unclosed
        opened, number, macro = found.groups()
        end = _closing(raw, found.start(1)) if opened else found.end()
        said.append(raw[found.start(1) + 1 : end] if opened else number or _meant(macro, macros))
        place = _joined(raw, end + 1 if opened else end)
    return "".join(said)


def _meant(macro: str, macros: Mapping[str, str]) -> str:
    name = macro.lower()
    if name in macros:
        return macros[name]
    if name in MONTHS:
        return name
    raise UnknownMacro


def _joined(raw: str, place: int) -> int:
    """Where the next piece begins, behind `#`."""
    rest = raw[place:].lstrip()
    if rest and not rest.startswith("#"):
        raise Unclosed
    return len(raw) - len(rest) + 1 if rest else len(raw)


def _closing(raw: str, opened: int) -> int:
    closing, depth = ('"', 0) if raw[opened] == '"' else ("}", 0)
    for found in _DELIMITER.finditer(raw, opened + 1):
        if found[0] == closing and depth == 0:
            return found.start()
        if found[0] != '"':
            depth += 1 if found[0] == "{" else -1
    raise Unclosed
