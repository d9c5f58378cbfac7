"""Who may see, propose, move, attend and correct a visit."""

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import Unknown
from services.exchange.domain.permissions.roles import acts_for, manages, must
from services.exchange.domain.visit import Visit


def may_see(actor: Actor, visit: Visit) -> bool:
    """People of either site, the visitors themselves, deputies, administrators and the system."""
    return (
        actor.is_system
        or actor.has(ADMINISTRATOR)
        or bool(actor.sites & {visit.sending_site, visit.host_site})
        or actor.person in {visitor.person for visitor in visit.visitors}
        or actor.person in {deputy.person for deputy in visit.deputies}
    )


def must_see(actor: Actor, visit: Visit) -> None:
    """Raises `Unknown` for who may not see the visit: that there is one is nobody else's concern."""
    if not may_see(actor, visit):
        raise Unknown(kind="visit", id=visit.id)


def may_propose(actor: Actor, sending_site: str, host_site: str) -> None:
    """A visit is proposed from either end."""
    must(acts_for(actor, sending_site, host_site), "propose_visit", "manager or coordinator of either site")


def may_act(actor: Actor, visit: Visit, action: str) -> None:
    """What either site may do."""
    must(acts_for(actor, visit.sending_site, visit.host_site), action, "manager or coordinator of either site")


def may_withdraw(actor: Actor, visit: Visit, person: str) -> None:
    """Visitors withdraw themselves; their sites may do it for them."""
    allowed = actor.person == person or acts_for(actor, visit.sending_site, visit.host_site)
    must(allowed, "withdraw_visitor", "the visitor, or manager or coordinator of either site")


def may_record(actor: Actor, visit: Visit, action: str) -> None:
    """Arrivals and departures are recorded by the host."""
    must(acts_for(actor, visit.host_site), action, "manager or coordinator of the host")


def may_enter_past(actor: Actor, sending_site: str, host_site: str) -> None:
    must(manages(actor, sending_site, host_site), "enter_past_visit", f"{PROGRAMME_MANAGER} of either site")


def corrects(actor: Actor, visit: Visit) -> bool:
    """Whether the actor may say that the visit should never have been entered."""
    return actor.has(ADMINISTRATOR) or manages(actor, visit.sending_site, visit.host_site)


def may_mark_in_error(actor: Actor, visit: Visit) -> None:
    must(corrects(actor, visit), "mark_entered_in_error", f"{ADMINISTRATOR}, or {PROGRAMME_MANAGER} of either site")
