"""Somebody answers for somebody else's outcomes: whom a person named, for which sites, until which day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from chassis.kernel.decision import Decision
from services.research.domain.delegation_refusals import (
    DelegateOfOneself,
    DelegationTooLong,
    DelegationTooShort,
    NotTheirSite,
)
from services.research.domain.refusals import WrongState

NAMED, ENDED = "named", "ended"
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Delegation:
    """`delegate` may answer for `person` until the end of the day `until` (UTC), for outcomes of `sites`; of all where
    none are named. There is one for each two people, whatever became of it before."""

    id: str
    state: str
    person: str
    delegate: str
    sites: tuple[str, ...]
    until: date

    def stands(self, now: datetime) -> bool:
        """Whether it is to be heeded still."""
        return self.state == NAMED and now < datetime.combine(self.until + timedelta(days=1), time(), UTC)

    def covers(self, sites: Iterable[str], now: datetime) -> bool:
        """Whether the delegate may answer now for an outcome of these sites."""
        return self.stands(now) and (not self.sites or bool(set(self.sites) & set(sites)))


def name(
    wished: Delegation, *, persons_sites: Iterable[str], delegates_sites: Iterable[str], now: datetime
) -> Decision[Delegation]:
    """Names a delegate, anew or for the first time; what was agreed before is then past.

    Both are of one hospital at least, so that a delegate sees what they answer for. Raises `DelegateOfOneself`,
    `NotTheirSite`, `DelegationTooShort`, `DelegationTooLong`.
    """
    if wished.person == wished.delegate:
        raise DelegateOfOneself(person=wished.person)
    shared = sorted(set(persons_sites) & set(delegates_sites))
    if foreign := sorted(set(wished.sites) - set(shared)):
        raise NotTheirSite(sites=foreign, shared=shared)
    if not shared:
        raise NotTheirSite(sites=[], shared=[])
    today = now.astimezone(UTC).date()
    if wished.until < today:
        raise DelegationTooShort(until=wished.until.isoformat(), today=today.isoformat())
    if wished.until - today > LONGEST:
        raise DelegationTooLong(until=wished.until.isoformat(), latest=(today + LONGEST).isoformat())
    covered = ", ".join(wished.sites) or "all"
    return Decision(wished, what="named", why=f"{covered}, until {wished.until.isoformat()}")


def end(delegation: Delegation, *, reason: str) -> Decision[Delegation]:
    """From now on the delegate answers for nothing. Raises `WrongState` where it has ended."""
    if delegation.state != NAMED:
        raise WrongState(state=delegation.state, command="end_delegate", fits=[NAMED])
    return Decision(replace(delegation, state=ENDED), what="ended", why=reason)
