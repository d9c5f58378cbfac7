"""How many messages go in one stretch of time to one person, and to one destination.

It is done as at a counter: whoever comes draws a ticket of the stretch, and whose number is beyond what the stretch has
comes again in a later one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.notify.domain.channels import DINGTALK, EMAIL, FEISHU, SMS, WECOM, WHATSAPP
from services.notify.domain.person import Person

PERSON_LIMIT, DESTINATION_LIMIT = "person-limit", "destination-limit"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Limit:
    """At most `most` in each `stretch`: the full hours, or minutes, of UTC."""

    most: int
    stretch: timedelta

    def roll(self, name: str, now: datetime) -> str:
        """The roll of tickets of this stretch, for what is limited by that name."""
        return f"{name} {self._begins(now).isoformat()}"

    def ends(self, now: datetime) -> datetime:
        """When this stretch is over."""
        return self._begins(now) + self.stretch

    def turn(self, drawn_before: int, now: datetime) -> datetime | None:
        """When a ticket comes to its turn before which so many were drawn; nothing where that is at once."""
        later = drawn_before // self.most
        return self._begins(now) + later * self.stretch if later else None

    def _begins(self, now: datetime) -> datetime:
        return now - (now - _EPOCH) % self.stretch


SERVICES: Mapping[str, Limit] = {
    WECOM: Limit(20, MINUTE),
    DINGTALK: Limit(20, MINUTE),
    FEISHU: Limit(100, MINUTE),
    WHATSAPP: Limit(10, MINUTE),
    SMS: Limit(60, MINUTE),
}
"""What the services themselves allow: one bot; of WhatsApp, what one telephone gets; of SMS, one sender's number."""


@dataclass(frozen=True)
class Limits:
    """`person`: what one person gets by each channel; `domain`: the mails to all addresses behind one `@`; `webhook`:
    the events that one webhook is told. Nothing: without limit.
    """

    person: Limit | None = None
    domain: Limit | None = None
    webhook: Limit | None = None
    services: Mapping[str, Limit] | None = None

    def of_destination(self, channel: str) -> Limit | None:
        """The limit of each destination of a channel."""
        return self.domain if channel == EMAIL else (self.services or {}).get(channel)


def destination_of(channel: str, reader: Person) -> str:
    """What a message to the reader shares with others that arrive at the same place."""
    if channel == EMAIL:
        return reader.email.rpartition("@")[2].lower()
    return "" if channel == SMS else reader.id
