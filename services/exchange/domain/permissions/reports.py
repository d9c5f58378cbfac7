"""Who may have annual reports made, and read them."""

from collections.abc import Iterable

from chassis.kernel.actor import ADMINISTRATOR, OBSERVER, Actor
from services.exchange.domain.permissions.roles import acts_for, must


def may_report(actor: Actor, sites: Iterable[str]) -> None:
    """Administrators, and managers, coordinators and observers of one of the subject's sites."""
    sites = tuple(sites)
    allowed = actor.has(ADMINISTRATOR) or acts_for(actor, *sites) or any(actor.has(OBSERVER, at=each) for each in sites)
    must(allowed, "annual_report", "manager, coordinator or observer of one of its sites, or administrator")
