"""What strangers wrote, made fit to stand inside a line of ours."""

import unicodedata
from itertools import groupby

_BREAKS = {"Cc", "Zl", "Zp", "Zs"}
_TURNS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them: they could make a line say something else."""


def one_line(text: str) -> str:
    """The text on one line: line breaks and control characters become spaces, turning characters go."""
    return " ".join("".join(_tamed(each) for each in text).split())


def _tamed(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BREAKS:
        return " "
    return "" if character in _TURNS or category == "Cs" else character


def short(text: str, most: int) -> str:
    """The text on one line, of at most so many characters, cut at a word where there is one."""
    line = one_line(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) > most // 2 else cut).rstrip(" ,;:.") + "…"


def paragraphs_of(text: str) -> list[list[str]]:
    """The lines of each paragraph, every line made fit; paragraphs are parted by empty lines."""
    lines = [one_line(line) for line in text.splitlines()]
    return [list(some) for filled, some in groupby(lines, bool) if filled]
