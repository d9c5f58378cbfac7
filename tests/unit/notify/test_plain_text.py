"""What strangers wrote stands on one line and turns nothing around, whatever characters it is made of."""

import unicodedata

from services.notify.adapters.plain_text import one_line

BREAKS = frozenset({"Cc", "Zl", "Zp", "Zs"})
TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
MARKS = frozenset("\u200e\u200f\u061c")
"""They turn what follows them as well, but their own direction is that of a letter."""
PLANE = [chr(number) for number in range(0x10000)]
"""Nothing that breaks or turns a line lies behind it."""


def test_every_break_and_control_character_becomes_a_space() -> None:
    assert [each for each in PLANE if _breaks(each) and one_line(f"a{each}b") != "a b"] == []


def test_every_turning_character_and_half_of_a_character_goes() -> None:
    assert [each for each in PLANE if _goes(each) and one_line(f"a{each}b") != "ab"] == []


def test_every_other_character_stays() -> None:
    others = "".join(each for each in PLANE if not _breaks(each) and not _goes(each))
    assert one_line(others) == others


def test_many_breaks_are_one_space_and_none_at_the_ends() -> None:
    assert one_line("\r\n one\x00\n \u2028two\u202e \n") == "one two"


def _breaks(character: str) -> bool:
    return unicodedata.category(character) in BREAKS


def _goes(character: str) -> bool:
    turns = unicodedata.bidirectional(character) in TURNS or character in MARKS
    return turns or unicodedata.category(character) == "Cs"
