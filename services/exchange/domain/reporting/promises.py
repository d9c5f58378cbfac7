"""What was promised for a year: by the text that was in force, as the quota ledgers hold it."""

from services.exchange.domain.agreement import Agreement, Condition
from services.exchange.domain.ledger import Ledger
from services.exchange.domain.promised import promised
from services.exchange.domain.reporting.evidence import Evidence
from services.exchange.domain.reporting.figures import Row

PROMISES = "promises"


def promise_rows(evidence: Evidence) -> list[Row]:
    """One for each condition that was in force for the year, agreement by agreement."""
    found = [
        (past.state, condition, ledger)
        for past in evidence.agreements
        for condition, ledger in promised(past.state, [evidence.sites[site].zone for site in past.state.partners])
        if ledger.year == evidence.asked.year
        if evidence.is_told_of(condition.sending_site, condition.host_site)
    ]
    return [_row(number, *each) for number, each in enumerate(found, 1)]


def _row(number: int, agreement: Agreement, condition: Condition, ledger: Ledger) -> Row:
    return Row(
        PROMISES,
        condition.id,
        {
            "condition": condition.id,
            "number": number,
            "agreement": agreement.id,
            "kind": condition.kind,
            "field": condition.field,
            "sending": condition.sending_site,
            "host": condition.host_site,
            "visits": ledger.visits.promised if condition.is_for_visits else None,
            "visitor_days": ledger.visitor_days.promised if condition.is_for_visits else None,
            "outcomes": ledger.outcomes_promised,
            "sessions": ledger.visits.promised if condition.is_for_sessions else None,
        },
    )
