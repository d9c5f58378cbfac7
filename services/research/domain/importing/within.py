"""Duplicates within one file: what an earlier record says already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from services.research.domain.duplicates.described import described
from services.research.domain.duplicates.keys import keys_of
from services.research.domain.duplicates.scoring import Described, likeness
from services.research.domain.importing.records import Alike, Record, best_of

_MOST_OF_A_KEY = 20
"""Records that are compared by one key: of more, what says nothing is the key."""


def with_earlier(records: Iterable[Record]) -> Iterator[Record]:
    """The records, each with the earlier ones that may be the same, best first."""
    earlier: defaultdict[str, list[tuple[int, Described]]] = defaultdict(list)
    for record in records:
        if record.reference is None:
            yield record
            continue
        mine = described(record.reference)
        keys = keys_of(mine)
        yield replace(record, alike=_alike(mine, {number: each for key in keys for number, each in earlier[key]}))
        for key in keys:
            if len(earlier[key]) < _MOST_OF_A_KEY:
                earlier[key].append((record.number, mine))


def _alike(mine: Described, others: dict[int, Described]) -> tuple[Alike, ...]:
    scored = (Alike(likeness(mine, other), record=number) for number, other in sorted(others.items()))
    return best_of(each for each in scored if each.likeness.verdict)
