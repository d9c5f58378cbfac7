"""The text of an agreement is changed."""

from functools import partial
from typing import Annotated

from pydantic import Field

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AgreementId
from services.exchange.application.commands.agreement_text import AmendedCondition, WrittenText, text_of
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import Sites
from services.exchange.application.quota import Quota
from services.exchange.domain.agreement import Making
from services.exchange.domain.agreement_amending import amend, must_know
from services.exchange.domain.permissions.agreements import may_change_agreement


class AmendAgreement(WrittenText, Change):
    """The whole new text, and why."""

    agreement_id: AgreementId
    conditions: Annotated[tuple[AmendedCondition, ...], Field(min_length=1, max_length=100)]
    reason: FullParagraph


def amend_agreement(
    command: AmendAgreement, context: Context, agreements: Agreements, sites: Sites, quota: Quota
) -> Receipt:
    """Lays the new text before the partners. Refuses what would promise less than is taken as things stand."""
    agreement = agreements.load(command.agreement_id)
    if answer := agreement.answered(context):
        return answer
    may_change_agreement(context.actor, agreement.state, "amend_agreement")
    text = text_of(command, command.conditions, context, sites, partial(must_know, agreement.state))
    decision = amend(agreement.state, text, Making(context.actor.person, context.now, command.reason))
    quota.must_allow(decision.state, context)
    return agreements.save(agreement, decision, context)
