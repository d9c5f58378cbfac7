"""The two versions in which messages are told of, until version 1 is retired, which knows of mail alone."""

from collections.abc import Mapping

from contracts.envelope import EventData
from contracts.notify import v1, v2

_EARLIER: Mapping[type[EventData], type[EventData]] = {
    v2.NotificationSent: v1.NotificationSent,
    v2.NotificationUndelivered: v1.NotificationUndelivered,
}


def earlier(told: EventData) -> tuple[EventData, ...]:
    """The same event in version 1; nothing where the message went by another channel than mail."""
    if not isinstance(told, v2.NotificationEvent) or told.channel != "email" or type(told) not in _EARLIER:
        return ()
    return (_EARLIER[type(told)].model_validate(told.model_dump()),)
