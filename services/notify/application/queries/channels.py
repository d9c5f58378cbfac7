"""How the channels stand, and how much waits for each."""

from collections.abc import Mapping
from datetime import datetime

from chassis.commands import Command
from chassis.kernel.actor import Actor
from services.notify.application.gate import Breakers, Channels
from services.notify.application.ports import Notifications
from services.notify.application.queries.views import View, text_of
from services.notify.domain.admin.channel import Channel, channel_id, in_use
from services.notify.domain.admin.permissions import may_follow_channels
from services.notify.domain.breaker import Breaker
from services.notify.domain.channels import CHANNELS

MOST_COUNTED = 10_000
"""Where more wait than that, what is said of how many is a part of it: to know that is to know enough."""


class AskChannels(Command):
    """All of them."""


def channels(
    asked: AskChannels,  # noqa: ARG001 (there is nothing to choose)
    actor: Actor,
    kept: Channels,
    breakers: Breakers,
    shelves: tuple[Notifications, Notifications],
) -> View:
    """`{items}`: each channel with who paused it why, whether its server is away, and what waits, by state.

    `shelves`: notifications and digests. Raises `NotAllowed`.
    """
    may_follow_channels(actor)
    waiting = [shelf.waiting(MOST_COUNTED) for shelf in shelves]
    items = (_item(stands, breakers.of(stands.name), waiting) for stands in standing(kept).values())
    return {"items": list(items)}


def standing(kept: Channels) -> Mapping[str, Channel]:
    """Every channel, by its name."""
    found = kept.named(map(channel_id, CHANNELS))
    return {name: found.get(channel_id(name)) or in_use(name) for name in CHANNELS}


def _item(channel: Channel, breaker: Breaker, waiting: list[Mapping[tuple[str, str], int]]) -> View:
    return {
        "channel": channel.name,
        "state": channel.state,
        "reason": channel.reason,
        "since": text_of(channel.since),
        "failures": breaker.failures,
        "away_until": text_of(breaker.open_until),
        "waiting": {
            state: sum(counted.get((channel.name, state), 0) for counted in waiting)
            for state in ("queued", "delivery_attempted")
        },
    }


def stopped(channel: Channel, breaker: Breaker, now: datetime) -> str:
    """Why nothing goes out by a channel now, in a sentence; empty where it does."""
    if channel.is_paused:
        return f"The channel is paused since {text_of(channel.since)}: {channel.reason}"
    if breaker.lets_nobody_through(now):
        return f"Nobody answers for the channel; it is asked again at {text_of(breaker.open_until)}."
    return ""
