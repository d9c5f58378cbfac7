"""Medians of what is counted by value."""

from collections.abc import Mapping


def median(counted: Mapping[int, int]) -> float | None:
    """The middle one of all values, each as often as it was counted, or the mean of the middle two; `None` of none."""
    total = sum(counted.values())
    if not total:
        return None
    return (_at(counted, (total - 1) // 2) + _at(counted, total // 2)) / 2


def _at(counted: Mapping[int, int], place: int) -> int:
    """The value at a place, from 0 on, of all of them in order."""
    for value in sorted(counted):
        place -= counted[value]
        if place < 0:
            return value
    raise IndexError(place)
