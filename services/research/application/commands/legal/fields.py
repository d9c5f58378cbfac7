"""Fields of commands about what law asks."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.commands import Command
from contracts.words import OutcomeType, PersonId, SiteId
from services.research.domain.legal.paper import Paper, paper_of
from services.research.domain.legal.requirement import Owner

End = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}|sit_[0-9a-z-]{1,60})$")]
"""A country (ISO 3166-1 alpha-2) or a site."""
OutcomeTypes = Annotated[tuple[OutcomeType, ...], Field(max_length=16)]
DetailName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{0,40}$")]
"""Of a yes-or-no detail; empty for none."""
LaterGate = Annotated[str, StringConstraints(pattern="^(evaluation|protection|terms|pilot|adoption)$")]
"""Disclosure has no gate."""


class OwnerFields(Command):
    person_id: PersonId
    site_id: SiteId

    def told(self) -> Owner:
        return Owner(self.person_id, self.site_id)


class PaperFields(Command):
    """Where a document is, and by what one knows that it is still the same."""

    address: Annotated[str, StringConstraints(max_length=500)]
    sha256: Annotated[str, StringConstraints(max_length=64)]

    def told(self) -> Paper:
        """Raises `PaperInvalid`."""
        return paper_of(self.address, self.sha256)
