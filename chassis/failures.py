"""What fails in a worker and nobody foresaw, told at the document that it worked at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Documents
from chassis.kernel.errors import KhunjerabError, Unavailable, WriteConflict
from chassis.kernel.ids import derived

State = TypeVar("State")
Failed = Callable[[State, str, datetime], Decision[State]]
"""Decides that it failed at this state, with an error of this type."""


@contextmanager
def failures_told(
    document_id: str, context: Context, documents: Documents[State], failed: Failed[State]
) -> Iterator[None]:
    """Whatever fails within shows at the document, by its type, and goes on to whoever called.

    That something is away is no failure of the work; that others keep writing what it writes is one.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, WriteConflict) or not isinstance(error, Unavailable):
            # Should this fail, too, it is the first failure that matters; the timer comes back in a minute.
            with suppress(KhunjerabError):
                _tell(document_id, type(error).__name__, context, documents, failed)
        raise


@decided_again_on_conflict
def _tell(document_id: str, error: str, context: Context, documents: Documents[State], failed: Failed[State]) -> None:
    document = documents.load(document_id)
    of_this_try = replace(context, command_id=derived(context.command_id, "failed"))
    if not document.answered(of_this_try):
        documents.save(document, failed(document.state, error, context.now), of_this_try)
