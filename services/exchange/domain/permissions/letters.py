"""Who may issue and fetch a letter of invitation."""

from chassis.kernel.actor import Actor
from services.exchange.domain.permissions.roles import acts_for, must
from services.exchange.domain.visit import Visit


def may_invite(actor: Actor, visit: Visit) -> None:
    """Letters are the host's."""
    must(acts_for(actor, visit.host_site), "issue_letter", "manager or coordinator of the host")


def may_fetch_letter(actor: Actor, visit: Visit, person: str) -> None:
    """A letter shows a passport number: those who act for either site may fetch it, and whom it invites."""
    allowed = actor.person == person or acts_for(actor, visit.sending_site, visit.host_site)
    must(allowed, "letter_pdf", "manager or coordinator of either site, or the visitor")
