"""Where an outcome went that was another."""

from services.research.application.ports.outcomes import Outcomes
from services.research.domain.outcome import Outcome


def where_it_went(outcome: Outcome, outcomes: Outcomes) -> str | None:
    """The outcome that tells all of it now, however often it was merged on; `None` where it stands for itself.

    It ends: nothing is merged into what was merged, so no way leads back.
    """
    into = outcome.merged_into or None
    while into and (further := outcomes.load(into).state.merged_into):
        into = further
    return into
