"""A delegate answers for somebody no more."""

from chassis.commands import Change, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import DelegationId
from services.research.application.ports.copies import People
from services.research.application.ports.delegations import Delegations
from services.research.domain.delegation import end
from services.research.domain.permissions import may_end_delegation


class EndDelegate(Change):
    delegation_id: DelegationId
    reason: FullParagraph


def end_delegate(command: EndDelegate, context: Context, delegations: Delegations, people: People) -> Receipt:
    """Ends it before its day."""
    delegation = delegations.load(command.delegation_id)
    if answer := delegation.answered(context):
        return answer
    sites = people.sites(delegation.state.person) or frozenset()
    may_end_delegation(context.actor, delegation.state, sites)
    return delegations.save(delegation, end(delegation.state, reason=command.reason), context)
