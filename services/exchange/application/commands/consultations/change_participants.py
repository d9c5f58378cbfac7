"""Others take part."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application.commands.consultations.parts import (
    ConsultationChange,
    Participants,
    everybody,
    sites_must_be_known,
)
from services.exchange.application.convening import Convening
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.directory import People, Sites
from services.exchange.domain.consultations import gathering
from services.exchange.domain.permissions.consultations import may_organise


class ChangeParticipants(ConsultationChange):
    """All who take part from now on, those who did before among them."""

    participants: Participants
    reason: FullParagraph


def change_participants(
    command: ChangeParticipants,
    context: Context,
    consultations: Consultations,
    agreements: Agreements,
    sites: Sites,
    people: People,
    convening: Convening,
) -> Receipt:
    """Who is new is asked, and their time held with everybody else's, or nothing changes."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "change_participants")
    participants = tuple(each.participant() for each in command.participants)
    sites_must_be_known(participants, sites)
    agreement = agreements.load(found.state.agreement).state
    decision = gathering.change_participants(
        found.state,
        participants,
        everybody(participants, people),
        agreement,
        by=context.actor.person,
        reason=command.reason,
        now=context.now,
    )
    return convening.save(found, decision, context)
