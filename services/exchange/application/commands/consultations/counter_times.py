"""The time that a participant asked for is taken up, or not."""

from chassis.commands import FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId
from services.exchange.application.commands.consultations.parts import SessionChange
from services.exchange.application.convening import Convening
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations.countering import CounterTime, accept_counter, decline_counter
from services.exchange.domain.permissions.consultations import may_organise


class DeclineCounterTime(SessionChange):
    """It is to meet as it was to."""

    participant: PersonId
    reason: FullParagraph


class AcceptCounterTime(SessionChange):
    """Who organises it agrees to the time that the participant's tentative answer asks for."""

    participant: PersonId


def accept_counter_time(
    command: AcceptCounterTime,
    context: Context,
    consultations: Consultations,
    agreements: Agreements,
    convening: Convening,
) -> Receipt:
    """Moves the session there; the participant has accepted it by asking for it."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "accept_counter_time")
    agreement = agreements.load(found.state.agreement).state
    wish = CounterTime(command.participant, command.slot)
    decision = accept_counter(found.state, wish, agreement, by=context.actor.person, now=context.now)
    return convening.save(found, decision, context)


def decline_counter_time(command: DeclineCounterTime, context: Context, consultations: Consultations) -> Receipt:
    """Leaves everything as it is; the participant hears of it."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "decline_counter_time")
    wish = CounterTime(command.participant, command.slot)
    decision = decline_counter(found.state, wish, by=context.actor.person, reason=command.reason, now=context.now)
    return consultations.save(found, decision, context)
