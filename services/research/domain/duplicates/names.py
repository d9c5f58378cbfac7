"""How alike two lists of authors are, however their names are written: `Bano, Shahida`, `S. Bano`, `Shahida BANO`."""

from collections.abc import Iterable

from services.research.domain.duplicates.normal_form import is_unspaced, words_of

Name = frozenset[str]
"""The parts of one name, in no order: which of them is the family's, nobody can tell of all the world's names."""


def names_of(authors: Iterable[str]) -> frozenset[Name]:
    return frozenset(name for author in authors if (name := frozenset(words_of(author))))


def similarity(some: frozenset[Name], others: frozenset[Name]) -> float:
    """0 to 1, the same either way round. A list that was cut short, `et al.`, is nearly as alike as a whole one."""
    if not some or not others:
        return float(some == others)
    found = sum(_is_among(name, others) for name in some), sum(_is_among(name, some) for name in others)
    sizes = len(some), len(others)
    cut_short = max(count / size for count, size in zip(found, sizes, strict=True))
    return (cut_short + sum(found) / sum(sizes)) / 2


def is_one_name(one: str, other: str) -> bool:
    """Whether both may be one person's: `Bano, S.` and `Shahida Bano`, and not `Wang Li` and `Wang Lei`."""
    mine, theirs = frozenset(words_of(one)), frozenset(words_of(other))
    return mine == theirs or _same(mine, theirs, initials=1)


def _is_among(name: Name, names: frozenset[Name]) -> bool:
    return name in names or any(_same(name, other) for other in names)


def _same(one: Name, other: Name, initials: int = 2) -> bool:
    """Whether they share a part that is no initial, and what else they have fits, as an initial or whole."""
    if one.isdisjoint(other):
        return False
    shared = one & other
    if not any(len(part) > 1 or is_unspaced(part) for part in shared):
        return False
    mine, theirs = one - shared, other - shared
    return not mine or not theirs or any(_fits(part, another, initials) for part in mine for another in theirs)


def _fits(one: str, other: str, initials: int) -> bool:
    return min(len(one), len(other)) <= initials and one[0] == other[0]
