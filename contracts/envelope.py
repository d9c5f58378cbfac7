"""The CloudEvents 1.0 envelope that every event travels in.

Source: CloudEvents 1.0.2 and its Sequence and Distributed Tracing extensions.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer, StringConstraints

LARGEST_EVENT = 1 << 20
"""Bytes of an event's JSON. A larger one is a mistake in the making of events."""

EventType = Annotated[
    str, StringConstraints(pattern=r"^(exchange|research|notify)\.[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*$")
]
Subject = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z]{3}_[0-9a-z-]{1,60}$")]
Sequence = Annotated[str, StringConstraints(pattern=r"^[0-9]{10}\.[0-9]{3}$")]


def _utc_text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Instant = Annotated[AwareDatetime, PlainSerializer(_utc_text, return_type=str, when_used="json")]


class EventData(BaseModel):
    """Base of every event's data: unknown fields are let through, so that a reader survives an added field."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    """The event's CloudEvents `type` and routing key, such as `exchange.visit.booked.v1`."""


class CloudEvent(BaseModel):
    """One event in structured mode. `data` is still unread: `contracts.catalogue.read` gives it its model."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    source: Annotated[str, StringConstraints(pattern=r"^/khunjerab/(exchange|research|notify)$")]
    type: EventType
    subject: Subject
    time: Instant
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str
    sequence: Sequence
    correlationid: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    causationid: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    traceparent: str | None = None
    data: Mapping[str, Any]

    @property
    def subject_id(self) -> str:
        """The id of the document that the event is about, without its kind: `vis_…` of `visit/vis_…`."""
        return self.subject.partition("/")[2]

    @property
    def subject_version(self) -> int:
        """The version of that document which the decision made, as `sequence` tells it."""
        return version_in(self.sequence)


def sequence(version: int, number: int) -> str:
    """The place of an event among those of its document; CloudEvents compares it as text, hence the zeros.

    `version` is the document's version after the decision, `number` counts the decision's events from 0.
    """
    return f"{version:010d}.{number:03d}"


def version_in(sequence: str) -> int:
    """The document's version in a place that `sequence` made."""
    return int(sequence.partition(".")[0])
