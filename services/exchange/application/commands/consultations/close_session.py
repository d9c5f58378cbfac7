"""A session ends."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from chassis.commands import Command, Day, FullParagraph, Line, Moment
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import derived, document_id
from contracts.words import CaseId, OutcomeType, PersonId
from services.exchange.application.commands.consultations.parts import SessionChange
from services.exchange.application.convening import Convening
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations import closing
from services.exchange.domain.consultations.cases import Action
from services.exchange.domain.consultations.consultation import JointFinding
from services.exchange.domain.permissions.consultations import may_organise


class ActionFields(Command):
    """What is to be done, by whom, until the end of which day where the consultation is organised."""

    what: Line
    owner: PersonId
    due_on: Day
    case_id: CaseId | None = None


class FindingFields(Command):
    """What was found together: research expects an outcome of this type, so many days after the session."""

    summary: FullParagraph
    outcome_type: OutcomeType
    due_days: Annotated[int, Field(ge=1, le=730, strict=True)]


class CloseSession(SessionChange):
    """`opinions`: on each case that was talked about; `postponed`: the slot of the session that takes a case on.

    `attended`: everybody who was there, where it is not recorded yet.
    """

    attended: Annotated[tuple[PersonId, ...], Field(max_length=360)] | None = None
    opinions: Annotated[dict[CaseId, FullParagraph], Field(max_length=50)] = Field(default_factory=dict)
    postponed: Annotated[dict[CaseId, Moment], Field(max_length=50)] = Field(default_factory=dict)
    actions: Annotated[tuple[ActionFields, ...], Field(max_length=50)] = ()
    finding: FindingFields | None = None


def close_session(
    command: CloseSession, context: Context, consultations: Consultations, convening: Convening
) -> Receipt:
    """Keeps what was said and what is to be done; with the last session the consultation is over."""
    found = consultations.load(command.consultation_id)
    if answer := found.answered(context):
        return answer
    may_organise(context.actor, found.state, "close_session")
    slot = closing.slot_to_close(found.state, command.slot)
    decision = closing.close_session(
        found.state, slot, _minutes(command, context, slot), by=context.actor.person, now=context.now
    )
    return convening.save(found, decision, context)


def _minutes(command: CloseSession, context: Context, slot: datetime) -> closing.Minutes:
    found = command.finding
    return closing.Minutes(
        attended=command.attended,
        opinions=command.opinions,
        postponed=command.postponed,
        actions=tuple(_action(fields, context, slot, at) for at, fields in enumerate(command.actions)),
        finding=JointFinding(found.summary, found.outcome_type, found.due_days) if found else None,
    )


def _action(fields: ActionFields, context: Context, slot: datetime, number: int) -> Action:
    action_id = document_id("act", derived(context.command_id, "action", str(number)))
    return Action(action_id, fields.what, fields.owner, fields.due_on, slot, fields.case_id)
