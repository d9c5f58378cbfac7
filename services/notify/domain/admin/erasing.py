"""Erasing a person: asked for once, done by the worker, and remembered by their id alone, so that nothing that comes
late brings them back.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision, Due
from chassis.kernel.ids import derived, document_id

ASKED, DONE = "asked", "done"
ERASE = "erase"


@dataclass(frozen=True)
class Erasure:
    """`person`: whose traces are to be gone, or are."""

    id: str
    person: str
    asked_at: datetime
    state: str = ASKED


def erasure_id(person: str) -> str:
    """A person is erased by one document."""
    return document_id("ers", derived(person, "erasure"))


def ask(erasure: Erasure, *, reason: str, now: datetime) -> Decision[Erasure]:
    """Everything about the person is to go; asked again, what has come since, too."""
    return Decision(replace(erasure, state=ASKED, asked_at=now), what=ASKED, why=reason)


def finish(erasure: Erasure) -> Decision[Erasure]:
    """Nothing is left."""
    return Decision(replace(erasure, state=DONE), what=DONE)


def due(erasure: Erasure) -> tuple[Due, ...]:
    """The worker does it at once."""
    return (Due(ERASE, erasure.asked_at),) if erasure.state == ASKED else ()
