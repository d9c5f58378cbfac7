"""From which sites to which something of an outcome goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from services.research.domain.legal.requirement import Requirement, is_country

if TYPE_CHECKING:
    from services.research.domain.outcome import Outcome

Countries = Mapping[str, str]
"""By site, ISO 3166-1 alpha-2; sites of which nobody has told it are left out."""


@dataclass(frozen=True)
class Direction:
    from_site: str
    to_site: str


def directions_of(outcome: "Outcome") -> tuple[Direction, ...]:
    """As somebody stated them; until then every way from one of its sites to another."""
    return outcome.directions or tuple(Direction(*ends) for ends in permutations(outcome.sites, 2))


def within(requirement: Requirement, directions: Iterable[Direction], countries: Countries) -> tuple[Direction, ...]:
    """Those that go from the one end of the requirement to the other."""
    return tuple(
        each
        for each in directions
        if _is_at(each.from_site, requirement.from_end, countries)
        and _is_at(each.to_site, requirement.to_end, countries)
    )


def _is_at(site: str, end: str, countries: Countries) -> bool:
    """A site of which nobody has told the country may be in any: better asked once too often than not at all."""
    return countries.get(site, end) == end if is_country(end) else site == end
