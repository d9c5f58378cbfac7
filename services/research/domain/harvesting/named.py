"""Whom and what outcomes name by an identifier that is the world's: people by ORCID iD, organisations by ROR id.

Each of them has a record of its own, to which the records of outcomes refer. Who is named without one stands there by
name alone: of two with the same name nobody knows whether they are one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chassis.kernel.ids import derived
from services.research.domain.harvesting.formats import CERIF, ORGANISATION, PERSON, in_format
from services.research.domain.outcome import Outcome
from services.research.domain.publicity import is_told

_PREFIXES = {PERSON: "prs", ORGANISATION: "org"}
_ORGANISATIONS = ("funder", "owners")
"""Fields that CERIF tells organisations of."""


@dataclass(frozen=True)
class Named:
    """`type`: `person` or `organisation`. `identifier`: `https://orcid.org/…` or `https://ror.org/0…`.

    `names`: those under which it is named, each once, in order; none, and no identifier, where nothing names it now.
    """

    id: str
    type: str
    identifier: str = ""
    names: tuple[str, ...] = ()


def id_of(named_type: str, identifier: str) -> str:
    """Of its record: always the same, and it does not say the identifier, as it is told for ever."""
    return f"{_PREFIXES[named_type]}_{derived(named_type, identifier)}"


def named_in(outcomes: Iterable[Outcome]) -> list[Named]:
    """Each once, in the order of their ids."""
    names: dict[tuple[str, str], set[str]] = {}
    for outcome in outcomes:
        for named_type, identifier, name in _mentions(outcome):
            names.setdefault((named_type, identifier), set()).add(name)
    found = (Named(id_of(*key), *key, tuple(sorted(each))) for key, each in names.items())
    return sorted(found, key=lambda named: named.id)


def told_in(outcome: Outcome) -> list[Named]:
    """Those that it names to whoever asks, now."""
    return named_in([outcome] if is_told(outcome) else [])


def fullest(names: Iterable[str]) -> str:
    """The one name of a person that is told where there is room for one: the longest, whoever wrote it when."""
    return max(names, key=lambda name: (len(name), name))


def _mentions(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """Type, identifier and name."""
    yield from ((PERSON, each.orcid, each.name) for each in outcome.contributors if each.orcid)
    yield from ((ORGANISATION, each.ror, each.name) for each in outcome.organisations if each.ror)
    for each in _of_details(outcome.details or {}) if in_format(CERIF, outcome) else ():
        if each.get("ror"):
            yield ORGANISATION, each["ror"], each["name"]


def _of_details(details: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for field in _ORGANISATIONS:
        told = details.get(field, [])
        yield from [told] if isinstance(told, Mapping) else told
