"""A requested report is printed."""

import base64

from chassis.kernel.context import Context
from services.exchange.application.ports.directory import People
from services.exchange.application.ports.reports import Press, Reports
from services.exchange.application.reporting import Sources, evidence_of
from services.exchange.domain.reporting.compiling import compile_account
from services.exchange.domain.reporting.report import REQUESTED, Report, make


def print_report(
    report_id: str, context: Context, reports: Reports, sources: Sources, people: People, press: Press
) -> None:
    """Finds again how things stood, makes both files and keeps them. A crash leaves it requested, to be begun again."""
    loaded = reports.load(report_id)
    report = loaded.state
    if report.state != REQUESTED:
        return
    account = compile_account(evidence_of(report.asked, sources))
    made_by = _name(report, people)
    pdf, xlsx = (made(account, made_by, report.asked_at) for made in (press.pdf, press.xlsx))
    reports.save(loaded, make(report, pdf=_text(pdf), xlsx=_text(xlsx), now=context.now), context)


def _name(report: Report, people: People) -> str:
    """As others know the person who asked; their id where they are not registered."""
    by = report.asked_by or ""
    person = people.named([by]).get(by)
    return person.passport_name if person else by


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
