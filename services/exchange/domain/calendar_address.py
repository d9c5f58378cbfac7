"""An address under which a calendar program reads bookings: of a person, a site, a department or an agreement.

Whoever knows the address reads what stands there, for calendar programs cannot sign in. So it is a secret, of which
only a hash is kept; and what it shows is what its owner may see when it is read.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from chassis.kernel.decision import Decision
from services.exchange.domain.refusals import WrongState

OPEN, REVOKED = "open", "revoked"
MOST_OPEN = 20
"""Addresses that one person may have open."""


@dataclass(frozen=True)
class CalendarAddress:
    """`kind`: `person`, `site`, `department` or `agreement`; `subject`: the id of that. `secret`: its SHA-256."""

    id: str
    kind: str
    subject: str
    language: str
    owner: str
    secret: str
    opened_at: datetime
    revoked_at: datetime | None = None

    @property
    def state(self) -> str:
        return REVOKED if self.revoked_at else OPEN


def hashed(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits: no slow hash makes it harder to guess."""
    return sha256(secret.encode()).hexdigest()


def open_address(address: CalendarAddress) -> Decision[CalendarAddress]:
    """From now on it is read."""
    return Decision(address, what="opened")


def revoke(address: CalendarAddress, *, now: datetime) -> Decision[CalendarAddress]:
    """From now on nothing stands there. Raises `WrongState`."""
    if address.revoked_at:
        raise WrongState(state=address.state, command="revoke_calendar_address", fits=[OPEN])
    return Decision(replace(address, revoked_at=now), what="revoked")
