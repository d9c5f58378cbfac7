"""A party's answer to a proposed visit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.events import VisitBooked, VisitCancelled, VisitHappening, VisitReplied
from services.exchange.domain.parties import ACCEPTED, DECLINED, Reply
from services.exchange.domain.refusals import NotAsked, WrongState
from services.exchange.domain.visit import BOOKED, CANCELLED, OPEN, PENDING, PROPOSED, Visit, Visitor


def reply(visit: Visit, *, party: str, status: str, reason: str, by: str | None, now: datetime) -> Decision[Visit]:
    """Sets the party's answer: the last acceptance that is needed books the visit, a needed refusal cancels it.

    The first acceptance makes it `pending`, which holds. A booked visit may only be declined.
    Raises `NotAsked`, `WrongState`.
    """
    fits = OPEN | {BOOKED} if status == DECLINED else OPEN
    if visit.state not in fits:
        raise WrongState(state=visit.state, command="reply_to_visit", fits=sorted(fits))
    if party not in visit.needs:
        raise NotAsked(party=party, asked=list(visit.needs))
    replies = {**visit.replies, party: Reply(status, by, now, reason)}
    replied = replace(visit, replies=replies, state=_state_after(replace(visit, replies=replies)))
    return Decision(replied, what=f"{status} by {party}", events=_told(replied, party, by, reason), why=reason)


def _state_after(visit: Visit) -> str:
    statuses = [visit.replies[party].status for party in visit.needs if party in visit.replies]
    if DECLINED in statuses:
        return CANCELLED
    if statuses == [ACCEPTED] * len(visit.needs):
        return BOOKED
    return PENDING if ACCEPTED in statuses else PROPOSED


def _told(visit: Visit, party: str, by: str | None, reason: str) -> tuple[VisitHappening, ...]:
    replied = VisitReplied(visit, party=party)
    if visit.state == BOOKED:
        return replied, VisitBooked(visit)
    if visit.state == CANCELLED:
        return replied, VisitCancelled(visit, by=by, reason=reason or f"declined by {party}")
    return (replied,)


def seated(decision: Decision[Visit], seats: Sequence[int]) -> Decision[Visit]:
    """The same decision with a seat for each visitor."""
    visit = decision.state
    visitors = tuple(Visitor(visitor.person, seat) for visitor, seat in zip(visit.visitors, seats, strict=True))
    return replace(decision, state=replace(visit, visitors=visitors))
