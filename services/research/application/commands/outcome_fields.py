"""Fields of commands that tell of an outcome: bounded; what they say is judged by the domain, by name."""

from typing import Annotated

from pydantic import Field, JsonValue, StringConstraints

from chassis.commands import Change, Command, Line
from contracts.words import PersonId
from services.research.domain.attachments import Attachment
from services.research.domain.contributors import Contributor, ContributorRole
from services.research.domain.organisations import Organisation
from services.research.domain.reporting import Told

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Identifier = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
"""A DOI, an ORCID iD, a ROR id, bare or as an address; possibly none."""
DetailName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
Details = Annotated[dict[DetailName, JsonValue], Field(max_length=40)]
"""By field of the outcome's type."""


class ContributorFields(Command):
    """`person_id` where the alliance knows them."""

    name: Line
    role: ContributorRole
    person_id: PersonId | None = None
    orcid: Identifier = ""

    def told(self) -> Contributor:
        return Contributor(self.name, self.role, self.person_id, self.orcid)


class OrganisationFields(Command):
    name: Line
    ror: Identifier = ""

    def told(self) -> Organisation:
        return Organisation(self.name, self.ror)


class AttachmentFields(Command):
    """Where a file is, and by what one knows that it is still the same."""

    title: Line
    address: Annotated[str, StringConstraints(max_length=500)]
    sha256: Annotated[str, StringConstraints(max_length=64)]
    media_type: Annotated[str, StringConstraints(max_length=255)]
    size: Annotated[int, Field(strict=True, le=10**15)]

    def told(self) -> Attachment:
        return Attachment(self.title, self.address, self.sha256, self.media_type, self.size)


class Saying(Command):
    """What may be told of an outcome beside title and summary; what is null is not told. `details`: by its type."""

    doi: Identifier | None = None
    details: Details | None = None
    contributors: Annotated[tuple[ContributorFields, ...], Field(max_length=200)] | None = None
    organisations: Annotated[tuple[OrganisationFields, ...], Field(max_length=50)] | None = None
    attachments: Annotated[tuple[AttachmentFields, ...], Field(max_length=50)] | None = None

    def told(self, title: str | None, summary: str | None) -> Told:
        return Told(
            title,
            summary,
            self.doi,
            self.details,
            None if self.contributors is None else tuple(each.told() for each in self.contributors),
            None if self.organisations is None else tuple(each.told() for each in self.organisations),
            None if self.attachments is None else tuple(each.told() for each in self.attachments),
        )


class Telling(Saying, Change):
    """The same, of an outcome that is there already."""
