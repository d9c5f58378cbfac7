"""What commands about consultations are made of."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.commands import Change, Command, FullParagraph, Line, Moment
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import derived, document_id
from contracts.words import CaseUrgency, ConsultationId, ParticipantRole, PersonId, RoomId, SiteId
from services.exchange.application.acquaintance import known
from services.exchange.application.commands.site_parts import SpokenLanguage
from services.exchange.application.ports.directory import People, Sites
from services.exchange.domain.consultations.bringing import NewCase
from services.exchange.domain.consultations.participants import Participant, with_deputies
from services.exchange.domain.consultations.quarters import MOST_MINUTES
from services.exchange.domain.person import Person

SessionLength = Annotated[int, Field(ge=15, le=MOST_MINUTES, multiple_of=15, strict=True)]
"""Minutes."""
Zone = Annotated[str, StringConstraints(min_length=1, max_length=60)]
"""IANA, such as `Asia/Karachi`."""
JoinLink = Annotated[str, StringConstraints(pattern=r"^(https://[!-~]{1,500})?$")]
"""Where people join, or nothing."""
Rooms = Annotated[dict[SiteId, RoomId], Field(max_length=30)]


class ParticipantFields(Command):
    """`languages`: of an interpreter the pair. `deputies` may come in their place."""

    person_id: PersonId
    role: ParticipantRole
    site_id: SiteId
    required: bool = Field(default=True, strict=True)
    languages: Annotated[tuple[SpokenLanguage, ...], Field(max_length=2)] = ()
    deputies: Annotated[tuple[PersonId, ...], Field(max_length=5)] = ()

    def participant(self) -> Participant:
        return Participant(
            self.person_id, self.role, self.site_id, self.required, tuple(sorted(self.languages)), self.deputies
        )


Participants = Annotated[tuple[ParticipantFields, ...], Field(min_length=2, max_length=60)]


class CaseFields(Command):
    """A case. `consent_confirmed`: the patient agreed that it is talked about. No text may tell who the patient is."""

    reference: Line
    question: FullParagraph
    urgency: CaseUrgency = "routine"
    presenter: PersonId
    consent_confirmed: bool = Field(strict=True)
    slot: Moment | None = None

    def case(self, command_id: str, number: int = 0) -> NewCase:
        case_id = document_id("cas", derived(command_id, "case", str(number)))
        return NewCase(
            case_id, self.reference, self.question, self.urgency, self.presenter, self.consent_confirmed, self.slot
        )


class ConsultationChange(Change):
    """Base of every command that changes a consultation."""

    consultation_id: ConsultationId


class SessionChange(ConsultationChange):
    """`slot` names one of several sessions: the moment at which it was first to begin."""

    slot: Moment | None = None


def everybody(participants: tuple[Participant, ...], people: People) -> dict[str, Person]:
    """Participants and deputies, by id. Raises `Unknown`."""
    return {person.id: person for person in known(people, *with_deputies(participants))}


def sites_must_be_known(participants: tuple[Participant, ...], sites: Sites) -> None:
    """Raises `Unknown`."""
    wanted = {each.site for each in participants}
    for site in sorted(wanted - sites.named(wanted).keys()):
        raise Unknown(kind="site", id=site)
