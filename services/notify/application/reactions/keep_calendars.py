"""An event brings calendar files: they are kept for messages that are sent once more."""

from collections.abc import Sequence
from datetime import datetime

from contracts.envelope import CloudEvent, EventData
from services.notify.application.brought_calendars import CalendarsBrought
from services.notify.domain.brought_calendars import brought

_CARRIED_AS = ("calendar", "calendars")


def keep_calendars(events: Sequence[tuple[CloudEvent, EventData]], kept: CalendarsBrought, now: datetime) -> None:
    """Keeps what each of the events brought, in one write."""
    carrying = [(event, data) for event, data in events if any(getattr(data, name, None) for name in _CARRIED_AS)]
    found = (
        brought(event.id, event.subject_id, event.subject_version, data.model_dump(mode="json"))
        for event, data in carrying
    )
    if new := [each for each in found if each]:
        kept.keep(new, now)
