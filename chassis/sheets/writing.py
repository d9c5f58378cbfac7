"""Text for a cell of an XLSX file."""

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\r]|^[\t\n ]|[\t\n ]\\Z")
"""Control characters, and space at either end, which readers may leave out."""
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """What XML has no character for, as ECMA-376 writes it (22.9.2.19, ST_Xstring)."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))
