"""What an actor may do with a visit as it stands, so that a page offers no more than the rules allow."""

from chassis.kernel.actor import Actor
from services.exchange.domain.parties import ACCEPTED
from services.exchange.domain.permissions import acts_for, speaks_for
from services.exchange.domain.visit import ARRIVED, BOOKED, OPEN, Visit


def offered(visit: Visit, actor: Actor) -> list[str]:
    """Names of commands; a reply names its party: `reply_to_visit:host-department`."""
    offers = [f"reply_to_visit:{party}" for party in visit.needs if _may_still_reply(visit, party, actor)]
    if visit.state in OPEN | {BOOKED} and acts_for(actor, visit.sending_site, visit.host_site):
        offers.append("cancel_visit")
    if acts_for(actor, visit.host_site):
        offers += {BOOKED: ["record_arrival"], ARRIVED: ["fulfil_visit"]}.get(visit.state, [])
    return offers


def _may_still_reply(visit: Visit, party: str, actor: Actor) -> bool:
    answered = party in visit.replies and visit.replies[party].status == ACCEPTED
    return visit.state in OPEN and not answered and speaks_for(actor, party, visit)
