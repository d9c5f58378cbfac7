"""One file per intent about calendars that others read, and what they answer."""

from services.exchange.application.commands.calendars.open_calendar_address import (
    OpenCalendarAddress,
    open_calendar_address,
)
from services.exchange.application.commands.calendars.revoke_calendar_address import (
    RevokeCalendarAddress,
    revoke_calendar_address,
)

__all__ = [
    "OpenCalendarAddress",
    "RevokeCalendarAddress",
    "open_calendar_address",
    "revoke_calendar_address",
]
