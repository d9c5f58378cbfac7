"""What one cell says, beyond plain text; and what no cell that names or counts something may hold."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from chassis.kernel.cells import joined, separated
from chassis.kernel.errors import Refusal

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONTROLS = ("Cc",)
_HIDDEN = (*_CONTROLS, "Cf")
"""Unicode's categories of characters that control and that steer: line ends, marks of direction, joiners."""


class NotADay(Refusal):
    """The cell is no day as it is written here. Facts: `expected`."""


class NotAPair(Refusal):
    """Not all of the cell's values are a name, a colon and what it is. Facts: `value`, `expected`."""


class InvisibleCharacter(Refusal):
    """The cell names or counts something, and holds what nobody sees: with it, it would name something else.

    Facts: `character`, such as `U+200F RIGHT-TO-LEFT MARK`.
    """


def number(text: str) -> int | str:
    """A whole number in plain digits; anything else stays text, which the command refuses: `１２` is no number here."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else text


def day(text: str) -> str:
    """A day as ISO 8601 has it; 03/04/2026 is one day in one country and another elsewhere. Raises `NotADay`."""
    try:
        date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise NotADay(expected="2026-12-31") from None
    return text


def paired(pairs: Mapping[str, str]) -> str:
    """`{"stay": "host-site"}` as a cell, `stay: host-site`; several as several values, in the order of their names."""
    return joined([f"{name}: {value}" for name, value in sorted(pairs.items())])


def pairs_of(cell: str) -> dict[str, str]:
    """What `paired` made the cell of. Raises `NotAPair`, also where a name stands twice."""
    found: dict[str, str] = {}
    for value in separated(cell):
        name, colon, said = (part.strip() for part in value.partition(":"))
        if not (name and colon and said) or name in found:
            raise NotAPair(value=value, expected="name: value; other name: value")
        found[name] = said
    return found


def must_be_visible(text: str) -> None:
    """Raises `InvisibleCharacter`."""
    _must_have_none_of(_HIDDEN, text)


def must_be_prose(text: str) -> None:
    """Lines, tabs, joiners and marks of direction mean something in it. Raises `InvisibleCharacter` for others."""
    _must_have_none_of(_CONTROLS, text.translate(dict.fromkeys(map(ord, "\t\n\r"))))


def _must_have_none_of(categories: tuple[str, ...], text: str) -> None:
    for character in text:
        if unicodedata.category(character) in categories:
            named = unicodedata.name(character, "a control character")
            raise InvisibleCharacter(character=f"U+{ord(character):04X} {named}")
