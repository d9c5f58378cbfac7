"""One file per question."""

from services.research.application.queries.outcome import AskOutcome, outcome
from services.research.application.queries.outcomes import AskOutcomes, outcomes

__all__ = ["AskOutcome", "AskOutcomes", "outcome", "outcomes"]
