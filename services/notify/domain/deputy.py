"""Who stands in for a person: one deputy at most, named once, who is told what waits for an answer.

A deputy is told and no more: what they may decide follows from their own roles. Deputies are not followed further: who
stands in for somebody who stands in for others is not asked for those, so that two people may name each other.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived, document_id
from services.notify.domain.refusals import AbsenceOver, AbsenceReversed, DeputyOfOneself, NoDeputy, OfNoSiteOfTheirs

NAMED, WITHDRAWN = "named", "withdrawn"


@dataclass(frozen=True)
class Deputation:
    """`deputy` stands in for `person`, who is away from `first` to `last`: their own calendar days, both included.

    Where one of the two days is missing the absence is open on that side; where both are, they are not away at all.
    """

    id: str
    state: str
    person: str
    deputy: str
    first: date | None = None
    last: date | None = None

    @property
    def stands(self) -> bool:
        """Whether somebody stands in for the person at all."""
        return self.state == NAMED

    def is_away(self, today: date) -> bool:
        """Whether the person is away on the day, and their deputy told in their stead."""
        if not self.stands or not (self.first or self.last):
            return False
        return (self.first or today) <= today <= (self.last or today)


def deputation_id(person: str) -> str:
    """There is one document for each person: naming another deputy finds it."""
    return document_id("dpt", derived(person, "deputy"))


def name(
    wished: Deputation, *, persons_sites: Collection[str], deputys_sites: Collection[str], today: date
) -> Decision[Deputation]:
    """Names a deputy, anew or for the first time; what was agreed before is then past. `today`: the person's.

    Both are of one site at least: messages tell of people. Raises `DeputyOfOneself`, `OfNoSiteOfTheirs`,
    `AbsenceReversed`, `AbsenceOver`.
    """
    if wished.person == wished.deputy:
        raise DeputyOfOneself(person=wished.person)
    if not set(persons_sites) & set(deputys_sites):
        raise OfNoSiteOfTheirs(deputy=wished.deputy, sites=sorted(persons_sites))
    if wished.first and wished.last and wished.last < wished.first:
        raise AbsenceReversed(first=wished.first.isoformat(), last=wished.last.isoformat())
    if wished.last and wished.last < today:
        raise AbsenceOver(last=wished.last.isoformat(), today=today.isoformat())
    return Decision(wished, what="named", why=wished.deputy)


def withdraw(deputation: Deputation, *, reason: str) -> Decision[Deputation]:
    """From now on nobody stands in for the person. Raises `NoDeputy` where nobody does."""
    if not deputation.stands:
        raise NoDeputy(person=deputation.person)
    return Decision(replace(deputation, state=WITHDRAWN), what="withdrawn", why=reason)
