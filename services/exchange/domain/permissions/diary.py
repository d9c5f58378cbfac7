"""Who may read the diary."""

from collections.abc import Iterable

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.errors import Unknown
from services.exchange.domain.diary.meetings import Meeting
from services.exchange.domain.permissions.roles import must


def may_read(actor: Actor) -> None:
    """Whoever has a role in the programme: which bookings, their sites say."""
    must(bool(actor.roles) or actor.is_system, "read_diary", "any role")


def own_sites(actor: Actor, sites: Iterable[str]) -> frozenset[str]:
    """Of these, the sites whose bookings and people the actor may look through: administrators all of them."""
    return frozenset(sites) if _sees_all(actor) else actor.sites & frozenset(sites)


def may_see(actor: Actor, meeting: Meeting) -> bool:
    """People of its sites, who takes part, administrators and the system."""
    return _sees_all(actor) or bool(actor.sites & meeting.sites) or actor.person in meeting.people


def must_see(actor: Actor, meeting: Meeting) -> None:
    """Raises `Unknown` for who may not see the meeting."""
    if not may_see(actor, meeting):
        raise Unknown(kind=meeting.kind, id=meeting.name)


def may_see_times(actor: Actor, site: str) -> None:
    """When people are free is told to their own site."""
    must(_sees_all(actor) or site in actor.sites, "read_times", "the person's own site, or administrator")


def _sees_all(actor: Actor) -> bool:
    return actor.is_system or actor.has(ADMINISTRATOR)
