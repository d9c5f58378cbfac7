"""What people are to be reminded of about one thing: its newest facts, and what was told of them already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chassis.kernel.decision import Due
from chassis.kernel.ids import derived, document_id
from services.notify.domain.reminders.rows import Moment
from services.notify.domain.reminders.table import planned

STANDING, OVER = "standing", "over"


@dataclass(frozen=True)
class Heard:
    """An event with the full state of `about`, and where it stands among the others: `sequence` (CloudEvents)."""

    about: str
    sequence: str
    at: datetime
    correlation: str
    traceparent: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """Since when it has been known that something is where `anchor` says: the earliest event that says so."""

    anchor: str
    since: datetime


@dataclass(frozen=True)
class Reminder:
    """Facts and chain are those of the newest event, whatever came after it; none where nothing is to come.

    `known`: in the order of the anchors. `told`: ids of the moments that are done with.
    """

    id: str
    about: str
    sequence: str = ""
    correlation: str = ""
    traceparent: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    known: tuple[Known, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def awaited(self) -> tuple[Moment, ...]:
        """The moments that are waited for: planned, not told of, and not past before anybody could know of them."""
        since = {each.anchor: each.since for each in self.known}
        return tuple(
            moment
            for moment in planned(self.about, self.facts)
            if since[moment.anchor] < moment.at and moment.id_in(self.id) not in self.told
        )

    @property
    def state(self) -> str:
        """`standing` while anything is waited for."""
        return STANDING if self.awaited else OVER


def reminder_id(about: str) -> str:
    """The one reminder about a thing, whichever event is heard of first."""
    return document_id("rem", derived(about, "reminder"))


def due(reminder: Reminder) -> tuple[Due, ...]:
    """A reminder wants to be looked at whenever somebody is to be reminded."""
    return tuple(Due(moment.kind, moment.at) for moment in reminder.awaited)
