"""A requirement: what law asks of what goes from one end to another. Which laws there are, people enter."""

from dataclasses import dataclass

MATERIAL_TRANSFER, DATA_TRANSFER, LICENCE = "material-transfer", "data-transfer", "licence"
BY_AGREEMENT = (MATERIAL_TRANSFER, DATA_TRANSFER, LICENCE)
"""Kinds that the two institutions agree between themselves: an agreement track in force clears them, nothing else."""
BY_CLEARANCE = ("human-genetic-resources", "data-export", "ethics", "other")
"""Kinds that somebody else allows, an authority or a committee: a clearance is recorded."""
KINDS = (*BY_CLEARANCE, *BY_AGREEMENT)

IN_EFFECT, ENDED = "in-effect", "ended"


@dataclass(frozen=True)
class Owner:
    """Who sees to it, and for which site."""

    person: str
    site: str


@dataclass(frozen=True)
class Requirement:
    """`from_end`, `to_end`: a site, or a country (ISO 3166-1 alpha-2) with every site in it.

    `from_gate`: the first gate that asks for it; every later one does, too. `basis`: the law, by name. `outcome_types`:
    those that it is about, none for any. `only_where`: a yes-or-no detail of theirs; asked for unless that says no.
    """

    id: str
    state: str
    kind: str
    from_end: str
    to_end: str
    from_gate: str
    basis: str
    owner: Owner
    outcome_types: tuple[str, ...] = ()
    only_where: str = ""


def is_country(end: str) -> bool:
    """Whether an end is a country; else it is a site."""
    return not end.startswith("sit_")
