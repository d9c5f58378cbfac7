"""A participant answers."""

from typing import Annotated, Literal

from pydantic import Field

from chassis.commands import Moment, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import PersonId
from services.exchange.application.commands.consultations.parts import SessionChange, SessionLength
from services.exchange.application.convening import Convening
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations.answering import answer, must_be_asked_still
from services.exchange.domain.consultations.participants import Answer
from services.exchange.domain.permissions.consultations import may_answer


class ReplyToConsultation(SessionChange):
    """`participant` is whose answer it is, whoever gives it; with a `slot` it is about that session alone.

    `announcement`: what they were asked with; refused where what is asked has changed since.
    `deputy`: who comes in their place. `begins`: another time that a tentative answer asks for, for so many `minutes`,
    or for as long as it is.
    """

    participant: PersonId
    status: Literal["accepted", "tentative", "declined"]
    reason: Paragraph = ""
    deputy: PersonId | None = None
    begins: Moment | None = None
    minutes: SessionLength | None = None
    announcement: Annotated[int, Field(ge=0, strict=True)] | None = None


def reply_to_consultation(
    command: ReplyToConsultation,
    context: Context,
    consultations: Consultations,
    agreements: Agreements,
    convening: Convening,
) -> Receipt:
    """Sets the answer; the first acceptance takes everybody's time with it. A deputy comes themselves, or perhaps."""
    found = consultations.load(command.consultation_id)
    if before := found.answered(context):
        return before
    participant = found.state.participant(command.participant)
    may_answer(context.actor, participant)
    must_be_asked_still(found.state, command.announcement)
    given = Answer(
        command.status,
        context.actor.person,
        context.now,
        command.reason,
        deputy=command.deputy or _standing_in(command, context, participant.deputies),
        begins=command.begins,
        minutes=command.minutes,
    )
    days = agreements.load(found.state.agreement).state.reply_days(found.state.condition)
    decision = answer(
        found.state, person=participant.person, given=given, slot=command.slot, reply_days=days, now=context.now
    )
    return convening.save(found, decision, context)


def _standing_in(command: ReplyToConsultation, context: Context, deputies: tuple[str, ...]) -> str | None:
    stands_in = context.actor.person in deputies and command.status != "declined"
    return context.actor.person if stands_in else None
