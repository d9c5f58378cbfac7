"""Lets through as many messages as a person, or a destination, gets in one stretch of time."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from services.notify.application.attempting import Free
from services.notify.application.tickets import Draw, Tickets
from services.notify.domain.holding_back import Hold
from services.notify.domain.limits import DESTINATION_LIMIT, PERSON_LIMIT, Limit, Limits, destination_of


@dataclass(frozen=True)
class Turns:
    """`held`: the messages that have to wait, by id. `draw`: what was drawn for their readers, and `rolls`, of which
    roll for each message, as far as it counts.
    """

    held: Mapping[str, Hold]
    draw: Draw | None = None
    rolls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """For `most` events; so many tickets were `drawn` of the `roll`."""

    most: int
    roll: str = ""
    drawn: int = 0


@dataclass(frozen=True)
class Turnstile:
    """Before anything is handed over."""

    limits: Limits
    tickets: Tickets

    def turns(self, channel: str, free: Sequence[Free], now: datetime) -> Turns:
        """Which of those that nothing else keeps back have to wait.

        What breaks through counts for its reader, and waits only where its destination takes no more.
        """
        own = {each.id: f"{channel} for {each.recipient.id}" for each in free}
        flooded = self._of_readers(own, now)
        held = {each.id: flooded.held[each.id] for each in free if each.id in flooded.held and not each.breaks_through}
        going = [each for each in free if each.id not in held]
        arriving = {each.id: f"{channel} to {destination_of(channel, each.recipient)}" for each in going}
        crowded = self._of_destinations(self.limits.of_destination(channel), arriving, now)
        # What waits at its destination has not got to its reader: it counts for them when it goes.
        return self.give_back(replace(flooded, held={**held, **crowded}), crowded)

    def give_back(self, turns: Turns, unused: Collection[str]) -> Turns:
        """Messages that are not handed over after all count for no reader any more; returns what does."""
        used = {identity: roll for identity, roll in turns.rolls.items() if identity not in unused}
        if turns.draw and len(used) < len(turns.rolls):
            self.tickets.keep_of(turns.draw, Counter(used.values()))
        return replace(turns, rolls=used)

    def room_at(self, webhook: str, wanted: int, now: datetime) -> Room:
        """For how many of so many events the webhook has room now."""
        limit = self.limits.webhook
        if limit is None or not wanted:
            return Room(wanted)
        roll = limit.roll(f"webhook {webhook}", now)
        drawn = self.tickets.draw(roll, wanted, limit.ends(now))
        return Room(max(0, min(wanted, limit.most - drawn)), roll, wanted)

    def leave(self, room: Room, told: int) -> None:
        """Gives back what was drawn for more events than the webhook was told."""
        if room.drawn > told:
            self.tickets.give_back(room.roll, room.drawn - told)

    def _of_readers(self, named: Mapping[str, str], now: datetime) -> Turns:
        limit = self.limits.person
        if limit is None or not named:
            return Turns({})
        rolls = {identity: limit.roll(name, now) for identity, name in named.items()}
        draw = self.tickets.draw_each(Counter(rolls.values()), limit.ends(now))
        return Turns(_beyond(limit, rolls, draw.before, PERSON_LIMIT, now), draw, rolls)

    def _of_destinations(self, limit: Limit | None, named: Mapping[str, str], now: datetime) -> Mapping[str, Hold]:
        if limit is None:
            return {}
        rolls = {identity: limit.roll(name, now) for identity, name in named.items()}
        wanted = Counter(rolls.values())
        drawn = {roll: self.tickets.draw(roll, number, limit.ends(now)) for roll, number in wanted.items()}
        return _beyond(limit, rolls, drawn, DESTINATION_LIMIT, now)


def _beyond(
    limit: Limit, rolls: Mapping[str, str], before: Mapping[str, int], reason: str, now: datetime
) -> dict[str, Hold]:
    """`rolls`: by the ids of messages; `before`: how many had been drawn of each."""
    drawn, held = Counter(before), {}
    for identity, roll in rolls.items():
        if turn := limit.turn(drawn[roll], now):
            held[identity] = Hold(turn, reason)
        drawn[roll] += 1
    return held
