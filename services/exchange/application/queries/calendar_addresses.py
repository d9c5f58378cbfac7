"""Which calendars somebody subscribed to."""

from chassis.commands import Command, PageSize
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import NotAllowed
from contracts.words import CalendarAddressId
from services.exchange.application.ports.calendar_feeds import CalendarAddresses
from services.exchange.application.queries.views import View, text_of
from services.exchange.domain.calendar_address import CalendarAddress


class AskCalendarAddresses(Command):
    """Oldest first, from behind the address `after`."""

    after: CalendarAddressId | None = None
    limit: PageSize = 50


def calendar_addresses(asked: AskCalendarAddresses, actor: Actor, addresses: CalendarAddresses) -> View:
    """`{items, more}`: the actor's own, an administrator's all; never the address itself, which nobody keeps."""
    sees_all = actor.is_system or actor.has(ADMINISTRATOR)
    if actor.person is None and not sees_all:
        raise NotAllowed(action="calendar_addresses", needs="a person")
    owner = None if sees_all else actor.person
    found = addresses.page(owner, after=asked.after, limit=asked.limit + 1)
    return {"items": [_view(each) for each in found[: asked.limit]], "more": len(found) > asked.limit}


def _view(found: Loaded[CalendarAddress]) -> View:
    address = found.state
    return {
        "id": found.id,
        "version": found.version,
        "state": address.state,
        "kind": address.kind,
        "subject": address.subject,
        "language": address.language,
        "owner": address.owner,
        "opened_at": text_of(address.opened_at),
        "revoked_at": text_of(address.revoked_at),
    }
