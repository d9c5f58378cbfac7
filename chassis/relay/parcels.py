"""The unsent events of one document, on their way together: they are pulled in one write."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from contracts.envelope import LARGEST_EVENT

_LONGEST_NAME = 255


class Outcome(Enum):
    """What became of one event."""

    CONFIRMED = "confirmed"
    UNROUTABLE = "no queue wanted it"
    NACKED = "the broker would not take it"
    UNKNOWN = "the connection went before the broker answered"

    @property
    def settled(self) -> bool:
        """Whether the event may leave its document."""
        return self in (Outcome.CONFIRMED, Outcome.UNROUTABLE)


class CannotPublish(ValueError):
    """The event can never be published as it stands; the text is a word for logs and metrics."""


@dataclass(frozen=True)
class Unsent:
    """One event, ready to go out."""

    id: str
    type: str
    body: bytes


@dataclass
class Parcel:
    """A document's events in flight.

    `sweep`: the number of the sweep that found them. `version`: the document's at that moment, where these are all the
    events that stood in it; `None` where some stay behind.
    """

    collection: str
    document_id: Any
    sweep: int
    events: list[Unsent]
    version: int | None = None
    outcomes: list[tuple[Unsent, Outcome]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, Any]:
        return self.collection, self.document_id

    def settle(self, event: Unsent, outcome: Outcome) -> bool:
        """Notes what became of one event; true when it was the last."""
        self.outcomes.append((event, outcome))
        return len(self.outcomes) == len(self.events)

    @property
    def all_settled(self) -> bool:
        """Whether every event may leave the document."""
        return all(outcome.settled for _, outcome in self.outcomes)

    @property
    def to_pull(self) -> list[str]:
        """Ids that may leave the document. Two versions of one event share an id: it leaves when both are out."""
        staying = {event.id for event, outcome in self.outcomes if not outcome.settled}
        return list(dict.fromkeys(event.id for event, _ in self.outcomes if event.id not in staying))


def unsent(entry: Any) -> Unsent:
    """An outbox entry (`chassis.outbox`) as it goes out. Raises `CannotPublish`."""
    if not isinstance(entry, dict) or not _name(entry.get("id")) or not _name(entry.get("type")):
        raise CannotPublish("no-event")
    if not isinstance(entry.get("body"), str):
        raise CannotPublish("no-body")
    if len(body := entry["body"].encode()) > LARGEST_EVENT:
        raise CannotPublish("too-large")
    return Unsent(entry["id"], entry["type"], body)


def sorted_out(entries: Any) -> tuple[list[Unsent], list[tuple[str, str]]]:
    """The events that can go out, and those that cannot: their id, as far as they have one, and why."""
    if not isinstance(entries, list):
        return [], [("", "no-list")]
    good: list[Unsent] = []
    bad: list[tuple[str, str]] = []
    for entry in entries:
        try:
            good.append(unsent(entry))
        except CannotPublish as problem:
            bad.append((_id_of(entry), str(problem)))
    # An id that also stands on a bad entry would be pulled with it: then all of that id stay.
    stuck = {event_id for event_id, _ in bad}
    return [event for event in good if event.id not in stuck], bad


def oldest(entries: Iterable[Any]) -> str | None:
    """The earliest `time` among outbox entries, as it stands there (RFC 3339 in UTC: compared as text)."""
    times = [entry["time"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("time"), str)]
    return min(times, default=None)


def _name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.encode(errors="replace")) <= _LONGEST_NAME


def _id_of(entry: Any) -> str:
    known = entry.get("id") if isinstance(entry, dict) else None
    return known if isinstance(known, str) else ""
