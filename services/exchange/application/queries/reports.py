"""Annual reports: how far one is, and its files."""

from typing import Literal

from chassis.commands import Command
from chassis.kernel.actor import Actor
from contracts.words import ReportId
from services.exchange.application.commands.make_annual_report import sites_of
from services.exchange.application.ports.reports import Reports
from services.exchange.application.queries.views import View, text_of
from services.exchange.application.reporting import Sources
from services.exchange.domain.permissions.reports import may_report
from services.exchange.domain.reporting.refusals import ReportNotReady
from services.exchange.domain.reporting.report import Report


class AskReport(Command):
    report_id: ReportId


class AskReportFile(Command):
    report_id: ReportId
    format: Literal["pdf", "xlsx"]


def annual_report(asked: AskReport, actor: Actor, kept: Reports, sources: Sources) -> View:
    """What was asked and how far it is; `state` is `requested` or `made`. Raises `Unknown`, `NotAllowed`."""
    loaded = kept.load(asked.report_id)
    report = loaded.state
    may_report(actor, sites_of(report.asked.subject, sources))
    question = report.asked
    return {
        "id": loaded.id,
        "version": loaded.version,
        "state": report.state,
        "of": {"kind": question.subject.kind, "id": question.subject.id},
        "year": question.year,
        "as_of": text_of(question.as_of),
        "zone": question.zone,
        "moment": text_of(question.moment),
        "language": question.language,
        "currency": question.currency,
        "figures": report.figures,
        "asked_by": report.asked_by,
        "asked_at": text_of(report.asked_at),
        "made_at": text_of(report.printed_at),
    }


def annual_report_file(asked: AskReportFile, actor: Actor, kept: Reports, sources: Sources) -> View:
    """`{id, file, content}`: the file's name, and the file in base64. Raises `ReportNotReady`, `NotAllowed`."""
    report = kept.load(asked.report_id).state
    may_report(actor, sites_of(report.asked.subject, sources))
    content = report.pdf if asked.format == "pdf" else report.xlsx
    if content is None:
        raise ReportNotReady(report=report.id, state=report.state)
    return {"id": report.id, "file": _name(report, asked.format), "content": content}


def _name(report: Report, format_: str) -> str:
    asked = report.asked
    return f"annual-report-{asked.year}-as-of-{asked.as_of.isoformat()}-{asked.language}.{format_}"
