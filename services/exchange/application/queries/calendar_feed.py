"""What stands at a calendar address.

Calendar programs do not sign in. Who asks for them first asks whose address it is, and then for the feed as that person
is now: what they may no longer see is not there for their calendar either.
"""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from services.exchange.application.commands.calendars.open_calendar_address import feed_address
from services.exchange.application.feeding import Feeding
from services.exchange.application.ports.calendar_feeds import CalendarAddresses
from services.exchange.application.queries.views import View, text_of
from services.exchange.domain.calendar_address import CalendarAddress, hashed
from services.exchange.domain.permissions.calendar_addresses import subscribes

Secret = Annotated[str, StringConstraints(max_length=100)]
"""As it stands in the address."""
Tag = Annotated[str, StringConstraints(max_length=100)]


class AskCalendarOwner(Command):
    secret: Secret


class AskCalendarFeed(Command):
    """`known_tags`: of what the reader has already."""

    secret: Secret
    known_tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()


def calendar_owner(asked: AskCalendarOwner, addresses: CalendarAddresses) -> View:
    """`{owner}`. Raises `Unknown`, the same where there is no such address and where it was revoked."""
    return {"owner": _opened(asked.secret, addresses).owner}


def calendar_feed(
    asked: AskCalendarFeed,
    actor: Actor,
    addresses: CalendarAddresses,
    feeding: Feeding,
    web_url: str,
    now: datetime,
) -> View:
    """`{tag, content, changed_at}`: the file, or null where the reader has the one of this tag.

    Raises `Unknown`, also for who is not its owner, or may not subscribe to it any more.
    """
    address = _opened(asked.secret, addresses)
    subject = feeding.subject(address.kind, address.subject)
    if actor.person != address.owner or not subscribes(actor, address.kind, address.subject, subject.sites):
        raise _unknown()
    if (standing := feeding.standing_tag(address, subject, now)) in asked.known_tags:
        return _unchanged(standing)
    told = feeding.told(address, now)
    tag = feeding.tag(address, subject, told, now)
    if tag in asked.known_tags:
        return _unchanged(tag)
    content = feeding.written(address, subject, told, feed_address(web_url, asked.secret))
    return {"tag": tag, "content": content.decode(), "changed_at": text_of(told.changed_at)}


def _unchanged(tag: str | None) -> View:
    return {"tag": tag, "content": None, "changed_at": None}


def _opened(secret: str, addresses: CalendarAddresses) -> CalendarAddress:
    """One look through one index, whatever there is behind it."""
    address = addresses.with_secret(hashed(secret))
    if address is None or address.revoked_at:
        raise _unknown()
    return address


def _unknown() -> Unknown:
    # Without the secret: refusals are shown and logged.
    return Unknown(kind="calendar-address", id="")
