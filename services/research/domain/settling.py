"""What it came of was entered in error and somebody had reported: people say what becomes of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from chassis.kernel.documents import HistoryLine
from services.research.domain.attributing import attributed_instead, label
from services.research.domain.attribution_refusals import NotQuestioned
from services.research.domain.events import OutcomeSettled, OutcomeWithdrawn
from services.research.domain.occurrence import Occurrence
from services.research.domain.outcome import ADOPTED, REPORTED, WITHDRAWN, Outcome

REPORTS = ("reported", "entered", "claimed")
"""What a history calls the decision from which on an outcome counts."""


def withdraw_questioned(outcome: Outcome, *, reason: str) -> Decision[Outcome]:
    """Takes the report back: nothing came of it. Raises `NotQuestioned`."""
    _must_be_questioned(outcome)
    withdrawn = replace(outcome, state=WITHDRAWN, questioned="", gate_due=False)
    return Decision(withdrawn, what="withdrawn", events=(OutcomeWithdrawn(withdrawn, reason),), why=reason)


def settle(
    outcome: Outcome, instead: Occurrence, history: Iterable[HistoryLine], *, reason: str, by: str | None
) -> Decision[Outcome]:
    """It came of something else, possibly one of the further things; by that it counts again, as far as it has come.

    `history`: the outcome's, which tells when it was reported. Raises `NotQuestioned`.
    """
    _must_be_questioned(outcome)
    settled = replace(attributed_instead(outcome, instead), questioned="")
    told = OutcomeSettled(settled, reason, by, _reported_at(history))
    why = f"{label(instead.named)}: {reason}"
    return Decision(settled, what="settled", events=(told,), why=why)


def _reported_at(history: Iterable[HistoryLine]) -> datetime:
    return next(line.at for line in history if line.what in REPORTS)


def waits_to_be_settled(outcome: Outcome) -> bool:
    """Whether it is questioned, and no other has taken its place."""
    return bool(outcome.questioned) and outcome.state in (REPORTED, ADOPTED)


def _must_be_questioned(outcome: Outcome) -> None:
    if not waits_to_be_settled(outcome):
        raise NotQuestioned(state=outcome.state)
