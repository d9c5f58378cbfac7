"""Who may keep a visit's money and the rates."""

from chassis.kernel.actor import Actor
from services.exchange.domain.permissions.roles import acts_for, must


def may_keep_money(actor: Actor, sending_site: str, host_site: str, action: str) -> None:
    """A visit's money is kept from either end."""
    must(acts_for(actor, sending_site, host_site), action, "manager or coordinator of either site")


def may_enter_rate(actor: Actor) -> None:
    """Rates hold for the whole alliance: whoever runs the programme at one of its sites enters them."""
    must(acts_for(actor, *actor.sites), "enter_rate", "manager or coordinator of a site")
