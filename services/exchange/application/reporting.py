"""Finding all that an annual report is made of, as it stood at the report's moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chassis.kernel.documents import Past
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.money import Budgets, Currencies, Rates
from services.exchange.application.ports.tracks import Tracks
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.budget import Budget, budget_id
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.ledger import CountedOutcome, ledger_id
from services.exchange.domain.rates import Rate
from services.exchange.domain.reporting.conferring import concerns
from services.exchange.domain.reporting.evidence import Evidence
from services.exchange.domain.reporting.refusals import ReportTooLarge
from services.exchange.domain.reporting.report import AGREEMENT, SITE, Asked
from services.exchange.domain.tracks.track import track_id
from services.exchange.domain.visit import Visit

MOST_VISITS = 1_000
MOST_LINES = 5_000
MOST_SESSIONS = 5_000


@dataclass(frozen=True)
class Sources:
    """Every shelf that a report draws on."""

    agreements: Agreements
    sites: Sites
    visits: Visits
    tracks: Tracks
    budgets: Budgets
    rates: Rates
    ledgers: Ledgers
    currencies: Currencies
    consultations: Consultations


def evidence_of(asked: Asked, sources: Sources) -> Evidence:
    """Everything as it stood at `asked.moment`. Raises `ReportTooLarge`, `UnknownCurrency`."""
    moment = asked.moment
    currency = sources.currencies.named(asked.currency) if asked.currency else None
    visits = _visits(asked, sources)
    budgets = sources.budgets.as_of([budget_id(each.id) for each in visits], moment)
    _must_fit(budgets.values())
    tracks = sources.tracks.as_of([track_id(each.id) for each in visits], moment)
    agreements = _agreements(asked, sources)
    consultations = _consultations(asked, agreements, sources)
    sites = sources.sites.as_of(_sites(agreements, visits, consultations), moment)
    rates = _rates(asked, budgets.values(), sources)
    return Evidence(
        asked=asked,
        agreements=agreements,
        sites={each: past.state for each, past in sites.items()},
        visits=visits,
        budgets={past.state.visit: past for past in budgets.values()},
        tracks={past.state.visit: past for past in tracks.values()},
        outcomes=_outcomes(asked, agreements, sources),
        consultations=consultations,
        rates=[past.state for past in rates.values()],
        currency=currency,
        inexact=_inexact(
            agreements, visits, consultations, *(found.values() for found in (budgets, tracks, sites, rates))
        ),
    )


def _visits(asked: Asked, sources: Sources) -> list[Past[Visit]]:
    found = sources.visits.of_year(asked.subject, asked.year, asked.moment, MOST_VISITS + 1)
    if len(found) > MOST_VISITS:
        raise ReportTooLarge(of="visits", most=MOST_VISITS)
    return [past for past in found if past.state.year == asked.year]


def _consultations(asked: Asked, agreements: Iterable[Past[Agreement]], sources: Sources) -> list[Past[Consultation]]:
    """Those of the agreements, or of them those in which the site takes part."""
    found = sources.consultations.of_year([past.id for past in agreements], asked.year, asked.moment)
    if asked.subject.kind == SITE:
        found = [past for past in found if _takes_part(asked.subject.id, past.state)]
    if sum(len(past.state.sessions) for past in found) > MOST_SESSIONS:
        raise ReportTooLarge(of="sessions", most=MOST_SESSIONS)
    return found


def _takes_part(site: str, consultation: Consultation) -> bool:
    return any(concerns(site, consultation, session) for session in consultation.sessions)


def _must_fit(budgets: Iterable[Past[Budget]]) -> None:
    if sum(len(past.state.standing) for past in budgets) > MOST_LINES:
        raise ReportTooLarge(of="lines", most=MOST_LINES)


def _agreements(asked: Asked, sources: Sources) -> list[Past[Agreement]]:
    """The one asked for, or all of which the site was ever a partner, oldest first."""
    if asked.subject.kind == AGREEMENT:
        ids = [asked.subject.id]
    else:
        ids = sorted(each.id for each in sources.agreements.all() if asked.subject.id in _partners(each.state))
    pasts = sources.agreements.as_of(ids, asked.moment)
    return [pasts[each] for each in ids if each in pasts]


def _partners(agreement: Agreement) -> frozenset[str]:
    return frozenset(site for version in agreement.versions for site in version.text.partners)


def _sites(
    agreements: Iterable[Past[Agreement]], visits: Iterable[Past[Visit]], consultations: Iterable[Past[Consultation]]
) -> list[str]:
    named = {site for past in agreements for site in _partners(past.state)}
    met = {site for past in consultations for site in past.state.sites}
    return sorted(named | met | {site for past in visits for site in (past.state.sending_site, past.state.host_site)})


def _rates(asked: Asked, budgets: Iterable[Past[Budget]], sources: Sources) -> Mapping[str, Past[Rate]]:
    if asked.currency is None:
        return {}
    others = {line.currency for past in budgets for line in past.state.standing} - {asked.currency}
    ids = [rate.id for rate in sources.rates.into(asked.currency, sorted(others))]
    return sources.rates.as_of(ids, asked.moment)


def _outcomes(asked: Asked, agreements: Iterable[Past[Agreement]], sources: Sources) -> list[CountedOutcome]:
    """Those counted under a condition of the subject, whatever text has it."""
    conditions = {
        (past.id, each.id)
        for past in agreements
        for version in past.state.versions
        for each in version.text.conditions
        if asked.subject.kind == AGREEMENT or asked.subject.id in (each.sending_site, each.host_site)
    }
    ledgers = [ledger_id(agreement, condition, asked.year) for agreement, condition in sorted(conditions)]
    return sources.ledgers.outcomes(ledgers, asked.moment)


def _inexact(*found: Iterable[Past[Any]]) -> frozenset[str]:
    return frozenset(past.id for pasts in found for past in pasts if not past.exact)
