"""How research's documents are kept: their kinds, deadlines and events."""

from typing import Any

from chassis.store import Shape, one_by_one
from contracts.research.versions import earlier
from services.research.adapters.published_events import published
from services.research.domain import expecting
from services.research.domain.outcome import VISIT, Outcome

Document = dict[str, Any]


class OutcomeShape(Shape[Outcome]):
    """Reads outcomes kept before consultations had any, too: those name their visit in fields of their own."""

    def state(self, document: Document) -> Outcome:
        return super().state(document if "origin" in document else _with_origin(document))


OUTCOME_SHAPE = OutcomeShape(
    service="research",
    kind="outcome",
    model=Outcome,
    state_word=lambda outcome: outcome.state,
    publish=one_by_one(published),
    earlier=earlier,
    due=expecting.due,
    remembers=True,
)


def _with_origin(document: Document) -> Document:
    visit = {"id": document["visit"], "year": document["visit_year"], "began": document["visit_began"]}
    return document | {"origin": {"kind": VISIT, **visit}}
