"""Several values in one cell, and text that no spreadsheet program takes for a formula. Both ways are exact."""

import re

_FORMULA = "=+-@\t\r\n＝＋－＠"
_QUOTE = "'"


def neutralised(text: str) -> str:
    """Text for a cell of a CSV file, with a quote before it where a spreadsheet program would compute it."""
    return _QUOTE + text if text[:1] and (text[0] in _FORMULA or _looks_neutralised(text)) else text


def as_meant(cell: str) -> str:
    """The text that `neutralised` made the cell of; other cells are what they are, `'Abd` too."""
    return cell[1:] if _looks_neutralised(cell) else cell


def _looks_neutralised(text: str) -> bool:
    return len(text) > 1 and text[0] == _QUOTE and text[1] in _FORMULA + _QUOTE


def joined(values: tuple[str, ...] | list[str]) -> str:
    """Several values as one cell: `a; b`. What would not come back as it was is written with a backslash before it."""
    return "; ".join(_escaped(value) for value in values)


def separated(cell: str) -> tuple[str, ...]:
    """The values that `joined` made the cell of. Spaces around a value mean nothing; empty ones are none."""
    parts = re.findall(r"(?:\\.|[^;\\]|\\$)+", cell, re.DOTALL)
    return tuple(value for part in parts if (value := _unescaped(_stripped(part))))


def _escaped(value: str) -> str:
    edges = {0, len(value) - 1}
    return "".join(
        "\\" + character if character in "\\;" or (number in edges and character.isspace()) else character
        for number, character in enumerate(value)
    )


def _stripped(part: str) -> str:
    part = part.lstrip()
    bare = part.rstrip()
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return part[: len(bare) + 1] if backslashes % 2 and len(part) > len(bare) else bare


def _unescaped(part: str) -> str:
    return re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL)


def writable(text: str) -> str:
    """The text without the two code points that are no characters and that no XML file can carry."""
    return text.translate({0xFFFE: "\N{REPLACEMENT CHARACTER}", 0xFFFF: "\N{REPLACEMENT CHARACTER}"})
