"""Who may speak for a party of a visit, and stand in for who does."""

from datetime import date

from chassis.kernel.actor import Actor
from services.exchange.domain.permissions.roles import acts_for, must
from services.exchange.domain.visit import Visit


def speaks_for(actor: Actor, party: str, visit: Visit) -> bool:
    """Whether the actor may reply for the party: people of the sending site for it, of the host for all others."""
    return acts_for(actor, visit.sending_site if party == "sending-site" else visit.host_site)


def replies_in_place_of(actor: Actor, party: str, visit: Visit, today: date) -> str | None:
    """Whom the actor stands in for: the person who named them deputy of the party for this day, if anybody did."""
    named = (each for each in visit.deputies if (each.party, each.person) == (party, actor.person))
    return next((each.in_place_of for each in named if each.first <= today <= each.last), None)


def may_reply(actor: Actor, party: str, visit: Visit, today: date) -> str | None:
    """Whom they stand in for, where they do not speak for the party themselves."""
    if speaks_for(actor, party, visit):
        return None
    stands_in_for = replies_in_place_of(actor, party, visit, today)
    must(stands_in_for is not None, "reply_to_visit", f"manager or coordinator who speaks for {party}, or a deputy")
    return stands_in_for


def other_end(party: str) -> str:
    """Whose word the days that a party asks for need."""
    return "host-department" if party == "sending-site" else "sending-site"


def may_accept_counter(actor: Actor, party: str, visit: Visit) -> str:
    """The party of the other end for whom they say yes."""
    own = other_end(party)
    must(speaks_for(actor, own, visit), "accept_counter", f"manager or coordinator who speaks for {own}")
    return own


def may_name_deputy(actor: Actor, party: str, visit: Visit) -> None:
    """Who speaks for a party names who stands in for them."""
    must(speaks_for(actor, party, visit), "name_deputy", f"manager or coordinator who speaks for {party}")
