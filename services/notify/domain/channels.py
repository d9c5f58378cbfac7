"""The channels by which a message leaves: their names, and how long after a failure each is tried again.

The inbox is no channel: every notification stands in it, and nothing has to be delivered for that.
"""

from collections.abc import Mapping
from datetime import timedelta

EMAIL = "email"
WECOM, DINGTALK, FEISHU, WHATSAPP, SMS = "wecom", "dingtalk", "feishu", "whatsapp", "sms"

CHANNELS = (EMAIL, WECOM, DINGTALK, FEISHU, WHATSAPP, SMS)
"""In the order in which they are taken where one fails and the person has not said otherwise."""

RINGING = frozenset(CHANNELS) - {EMAIL}
"""Those that make a telephone ring."""

_MAIL_PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
_CHAT_PAUSES = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30))

PAUSES: Mapping[str, tuple[timedelta, ...]] = {EMAIL: _MAIL_PAUSES, **dict.fromkeys(sorted(RINGING), _CHAT_PAUSES)}
"""How long after a failed attempt the next one comes; after the last there is none. A mail server that is away for a
night must not cost a message; what rings soon goes on to the next channel."""
