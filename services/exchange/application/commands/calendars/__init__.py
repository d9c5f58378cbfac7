"""One file per intent about calendars that others read, and what they answer."""

from services.exchange.application.commands.calendars.open_calendar_address import (
    OpenCalendarAddress,
    open_calendar_address,
)
from services.exchange.application.commands.calendars.receive_calendar_reply import (
    Answering,
    ReceiveCalendarReply,
    receive_calendar_reply,
    receive_mailed_reply,
)
from services.exchange.application.commands.calendars.revoke_calendar_address import (
    RevokeCalendarAddress,
    revoke_calendar_address,
)

__all__ = [
    "Answering",
    "OpenCalendarAddress",
    "ReceiveCalendarReply",
    "RevokeCalendarAddress",
    "open_calendar_address",
    "receive_calendar_reply",
    "receive_mailed_reply",
    "revoke_calendar_address",
]
