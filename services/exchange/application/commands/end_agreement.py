"""The last day of an agreement is over."""

from chassis.kernel.context import Context
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.quota import Quota
from services.exchange.domain.agreement_ending import end


def end_agreement(agreement_id: str, context: Context, agreements: Agreements, quota: Quota) -> None:
    """Marks it as expired or terminated and closes its ledgers; does nothing where it was prolonged meanwhile."""
    agreement = agreements.load(agreement_id)
    if agreement.answered(context):
        return
    if decision := end(agreement.state, now=context.now):
        quota.save(agreement, decision, context)
