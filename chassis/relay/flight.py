"""What has been published on a channel and not yet been answered for. Knows no library.

Source: RabbitMQ's publisher confirms: tags count from 1, an answer may cover all tags up to its own (`multiple`), and
an unroutable message is returned before it is confirmed.
"""

from dataclasses import dataclass, field

from chassis.relay.parcels import Outcome, Parcel, Unsent

Settled = tuple[Parcel, Unsent, Outcome]


@dataclass
class Flight:
    """One channel's unconfirmed events, in the order in which they went out."""

    _tag: int = 0
    _out: dict[int, tuple[Parcel, Unsent]] = field(default_factory=dict)
    _returned: set[tuple[str, str]] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self._out)

    def sent(self, parcel: Parcel, event: Unsent) -> None:
        """Notes that the event was published next."""
        self._tag += 1
        self._out[self._tag] = (parcel, event)

    def returned(self, event_id: str, event_type: str) -> None:
        """Notes that no queue wanted the event; the broker confirms it afterwards all the same."""
        self._returned.add((event_id, event_type))

    def answered(self, tag: int, multiple: bool, taken: bool) -> list[Settled]:
        """What the broker's ack (`taken`) or nack settles. A tag that is not known settles nothing."""
        return [self._settle(each, taken) for each in self._covered(tag, multiple)]

    def lost(self) -> list[Settled]:
        """Everything outstanding, of which nothing is known any more: the connection is gone."""
        gone = [(parcel, event, Outcome.UNKNOWN) for parcel, event in self._out.values()]
        self._out.clear()
        self._returned.clear()
        self._tag = 0
        return gone

    def _covered(self, tag: int, multiple: bool) -> list[int]:
        if not multiple:
            return [tag] if tag in self._out else []
        covered = []
        for out in self._out:
            if out > tag:
                break
            covered.append(out)
        return covered

    def _settle(self, tag: int, taken: bool) -> Settled:
        parcel, event = self._out.pop(tag)
        name = (event.id, event.type)
        unwanted = name in self._returned
        self._returned.discard(name)
        if not taken:
            return parcel, event, Outcome.NACKED
        return parcel, event, Outcome.UNROUTABLE if unwanted else Outcome.CONFIRMED
