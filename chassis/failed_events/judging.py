"""What an error says about an event's future: whether another attempt can help, and what may be told about it."""

import re
from dataclasses import dataclass
from typing import Any

from chassis.kernel.errors import KhunjerabError, NotYet, Refusal
from chassis.logs import place_of
from chassis.store.faults import UNANSWERED, StoreUnavailable
from contracts.catalogue import NotAnEvent, SchemaViolation, UnknownEventType

KILLED_THE_PROCESS = "killed-the-process"
ATTEMPTS_USED_UP = "attempts-used-up"
DELIVERY_LIMIT = "delivery-limit"
HANDLER_RAISED = "handler-raised"
NOT_YET = "not-yet"
NEVER_CAME = "never-came"

_HOPELESS: tuple[tuple[type[Exception], str], ...] = (
    (SchemaViolation, "schema-violation"),
    (UnknownEventType, "unknown-type"),
    (NotAnEvent, "not-an-event"),
    (Refusal, "refused"),
)
_AWAY = (StoreUnavailable, *UNANSWERED)
_ID = re.compile(r"[a-z]{3}_[0-9a-z-]{1,60}|[0-9a-f]{32}")


@dataclass(frozen=True)
class Judgement:
    """`reason`: a word for lists and metrics. `hopeless`: no further attempt can help. `error`: what may be told."""

    reason: str
    hopeless: bool
    error: dict[str, Any]


def judged(error: Exception) -> Judgement:
    """Why an event was not dealt with. Nothing of the event itself, and no person's data, gets into the answer."""
    for kind, reason in _HOPELESS:
        if isinstance(error, kind):
            return Judgement(reason, True, told(error))
    return Judgement(NOT_YET if isinstance(error, NotYet) else HANDLER_RAISED, False, told(error))


def database_is_away(error: Exception) -> bool:
    """Whether the error speaks of the database and not of the event: then no attempt is spent."""
    return isinstance(error, _AWAY)


def told(error: Exception) -> dict[str, Any]:
    """An error's type, place and the facts in it that name nobody: ids, numbers, the names of fields."""
    return {"type": type(error).__name__, "message": _message(error), "at": place_of(error)}


def _message(error: Exception) -> str:
    if isinstance(error, NotAnEvent):
        return str(error)  # by its contract it never quotes the body
    if isinstance(error, KhunjerabError):
        return ", ".join(f"{name}={_shown(value)}" for name, value in error.facts.items())
    return ""


def _shown(value: object) -> str:
    if isinstance(value, bool | int | float) or (isinstance(value, str) and _ID.fullmatch(value)):
        return str(value)
    return "…"
