"""The groups in which somebody writes a long number."""

import re

BETWEEN = r"[ ._/·-]{0,3}"
"""What stands between two digits of a number, as a pattern."""
_GAP = re.compile(r"[ ._/·-]+")


def is_of_a_piece(written: str) -> bool:
    """Between all its groups stands the same: a day, an hour and a number in a row are three things."""
    return len({gap.strip() for gap in _GAP.findall(written)}) <= 1
