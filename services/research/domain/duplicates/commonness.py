"""Which keys a search goes by: not those that hundreds of outcomes share, where rarer ones lead to what is sought.

Three words are often those of one phrase, `magnetic resonance imaging`. How many outcomes share a key is counted now
and then, and only roughly: it is no more than an order. Known in record linkage as the purging of blocks that are too
large (Papadakis et al., Blocking and Filtering Techniques for Entity Resolution, 2020).
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from services.research.domain.duplicates.keys import LETTERS, OF_TITLE

COMMON = 20
"""So many outcomes make a key a common one. All rare ones are searched by."""
MOST_OF_COMMON = 150
"""Outcomes that one search looks at by common keys; more where it has no other key, and the rarest is so common."""

_NUMBERS = {"".join(two): number for number, two in enumerate(product(LETTERS, repeat=2))}
_AT, _BEHIND = len(OF_TITLE), len(OF_TITLE) + 2


def rarest(keys: Iterable[str], common: Mapping[str, int]) -> Sequence[str]:
    """Those of the keys to search by. `common`: how many outcomes share each of the common ones; none of the rare."""
    kept = list(keys)
    asked, room = [key for key in kept if key not in common], MOST_OF_COMMON
    for key in sorted((key for key in kept if key in common), key=lambda key: (common[key], key)):
        room -= common[key]
        if room < 0 and asked:
            break
        asked.append(key)
    return asked


def place_of(key: str) -> tuple[str, str] | None:
    """Where it is counted: its page, and its place there; `None` of a DOI, which none have in common.

    Four of its eight letters. Keys that share them are counted together: among a million outcomes one key in three
    hundred then seems common that is not.
    """
    return (key[_AT:_BEHIND], key[_BEHIND : _BEHIND + 2]) if key.startswith(OF_TITLE) else None


class Counted:
    """How many outcomes share each key, in 8 MiB however many they are."""

    def __init__(self) -> None:
        self._pages = {page: array("L", bytes(array("L").itemsize * len(_NUMBERS))) for page in _NUMBERS}

    def count(self, keys: Iterable[str]) -> None:
        """The keys of one more outcome."""
        for key in keys:
            if place := place_of(key):
                self._pages[place[0]][_NUMBERS[place[1]]] += 1

    def common(self) -> Iterator[tuple[str, Mapping[str, int]]]:
        """Each page with its common places; no page that has none."""
        for page, counts in self._pages.items():
            if many := {place: counts[number] for place, number in _NUMBERS.items() if counts[number] >= COMMON}:
                yield page, many
