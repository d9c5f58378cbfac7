"""Who may announce what to whom, and look into it. Each raises `NotAllowed` where somebody may not."""

from collections.abc import Collection

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed
from services.notify.domain.announcement import Announcement


def may_announce(actor: Actor, sites: Collection[str], *, urgent: bool = False) -> None:
    """Administrators to all; who runs the programme at sites to people of those, and never at any hour."""
    if actor.is_system or actor.has(ADMINISTRATOR):
        return
    if urgent or not _runs_all(actor, sites):
        raise NotAllowed(action="announce", needs=f"{_RUNS_ALL}, nothing urgent; or {ADMINISTRATOR}")


def may_withdraw_announcement(actor: Actor, announcement: Announcement) -> None:
    """Administrators, and who may announce to the same people."""
    if not (actor.is_system or actor.has(ADMINISTRATOR) or _runs_all(actor, announcement.audience.sites)):
        raise NotAllowed(action="withdraw_announcement", needs=f"{_RUNS_ALL}; or {ADMINISTRATOR}")


def may_see_announcements(actor: Actor) -> Collection[str] | None:
    """The sites for whose people announcements may be looked into; `None` where it is all of them."""
    if actor.is_system or actor.has(ADMINISTRATOR):
        return None
    if not actor.has(PROGRAMME_MANAGER):
        raise NotAllowed(action="announcements", needs=f"{ADMINISTRATOR} or {PROGRAMME_MANAGER}")
    return actor.sites


def sees_announcement(announcement: Announcement, sites: Collection[str] | None) -> bool:
    """Whether who may look into announcements to people of these sites may look into this one."""
    return sites is None or not set(sites).isdisjoint(announcement.audience.sites)


_RUNS_ALL = f"{PROGRAMME_MANAGER} of every site that is named"


def _runs_all(actor: Actor, sites: Collection[str]) -> bool:
    return bool(sites) and all(actor.has(PROGRAMME_MANAGER, at=site) for site in sites)
