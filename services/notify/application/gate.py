"""Whether anything may go out by a channel now: not while it is paused, nor while its server is away.

What is queued stays as it is meanwhile: nothing is written about any message, and no attempt is spent.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from chassis.clock import Clock
from chassis.kernel.documents import Documents
from services.notify.domain.admin.channel import Channel, channel_id
from services.notify.domain.breaker import CLOSED, Breaker, failed

ChannelName = Literal["email", "wecom", "dingtalk", "feishu", "whatsapp", "sms"]

Channels = Documents[Channel]
"""One document for each channel that was ever paused."""


class Breakers(Protocol):
    """How the way to each channel's server was found, as all workers see it."""

    def of(self, channel: str) -> Breaker:
        """The channel's; a closed one where nothing is known."""
        ...

    def take_probe(self, channel: str) -> bool:
        """Takes the one probe for a while; false where another has it."""
        ...

    def leave(self, channel: str, before: Breaker, after: Breaker) -> None:
        """Writes down what came of it and gives the probe back; nothing where another was quicker."""
        ...


@dataclass(frozen=True)
class Passage:
    """At most `most` messages may go. `breaker`: as it was found."""

    most: int
    breaker: Breaker = CLOSED


NO_PASSAGE = Passage(0)


@dataclass(frozen=True)
class Gate:
    """Before each round of a worker."""

    channels: Channels
    breakers: Breakers
    clock: Clock

    def passage(self, channel: str, limit: int) -> Passage:
        """How many of `limit` may go: none, one to see whether the server is back, or all."""
        identity = channel_id(channel)
        kept = self.channels.named([identity]).get(identity)
        if kept and kept.is_paused:
            return NO_PASSAGE
        breaker = self.breakers.of(channel)
        if breaker.open_until is None:
            return Passage(limit, breaker)
        if breaker.lets_nobody_through(self.clock.now()) or not self.breakers.take_probe(channel):
            return NO_PASSAGE
        return Passage(1, breaker)

    def passed(self, channel: str, passage: Passage, *, reached: bool | None) -> None:
        """What the round came to: `reached` the server or not; `None` where nothing was handed over."""
        before = passage.breaker
        if reached is False:
            self.breakers.leave(channel, before, failed(before, now=self.clock.now()))
        elif before != CLOSED:
            self.breakers.leave(channel, before, CLOSED if reached else before)
