"""An agreement is drafted."""

from typing import Annotated

from pydantic import Field

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import document_id
from services.exchange.application.commands.agreement_text import NewCondition, WrittenText, text_of
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import Sites
from services.exchange.domain.agreement import DRAFT, Agreement, Making
from services.exchange.domain.agreement_approving import draft, words_of
from services.exchange.domain.permissions.agreements import may_draft


class DraftAgreement(WrittenText):
    """The text that the partners are to approve."""

    conditions: Annotated[tuple[NewCondition, ...], Field(min_length=1, max_length=100)]


def draft_agreement(command: DraftAgreement, context: Context, agreements: Agreements, sites: Sites) -> Receipt:
    """Keeps a new text, approved by nobody yet."""
    may_draft(context.actor, command.partners)
    text = text_of(command, command.conditions, context, sites, _none_is_known)
    agreement_id = document_id("agr", context.command_id)
    made = Making(context.actor.person, context.now)
    agreement = Agreement(id=agreement_id, state=DRAFT, **words_of(text), text_made=made)
    return agreements.add(agreement.id, draft(agreement), context)


def _none_is_known(condition: str) -> None:
    raise Unknown(kind="condition", id=condition)
