"""What an actor may do with a consultation as it stands, so that a page offers no more than the rules allow."""

from collections.abc import Iterator
from datetime import datetime

from chassis.kernel.actor import Actor
from services.exchange.domain.consultations.consultation import OPEN, Consultation
from services.exchange.domain.consultations.lifecycle import FITS
from services.exchange.domain.parties import TENTATIVE
from services.exchange.domain.permissions.consultations import answers_for, corrects, organises

_BEFORE_THEY_BEGIN = ("reschedule_consultation", "move_session", "change_participants", "cancel_session")
_ONCE_BEGUN = ("record_attendance", "close_session", "mark_session_missed")


def offered(consultation: Consultation, actor: Actor, *, now: datetime) -> list[str]:
    """Names of commands; one about a participant or an action names it: `reply_to_consultation:per_…`."""
    found = (
        *_answers(consultation, actor, now),
        *_about_all(consultation, actor, now),
        *_about_actions(consultation, actor),
    )
    return [each for each in found if consultation.state in FITS[each.partition(":")[0]]]


def _answers(consultation: Consultation, actor: Actor, now: datetime) -> Iterator[str]:
    if not _is_in_time(consultation, now):
        return
    for participant in consultation.participants:
        if answers_for(actor, participant):
            yield f"reply_to_consultation:{participant.person}"
    if organises(actor, consultation):
        for person in _who_asks_for_another_time(consultation):
            yield f"accept_counter_time:{person}"
            yield f"decline_counter_time:{person}"


def _about_all(consultation: Consultation, actor: Actor, now: datetime) -> Iterator[str]:
    if organises(actor, consultation):
        if _is_in_time(consultation, now) and all(session.begins > now for session in consultation.planned):
            yield from _BEFORE_THEY_BEGIN
        if any(session.begins <= now for session in consultation.planned):
            yield from _ONCE_BEGUN
        yield from ("cancel_consultation", "bring_case", "add_consultation_note")
    if corrects(actor, consultation):
        yield "mark_consultation_entered_in_error"


def _about_actions(consultation: Consultation, actor: Actor) -> Iterator[str]:
    for action in consultation.actions:
        if action.is_open and (actor.person == action.owner or organises(actor, consultation)):
            yield f"complete_action:{action.id}"
            yield f"drop_action:{action.id}"


def _who_asks_for_another_time(consultation: Consultation) -> Iterator[str]:
    for session in consultation.planned[:1]:
        for participant in consultation.participants:
            answer = consultation.answer(participant.person, session)
            if answer and answer.status == TENTATIVE and answer.begins:
                yield participant.person


def _is_in_time(consultation: Consultation, now: datetime) -> bool:
    return consultation.state not in OPEN or now < consultation.reply_by
