"""Who may draft, approve and change an agreement."""

from chassis.kernel.actor import PROGRAMME_MANAGER, Actor
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.permissions.roles import must


def may_draft(actor: Actor, partners: tuple[str, ...]) -> None:
    """An agreement is drafted by a programme manager of a partner."""
    allowed = any(actor.has(PROGRAMME_MANAGER, at=site) for site in partners)
    must(allowed, "draft_agreement", f"{PROGRAMME_MANAGER} of a partner")


def partner_approving(actor: Actor, agreement: Agreement) -> str:
    """The partner for which the actor approves: the first of their sites that has not approved yet."""
    own = [site for site in agreement.parties if actor.has(PROGRAMME_MANAGER, at=site)]
    must(bool(own), "approve_agreement", f"{PROGRAMME_MANAGER} of a partner")
    return next((site for site in own if site in agreement.unapproved), own[0])


def manages_a_partner(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor is a programme manager of a partner of the text that stands."""
    return any(actor.has(PROGRAMME_MANAGER, at=site) for site in agreement.partners)


def may_change_agreement(actor: Actor, agreement: Agreement, action: str) -> None:
    """An agreement is amended, reverted and terminated by a programme manager of a partner."""
    must(manages_a_partner(actor, agreement), action, f"{PROGRAMME_MANAGER} of a partner")
