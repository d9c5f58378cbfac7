"""What an actor may do with a consultation as it stands, so that a page offers no more than the rules allow."""

from collections.abc import Iterator
from datetime import datetime

from chassis.kernel.actor import Actor
from services.exchange.domain.consultations.consultation import OPEN, Consultation
from services.exchange.domain.consultations.lifecycle import FITS
from services.exchange.domain.consultations.standing import to_come
from services.exchange.domain.permissions.consultations import answers_for, brings, corrects, organises

_ONCE_BEGUN = ("record_attendance", "close_session", "mark_session_missed")


def offered(consultation: Consultation, actor: Actor, *, now: datetime) -> list[str]:
    """Names of commands; one about a participant, a case or an action names it: `reply_to_consultation:per_…`."""
    found = (
        *_answers(consultation, actor, now),
        *_about_all(consultation, actor, now),
        *_about_cases(consultation, actor),
        *_about_actions(consultation, actor),
    )
    return [each for each in found if consultation.state in FITS[each.partition(":")[0]]]


def _answers(consultation: Consultation, actor: Actor, now: datetime) -> Iterator[str]:
    if not _is_in_time(consultation, now):
        return
    if to_come(consultation, now):
        for participant in consultation.participants:
            if answers_for(actor, participant):
                yield f"reply_to_consultation:{participant.person}"
    if organises(actor, consultation):
        for participant in consultation.participants:
            yield from _about_another_time(consultation, participant.person, now)


def _about_another_time(consultation: Consultation, person: str, now: datetime) -> Iterator[str]:
    wishes = [
        (session, answer.begins)
        for session in consultation.planned
        if (answer := consultation.answer(person, session)) and answer.begins
    ]
    if any(session.begins > now and begins > now for session, begins in wishes):
        yield f"accept_counter_time:{person}"
    if wishes:
        yield f"decline_counter_time:{person}"


def _about_all(consultation: Consultation, actor: Actor, now: datetime) -> Iterator[str]:
    if organises(actor, consultation):
        yield from _about_times(consultation, now)
        yield "add_consultation_note"
    if any(brings(actor, consultation, each.person) for each in consultation.participants):
        yield "bring_case"
    if corrects(actor, consultation):
        yield "mark_consultation_entered_in_error"


def _about_times(consultation: Consultation, now: datetime) -> Iterator[str]:
    coming = to_come(consultation, now)
    is_whole = len(coming) == len(consultation.planned)
    if is_whole:
        yield "cancel_consultation"
    if is_whole and _is_in_time(consultation, now):
        yield from ("reschedule_consultation", "change_participants")
    if coming and _is_in_time(consultation, now):
        yield "move_session"
    if coming:
        yield "cancel_session"
    if not is_whole:
        yield from _ONCE_BEGUN


def _about_cases(consultation: Consultation, actor: Actor) -> Iterator[str]:
    for case in consultation.cases:
        if case.is_open and brings(actor, consultation, case.presenter):
            yield f"withdraw_case:{case.id}"


def _about_actions(consultation: Consultation, actor: Actor) -> Iterator[str]:
    for action in consultation.actions:
        if action.is_open and (actor.person == action.owner or organises(actor, consultation)):
            yield f"complete_action:{action.id}"
            yield f"drop_action:{action.id}"


def _is_in_time(consultation: Consultation, now: datetime) -> bool:
    return consultation.state not in OPEN or now < consultation.reply_by
