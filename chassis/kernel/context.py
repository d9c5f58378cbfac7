"""Everything a command needs to know about the circumstances it is given in."""

from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.actor import Actor


@dataclass(frozen=True)
class Context:
    """One command's circumstances.

    `command_id`: 32 hexadecimal digits of a UUID; the same command sent again carries the same one.
    `now`: the moment, UTC, from the clock port.
    `expected_version`: the version the caller saw, where the caller saw one.
    `deadline`: seconds since the epoch on the machine's own clock, after which nothing may be saved.
    `correlation_id`, `causation_id`: the chain of events this stands in; both default to the command's id.
    `traceparent`: W3C trace context, handed on in the events.
    """

    command_id: str
    actor: Actor
    now: datetime
    expected_version: int | None = None
    deadline: float | None = None
    correlation_id: str = ""
    causation_id: str = ""
    traceparent: str | None = None
