"""What an actor may do with a visit as it stands, so that a page offers no more than the rules allow."""

from collections.abc import Iterator
from datetime import date, datetime

from chassis.kernel.actor import Actor
from services.exchange.domain.lifecycle import fits
from services.exchange.domain.parties import ACCEPTED
from services.exchange.domain.permissions.replies import other_end, replies_in_place_of, speaks_for
from services.exchange.domain.permissions.roles import acts_for
from services.exchange.domain.permissions.visits import corrects
from services.exchange.domain.standing import AWAITED, PRESENT, those
from services.exchange.domain.visit import OPEN, Visit

PLANNING = ("accept_counter", "reschedule_visit", "extend_visit")
"""What asks for other days, and so for a condition under which more is planned."""


def offered(visit: Visit, actor: Actor, *, now: datetime, today: date, planned_on: bool = True) -> list[str]:
    """Names of commands; one for a party names it: `reply_to_visit:host-department`. `today` is the host's.

    `planned_on`: whether more is planned under the visit's condition, which a later text may have taken out.
    """
    found = [*_for_parties(visit, actor, now, today), *_for_the_visit(visit, actor, now, today)]
    return [each for each in found if planned_on or each.partition(":")[0] not in PLANNING]


def _for_parties(visit: Visit, actor: Actor, now: datetime, today: date) -> Iterator[str]:
    for party in visit.needs:
        if _is_open(visit, now) and _may_still_reply(visit, party, actor, today):
            yield f"reply_to_visit:{party}"
        if _is_open(visit, now) and _asks_for_days(visit, party) and speaks_for(actor, other_end(party), visit):
            yield f"accept_counter:{party}"
        if visit.state in fits("name_deputy") and speaks_for(actor, party, visit):
            yield f"name_deputy:{party}"


def _for_the_visit(visit: Visit, actor: Actor, now: datetime, today: date) -> Iterator[str]:
    either, host = acts_for(actor, visit.sending_site, visit.host_site), acts_for(actor, visit.host_site)
    awaited = those(visit, AWAITED)
    allowed = {
        "cancel_visit": either,
        "record_arrival": host and bool(awaited),
        "fulfil_visit": host,
        "reschedule_visit": either and (visit.state not in OPEN or _is_open(visit, now)),
        "extend_visit": either,
        "withdraw_visitor": bool(awaited) and (either or actor.person in awaited),
        "record_departure": host and bool(those(visit, PRESENT)),
        "mark_noshow": host and today > visit.planned_arrival,
        "mark_entered_in_error": corrects(actor, visit),
        "add_note": either,
    }
    return (command for command, is_so in allowed.items() if is_so and visit.state in fits(command))


def _is_open(visit: Visit, now: datetime) -> bool:
    return visit.state in OPEN and now < visit.reply_by


def _may_still_reply(visit: Visit, party: str, actor: Actor, today: date) -> bool:
    answered = party in visit.replies and visit.replies[party].status == ACCEPTED
    return not answered and (
        speaks_for(actor, party, visit) or replies_in_place_of(actor, party, visit, today) is not None
    )


def _asks_for_days(visit: Visit, party: str) -> bool:
    return party in visit.replies and visit.replies[party].arrival is not None
