"""What a report shows of a record that could not be read."""

from services.research.adapters.references.texts import UNREADABLE

_MOST = 200


def shown(text: str) -> str:
    """Its beginning, in one line."""
    line = " ".join(text[: 4 * _MOST].replace(UNREADABLE, "\N{REPLACEMENT CHARACTER}").split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"
