"""Who may look for a time."""

from collections.abc import Iterable

from chassis.kernel.actor import Actor
from services.exchange.domain.permissions.roles import acts_for, must


def may_find_a_time(actor: Actor, sites: Iterable[str]) -> None:
    """Who acts for one of those who would meet: the answer tells when their people are busy."""
    must(acts_for(actor, *sites), "find_a_time", "manager or coordinator of one of the participants' sites")
