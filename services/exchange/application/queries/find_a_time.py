"""When several hospitals can meet, or why they cannot and what would help."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from chassis.apart import apart
from chassis.commands import Command, Day, Line, Paragraph
from chassis.kernel.actor import Actor
from contracts.words import AgreementId, ConditionId, ConsultationId, ParticipantRole, PersonId, RoomId, SiteId
from services.exchange.application.acquaintance import known
from services.exchange.application.commands.site_parts import SpokenLanguage
from services.exchange.application.consultation_planning import NONE_OWN, ConsultationPlanning
from services.exchange.application.ports.directory import People
from services.exchange.application.queries.found_times import answer_view
from services.exchange.application.queries.views import View
from services.exchange.domain.consultations.finding.finding import find
from services.exchange.domain.consultations.finding.permissions import may_find_a_time
from services.exchange.domain.consultations.finding.refusals import NotOfTheSite
from services.exchange.domain.consultations.finding.rules import Cause
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.consultations.participants import Participant
from services.exchange.domain.consultations.quarters import MOST_MINUTES
from services.exchange.domain.site import must_be_a_zone

MOST_DAYS, MOST_PEOPLE, MOST_SEATS = 62, 60, 4


def _are_two(languages: tuple[str, str]) -> tuple[str, str]:
    if len(set(languages)) < len(languages):
        raise ValueError("two different languages are needed")
    return languages


Languages = Annotated[tuple[SpokenLanguage, SpokenLanguage], AfterValidator(_are_two)]


class AskedParticipant(Command):
    """Who is to take part, for which site; an interpreter between which languages."""

    person_id: PersonId
    role: ParticipantRole
    site_id: SiteId
    required: bool = Field(default=True, strict=True)
    languages: Languages | None = None
    deputies: Annotated[tuple[PersonId, ...], Field(max_length=5)] = ()

    def participant(self) -> Participant:
        deputies = tuple(dict.fromkeys(each for each in self.deputies if each != self.person_id))
        return Participant(self.person_id, self.role, self.site_id, self.required, self.languages or (), deputies)


class WaivedRule(Command):
    """A rule that the consultation need not keep to at a site."""

    rule: Literal["night", "holiday", "weekend"]
    site_id: SiteId


class AskFindATime(Command):
    """`first` and `last`: days in the `zone`, both included. `interpreters`: open seats, each a pair of languages.

    `waive`, and `urgent` without any notice, need a `reason`. `consultation_id`: what that one holds already does not
    stand in its way; with `slot` only what that session of it holds.
    """

    agreement_id: AgreementId
    condition_id: ConditionId
    participants: Annotated[tuple[AskedParticipant, ...], Field(min_length=2, max_length=MOST_PEOPLE)]
    interpreters: Annotated[tuple[Languages, ...], Field(max_length=MOST_SEATS)] = ()
    rooms: Annotated[dict[SiteId, RoomId], Field(max_length=MOST_PEOPLE)] = Field(default_factory=dict)
    minutes: Annotated[int, Field(ge=15, le=MOST_MINUTES, multiple_of=15, strict=True)]
    first: Day
    last: Day
    zone: Line
    urgent: bool = Field(default=False, strict=True)
    waive: Annotated[tuple[WaivedRule, ...], Field(max_length=3 * MOST_PEOPLE)] = ()
    reason: Paragraph = ""
    consultation_id: ConsultationId | None = None
    slot: AwareDatetime | None = None
    most: Annotated[int, Field(ge=1, le=50, strict=True)] = 10

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not 0 <= (self.last - self.first).days < MOST_DAYS:
            raise ValueError(f"last lies before first, or they are more than {MOST_DAYS} days")
        if len({each.person_id for each in self.participants}) < len(self.participants):
            raise ValueError("somebody is named twice among the participants")
        if not any(each.required for each in self.participants):
            raise ValueError("somebody has to be required")
        if not self.rooms.keys() <= {each.site_id for each in self.participants}:
            raise ValueError("rooms are for sites of participants")
        if self.slot and not self.consultation_id:
            raise ValueError("slot is that of a session of consultation_id")
        return self


def find_a_time(
    asked: AskFindATime,
    actor: Actor,
    now: datetime,
    people: People,
    planning: ConsultationPlanning,
) -> View:
    """`{slots, starts, possible, none_because}`: see `found_times`.

    Raises `NotAllowed`, `UnknownZone`, `NotOfTheSite`, `NoSuchSession`, and what `ConsultationPlanning.plan` raises.
    """
    may_find_a_time(actor, {each.site_id for each in asked.participants})
    must_be_a_zone(asked.zone)
    _must_be_of_their_sites(asked, people)
    begins, ends = _window(asked)
    own = planning.own_holds(asked.consultation_id, asked.slot, actor) if asked.consultation_id else NONE_OWN
    plan = planning.plan(_wish(asked), begins, ends, now, own)
    return answer_view(apart(find, plan, asked.most), plan.wish)


def _must_be_of_their_sites(asked: AskFindATime, people: People) -> None:
    persons = known(people, *(each.person_id for each in asked.participants))
    for person, each in zip(persons, asked.participants, strict=True):
        if each.site_id not in person.sites:
            raise NotOfTheSite(person=person.id, site=each.site_id)


def _window(asked: AskFindATime) -> tuple[datetime, datetime]:
    """From the first day's midnight to the one after the last."""
    zone, behind = ZoneInfo(asked.zone), asked.last + timedelta(days=1)
    begins, ends = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (asked.first, behind))
    return begins, ends


def _wish(asked: AskFindATime) -> Wish:
    return Wish(
        agreement=asked.agreement_id,
        condition=asked.condition_id,
        zone=asked.zone,
        quarters=asked.minutes // 15,
        participants=tuple(each.participant() for each in asked.participants),
        interpreters=asked.interpreters,
        rooms=asked.rooms,
        urgent=asked.urgent,
        waived=frozenset(Cause(each.rule, each.site_id) for each in asked.waive),
        reason=asked.reason,
    )
