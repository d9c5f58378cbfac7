"""Lists of two outcomes that are one, made one: each thing once, those of the first one first."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Set
from dataclasses import replace
from typing import TypeVar

from services.research.domain.attachments import Attachment
from services.research.domain.contributors import Contributor
from services.research.domain.duplicates.names import is_one_name
from services.research.domain.duplicates.normal_form import is_unspaced, words_of
from services.research.domain.organisations import Organisation

Thing = TypeVar("Thing")
_MOST_OF_A_MARK = 200
"""Of more who share a part of their names nobody is known by that alone."""


def contributors(kept: tuple[Contributor, ...], others: Iterable[Contributor]) -> tuple[Contributor, ...]:
    """Somebody whom both name stands once, with the ids that either knows."""
    return _united(kept, others, _marks_of_person, _is_one_person, _with_ids)


def organisations(kept: tuple[Organisation, ...], others: Iterable[Organisation]) -> tuple[Organisation, ...]:
    return _united(kept, others, _marks_of_organisation, _is_one_organisation, _with_ror)


def attachments(kept: tuple[Attachment, ...], others: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Of two files at one address the kept one's stays; the same file at two addresses is told twice."""
    return _united(kept, others, lambda each: {each.address}, lambda *_: True, lambda one, _: one)


def _united(
    kept: tuple[Thing, ...],
    others: Iterable[Thing],
    marks: Callable[[Thing], Set[Hashable]],
    is_one: Callable[[Thing, Thing], bool],
    joined: Callable[[Thing, Thing], Thing],
) -> tuple[Thing, ...]:
    """`marks`: two that are one share one at least, so that not all are compared: some papers name thousands."""
    united, left = list(kept), defaultdict[Hashable, dict[int, None]](dict)
    for at, each in enumerate(kept):
        for mark in marks(each):
            left[mark][at] = None
    for other in others:
        bearers = (left.get(mark, {}) for mark in marks(other))
        near = sorted({at for them in bearers if len(them) <= _MOST_OF_A_MARK for at in them})
        place = next((at for at in near if is_one(united[at], other)), None)
        if place is None:
            united.append(other)
            continue
        # Each of the kept ones is one of the others' at most.
        for mark in marks(kept[place]):
            del left[mark][place]
        united[place] = joined(united[place], other)
    return tuple(united)


def _marks_of_person(one: Contributor) -> Set[Hashable]:
    words = words_of(one.name)
    telling = (word for word in words if len(word) > 1 or is_unspaced(word))
    return {one.person, one.orcid, frozenset(words), *telling} - {None, ""}


def _is_one_person(one: Contributor, other: Contributor) -> bool:
    for known, known_too in ((one.person, other.person), (one.orcid, other.orcid)):
        if known and known_too:
            return known == known_too
    return is_one_name(one.name, other.name)


def _with_ids(one: Contributor, other: Contributor) -> Contributor:
    return replace(one, person=one.person or other.person, orcid=one.orcid or other.orcid)


def _is_one_organisation(one: Organisation, other: Organisation) -> bool:
    if one.ror and other.ror:
        return one.ror == other.ror
    return words_of(one.name) == words_of(other.name)


def _marks_of_organisation(one: Organisation) -> Set[Hashable]:
    return {one.ror, words_of(one.name)} - {""}


def _with_ror(one: Organisation, other: Organisation) -> Organisation:
    return replace(one, ror=one.ror or other.ror)
