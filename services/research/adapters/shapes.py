"""How research's documents are kept: their kinds, deadlines and events."""

from chassis.store import Shape, one_by_one
from services.research.adapters.published_events import published
from services.research.domain import expecting
from services.research.domain.outcome import Outcome

OUTCOME_SHAPE = Shape(
    service="research",
    kind="outcome",
    model=Outcome,
    state_word=lambda outcome: outcome.state,
    publish=one_by_one(published),
    due=expecting.due,
)
