"""What a domain function answers when it does not refuse."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

State = TypeVar("State")


@dataclass(frozen=True)
class Decision(Generic[State]):
    """The new state, the domain events that tell of it, and the line that goes into the history.

    `what` is the past participle that the history shows (`booked`, `lapsed`), `why` the reason given, if any.
    An empty `events` is allowed: not every decision is news to others. `on_behalf_of`: in whose place it was made.
    """

    state: State
    what: str
    events: tuple[Any, ...] = ()
    why: str = ""
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class Due:
    """A moment at which a document wants to be looked at again, and the name of what is then to be done."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Receipt:
    """What a command answers: the document it decided on, the version it made and the state it led to."""

    id: str
    version: int
    state: str
