"""What every rule of who may do what is made of."""

from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed

_RUN_THE_PROGRAMME = (PROGRAMME_MANAGER, COORDINATOR)


def acts_for(actor: Actor, *sites: str) -> bool:
    """Whether the actor is a manager or coordinator of one of the sites."""
    return any(actor.has(role, at=site) for role in _RUN_THE_PROGRAMME for site in sites)


def manages(actor: Actor, *sites: str) -> bool:
    """Whether the actor is a manager of one of the sites."""
    return any(actor.has(PROGRAMME_MANAGER, at=site) for site in sites)


def must(allowed: bool, action: str, needs: str) -> None:
    """Raises `NotAllowed` with what it needs."""
    if not allowed:
        raise NotAllowed(action=action, needs=needs)
