"""Parts of what is told of an agreement."""

from services.exchange.application.queries.views import View, text_of
from services.exchange.domain.agreement import Agreement, Condition


def condition_view(condition: Condition) -> View:
    """A condition, as the partners agreed to it."""
    expected = condition.expects_outcome
    return {
        "id": condition.id,
        "kind": condition.kind,
        "field": condition.field,
        "sending_site": condition.sending_site,
        "host_site": condition.host_site,
        "visits_per_year": condition.visits_per_year,
        "visitor_days_per_year": condition.visitor_days_per_year,
        "outcomes_per_year": condition.outcomes_per_year,
        "acceptance": list(condition.acceptance),
        "reply_within_days": condition.reply_within_days,
        "expects_outcome": {"type": expected.type, "due_days": expected.due_days} if expected else None,
        "rules": dict(condition.rules),
        "minimum_gap_days": condition.minimum_gap_days,
        "cost_sharing": dict(condition.cost_sharing),
    }


def termination_view(agreement: Agreement) -> View | None:
    """`{on, reason, by, at}`, or null."""
    ended = agreement.termination
    if ended is None:
        return None
    return {"on": text_of(ended.on), "reason": ended.reason, "by": ended.by, "at": text_of(ended.at)}
