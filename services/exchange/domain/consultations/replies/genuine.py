"""What a participant's calendar program answers, and whether it is to be believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import Participant
from services.exchange.domain.consultations.refusals import NoSuchSession
from services.exchange.domain.consultations.replies.refusals import (
    DelegateNotADeputy,
    ForgedReply,
    StaleReply,
    UnknownRecurrence,
)
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.parties import ACCEPTED, DECLINED, TENTATIVE
from services.exchange.domain.person import Person

DELEGATED = "delegated"
STATUSES = (ACCEPTED, TENTATIVE, DECLINED, DELEGATED)
CLOCKS_DIFFER_BY = timedelta(hours=1)
"""How far ahead of ours a calendar program's clock may be."""


@dataclass(frozen=True)
class CalendarReply:
    """One REPLY or COUNTER as it was read. Addresses are lower case; moments are UTC.

    `recurrence_id`: the slot of the one session that is meant. `dtstamp`: when it was written.
    `status`: `accepted`, `tentative`, `declined`, or `delegated` to the address `delegate`.
    `begins` and `ends`: of a counter-proposal.
    """

    uid: str
    consultation: str
    attendee: str
    status: str
    dtstamp: datetime
    sequence: int = 0
    recurrence_id: datetime | None = None
    delegate: str | None = None
    comment: str = ""
    begins: datetime | None = None
    ends: datetime | None = None

    @property
    def is_counter(self) -> bool:
        return self.begins is not None

    @property
    def minutes(self) -> int | None:
        """For how long a counter-proposal asks."""
        if self.begins is None or self.ends is None:
            return None
        return int((self.ends - self.begins).total_seconds()) // 60


@dataclass(frozen=True)
class GenuineReply:
    """What a reply that is believed asks for. `participant`: whose answer it is; `by`: who gave it, they or a deputy.

    `session`: the one that is meant, else all. `at`: when it was given, to be kept as the answer's moment: what is
    older is refused as stale. `deputy`: who comes instead, `begins` and `minutes`: the time asked for.
    """

    participant: str
    by: str
    session: Session | None
    status: str
    at: datetime
    reason: str = ""
    deputy: str | None = None
    begins: datetime | None = None
    minutes: int | None = None


def must_be_genuine(
    reply: CalendarReply, consultation: Consultation, sender: str | None, people: Mapping[str, Person], now: datetime
) -> GenuineReply:
    """What the reply asks for, once it is believed. `sender`: the address that the mail came from, `None` of an upload
    by somebody who signed in as the attendee. `people`: participants and their deputies, by id.

    Raises `ForgedReply`, `StaleReply`, `UnknownRecurrence`, `DelegateNotADeputy`.
    """
    if sender is not None:
        must_come_from(sender, reply)
    participant, by = _answering(reply, consultation, people)
    session = _meant(reply, consultation)
    _must_be_of_now(reply, consultation, participant, session, now)
    return GenuineReply(
        participant=participant.person,
        by=by,
        session=session,
        status=ACCEPTED if reply.status == DELEGATED else reply.status,
        at=min(reply.dtstamp, now),
        reason=reply.comment,
        deputy=_deputy(reply, participant, by, people),
        begins=reply.begins,
        minutes=reply.minutes,
    )


def must_come_from(sender: str, reply: CalendarReply) -> None:
    """A mail brings its sender's own reply. Raises `ForgedReply`."""
    if sender.lower() != reply.attendee:
        raise ForgedReply(why="sender", attendee=reply.attendee)


def _answering(
    reply: CalendarReply, consultation: Consultation, people: Mapping[str, Person]
) -> tuple[Participant, str]:
    """Whose answer it is, and who gives it: they, or the deputy who comes for them."""
    for participant in consultation.participants:
        if _has_address(people, participant.person, reply.attendee):
            return participant, participant.person
    for participant in consultation.participants:
        for deputy in _standing_in(consultation, participant):
            if _has_address(people, deputy, reply.attendee):
                return participant, deputy
    raise ForgedReply(why="not-a-participant", attendee=reply.attendee)


def _standing_in(consultation: Consultation, participant: Participant) -> set[str]:
    """Deputies who come to any of the sessions."""
    coming = {consultation.comes(participant, session) for session in consultation.sessions}
    return {person for person in coming if person in participant.deputies}


def _has_address(people: Mapping[str, Person], person: str, address: str) -> bool:
    return person in people and people[person].email.lower() == address


def _meant(reply: CalendarReply, consultation: Consultation) -> Session | None:
    if reply.recurrence_id is None:
        return None
    try:
        return consultation.session(reply.recurrence_id)
    except NoSuchSession:
        slot = reply.recurrence_id.isoformat()
        raise UnknownRecurrence(consultation=consultation.id, recurrence_id=slot) from None


def _must_be_of_now(
    reply: CalendarReply,
    consultation: Consultation,
    participant: Participant,
    session: Session | None,
    now: datetime,
) -> None:
    if reply.sequence < consultation.answerable_from:
        raise StaleReply(sequence=reply.sequence, current_sequence=consultation.sequence)
    if reply.sequence > consultation.sequence:
        raise ForgedReply(why="sequence", attendee=reply.attendee)
    if reply.dtstamp > now + CLOCKS_DIFFER_BY:
        raise ForgedReply(why="dtstamp", attendee=reply.attendee)
    of_all, of_one = consultation.answers, session.answers if session else {}
    for answer in (of_all.get(participant.person), of_one.get(participant.person)):
        if answer and answer.is_given and reply.dtstamp < answer.at:
            raise StaleReply(at=reply.dtstamp.isoformat(), answered_at=answer.at.isoformat())


def _deputy(reply: CalendarReply, participant: Participant, by: str, people: Mapping[str, Person]) -> str | None:
    """Who comes instead: whom the participant names, or the deputy who answers, unless they decline."""
    if reply.status != DELEGATED:
        return by if by != participant.person and reply.status != DECLINED else None
    for deputy in participant.deputies:
        if reply.delegate and _has_address(people, deputy, reply.delegate):
            return deputy
    raise DelegateNotADeputy(participant=participant.person, delegate=reply.delegate or "")
