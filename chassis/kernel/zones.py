"""Zones by their names, each read from its file once.

`ZoneInfo` is sure to keep eight of them: with the clocks of more hospitals it reads a file at nearly every turn, and a
feed of twelve hospitals took twice as long.
"""

from functools import cache
from zoneinfo import ZoneInfo


@cache
def zone_named(name: str) -> ZoneInfo:
    """As in the IANA database. Raises `ZoneInfoNotFoundError`, `ValueError` and `OSError` as `ZoneInfo` does."""
    return ZoneInfo(name)
