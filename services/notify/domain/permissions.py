"""Who may see what. Each function returns when they may and raises `NotAllowed` when they may not."""

from collections.abc import Iterable

from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed
from services.notify.domain.deputy import Deputation
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person


def own_inbox(actor: Actor) -> str:
    """The person whose inbox the actor may read: their own."""
    if actor.person is None:
        raise NotAllowed(action="inbox", needs="a person")
    return actor.person


def may_see(actor: Actor, notification: Notification) -> bool:
    """A notification is seen by its recipient alone."""
    return actor.person == notification.recipient


def may_follow_deliveries(actor: Actor) -> None:
    """Deliveries are looked into by administrators and programme managers."""
    must_follow(actor, "deliveries")


def may_preview(actor: Actor) -> None:
    """Messages are looked at beforehand by administrators and programme managers."""
    must_follow(actor, "preview")


def may_follow_reminders(actor: Actor) -> None:
    """Reminders to come are looked into by administrators and programme managers."""
    must_follow(actor, "reminders")


def may_follow_escalations(actor: Actor) -> None:
    """What waits for answers is looked into by administrators and programme managers, these for their own sites."""
    must_follow(actor, "escalations")


def may_stop_escalation(actor: Actor, sites: Iterable[str]) -> None:
    """It is stopped by programme managers of one of the sites whose answer is awaited, and by administrators."""
    asked = tuple(sites)
    if not (any(runs(actor, site) for site in asked) or (not asked and _follows(actor))):
        needs = f"{PROGRAMME_MANAGER} of a site whose answer is awaited, or {ADMINISTRATOR}"
        raise NotAllowed(action="stop_escalation", needs=needs)


def must_follow(actor: Actor, action: str) -> None:
    """What is looked into by whoever looks after messages: administrators, programme managers, and the system."""
    if not _follows(actor):
        raise NotAllowed(action=action, needs=f"{ADMINISTRATOR} or {PROGRAMME_MANAGER}")


def _follows(actor: Actor) -> bool:
    return actor.is_system or actor.has(ADMINISTRATOR) or actor.has(PROGRAMME_MANAGER)


def runs(actor: Actor, site: str) -> bool:
    """Whether what is awaited of a site concerns the actor: its programme managers, administrators and the system."""
    return actor.is_system or actor.has(ADMINISTRATOR) or actor.has(PROGRAMME_MANAGER, at=site)


def may_name_deputy(actor: Actor, person: Person) -> None:
    """Everybody names their own; for others those do who run the programme at a site of theirs, and administrators."""
    if not _looks_after(actor, person):
        raise NotAllowed(action="name_deputy", needs=f"the person, {_LOOK_AFTER}")


def may_withdraw_deputy(actor: Actor, person: Person, stands: Deputation | None) -> None:
    """Who may name one, and the deputy too."""
    if not (_looks_after(actor, person) or _is_deputy(actor, stands)):
        raise NotAllowed(action="withdraw_deputy", needs=f"the person, their deputy, {_LOOK_AFTER}")


def sees_deputy(actor: Actor, person: Person, stands: Deputation | None) -> bool:
    """Who may withdraw one sees who it is."""
    return actor.is_system or _looks_after(actor, person) or _is_deputy(actor, stands)


_LOOK_AFTER = "manager or coordinator of one of their sites, or administrator"


def _looks_after(actor: Actor, person: Person) -> bool:
    runs = any(actor.has(role, at=site) for role in (PROGRAMME_MANAGER, COORDINATOR) for site in person.sites)
    return actor.person == person.id or runs or actor.has(ADMINISTRATOR)


def _is_deputy(actor: Actor, stands: Deputation | None) -> bool:
    return stands is not None and actor.person == stands.deputy


def may_prefer(actor: Actor, person: str | None) -> str:
    """Whose preferences the actor may see and set: their own, and as an administrator anybody's."""
    wanted = person or actor.person
    if wanted and (wanted == actor.person or actor.has(ADMINISTRATOR)):
        return wanted
    raise NotAllowed(action="preferences", needs=f"the person, or {ADMINISTRATOR}")
