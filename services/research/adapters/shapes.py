"""How research's documents are kept: their kinds, deadlines and events."""

from typing import Any

from chassis.store import Shape, one_by_one
from contracts.research.versions import earlier
from services.research.adapters.published_events import published
from services.research.adapters.published_imports import published_import
from services.research.adapters.reading_before import (
    with_adoptions,
    with_evidence,
    with_origin,
    with_reached,
    with_sites,
)
from services.research.domain import waiting
from services.research.domain.duplicates.described import found_by
from services.research.domain.importing import importing
from services.research.domain.outcome import Outcome

Document = dict[str, Any]


class OutcomeShape(Shape[Outcome]):
    """Reads outcomes that were kept before, too: see `reading_before`."""

    def state(self, document: Document) -> Outcome:
        return super().state(with_adoptions(with_evidence(with_reached(with_sites(with_origin(document))))))


OUTCOME_SHAPE = OutcomeShape(
    service="research",
    kind="outcome",
    model=Outcome,
    state_word=lambda outcome: outcome.state,
    publish=one_by_one(published),
    earlier=earlier,
    due=waiting.due,
    found_by=found_by,
    remembers=True,
)
IMPORT_SHAPE = Shape(
    service="research",
    kind="import",
    model=importing.Import,
    state_word=lambda imported: imported.state,
    publish=one_by_one(published_import),
    holds=importing.holds,
    due=importing.due,
)
