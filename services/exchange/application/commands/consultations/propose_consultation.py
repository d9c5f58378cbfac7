"""A consultation is proposed."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.commands import Command, FullParagraph, Line, Moment
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import document_id
from contracts.words import AgreementId, ConditionId
from services.exchange.application.commands.consultations.parts import (
    CaseFields,
    JoinLink,
    Participants,
    Rooms,
    SessionLength,
    Zone,
    everybody,
    sites_must_be_known,
)
from services.exchange.application.convening import Convening
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.ports.recurrences import Recurrences
from services.exchange.domain.consultations.consultation import Waiver
from services.exchange.domain.consultations.finding.rules import LEAD, WAIVED_BY_SITE
from services.exchange.domain.consultations.participants import Participant
from services.exchange.domain.consultations.proposing import Proposal, Wanted, propose
from services.exchange.domain.permissions.consultations import may_propose

WaivedRule = Annotated[str, StringConstraints(pattern=f"^({LEAD}|({'|'.join(WAIVED_BY_SITE)}):sit_[0-9a-z-]{{1,60}})$")]
"""A rule of its time that may be waived, and of one that is found site by site where."""


class WaivedRules(Command):
    """An urgent consultation need not keep to these rules, and why."""

    rules: Annotated[tuple[WaivedRule, ...], Field(min_length=1, max_length=100)]
    reason: FullParagraph


class ConsultationTimes(Command):
    """When it meets: from `begins` on for `minutes`, and again by `recurrence` (RFC 5545 RRULE) in the zone.

    `without`: sessions of the rule that are left out.
    """

    begins: Moment
    minutes: SessionLength
    zone: Zone
    recurrence: Annotated[str, Field(max_length=500)] = ""
    without: Annotated[tuple[Moment, ...], Field(max_length=60)] = ()
    link: JoinLink = ""

    def wanted(self, recurrences: Recurrences) -> Wanted:
        """Raises what an impossible rule raises."""
        if not self.recurrence:
            return Wanted((self.begins,), self.minutes, self.zone, "", self.link)
        slots = recurrences.slots(self.recurrence, self.begins, self.zone, without=self.without)
        return Wanted(slots, self.minutes, self.zone, recurrences.canonical(self.recurrence), self.link)


class ProposeConsultation(ConsultationTimes):
    """Who is to meet, when and over which cases. `wait`: where somebody is busy then, the time is waited for."""

    agreement_id: AgreementId
    condition_id: ConditionId
    title: Line
    participants: Participants
    rooms: Rooms = Field(default_factory=dict)
    urgent: bool = Field(default=False, strict=True)
    waive: WaivedRules | None = None
    cases: Annotated[tuple[CaseFields, ...], Field(max_length=50)] = ()
    wait: bool = Field(default=False, strict=True)


def propose_consultation(
    command: ProposeConsultation,
    context: Context,
    consultations: Consultations,
    agreements: Agreements,
    sites: Sites,
    people: People,
    recurrences: Recurrences,
    convening: Convening,
) -> Receipt:
    """Opens a consultation; where who proposes it takes part, everybody's time is held from now on, or nobody's."""
    consultation_id = document_id("con", context.command_id)
    if answer := consultations.made(consultation_id, context):
        return answer
    participants = tuple(each.participant() for each in command.participants)
    may_propose(context.actor, tuple({each.site for each in participants}))
    sites_must_be_known(participants, sites)
    proposed = propose(
        consultation_id,
        _proposal(command, context, participants, recurrences),
        agreements.load(command.agreement_id).state,
        everybody(participants, people),
        by=str(context.actor.person),
        now=context.now,
    )
    return convening.add(consultation_id, proposed, context, wait=command.wait)


def _proposal(
    command: ProposeConsultation, context: Context, participants: tuple[Participant, ...], recurrences: Recurrences
) -> Proposal:
    waived = command.waive
    return Proposal(
        condition=command.condition_id,
        title=command.title,
        participants=participants,
        wanted=command.wanted(recurrences),
        rooms=command.rooms,
        urgent=command.urgent,
        waiver=Waiver(waived.rules, waived.reason, context.actor.person) if waived else None,
        cases=tuple(case.case(context.command_id, number) for number, case in enumerate(command.cases)),
    )
