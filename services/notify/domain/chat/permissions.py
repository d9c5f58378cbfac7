"""Who may see and change addresses."""

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.errors import NotAllowed


def own_addresses(actor: Actor) -> str:
    """The person whose addresses the actor may add and confirm: their own."""
    if actor.person is None:
        raise NotAllowed(action="add_address", needs="a person")
    return actor.person


def may_see_addresses(actor: Actor, person: str | None) -> str:
    """Whose addresses the actor may see, masked: their own, and as an administrator anybody's."""
    return _own_or_administrator(actor, person, "addresses")


def may_remove_address(actor: Actor, person: str | None) -> str:
    """Whose address the actor may remove: their own, and as an administrator anybody's."""
    return _own_or_administrator(actor, person, "remove_address")


def _own_or_administrator(actor: Actor, person: str | None, action: str) -> str:
    wanted = person or actor.person
    if wanted and (wanted == actor.person or actor.has(ADMINISTRATOR)):
        return wanted
    raise NotAllowed(action=action, needs=f"the person, or {ADMINISTRATOR}")
