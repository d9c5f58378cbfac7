"""What strangers wrote, made fit to stand inside a line of ours."""

import re
from itertools import groupby

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f]")
"""The control characters; `split` knows the spaces and the line breaks among the others."""
_TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that turn the direction of what follows them: they could make a line say something else. And halves of
characters, which no mail can be written with.
"""


def one_line(text: str) -> str:
    """The text on one line: line breaks and control characters become spaces, turning characters go."""
    # Nearly every text is printable: then there is neither kind in it.
    return " ".join((text if text.isprintable() else _TURNS.sub("", _BREAKS.sub(" ", text))).split())


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
