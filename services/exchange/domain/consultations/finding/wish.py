"""What a consultation asks of its time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.exchange.domain.agreement_text import CONSULTATION, Condition
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.finding.refusals import NotForConsultations, WaiverNeedsReason
from services.exchange.domain.consultations.finding.rules import LEAD, Cause, waived_cause
from services.exchange.domain.consultations.participants import Participant
from services.exchange.domain.consultations.quarters import QUARTER
from services.exchange.domain.consultations.refusals import NotUrgent
from services.exchange.domain.consultations.sessions import Session

Pair = tuple[str, str]
"""Two languages, as ISO 639 codes."""


@dataclass(frozen=True)
class Wish:
    """`quarters`: how many quarters of an hour a session takes. `zone`: whose days the agreement has to cover.

    `interpreters`: open seats, each to be filled by somebody who speaks both. `rooms`: site -> its room.
    An `urgent` one gives no notice, and it alone need not keep to the `waived` rules: for a `reason`.
    """

    agreement: str
    condition: str
    zone: str
    quarters: int
    participants: tuple[Participant, ...]
    interpreters: tuple[Pair, ...] = ()
    rooms: Mapping[str, str] = field(default_factory=dict)
    urgent: bool = False
    waived: frozenset[Cause] = frozenset()
    reason: str = ""

    @property
    def waives(self) -> frozenset[Cause]:
        """Every rule that it need not keep to."""
        return self.waived | {Cause(LEAD)} if self.urgent else self.waived


def wish_of(consultation: Consultation, session: Session) -> Wish:
    """What a session asks for, of those who take part as things stand. Its interpreters are named by now.

    Raises `UnknownRule` where its waiver names what nobody can waive.
    """
    waiver = consultation.waiver
    return Wish(
        agreement=consultation.agreement,
        condition=consultation.condition,
        zone=consultation.zone,
        quarters=(session.ends - session.begins) // QUARTER,
        participants=consultation.participants,
        rooms=consultation.rooms,
        urgent=consultation.urgent,
        waived=frozenset(map(waived_cause, waiver.rules)) if waiver else frozenset(),
        reason=waiver.reason if waiver else "",
    )


def must_be_justified(wish: Wish) -> None:
    """Raises `NotUrgent`, `WaiverNeedsReason`."""
    if wish.waived and not wish.urgent:
        raise NotUrgent(rules=sorted(map(str, wish.waived)))
    if wish.waives and not wish.reason.strip():
        raise WaiverNeedsReason(rules=sorted(map(str, wish.waives)))


def must_be_a_consultation(condition: Condition) -> None:
    """Raises `NotForConsultations`."""
    if condition.kind != CONSULTATION:
        raise NotForConsultations(condition=condition.id, kind=condition.kind)
