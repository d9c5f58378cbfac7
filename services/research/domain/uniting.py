"""Lists of two outcomes that are one, made one: each thing once, those of the first one first."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from services.research.domain.attachments import Attachment
from services.research.domain.contributors import Contributor
from services.research.domain.duplicates.names import is_one_name
from services.research.domain.duplicates.normal_form import words_of
from services.research.domain.organisations import Organisation

Thing = TypeVar("Thing")


def contributors(kept: tuple[Contributor, ...], others: Iterable[Contributor]) -> tuple[Contributor, ...]:
    """Somebody whom both name stands once, with the ids that either knows."""
    return _united(kept, others, _is_one_person, _with_ids)


def organisations(kept: tuple[Organisation, ...], others: Iterable[Organisation]) -> tuple[Organisation, ...]:
    return _united(kept, others, _is_one_organisation, lambda one, other: replace(one, ror=one.ror or other.ror))


def attachments(kept: tuple[Attachment, ...], others: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Of two files at one address the kept one's stays; the same file at two addresses is told twice."""
    return _united(kept, others, lambda one, other: one.address == other.address, lambda one, _: one)


def _united(
    kept: tuple[Thing, ...],
    others: Iterable[Thing],
    is_one: Callable[[Thing, Thing], bool],
    joined: Callable[[Thing, Thing], Thing],
) -> tuple[Thing, ...]:
    united, left = list(kept), list(range(len(kept)))
    for other in others:
        place = next((at for at in left if is_one(united[at], other)), None)
        if place is None:
            united.append(other)
        else:
            # Each of the kept ones is one of the others' at most.
            left.remove(place)
            united[place] = joined(united[place], other)
    return tuple(united)


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
