"""The document: its decisions, its outbox, its end."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard

BOOKED, CANCELLED, NOTED, HUGE = "booked", "cancelled", "noted", "huge"
"""Two events that a queue wants, one that no queue wants, one that the broker would not take."""

Names = frozenset[str]
NONE: Names = frozenset()


class Document(NamedTuple):
    decided: Names = NONE
    outbox: Names = NONE
    pulled: Names = NONE
    without_outbox: str = ""  # its state is written and its event not yet
    as_read: Names | None = None  # the outbox that a whole-document write will put back
    deleted: bool = False


def document_steps(model: Model[Any], document: Document, plan: tuple[str, ...]) -> Iterator[Step[Document]]:
    """One writer decides the events of `plan` one after the other; retention deletes when all is done."""
    if document.without_outbox:
        yield from _finish_half_write(document)
    else:
        yield from _decide(model, document, plan)
    may_go = not document.outbox or not model.has(Guard.KEEP_WHILE_UNSENT)
    if may_go and BOOKED in document.decided and not document.deleted:
        yield Step("retention: deletes the document", document._replace(deleted=True))


def _decide(model: Model[Any], document: Document, plan: tuple[str, ...]) -> Iterator[Step[Document]]:
    event = next_event(document, plan)
    if event is None or document.deleted:
        return
    if not model.has(Guard.FIELDS_NOT_WHOLE) and document.as_read is None:
        yield Step("service: reads the whole document", document._replace(as_read=document.outbox))
        return
    written = document._replace(decided=document.decided | {event})
    if not model.has(Guard.OUTBOX_WITH_STATE):
        yield Step(f"service: writes the state of {event}", written._replace(without_outbox=event))
        return
    before = document.outbox if document.as_read is None else document.as_read
    yield Step(f"service: writes {event}", written._replace(outbox=before | {event}, as_read=None))


def _finish_half_write(document: Document) -> Iterator[Step[Document]]:
    event = document.without_outbox
    whole = document._replace(without_outbox="", outbox=document.outbox | {event})
    yield Step(f"service: writes {event} into the outbox", whole)
    yield Step("crash of the service", document._replace(without_outbox=""), fault=True)


def next_event(document: Document, plan: tuple[str, ...]) -> str | None:
    """The decision still to be made, if any."""
    return next((event for event in plan if event not in document.decided), None)
