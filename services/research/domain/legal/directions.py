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


@dataclass(frozen=True)
class Directions:
    """What somebody stated: these `ways` and no other ones `among` the sites that the outcome had then."""

    ways: tuple[Direction, ...]
    among: tuple[str, ...]


def among(stated: Directions | None, sites: Iterable[str]) -> Directions | None:
    """What was stated, as far as it is about these sites: of one that has left nothing is stated if it comes back."""
    if stated is None:
        return None
    stay = set(sites)
    ways = tuple(way for way in stated.ways if {way.from_site, way.to_site} <= stay)
    return Directions(ways, tuple(each for each in stated.among if each in stay))


def directions_of(outcome: "Outcome") -> tuple[Direction, ...]:
    """Every way from one of its sites to another, but for those that somebody said nothing goes.

    From and to a site that it came to have later, anything may go again.
    """
    every = tuple(Direction(*ends) for ends in permutations(outcome.sites, 2))
    stated = outcome.directions
    if stated is None:
        return every
    return tuple(way for way in every if way in stated.ways or not {way.from_site, way.to_site} <= {*stated.among})


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
