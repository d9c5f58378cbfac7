"""When several hospitals can meet, or why they cannot and what would help."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from chassis.apart import apart
from chassis.commands import Command, Day, Moment, Paragraph
from chassis.kernel.actor import Actor
from chassis.kernel.zones import zone_named
from contracts.words import AgreementId, ConditionId, ConsultationId, SiteId
from services.exchange.application.commands.consultations.parts import (
    Participants,
    Rooms,
    SessionLength,
    Zone,
    everybody,
)
from services.exchange.application.commands.site_parts import SpokenLanguage
from services.exchange.application.consultation_planning import NONE_OWN, ConsultationPlanning
from services.exchange.application.ports.directory import People
from services.exchange.application.queries.found_times import answer_view
from services.exchange.application.queries.views import View
from services.exchange.domain.consultations.assembling import (
    must_be_assembled,
    must_be_partners,
    rooms_must_be_needed,
)
from services.exchange.domain.consultations.finding.finding import find
from services.exchange.domain.consultations.finding.permissions import may_find_a_time
from services.exchange.domain.consultations.finding.plan import Plan
from services.exchange.domain.consultations.finding.rules import Cause
from services.exchange.domain.consultations.finding.wish import Wish, must_be_justified
from services.exchange.domain.consultations.quarters import QUARTER
from services.exchange.domain.site import must_be_a_zone

MOST_DAYS, MOST_SEATS = 62, 4


def _are_two(languages: tuple[str, str]) -> tuple[str, str]:
    if len(set(languages)) < len(languages):
        raise ValueError("two different languages are needed")
    return languages


Languages = Annotated[tuple[SpokenLanguage, SpokenLanguage], AfterValidator(_are_two)]


class WaivedRule(Command):
    """A rule that the consultation need not keep to at a site."""

    rule: Literal["night", "holiday", "weekend"]
    site_id: SiteId


class AskFindATime(Command):
    """`first` and `last`: days in the `zone`, both included. `interpreters`: open seats, each a pair of languages.

    An urgent one gives no notice and may `waive` rules, for a `reason`. `consultation_id`: what that one holds already
    does not stand in its way; with `slot` only what that session of it holds.
    """

    agreement_id: AgreementId
    condition_id: ConditionId
    participants: Participants
    interpreters: Annotated[tuple[Languages, ...], Field(max_length=MOST_SEATS)] = ()
    rooms: Rooms = Field(default_factory=dict)
    minutes: SessionLength
    first: Day
    last: Day
    zone: Zone
    urgent: bool = Field(default=False, strict=True)
    waive: Annotated[tuple[WaivedRule, ...], Field(max_length=60)] = ()
    reason: Paragraph = ""
    consultation_id: ConsultationId | None = None
    slot: Moment | None = None
    most: Annotated[int, Field(ge=1, le=50, strict=True)] = 10

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not 0 <= (self.last - self.first).days < MOST_DAYS:
            raise ValueError(f"last lies before first, or they are more than {MOST_DAYS} days")
        if self.slot and not self.consultation_id:
            raise ValueError("slot is that of a session of consultation_id")
        return self


def find_a_time(
    asked: AskFindATime, actor: Actor, now: datetime, people: People, planning: ConsultationPlanning
) -> View:
    """`{starts, possible, slots, none_because}`: see `found_times`. What is found can be proposed as it stands.

    Raises what `plan_asked` raises.
    """
    plan = plan_asked(asked, actor, now, people, planning)
    return answer_view(apart(find, plan, asked.most), plan.wish)


def plan_asked(
    asked: AskFindATime, actor: Actor, now: datetime, people: People, planning: ConsultationPlanning
) -> Plan:
    """Everything that has to be known to answer.

    Raises `NotAllowed`, `UnknownZone`, `NotUrgent`, `WaiverNeedsReason`, what `must_be_assembled` and
    `rooms_must_be_needed` raise, `NotAPartner`, `NoSuchSession`, and what `ConsultationPlanning.plan` raises.
    """
    wish, (begins, ends) = _wish(asked), _window(asked)
    may_find_a_time(actor, {each.site for each in wish.participants})
    must_be_justified(wish)
    must_be_assembled(wish.participants, everybody(wish.participants, people))
    rooms_must_be_needed(wish.rooms, wish.participants)
    own = planning.own_holds(asked.consultation_id, asked.slot, actor) if asked.consultation_id else NONE_OWN
    plan = planning.plan(wish, begins, ends, now, own)
    must_be_partners({each.site for each in wish.participants}, plan.agreement.partners, plan.agreement.id)
    return plan


def _window(asked: AskFindATime) -> tuple[datetime, datetime]:
    """From the first day's midnight to the one after the last. Raises `UnknownZone`."""
    must_be_a_zone(asked.zone)
    zone, behind = zone_named(asked.zone), asked.last + timedelta(days=1)
    begins, ends = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (asked.first, behind))
    return begins, ends


def _wish(asked: AskFindATime) -> Wish:
    return Wish(
        agreement=asked.agreement_id,
        condition=asked.condition_id,
        zone=asked.zone,
        quarters=timedelta(minutes=asked.minutes) // QUARTER,
        participants=tuple(each.participant() for each in asked.participants),
        interpreters=asked.interpreters,
        rooms=asked.rooms,
        urgent=asked.urgent,
        waived=frozenset(Cause(each.rule, each.site_id) for each in asked.waive),
        reason=asked.reason,
    )
