"""Lets through as many messages as a person, or a destination, gets in one stretch of time."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.notify.application.attempting import Free
from services.notify.domain.holding_back import Hold
from services.notify.domain.limits import DESTINATION_LIMIT, PERSON_LIMIT, Limit, Limits, destination_of


class Tickets(Protocol):
    """Rolls of numbered tickets, from which all workers draw."""

    def draw(self, roll: str, wanted: int, over_at: datetime) -> int:
        """Draws so many; returns how many others had drawn before. Of two at the same moment each may count the
        other's: numbers may be left out, and none is drawn twice. Forgotten some time after `over_at`.
        """
        ...

    def draw_each(self, wanted: Mapping[str, int], over_at: datetime) -> Mapping[str, int]:
        """The same of many rolls in one go, from each of which few others draw."""
        ...

    def forget(self, before: datetime) -> int:
        """Throws away the tickets of what was over before a moment; returns how many draws they were."""
        ...


@dataclass(frozen=True)
class Turnstile:
    """Before anything is handed over."""

    limits: Limits
    tickets: Tickets

    def holds(self, channel: str, free: Sequence[Free], now: datetime) -> Mapping[str, Hold]:
        """Of those that nothing else keeps back the ones that have to wait, by id.

        What breaks through counts for its reader, and waits only where its destination takes no more.
        """
        wanted = [(each.id, f"{channel} for {each.recipient.id}") for each in free]
        flooded = _beyond(self.limits.person, wanted, PERSON_LIMIT, now, self.tickets.draw_each)
        held = {each.id: flooded[each.id] for each in free if each.id in flooded and not each.breaks_through}
        going = [each for each in free if each.id not in held]
        arriving = [(each.id, f"{channel} to {destination_of(channel, each.recipient)}") for each in going]
        return held | _beyond(self.limits.of_destination(channel), arriving, DESTINATION_LIMIT, now, self._draw_of_few)

    def room_at(self, webhook: str, wanted: int, now: datetime) -> int:
        """How many of so many events may go to the webhook now."""
        limit = self.limits.webhook
        if limit is None or not wanted:
            return wanted
        roll = limit.roll(f"webhook {webhook}", now)
        drawn = self.tickets.draw(roll, wanted, limit.ends(now))
        return max(0, min(wanted, limit.most - drawn))

    def _draw_of_few(self, wanted: Mapping[str, int], over_at: datetime) -> Mapping[str, int]:
        return {roll: self.tickets.draw(roll, number, over_at) for roll, number in wanted.items()}


def _beyond(
    limit: Limit | None,
    named: Sequence[tuple[str, str]],
    reason: str,
    now: datetime,
    draw: Callable[[Mapping[str, int], datetime], Mapping[str, int]],
) -> dict[str, Hold]:
    """`named`: ids, and what each one's limit is kept by."""
    if limit is None or not named:
        return {}
    rolls = [limit.roll(name, now) for _, name in named]
    drawn = Counter(draw(Counter(rolls), limit.ends(now)))
    held = {}
    for (identity, _), roll in zip(named, rolls, strict=True):
        if turn := limit.turn(drawn[roll], now):
            held[identity] = Hold(turn, reason)
        drawn[roll] += 1
    return held
