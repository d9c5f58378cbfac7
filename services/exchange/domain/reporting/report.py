"""An annual report that somebody asked for: of what, how things stood when, in which language; and its two files."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from chassis.kernel.decision import Decision, Due
from chassis.kernel.ids import derived, document_id
from chassis.kernel.zones import zone_named
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.events import ReportMade
from services.exchange.domain.refusals import WrongState
from services.exchange.domain.reporting.refusals import AsOfBeforeYear, AsOfInTheFuture, YearNotCovered

REQUESTED, MADE = "requested", "made"
MAKE = "make-report"
AGREEMENT, SITE = "agreement", "site"


@dataclass(frozen=True)
class Subject:
    """What a report is of: one agreement with all its partners, or one site with all its agreements."""

    kind: str
    id: str


@dataclass(frozen=True)
class Asked:
    """How things stood at `moment`: the end of the day `as_of` in `zone`, or when it was asked if that came first.

    `currency`: the one in which money is told beside its own currencies, if any.
    """

    subject: Subject
    year: int
    as_of: date
    zone: str
    moment: datetime
    language: str
    currency: str | None = None


@dataclass(frozen=True)
class Report:
    """`figures` is the SHA-256 of all that it tells. `pdf` and `xlsx`: the files in base64, there once it is made."""

    id: str
    state: str
    asked: Asked
    figures: str
    asked_by: str | None
    asked_at: datetime
    printed_at: datetime | None = None
    pdf: str | None = None
    xlsx: str | None = None


def report_id(asked: Asked, figures: str) -> str:
    """The same question with the same answer is the same report, whoever asks and however often."""
    subject = asked.subject
    question = (subject.kind, subject.id, str(asked.year), asked.as_of.isoformat(), asked.zone)
    return document_id("rep", derived("report", *question, asked.language, asked.currency or "", figures))


def end_of(day: date, zone: str) -> datetime:
    """The moment at which a day is over in the zone: the first of the next that no longer belongs to it."""
    return datetime.combine(day + timedelta(days=1), time(), zone_named(zone)) - timedelta(microseconds=1)


def moment_of(as_of: date, zone: str, year: int, now: datetime) -> datetime:
    """The end of the day, or now while it lasts. Raises `AsOfInTheFuture`, `AsOfBeforeYear`."""
    today = now.astimezone(zone_named(zone)).date()
    if as_of > today:
        raise AsOfInTheFuture(as_of=as_of.isoformat(), today=today.isoformat(), zone=zone)
    if as_of.year < year:
        raise AsOfBeforeYear(as_of=as_of.isoformat(), year=year)
    return min(end_of(as_of, zone), now)


def must_be_a_year_of(agreement: Agreement, year: int) -> None:
    """Raises `YearNotCovered` for a year that none of the agreement's texts touches."""
    years = {each for version in agreement.versions for each in version.text.years}
    if year not in years:
        raise YearNotCovered(agreement=agreement.id, year=year, first=min(years), last=max(years))


def request(report: Report) -> Decision[Report]:
    """A report is to be made; what it tells is settled from here on."""
    return Decision(report, what="requested")


def make(report: Report, *, pdf: str, xlsx: str, now: datetime) -> Decision[Report]:
    """Both files are there. Raises `WrongState`."""
    if report.state != REQUESTED:
        raise WrongState(state=report.state, command="make_report", fits=[REQUESTED])
    made = replace(report, state=MADE, pdf=pdf, xlsx=xlsx, printed_at=now)
    return Decision(made, what="made", events=(ReportMade(made.id),))


def due(report: Report) -> tuple[Due, ...]:
    """A requested report wants to be made at once."""
    return (Due(MAKE, report.asked_at),) if report.state == REQUESTED else ()
