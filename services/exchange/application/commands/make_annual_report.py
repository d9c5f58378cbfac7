"""An annual report is asked for."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from chassis.apart import apart
from chassis.commands import Command, Day, Line
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from chassis.kernel.zones import zone_named
from contracts.words import AgreementId, Language, SiteId
from services.exchange.application.commands.money_fields import CurrencyCode
from services.exchange.application.ports.reports import Reports
from services.exchange.application.reporting import Sources, evidence_of
from services.exchange.domain.permissions.reports import may_report
from services.exchange.domain.reporting.compiling import compile_account, fingerprint
from services.exchange.domain.reporting.evidence import Evidence
from services.exchange.domain.reporting.report import (
    AGREEMENT,
    REQUESTED,
    SITE,
    Asked,
    Report,
    Subject,
    moment_of,
    must_be_a_year_of,
    report_id,
    request,
)
from services.exchange.domain.site import must_be_a_zone


class MakeAnnualReport(Command):
    """Of an agreement or of a site. `as_of`: how things stood at the end of that day in `zone`; today without it.

    Without `zone`, a site's is its own; an agreement's is that of the partner where a day ends last.
    """

    agreement_id: AgreementId | None = None
    site_id: SiteId | None = None
    year: Annotated[int, Field(ge=1970, le=2200, strict=True)]
    as_of: Day | None = None
    zone: Line | None = None
    language: Language = "en"
    currency: CurrencyCode | None = None

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        if (self.agreement_id is None) == (self.site_id is None):
            raise ValueError("either agreement_id or site_id is needed")
        return self


def make_annual_report(command: MakeAnnualReport, context: Context, reports: Reports, sources: Sources) -> Receipt:
    """Settles what the report tells; a worker makes its files. The same question with the same answer is one report.

    Raises `Unknown`, `NotAllowed`, `UnknownZone`, `YearNotCovered`, `AsOfInTheFuture`, `AsOfBeforeYear`,
    `UnknownCurrency`, `ReportTooLarge`.
    """
    asked = _asked(command, context, sources)
    figures = apart(_figures, evidence_of(asked, sources))
    made = report_id(asked, figures)
    try:
        standing = reports.load(made)
    except Unknown:
        report = Report(made, REQUESTED, asked, figures, context.actor.person, context.now)
        return reports.add(made, request(report), context)
    return Receipt(made, standing.version, standing.state.state)


def _figures(evidence: Evidence) -> str:
    """Up to a second of counting: nothing that answers others may wait for it."""
    return fingerprint(compile_account(evidence))


def _asked(command: MakeAnnualReport, context: Context, sources: Sources) -> Asked:
    subject = Subject(AGREEMENT, command.agreement_id) if command.agreement_id else Subject(SITE, command.site_id or "")
    sites = sites_of(subject, sources)
    may_report(context.actor, sites)
    if command.agreement_id:
        must_be_a_year_of(sources.agreements.load(command.agreement_id).state, command.year)
    zone = command.zone or _where_a_day_ends_last(sites, context, sources)
    must_be_a_zone(zone)
    as_of = command.as_of or context.now.astimezone(zone_named(zone)).date()
    moment = moment_of(as_of, zone, command.year, context.now)
    return Asked(subject, command.year, as_of, zone, moment, command.language, command.currency)


def sites_of(subject: Subject, sources: Sources) -> tuple[str, ...]:
    """The sites whose people have to do with the subject. Raises `Unknown`."""
    if subject.kind == SITE:
        return (sources.sites.load(subject.id).id,)
    return sources.agreements.load(subject.id).state.parties


def _where_a_day_ends_last(sites: tuple[str, ...], context: Context, sources: Sources) -> str:
    zones = {site.zone for site in sources.sites.named(sites).values()}
    return min(zones, key=lambda zone: (context.now.astimezone(zone_named(zone)).utcoffset(), zone))
