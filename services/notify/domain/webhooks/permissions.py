"""Who looks after which webhooks."""

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed


def looks_after(actor: Actor, site: str | None) -> bool:
    """Administrators look after all, programme managers after their own sites'; `site` is the webhook's, if any."""
    return actor.has(ADMINISTRATOR) or (site is not None and actor.has(PROGRAMME_MANAGER, at=site))


def may_register(actor: Actor, site: str | None) -> str:
    """The person who registers it. Raises `NotAllowed`."""
    if actor.person is None or not looks_after(actor, site):
        raise NotAllowed(action="register_webhook", needs=f"{ADMINISTRATOR}, or {PROGRAMME_MANAGER} of the site")
    return actor.person


def may_see_some(actor: Actor) -> None:
    """Raises `NotAllowed` for those who look after none."""
    if not (actor.has(ADMINISTRATOR) or actor.has(PROGRAMME_MANAGER)):
        raise NotAllowed(action="webhooks", needs=f"{ADMINISTRATOR} or {PROGRAMME_MANAGER}")
