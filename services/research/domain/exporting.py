"""An outcome as a reference, for files that leave the alliance."""

from dataclasses import replace

from services.research.domain.outcome import ADOPTED, REPORTED, UNCLAIMED, Outcome
from services.research.domain.references import Reference

TELLING = frozenset({UNCLAIMED, REPORTED, ADOPTED})
"""The states in which an outcome says something by which others may know it."""


def reference_of(outcome: Outcome) -> Reference:
    """What was told of it; under the label that its file gave it, else its id. Whom the alliance knows is not told."""
    return Reference(
        label=outcome.label or outcome.id,
        type=outcome.type,
        title=outcome.title,
        summary=outcome.summary,
        doi=outcome.doi,
        details=outcome.details or {},
        contributors=tuple(replace(each, person=None) for each in outcome.contributors),
        organisations=outcome.organisations,
        also=dict(outcome.also),
    )
