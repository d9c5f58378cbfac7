"""Reporting an expected outcome."""

from dataclasses import replace

from chassis.kernel.decision import Decision
from services.research.domain.doi import doi_in
from services.research.domain.events import OutcomeReported
from services.research.domain.outcome import DISCLOSURE, EXPECTED, REPORTED, Outcome
from services.research.domain.refusals import WrongState


def report(outcome: Outcome, *, title: str, summary: str, doi: str, by: str | None) -> Decision[Outcome]:
    """What came of it; the outcome then stands at the first stage of its transfer, late or not.

    Raises `WrongState`, `InvalidDoi`.
    """
    if outcome.state != EXPECTED:
        raise WrongState(state=outcome.state, command="report_outcome", fits=[EXPECTED])
    reported = replace(
        outcome,
        state=REPORTED,
        stage=DISCLOSURE,
        title=title,
        summary=summary,
        doi=doi_in(doi),
        overdue=False,
    )
    return Decision(reported, what="reported", events=(OutcomeReported(reported, by=by),))
