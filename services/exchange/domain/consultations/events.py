"""What happened to a consultation; adapters turn these into the events of the contracts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from chassis.kernel.errors import Refusal
    from services.exchange.domain.consultations.cases import Action
    from services.exchange.domain.consultations.consultation import Consultation, JointFinding
    from services.exchange.domain.consultations.participants import Answer
    from services.exchange.domain.consultations.sessions import Session


@dataclass(frozen=True)
class ConsultationHappening:
    """Base: something happened to a consultation, which now stands so."""

    consultation: Consultation


@dataclass(frozen=True)
class ConsultationProposed(ConsultationHappening):
    pass


@dataclass(frozen=True)
class ConsultationWaits(ConsultationHappening):
    """The time that is wanted is `taken`: the refusal says of whom, or which room."""

    taken: Refusal


@dataclass(frozen=True)
class WaitingEnded(ConsultationHappening):
    """The time that was waited for is held now."""


@dataclass(frozen=True)
class ConsultationReplied(ConsultationHappening):
    """`slot`: of the session that the answer is about; none where it is about all of them.

    `relieved`: deputies who were to come by what was said before, and are not any more; `shifted`: those who are to
    come still, but not to the same sessions.
    """

    participant: str
    answer: Answer
    slot: datetime | None
    relieved: tuple[str, ...] = ()
    shifted: tuple[str, ...] = ()


@dataclass(frozen=True)
class CounterDeclined(ConsultationHappening):
    """The time that the participant asked for is not taken up; `minutes`: for how long, where they said so.

    `slot` as in `ConsultationReplied`.
    """

    participant: str
    asked_for: datetime
    slot: datetime | None
    by: str | None
    reason: str
    minutes: int | None = None


@dataclass(frozen=True)
class ConsultationBooked(ConsultationHappening):
    pass


@dataclass(frozen=True)
class ConsultationRescheduled(ConsultationHappening):
    """`before`: the sessions that were to come; `slot`: the only one that moved, where it was one of several.

    `relieved` as in `ConsultationReplied`: everybody is asked anew.
    """

    before: tuple[Session, ...]
    slot: datetime | None
    by: str | None
    reason: str
    relieved: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParticipantsChanged(ConsultationHappening):
    """`relieved` as in `ConsultationReplied`."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    by: str | None
    reason: str
    relieved: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsultationCancelled(ConsultationHappening):
    """`by` is nobody when time ran out. `before` is the state in which it stood. `slots` as in `SessionCancelled`."""

    by: str | None
    reason: str
    before: str = ""
    slots: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class SessionCancelled(ConsultationHappening):
    """One of several will not take place. `slots`: of all that the same decision calls off, the earliest first."""

    session: Session
    by: str | None
    reason: str
    slots: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class SessionHeld(ConsultationHappening):
    """One took place: who was there stands in it. `actions`: what it asked for; `finding`: what was found together."""

    session: Session
    actions: tuple[Action, ...]
    finding: JointFinding | None


@dataclass(frozen=True)
class SessionMissed(ConsultationHappening):
    session: Session
    by: str | None
    reason: str


@dataclass(frozen=True)
class ConsultationFulfilled(ConsultationHappening):
    """Every session that was not called off is over."""


@dataclass(frozen=True)
class SessionSoon(ConsultationHappening):
    session: Session


@dataclass(frozen=True)
class ClosingOverdue(ConsultationHappening):
    """A session is long over, and nobody has closed it."""

    session: Session


@dataclass(frozen=True)
class ActionOverdue(ConsultationHappening):
    action: Action


@dataclass(frozen=True)
class ActionDone(ConsultationHappening):
    action: Action


@dataclass(frozen=True)
class ConsultationEnteredInError(ConsultationHappening):
    """`before` is the state in which it stood."""

    before: str
    by: str | None
    reason: str
