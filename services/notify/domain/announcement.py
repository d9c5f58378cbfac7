"""An announcement: what one person tells many, in their own words. To whom is settled when it is made, for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision, Due
from services.notify.domain.audience import Audience
from services.notify.domain.notification import Cause
from services.notify.domain.refusals import AudienceTooLarge, NobodyReached, WithdrawnAlready
from services.notify.domain.telling import Telling

ANNOUNCEMENT = "announcement"
"""The purpose of its notifications, and the moment at which the next of them are queued."""
GOING_OUT, TOLD, WITHDRAWN = "going-out", "told", "withdrawn"

TOGETHER = 500
"""How many are told in one go."""
MOST_PEOPLE = 20_000
"""Their ids stand in one document, of which a database takes no more than 16 MB."""

Texts = Mapping[str, str]
"""Language -> words; English always."""


@dataclass(frozen=True)
class Wording:
    """`link`: a page of ours, from the site's root on; empty where it leads nowhere. `urgent`: at any hour, at once."""

    title: Texts
    text: Texts
    urgent: bool = False
    link: str = ""


@dataclass(frozen=True)
class Announcement:
    """`recipients`: everybody it is for, in the order in which they are told; `told`: how many of them have been.

    `next_batch`: when the next are; nothing once all have been, or it was withdrawn.
    """

    id: str
    wording: Wording
    audience: Audience
    announced_by: str | None
    announced_at: datetime
    people: int
    recipients: tuple[str, ...] = ()
    told: int = 0
    next_batch: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""

    @property
    def state(self) -> str:
        if self.withdrawn_at:
            return WITHDRAWN
        return GOING_OUT if self.next_batch else TOLD

    @property
    def next_told(self) -> tuple[str, ...]:
        """Those whose turn is next."""
        return self.recipients[self.told : self.told + TOGETHER] if self.next_batch else ()

    @property
    def cause(self) -> Cause:
        """What leads to its notifications: no event. What it says is looked up when it is said."""
        made_by = self.id.partition("_")[2]
        facts = {"by": self.announced_by, "urgent": self.wording.urgent}
        return Cause(made_by, made_by, None, self.id, facts, self.announced_at)


def announce(
    identity: str, wording: Wording, audience: Audience, recipients: Iterable[str], *, by: str | None, now: datetime
) -> Decision[Announcement]:
    """To be told from now on. Raises `NobodyReached`, `AudienceTooLarge`."""
    everybody = tuple(sorted(set(recipients)))
    if not everybody:
        raise NobodyReached(sites=list(audience.sites), fields=list(audience.fields))
    if len(everybody) > MOST_PEOPLE:
        raise AudienceTooLarge(people=len(everybody), most=MOST_PEOPLE)
    made = Announcement(identity, wording, audience, by, now, len(everybody), everybody, next_batch=now)
    return Decision(made, what="announced")


def tell(announcement: Announcement, *, now: datetime) -> Decision[Announcement]:
    """Those whose turn it was have been told."""
    told = announcement.told + len(announcement.next_told)
    left = told < announcement.people
    return Decision(replace(announcement, told=told, next_batch=now if left else None), what="told")


def withdraw(announcement: Announcement, *, why: str, now: datetime) -> Decision[Announcement]:
    """Nobody else is told; what was not sent yet never is. Raises `WithdrawnAlready`."""
    if announcement.withdrawn_at:
        raise WithdrawnAlready(at=announcement.withdrawn_at.isoformat())
    gone = replace(announcement, withdrawn_at=now, withdrawn_why=why, next_batch=None)
    return Decision(gone, what="withdrawn", why=why)


def tellings(announcement: Announcement) -> tuple[Telling, ...]:
    """One for each person whose turn is next."""
    because = announcement.audience.because
    return tuple(Telling(person, ANNOUNCEMENT, because) for person in announcement.next_told)


def due(announcement: Announcement) -> tuple[Due, ...]:
    """The moment at which the next people are told."""
    return (Due(ANNOUNCEMENT, announcement.next_batch),) if announcement.next_batch else ()
