"""What may keep a message from being handed over now: each rule a sentence, the first that objects is heard.

A rule answers `Hold` (leave it until then), `Drop` (not at all by this channel), `Unreachable` (by the next channel),
`Gather` (the digest that it waited for is to be put together) or nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import Delivery
from services.notify.domain.digest import DIGEST, next_digest
from services.notify.domain.notification import Notification
from services.notify.domain.preferences import AT_ONCE, DAILY, NEVER, WEEKLY, Preferences
from services.notify.domain.purposes import PURPOSES, is_urgent
from services.notify.domain.routing import NOT_WANTED

QUIET, AWAITS_DIGEST = "quiet-hours", "digest"
ADDRESS_SUPPRESSED = "address-suppressed"
SUPERSEDED, READ_ALREADY, WITHDRAWN = "superseded", "read-already", "withdrawn"
SETTLED = "settled"


@dataclass(frozen=True)
class Hold:
    """Not before `until`."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class Drop:
    """Not at all; `detail` belongs to the reason."""

    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Unreachable:
    """The person is not to be reached by this channel: the next one is taken, as where an attempt failed for good."""

    reason: str


@dataclass(frozen=True)
class Gather:
    """It has waited for the digest of this moment."""

    moment: datetime


@dataclass(frozen=True)
class Circumstances:
    """What the rules look at: the moment, the recipient's zone and preferences, and the later notification, if any,
    that makes this one pointless; `withdrawn`: whoever announced it has taken it back;
    `suppressed`: the recipient's mail address is not written to;
    `settled`: it tells somebody of an answer that others owed, which is not awaited any more.
    """

    now: datetime
    zone: str
    preferences: Preferences
    overtaken_by: str | None = None
    withdrawn: bool = False
    suppressed: bool = False
    settled: bool = False


Objection = Hold | Drop | Unreachable | Gather | None
Rule = Callable[[Notification, Delivery, Circumstances], Objection]


def overtaken_messages_are_not_sent(message: Notification, delivery: Delivery, around: Circumstances) -> Objection:  # noqa: ARG001
    return Drop(SUPERSEDED, around.overtaken_by) if around.overtaken_by else None


def what_is_withdrawn_is_not_sent(message: Notification, delivery: Delivery, around: Circumstances) -> Objection:  # noqa: ARG001
    return Drop(WITHDRAWN) if around.withdrawn else None


def what_is_settled_goes_on_to_nobody(message: Notification, delivery: Delivery, around: Circumstances) -> Objection:  # noqa: ARG001
    return Drop(SETTLED) if around.settled else None


def nobody_is_told_what_they_do_not_want(message: Notification, delivery: Delivery, around: Circumstances) -> Objection:
    return Drop(NOT_WANTED) if _pace(message, delivery, around) == NEVER else None


def suppressed_addresses_are_not_written_to(
    message: Notification,  # noqa: ARG001
    delivery: Delivery,
    around: Circumstances,
) -> Objection:
    return Unreachable(ADDRESS_SUPPRESSED) if around.suppressed and delivery.channel == EMAIL else None


def what_can_wait_goes_into_the_digest(message: Notification, delivery: Delivery, around: Circumstances) -> Objection:
    pace = _pace(message, delivery, around)
    if pace not in (DAILY, WEEKLY) or _is_urgent(message, around):
        return None
    if message.read_at:
        return Drop(READ_ALREADY)
    if moment := digest_awaited(delivery):
        return Gather(moment)
    return Hold(next_digest(pace, around.preferences, around.zone, around.now), AWAITS_DIGEST)


def quiet_hours_are_kept(message: Notification, delivery: Delivery, around: Circumstances) -> Objection:
    hours = around.preferences.hours_of(delivery.channel)
    if hours is None or _is_urgent(message, around):
        return None
    opens = hours.opens(around.zone, around.now)
    return Hold(opens, QUIET) if opens > around.now else None


RULES: tuple[Rule, ...] = (
    overtaken_messages_are_not_sent,
    what_is_withdrawn_is_not_sent,
    what_is_settled_goes_on_to_nobody,
    nobody_is_told_what_they_do_not_want,
    suppressed_addresses_are_not_written_to,
    what_can_wait_goes_into_the_digest,
    quiet_hours_are_kept,
)


OF_WHAT_IS_RESENT: tuple[Rule, ...] = (what_is_withdrawn_is_not_sent, suppressed_addresses_are_not_written_to)
"""Whoever has a message sent once more overrules what its reader prefers, and nothing else."""


def objection_to(message: Notification, delivery: Delivery, around: Circumstances) -> Objection:
    """What keeps the message from being handed over by this channel now; nothing when it may go."""
    rules = OF_WHAT_IS_RESENT if delivery.resent else RULES
    objections = (rule(message, delivery, around) for rule in rules)
    return next((objection for objection in objections if objection), None)


def breaks_through(message: Notification, delivery: Delivery, around: Circumstances) -> bool:
    """Whether it goes however much its reader has got lately: it is urgent, or somebody has it sent once more."""
    return delivery.resent > 0 or _is_urgent(message, around)


def digest_awaited(delivery: Delivery) -> datetime | None:
    """The moment of the digest for which it waits, if it waits for one."""
    return delivery.next_try if delivery.reason == AWAITS_DIGEST else None


def awaits_digest(message: Notification, channel: str, moment: datetime) -> bool:
    """Whether an unread message waits for the digest of the moment by the channel."""
    delivery = message.by(channel)
    if delivery is None or message.read_at:
        return False
    return digest_awaited(delivery) == moment


def _pace(message: Notification, delivery: Delivery, around: Circumstances) -> str:
    if message.purpose == DIGEST:
        return AT_ONCE
    # A channel of which nothing is said was taken because another failed.
    return around.preferences.said_of(PURPOSES[message.purpose].category).get(delivery.channel, AT_ONCE)


def _is_urgent(message: Notification, around: Circumstances) -> bool:
    return message.purpose != DIGEST and is_urgent(message.purpose, message.cause.facts, around.now)
