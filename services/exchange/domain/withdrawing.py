"""A visitor does not go after all; the others do."""

from dataclasses import replace

from chassis.kernel.decision import Decision
from services.exchange.domain.events import VisitCancelled, VisitHappening, VisitorWithdrew
from services.exchange.domain.lifecycle import must_fit
from services.exchange.domain.standing import AWAITED, must_stand
from services.exchange.domain.visit import CANCELLED, Visit
from services.exchange.domain.visit_refusals import LeaderNeeded, LeaderStays


def withdraw(visit: Visit, *, person: str, new_leader: str | None, by: str | None, reason: str) -> Decision[Visit]:
    """Gives back what the visitor held; with the last of them the visit is cancelled.

    Raises `WrongState`, `NotAVisitor`, `VisitorNotExpected` for one who has arrived or withdrew before,
    `LeaderNeeded` where the leader goes and nobody who goes is named in their place, `LeaderStays`.
    """
    must_fit(visit, "withdraw_visitor")
    withdrawn = replace(must_stand(visit, person, AWAITED), seat=None, withdrawn=True)
    visitors = tuple(withdrawn if each.person == person else each for each in visit.visitors)
    left = replace(visit, visitors=visitors)
    if not left.going:
        left = replace(left, state=CANCELLED, extension=None)
    elif new_leader or person == visit.leader:
        left = replace(left, leader=_leader(left, person, new_leader))
    return Decision(left, what="visitor withdrew", events=_told(left, person, by, reason), why=reason)


def _leader(visit: Visit, person: str, new_leader: str | None) -> str:
    who = [each.person for each in visit.going]
    if person != visit.leader:
        raise LeaderStays(leader=visit.leader)
    if new_leader not in who:
        raise LeaderNeeded(leader=visit.leader, visitors=who)
    return new_leader


def _told(visit: Visit, person: str, by: str | None, reason: str) -> tuple[VisitHappening, ...]:
    withdrew = VisitorWithdrew(visit, person=person, by=by, reason=reason)
    cancelled = VisitCancelled(visit, by=by, reason=reason)
    return (withdrew, cancelled) if visit.state == CANCELLED else (withdrew,)
