"""Who brought an outcome about, in the order in which they are named."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from services.research.domain.orcid import orcid_in
from services.research.domain.refusals import ContributorNamedTwice

ContributorRole = Literal[
    "author",
    "corresponding-author",
    "principal-investigator",
    "investigator",
    "inventor",
    "developer",
    "data-manager",
    "editor",
    "translator",
    "trainer",
    "trainee",
    "supervisor",
    "other",
]


@dataclass(frozen=True)
class Contributor:
    """`person`: the id of somebody whom the alliance knows. `orcid`: `https://orcid.org/…`, or nothing."""

    name: str
    role: ContributorRole
    person: str | None = None
    orcid: str = ""


def contributors_of(told: Iterable[Contributor]) -> tuple[Contributor, ...]:
    """As told, their iDs in the form that ORCID shows. Raises `InvalidOrcid`, `ContributorNamedTwice`."""
    named: set[str] = set()
    contributors = tuple(replace(each, orcid=orcid_in(each.orcid)) for each in told)
    for contributor in contributors:
        known_as = {each for each in (contributor.person, contributor.orcid) if each}
        if known_as & named:
            raise ContributorNamedTwice(name=contributor.name)
        named |= known_as
    return contributors
