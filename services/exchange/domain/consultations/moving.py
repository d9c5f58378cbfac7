"""Other times for a consultation, or for one of its sessions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.consultations.announcing import asked_anew
from services.exchange.domain.consultations.answering import must_be_in_time
from services.exchange.domain.consultations.cases import Case
from services.exchange.domain.consultations.consultation import OPEN, WAITLIST, Consultation
from services.exchange.domain.consultations.deputies import relieved
from services.exchange.domain.consultations.events import (
    ConsultationBooked,
    ConsultationHappening,
    ConsultationRescheduled,
)
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.joining import goes_by, joined_by
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.participants import Answer
from services.exchange.domain.consultations.proposing import (
    Wanted,
    must_be_covered,
    must_be_possible,
    must_not_overlap,
    sessions_of,
)
from services.exchange.domain.consultations.refusals import SlotGone
from services.exchange.domain.consultations.saying import with_what_was_said
from services.exchange.domain.consultations.sessions import Session, planned
from services.exchange.domain.consultations.standing import (
    must_not_have_begun,
    reply_by,
    state_after,
    the_planned,
    with_session,
)
from services.exchange.domain.parties import ACCEPTED, NEEDS_ACTION
from services.exchange.domain.visit import BOOKED, PROPOSED
from services.exchange.domain.visit_refusals import NothingChanges


@dataclass(frozen=True)
class Asked:
    """Who asks for another time, why and when. `agreed`: who is known to agree, beside who asks, each with the deputy
    who comes in their place.
    """

    by: str | None
    reason: str
    now: datetime
    agreed: Mapping[str, str | None] = field(default_factory=dict)

    def answers(self, consultation: Consultation) -> dict[str, Answer]:
        """What is known of the new time: all others are asked again."""
        people = {self.by, *self.agreed}
        takes_part = (each.person for each in consultation.participants if each.person in people)
        return {who: Answer(ACCEPTED, self.by, self.now, deputy=self.agreed.get(who)) for who in takes_part}


@dataclass(frozen=True)
class Time:
    """When one session meets; as long as before where no `minutes` are named."""

    begins: datetime
    minutes: int | None = None


def reschedule(
    consultation: Consultation, wanted: Wanted, agreement: Agreement, asked: Asked
) -> Decision[Consultation]:
    """All that is still to come meets at these times instead; everybody but who asks for it is asked again.

    What holds swaps the old times for the new ones at once, or keeps the old. What took place stays, and what was
    called off takes no time. The single session of a consultation without recurrence keeps its slot. Where no link is
    named, people join where they were to; where another link is all that changes, what they answered stays.
    Raises `WrongState`, `ReplyTooLate`, `SessionBegun`, `NothingChanges`, what impossible times raise, and what the
    agreement does not cover.
    """
    must_fit(consultation, "reschedule_consultation")
    before = consultation.planned
    _must_be_movable(consultation, before, asked)
    must_name_no_patient(link=wanted.link)
    wanted = replace(wanted, link=wanted.link or before[0].link)
    sessions = _keeping_the_slot(before, sessions_of(wanted, asked.now), wanted)
    if _times(sessions) == _times(before) and goes_by(consultation, wanted.zone, wanted.recurrence):
        return joined_by(consultation, wanted.link, by=asked.by, reason=asked.reason)
    must_be_covered(agreement, consultation.condition, sessions, wanted.zone)
    over = tuple(session for session in consultation.sessions if not session.is_planned)
    _slots_must_be_new(sessions, over)
    moved = _asked_again(consultation, wanted, sessions, asked)
    until = reply_by(sessions[0].begins, agreement.reply_days(consultation.condition), asked.now)
    moved = replace(moved, state=state_after(moved, asked.now), reply_by=until)
    free = relieved(consultation, moved)
    told = ConsultationRescheduled(moved, before, None, by=asked.by, reason=asked.reason, relieved=free)
    return Decision(moved, what="rescheduled", events=_with_booked(consultation, moved, told), why=asked.reason)


def move_session(
    consultation: Consultation, slot: datetime | None, time: Time, agreement: Agreement, asked: Asked
) -> Decision[Consultation]:
    """One of several sessions meets at another time; of it everybody but who asks for it is asked again.

    The consultation stays what it is: the others meet as ever. The only session of one without recurrence moves as
    `reschedule` moves it. Raises what `reschedule` raises, `WhichSession`, `NoSuchSession`, `SessionClosed`.
    """
    must_fit(consultation, "move_session")
    session = the_planned(consultation, slot)
    minutes = time.minutes or session.minutes
    if len(consultation.sessions) == 1:
        wanted = Wanted((time.begins,), minutes, consultation.zone)
        return reschedule(consultation, wanted, agreement, asked)
    _must_be_movable(consultation, (session,), asked)
    moved = _moved(consultation, session, Time(time.begins, minutes), asked)
    if _times((moved,)) == _times((session,)):
        raise NothingChanges(begins=[session.begins.isoformat()])
    must_be_possible(moved, asked.now)
    must_be_covered(agreement, consultation.condition, (moved,), consultation.zone)
    after = asked_anew(with_session(with_what_was_said(consultation), moved))
    must_not_overlap(after.planned)
    if after.state in OPEN:
        after = replace(after, reply_by=min(after.reply_by, moved.begins))
    free = relieved(consultation, after)
    told = ConsultationRescheduled(after, (session,), session.slot, by=asked.by, reason=asked.reason, relieved=free)
    what = f"session of {session.slot.isoformat()} moved to {time.begins.isoformat()}"
    return Decision(after, what=what, events=(told,), why=asked.reason)


def _asked_again(
    consultation: Consultation, wanted: Wanted, sessions: tuple[Session, ...], asked: Asked
) -> Consultation:
    """With these sessions to come instead; who asks for them has accepted, and nobody else."""
    over = tuple(session for session in consultation.sessions if not session.is_planned)
    return replace(
        asked_anew(consultation),
        state=PROPOSED if consultation.state == WAITLIST else consultation.state,
        sessions=tuple(sorted((*over, *sessions), key=lambda session: session.slot)),
        zone=wanted.zone,
        recurrence=wanted.recurrence,
        cases=_brought_along(consultation, sessions),
        answers=asked.answers(consultation),
    )


def _moved(consultation: Consultation, session: Session, time: Time, asked: Asked) -> Session:
    asked_again = {each.person: Answer(NEEDS_ACTION, asked.by, asked.now) for each in consultation.participants}
    at = planned(time.begins, time.minutes or session.minutes, now=asked.now)
    answers = asked_again | asked.answers(consultation)
    return replace(session, begins=at.begins, ends=at.ends, answers=answers, reminded=at.reminded)


def _must_be_movable(consultation: Consultation, sessions: tuple[Session, ...], asked: Asked) -> None:
    must_be_in_time(consultation, asked.now)
    must_name_no_patient(reason=asked.reason)
    must_not_have_begun(sessions, asked.now)


def _slots_must_be_new(sessions: tuple[Session, ...], over: tuple[Session, ...]) -> None:
    """A slot names one session for good: one that moved and is over keeps its own. Raises `SlotGone`."""
    for session in sessions:
        if session.slot in {each.slot for each in over}:
            raise SlotGone(slot=session.slot.isoformat())


def _keeping_the_slot(
    before: tuple[Session, ...], sessions: tuple[Session, ...], wanted: Wanted
) -> tuple[Session, ...]:
    """Who has the single session in their calendar knows it by its slot."""
    if len(before) != 1 or len(sessions) != 1 or wanted.recurrence:
        return sessions
    return (replace(sessions[0], slot=before[0].slot),)


def _brought_along(consultation: Consultation, sessions: tuple[Session, ...]) -> tuple[Case, ...]:
    """The cases that wait for a session that is no more come before the first."""
    slots = {session.slot for session in sessions}
    return tuple(
        replace(case, slot=sessions[0].slot) if _waits(consultation, case.slot) and case.slot not in slots else case
        for case in consultation.cases
    )


def _waits(consultation: Consultation, slot: datetime) -> bool:
    return slot in {session.slot for session in consultation.planned}


def _times(sessions: tuple[Session, ...]) -> list[tuple[datetime, datetime]]:
    return [(session.begins, session.ends) for session in sessions]


def _with_booked(
    before: Consultation, after: Consultation, told: ConsultationRescheduled
) -> tuple[ConsultationHappening, ...]:
    # Whoever moves a booked one books it anew where nobody else has to agree.
    return (told, ConsultationBooked(after)) if after.state == BOOKED != before.state else (told,)
