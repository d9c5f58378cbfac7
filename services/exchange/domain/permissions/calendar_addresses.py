"""Who may subscribe to which calendar. It is asked when an address is opened, and each time it is read."""

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.errors import Unknown
from services.exchange.domain.calendar_address import CalendarAddress
from services.exchange.domain.permissions.roles import acts_for, must

OF_PERSON, OF_AGREEMENT = "person", "agreement"
_NEEDS = {OF_PERSON: "the person", OF_AGREEMENT: "one of a partner's people"}


def subscribes(actor: Actor, kind: str, subject: str, sites: frozenset[str]) -> bool:
    """Whether the actor may read the calendar of the subject. `sites`: whose it is; an agreement's are its partners."""
    if kind == OF_PERSON:
        return actor.person == subject
    if kind == OF_AGREEMENT:
        return bool(actor.sites & sites)
    return acts_for(actor, *sites)


def may_subscribe(actor: Actor, kind: str, subject: str, sites: frozenset[str]) -> None:
    needs = _NEEDS.get(kind, "manager or coordinator of the site")
    must(subscribes(actor, kind, subject, sites), "open_calendar_address", needs)


def must_own(actor: Actor, address: CalendarAddress) -> None:
    """Raises `Unknown` for who neither owns it nor is an administrator: that there is one is nobody else's concern."""
    if actor.person != address.owner and not actor.has(ADMINISTRATOR):
        raise Unknown(kind="calendar-address", id=address.id)
