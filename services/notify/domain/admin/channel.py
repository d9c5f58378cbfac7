"""A channel as somebody looks after it: in use, or paused by somebody who said why."""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived, document_id
from services.notify.domain.admin.refusals import ChannelNotPaused, ChannelPaused

IN_USE, PAUSED = "in-use", "paused"


@dataclass(frozen=True)
class Channel:
    """`reason` and `since` are those of a pause."""

    id: str
    name: str
    state: str = IN_USE
    reason: str = ""
    since: datetime | None = None

    @property
    def is_paused(self) -> bool:
        return self.state == PAUSED


def channel_id(name: str) -> str:
    """A channel has one document."""
    return document_id("chn", derived(name, "channel"))


def in_use(name: str) -> Channel:
    """One that nobody ever paused."""
    return Channel(channel_id(name), name)


def pause(channel: Channel, *, reason: str, now: datetime) -> Decision[Channel]:
    """Nothing is handed over by it from now on; what is queued waits. Raises `ChannelPaused`."""
    if channel.is_paused:
        raise ChannelPaused(channel=channel.name, reason=channel.reason)
    return Decision(replace(channel, state=PAUSED, reason=reason, since=now), what="paused", why=reason)


def resume(channel: Channel, *, reason: str) -> Decision[Channel]:
    """What waited goes out. Raises `ChannelNotPaused`."""
    if not channel.is_paused:
        raise ChannelNotPaused(channel=channel.name)
    return Decision(replace(channel, state=IN_USE, reason="", since=None), what="resumed", why=reason)
