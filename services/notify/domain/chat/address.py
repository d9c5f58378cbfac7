"""Where a person is reached by a channel: one address for each, to which nothing goes before they have confirmed it.

They confirm it with a code that is sent there once: whoever types in another's telephone number gets no further.
"""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.kernel.decision import Decision, Due
from chassis.kernel.ids import derived, document_id
from services.notify.domain.chat.refusals import CodeOver, CodeWrong, NoSuchAddress, NothingToConfirm, TooManyCodes

UNCONFIRMED, CONFIRMED, REMOVED = "unconfirmed", "confirmed", "removed"

CODE_LASTS = timedelta(minutes=15)
TRIES = 5
"""How often a code may be entered: 5 of a million are no use to somebody who guesses."""
BETWEEN_CODES = timedelta(minutes=1)
CODES_A_DAY = 5
"""By one channel: so few that nobody's telephone is kept ringing by another."""

SEND_CODE = "send-code"
"""The name of the moment at which a code is to be sent."""


@dataclass(frozen=True)
class Code:
    """A code on its way, or there. `sealed`: nobody reads it in the database. `sent_at`: nothing before it was tried.

    `reason`: why it could not be sent, as a word; nothing where it could.
    """

    sealed: str
    made_at: datetime
    sent_at: datetime | None = None
    reason: str = ""
    tries: int = 0

    def is_over(self, now: datetime) -> bool:
        """Whether it is worth nothing any more."""
        return self.tries >= TRIES or now > self.made_at + CODE_LASTS


@dataclass(frozen=True)
class Address:
    """`sealed`: what it takes to reach the person there. `shown`: its last signs, by which they know it again.

    `asked`: when codes were asked for within the last day.
    """

    id: str
    person: str
    channel: str
    state: str
    sealed: str = ""
    shown: str = ""
    code: Code | None = None
    asked: tuple[datetime, ...] = ()


def address_id(person: str, channel: str) -> str:
    """A person has one document for each channel: adding another address finds it."""
    return document_id("adr", derived(person, "address", channel))


def blank(person: str, channel: str) -> Address:
    """What stands where a person has never added one."""
    return Address(address_id(person, channel), person, channel, REMOVED)


def add(standing: Address, *, sealed: str, shown: str, code: str, now: datetime) -> Decision[Address]:
    """Another address takes the place of the one that stood there. `code`: sealed. Raises `TooManyCodes`."""
    lately = tuple(at for at in standing.asked if at > now - timedelta(days=1))
    _must_not_be_too_many(lately, now)
    added = replace(standing, state=UNCONFIRMED, sealed=sealed, shown=shown, code=Code(code, now), asked=(*lately, now))
    return Decision(added, what="added", why=standing.channel)


def _must_not_be_too_many(lately: tuple[datetime, ...], now: datetime) -> None:
    free_from = [lately[-1] + BETWEEN_CODES] if lately else []
    if len(lately) >= CODES_A_DAY:
        free_from.append(lately[-CODES_A_DAY] + timedelta(days=1))
    until = max(free_from, default=now)
    if until > now:
        raise TooManyCodes(until=until.isoformat())


def code_sent(address: Address, code: Code, *, reason: str, now: datetime) -> Decision[Address]:
    """The address's code was handed over, or for the reason could not be."""
    return Decision(replace(address, code=replace(code, sent_at=now, reason=reason)), what="code sent", why=reason)


def confirm(address: Address, *, code: str, entered: str, now: datetime) -> Decision[Address]:
    """The person has entered a code. `code`: the right one. One that is wrong is a decision, too: it counts.

    Raises `NothingToConfirm`, `CodeOver`.
    """
    if address.state != UNCONFIRMED or address.code is None:
        raise NothingToConfirm(channel=address.channel)
    if address.code.is_over(now):
        raise CodeOver(channel=address.channel)
    if hmac.compare_digest(code.encode(), entered.encode()):
        return Decision(replace(address, state=CONFIRMED, code=None), what="confirmed", why=address.channel)
    tried = replace(address.code, tries=address.code.tries + 1)
    return Decision(replace(address, code=tried), what="code wrong", why=address.channel)


def code_was_wrong(address: Address) -> CodeWrong:
    """What the person is told after a code that was another's."""
    return CodeWrong(left=TRIES - address.code.tries if address.code else 0)


def remove(address: Address, *, by_administrator: bool) -> Decision[Address]:
    """Nothing goes there any more, and nothing of it is kept. Raises `NoSuchAddress`."""
    if address.state == REMOVED:
        raise NoSuchAddress(channel=address.channel)
    emptied = replace(blank(address.person, address.channel), asked=address.asked)
    return Decision(emptied, what="removed", why="by an administrator" if by_administrator else "")


def reseal(address: Address, sealed: str) -> Decision[Address]:
    """The same, under another key. A code on its way is short-lived: it stays as it is."""
    return Decision(replace(address, sealed=sealed), what="sealed anew")


def due(address: Address) -> tuple[Due, ...]:
    """The moment at which a code is to be sent: as soon as it was made."""
    return (Due(SEND_CODE, address.code.made_at),) if address.code and not address.code.sent_at else ()
