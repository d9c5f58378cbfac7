"""Exchange tells of a fulfilled visit, or of a session that was held: it is kept, and where an outcome is expected of
it, or of what the sites found there together, somebody now owes one."""

from datetime import datetime

from chassis.causes import caused_by
from chassis.kernel.ids import document_id
from contracts.envelope import CloudEvent
from contracts.exchange.consultations import ConsultationSessionHeld
from contracts.exchange.v1 import ExpectedOutcome, VisitFulfilled
from services.research.application.ports.copies import Mistakes
from services.research.application.ports.occurrences import Occurrences
from services.research.application.ports.outcomes import Outcomes
from services.research.application.reactions.told_occurrences import session_of, visit_of
from services.research.application.reactions.withdraw_outcome import take_back
from services.research.domain.expecting import expect, expected_of
from services.research.domain.occurrence import Occurrence


class Opening:
    """Keeps what took place and opens what is expected of it. What is known as a mistake is taken back at once."""

    def __init__(self, outcomes: Outcomes, occurrences: Occurrences, mistakes: Mistakes) -> None:
        self._outcomes, self._occurrences, self._mistakes = outcomes, occurrences, mistakes

    def of_visit(self, event: CloudEvent, visit: VisitFulfilled, now: datetime) -> None:
        """Its leader owes what the agreement expects of it."""
        occurrence = visit_of(visit)
        self._keep(event, occurrence)
        if visit.expected_outcome:
            self._open(event, occurrence, visit.expected_outcome, now, purpose="expect_outcome")

    def of_session(self, event: CloudEvent, held: ConsultationSessionHeld, now: datetime) -> None:
        """Its chair owes what is expected of the finding."""
        occurrence = session_of(held)
        self._keep(event, occurrence)
        if held.expected_outcome:
            purpose, found = "expect_of_finding", held.finding
            self._open(event, occurrence, held.expected_outcome, now, purpose=purpose, found=found)

    def _keep(self, event: CloudEvent, occurrence: Occurrence) -> None:
        self._occurrences.keep(event, occurrence)
        if reason := self._mistakes.reason(occurrence.id):
            self._occurrences.mark(occurrence.id, reason=reason)

    def _open(
        self,
        event: CloudEvent,
        occurrence: Occurrence,
        expected: ExpectedOutcome,
        now: datetime,
        *,
        purpose: str,
        found: str = "",
    ) -> None:
        """Once: its id is made of the event's."""
        context = caused_by(event, purpose, now)
        outcome_id = document_id("out", context.command_id)
        outcome = expected_of(occurrence, outcome_id, expected.type, expected.due_on)
        self._outcomes.add(outcome_id, expect(outcome, now=now, found=found), context)
        take_back(event, self._outcomes.load(outcome_id), now, self._outcomes, self._mistakes)
