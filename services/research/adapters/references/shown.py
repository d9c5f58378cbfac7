"""What a report shows of a record that could not be read."""

_MOST = 200


def shown(text: str) -> str:
    """Its beginning, in one line."""
    line = " ".join(text[: 4 * _MOST].split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"
