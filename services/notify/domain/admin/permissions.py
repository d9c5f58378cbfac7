"""Who looks after messages. Each function returns when they may and raises `NotAllowed` when they may not."""

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed
from services.notify.domain.permissions import must_follow
from services.notify.domain.person import Person


def may_explain(actor: Actor) -> None:
    """Why somebody was told, or not, is asked by administrators and programme managers."""
    must_follow(actor, "explain")


def may_resend(actor: Actor, recipient: Person) -> None:
    """Administrators send anything anew, programme managers what went to people of their sites."""
    runs = any(actor.has(PROGRAMME_MANAGER, at=site) for site in recipient.sites)
    if not (actor.has(ADMINISTRATOR) or runs):
        raise NotAllowed(action="resend", needs=f"{ADMINISTRATOR}, or {PROGRAMME_MANAGER} of a site of the recipient")


def may_follow_channels(actor: Actor) -> None:
    """How the channels stand is asked by administrators and programme managers."""
    must_follow(actor, "channels")


def must_administer(actor: Actor, action: str) -> None:
    """What concerns everybody's messages is for administrators alone."""
    if not actor.has(ADMINISTRATOR):
        raise NotAllowed(action=action, needs=ADMINISTRATOR)
