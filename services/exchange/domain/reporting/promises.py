"""What was promised for a year: by the text that was in force, as the quota ledgers hold it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from services.exchange.domain.agreement import IN_EFFECT, Agreement, Condition, Version
from services.exchange.domain.agreement_approving import standing_as
from services.exchange.domain.agreement_ending import today_of
from services.exchange.domain.ledger import Ledger
from services.exchange.domain.quota_plan import plan
from services.exchange.domain.reporting.evidence import Evidence
from services.exchange.domain.reporting.figures import Row
from services.exchange.domain.site import Site

PROMISES = "promises"


def promise_rows(evidence: Evidence) -> list[Row]:
    """One for each condition that was in force for the year, agreement by agreement."""
    found = [
        (past.state, condition, ledger)
        for past in evidence.agreements
        for condition, ledger in _promised(past.state, evidence.asked.year, evidence.sites)
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


def _promised(agreement: Agreement, year: int, sites: Mapping[str, Site]) -> Iterator[tuple[Condition, Ledger]]:
    ledgers: dict[str, Ledger] = {}
    known: dict[str, Condition] = {}
    for version in _in_force(agreement):
        stood = replace(agreement, **standing_as(version), state=IN_EFFECT, amendment=None, termination=None)
        zones = [sites[site].zone for site in stood.partners]
        begun = version.in_force_since
        planned = plan(stood, tuple(ledgers.values()), today_of(zones, begun).year if begun else year)
        ledgers |= {each.id: each for each in (*planned.open, *planned.promise)}
        known |= {each.id: each for each in stood.conditions}
    for ledger in ledgers.values():
        if ledger.year == year:
            yield known[ledger.condition], ledger


def _in_force(agreement: Agreement) -> list[Version]:
    """The texts that are, or were, in force, in the order in which they came to be."""
    texts = [(version.in_force_since, version) for version in agreement.versions if version.in_force_since]
    return [version for _, version in sorted(texts, key=lambda text: text[0])]
