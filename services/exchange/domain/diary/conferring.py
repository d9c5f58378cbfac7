"""The sessions of a consultation as entries of the diary."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.ending import as_it_met
from services.exchange.domain.consultations.participants import Answer, Participant
from services.exchange.domain.consultations.sessions import PLANNED, Session
from services.exchange.domain.diary.meetings import SESSION, Attendee, Meeting, Said, Span, Stamp
from services.exchange.domain.diary.naming import digits_of, moment_of, name_of
from services.exchange.domain.parties import ACCEPTED, DECLINED, NEEDS_ACTION
from services.exchange.domain.visit import ARRIVED, BOOKED, ENTERED_IN_ERROR

ROOM = "room"


def session_name(consultation_id: str, session: Session) -> str:
    """What the session is called elsewhere, wherever it is moved."""
    return name_of(consultation_id, moment_of(session.slot))


def status_of(state: str, session: Session) -> str:
    """The session's own word once it has one, else that of the consultation in this `state`.

    Of those that are still to come only where attendance is recorded somebody has arrived.
    """
    if session.state != PLANNED and state != ENTERED_IN_ERROR:
        return session.state
    return BOOKED if state == ARRIVED and not session.is_arrived else state


def of_consultation(consultation: Consultation, stamp: Stamp) -> list[Meeting]:
    """A meeting for each session, in their order."""
    return [_of_session(as_it_met(consultation, session), session, stamp) for session in consultation.sessions]


def _of_session(consultation: Consultation, session: Session, stamp: Stamp) -> Meeting:
    return Meeting(
        name=session_name(consultation.id, session),
        booking=consultation.id,
        kind=SESSION,
        status=status_of(consultation.state, session),
        what=SESSION,
        field=consultation.field,
        zone=consultation.zone,
        begins=session.begins.astimezone(UTC),
        ends=session.ends.astimezone(UTC),
        sites=frozenset(consultation.sites),
        attendees=(*_people(consultation, session), *_rooms(consultation)),
        stamp=stamp,
        urgent=consultation.urgent,
    )


def _people(consultation: Consultation, session: Session) -> list[Attendee]:
    named = {each.person: _participant(consultation, each, session) for each in consultation.participants}
    for participant in consultation.participants:
        for who in _in_their_place(consultation, participant, session):
            # Who stands in may take part anyway: nobody is told of twice.
            if who not in named:
                named[who] = _deputy(consultation, participant, session, who)
    return list(named.values())


def _in_their_place(consultation: Consultation, participant: Participant, session: Session) -> Iterator[str]:
    """Who comes, who is held until that is said, and who came; the participant among them where nobody else does."""
    if comes := consultation.comes(participant, session):
        yield comes
    if session.is_planned and (held := consultation.held_for(participant, session)):
        yield held
    yield from (deputy for deputy in participant.deputies if _was_there(session, deputy))


def _was_there(session: Session, person: str) -> bool:
    return person in (session.attended or ())


def _participant(consultation: Consultation, participant: Participant, session: Session) -> Attendee:
    answer = consultation.answer(participant.person, session)
    return Attendee(
        key=digits_of(participant.person),
        role=participant.role,
        status=_status(answer) if answer else NEEDS_ACTION,
        site=participant.site,
        person=participant.person,
        required=participant.required,
        said=_said(answer, session),
        held=_held(consultation, session, participant.person),
    )


def _deputy(consultation: Consultation, participant: Participant, session: Session, deputy: str) -> Attendee:
    answer = consultation.answer(participant.person, session)
    return Attendee(
        key=digits_of(deputy),
        role=participant.role,
        status=_status_of_deputy(answer, session, deputy),
        site=participant.site,
        person=deputy,
        required=participant.required,
        held=_held(consultation, session, deputy),
    )


def _rooms(consultation: Consultation) -> Iterator[Attendee]:
    for site, room in consultation.rooms.items():
        yield Attendee(key=digits_of(room), role=ROOM, status=ACCEPTED, site=site, within=room)


def _held(consultation: Consultation, session: Session, person: str) -> Span | None:
    """The session's time, where it is held of the person: for themselves, or for whom they may stand in for."""
    if not (consultation.is_holding and session.is_planned):
        return None
    for each in consultation.participants:
        if consultation.held_for(each, session) == person:
            return Span(session.begins, session.ends)
    return None


def _status(answer: Answer) -> str:
    """Who sends a deputy does not come: that the deputy does stands with the deputy."""
    return DECLINED if answer.deputy else answer.status


def _status_of_deputy(answer: Answer | None, session: Session, deputy: str) -> str:
    if _was_there(session, deputy):
        return ACCEPTED
    return answer.status if answer and answer.deputy == deputy else NEEDS_ACTION


def _said(answer: Answer | None, session: Session) -> Said | None:
    """`None` also of who is asked again, of a session that was moved."""
    if answer is None or not answer.is_given:
        return None
    return Said(_status(answer), answer.at, _instead(answer, session))


def _instead(answer: Answer, session: Session) -> Span | None:
    """The other time that is asked for."""
    if answer.begins is None:
        return None
    return Span(answer.begins, answer.begins + timedelta(minutes=answer.minutes or session.minutes))
