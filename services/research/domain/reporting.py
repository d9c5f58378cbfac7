"""Reporting an expected outcome, and correcting what was reported."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis.kernel.decision import Decision
from services.research.domain.attachments import Attachment, attachments_of
from services.research.domain.contributors import Contributor, contributors_of
from services.research.domain.details.amounts import Decimals
from services.research.domain.details.types import Details, details_of
from services.research.domain.doi import doi_in
from services.research.domain.events import OutcomeReported
from services.research.domain.organisations import Organisation, organisations_of
from services.research.domain.outcome import ADOPTED, DISCLOSURE, EXPECTED, REPORTED, Outcome, Reached
from services.research.domain.refusals import NothingCorrected, WrongState
from services.research.domain.transferring import transfers


@dataclass(frozen=True)
class Told:
    """What somebody says of an outcome, as it was typed; what is `None` is not said, and stays as it stands."""

    title: str | None = None
    summary: str | None = None
    doi: str | None = None
    details: Details | None = None
    contributors: tuple[Contributor, ...] | None = None
    organisations: tuple[Organisation, ...] | None = None
    attachments: tuple[Attachment, ...] | None = None


def report(outcome: Outcome, told: Told, *, decimals: Decimals, by: str | None, now: datetime) -> Decision[Outcome]:
    """What came of it, late or not; one of a type that transfers then stands at the first stage on its way.

    Raises `WrongState` and whatever `filled_in` does.
    """
    if outcome.state != EXPECTED:
        raise WrongState(state=outcome.state, command="report_outcome", fits=[EXPECTED])
    reported = disclosed(filled_in(outcome, told, decimals), now)
    return Decision(reported, what="reported", events=(OutcomeReported(reported, by=by),))


def disclosed(outcome: Outcome, now: datetime) -> Outcome:
    """Reported, and at the first stage on its way, where its type transfers. The report is the gate before that."""
    stage = DISCLOSURE if transfers(outcome.type) else None
    return replace(outcome, state=REPORTED, overdue=False, stage=stage, reached=(Reached(DISCLOSURE, now),))


def correct(outcome: Outcome, told: Told, *, decimals: Decimals, reason: str) -> Decision[Outcome]:
    """Says otherwise what was reported; where it stands in its transfer stays.

    Nobody is told: no other service acts on it. Raises `WrongState`, `NothingCorrected` and whatever `filled_in` does.
    """
    if outcome.state not in (REPORTED, ADOPTED):
        raise WrongState(state=outcome.state, command="correct_outcome", fits=[REPORTED, ADOPTED])
    corrected = filled_in(outcome, told, decimals)
    if corrected == outcome:
        raise NothingCorrected(state=outcome.state)
    changed = ", ".join(_changed(outcome, corrected))
    return Decision(corrected, what="corrected", why=f"{changed}: {reason}")


def filled_in(outcome: Outcome, told: Told, decimals: Decimals) -> Outcome:
    """The outcome with all that is told, each in its normal form.

    Raises `InvalidDoi`, `DetailNotOfType`, `DetailMissing`, `DetailInvalid`, `InvalidOrcid`, `ContributorNamedTwice`,
    `InvalidRor`, `OrganisationNamedTwice`, `AttachmentInvalid`, `AttachmentNamedTwice`.
    """
    said: dict[str, Any] = {
        "title": told.title,
        "summary": told.summary,
        "doi": None if told.doi is None else doi_in(told.doi),
        "details": None if told.details is None else details_of(outcome.type, told.details, decimals),
        "contributors": None if told.contributors is None else contributors_of(told.contributors),
        "organisations": None if told.organisations is None else organisations_of(told.organisations),
        "attachments": None if told.attachments is None else attachments_of(told.attachments),
    }
    return replace(outcome, **{name: value for name, value in said.items() if value is not None})


def _changed(before: Outcome, after: Outcome) -> Iterator[str]:
    for name in vars(Told()):
        was, now = getattr(before, name), getattr(after, name)
        if name == "details":
            was, now = was or {}, now or {}
            yield from (f"details.{each}" for each in {**was, **now} if was.get(each) != now.get(each))
        elif was != now:
            yield name
