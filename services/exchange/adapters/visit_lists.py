"""Questions about many visits as filters, of which each is served by one index of `manifest`.

Fields that are equal to something and one that lies in a range, in the order of the index: that every server finds
through it alone. So there is a filter for each site and state where MongoDB could be asked for all of them at once.
"""

from datetime import timedelta
from typing import Any, get_args

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.store import Ways
from contracts.words import VisitState
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.reporting.report import AGREEMENT, Subject
from services.exchange.domain.uncovered import TO_COME, removed_conditions
from services.exchange.domain.visit import MOST_DAYS

Filter = dict[str, Any]


def seen_by(actor: Actor, state: str | None) -> Ways:
    """The same rule as `permissions.may_see`: what fits any of these."""
    standing = {"state": state} if state else {}
    if actor.is_system or actor.has(ADMINISTRATOR):
        # Closed periods stand in the same collection: they are in none of these states.
        return Ways([standing] if state else [{"state": each} for each in get_args(VisitState)])
    ends = [{end: site} | standing for site in sorted(actor.sites) for end in ("sending_site", "host_site")]
    own = [{who: actor.person} | standing for who in ("visitors.person", "deputies.person") if actor.person]
    return Ways(ends, own)


def perhaps_beyond(agreement: Agreement) -> list[Filter]:
    """Among the visits that fit any of these are all that `uncovered` finds; which they are, it says itself."""
    reasons: list[Filter] = [{"planned_departure": {"$gt": agreement.last_day.isoformat()}}]
    if agreement.superseded:
        # No visit is longer: who arrives before the start has left by then.
        left = agreement.in_effect_from + timedelta(days=MOST_DAYS)
        reasons.append({"planned_departure": {"$lt": left.isoformat()}})
    if removed_conditions(agreement):
        reasons = [{}]
    return [{"agreement": agreement.id, "state": state} | reason for reason in reasons for state in sorted(TO_COME)]


def in_the_year(subject: Subject, year: int) -> list[Filter]:
    """Visits of the agreement, or from or to the site, whose arrival is planned in the year or was so once."""
    within = {"$gte": f"{year}-01-01", "$lte": f"{year}-12-31"}
    of = ("agreement",) if subject.kind == AGREEMENT else ("sending_site", "host_site")
    planned = [{end: subject.id, "planned_arrival": within} for end in of]
    # What a later decision took away stands in the history. Those are few: of all that fits, this is asked first.
    moved = [{"history.was.planned_arrival.was": within, end: subject.id} for end in of]
    return [*planned, *moved]
