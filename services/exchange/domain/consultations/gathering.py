"""Others take part."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.consultations.announcing import asked_anew
from services.exchange.domain.consultations.answering import EVERYBODY_DECLINED, must_be_in_time
from services.exchange.domain.consultations.assembling import must_be_assembled, must_be_partners
from services.exchange.domain.consultations.calling_off import call_off
from services.exchange.domain.consultations.consultation import OPEN, Consultation, with_needs
from services.exchange.domain.consultations.deputies import relieved
from services.exchange.domain.consultations.events import (
    ConsultationBooked,
    ConsultationHappening,
    ParticipantsChanged,
)
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.participants import Answer, Participant
from services.exchange.domain.consultations.proposing import own_answer, sites_of
from services.exchange.domain.consultations.refusals import StillPresents
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.consultations.standing import first_begins, must_not_have_begun, state_after
from services.exchange.domain.person import Person
from services.exchange.domain.visit import BOOKED, CANCELLED
from services.exchange.domain.visit_refusals import NothingChanges


def change_participants(
    consultation: Consultation,
    participants: tuple[Participant, ...],
    people: Mapping[str, Person],
    agreement: Agreement,
    *,
    by: str | None,
    reason: str,
    now: datetime,
) -> Decision[Consultation]:
    """These take part from now on. Who stays has answered already, who is new is asked, who leaves is free.

    Rooms of a site of which nobody takes part any more are given back. Where everybody who is left and required has
    declined, it is cancelled.
    Raises `WrongState`, `ReplyTooLate`, `SessionBegun`, `NothingChanges`, what participants who cannot meet raise, and
    `StillPresents` for one who presents an open case and leaves.
    """
    must_fit(consultation, "change_participants")
    must_be_in_time(consultation, now)
    must_name_no_patient(reason=reason)
    must_not_have_begun(consultation.planned, now)
    must_be_assembled(participants, people)
    sites = sites_of(participants)
    must_be_partners(sites, agreement.partners, agreement.id)
    if participants == consultation.participants:
        raise NothingChanges(participants=[each.person for each in participants])
    changed = replace(
        consultation,
        participants=participants,
        sites=sites,
        rooms={site: room for site, room in consultation.rooms.items() if site in sites},
        answers=own_answer(participants, by, now) | _still_said(consultation.answers, participants),
        sessions=tuple(_among(session, participants) for session in consultation.sessions),
    )
    changed = asked_anew(with_needs(changed))
    _presenters_must_stay(changed)
    until = now + timedelta(days=agreement.reply_days(consultation.condition))
    return _decided(consultation, changed, by=by, reason=reason, until=until, now=now)


def _decided(
    before: Consultation, after: Consultation, *, by: str | None, reason: str, until: datetime, now: datetime
) -> Decision[Consultation]:
    after = replace(after, state=state_after(after, now))
    more: tuple[ConsultationHappening, ...] = ()
    if after.state == CANCELLED:
        off = after.planned
        after, more = call_off(after, off, by=by, reason=EVERYBODY_DECLINED, before=before.state, now=now)
    if after.state in OPEN:
        after = replace(after, reply_by=min(until, first_begins(after.planned)))
    were, are = [{each.person for each in one.participants} for one in (before, after)]
    added, removed = tuple(sorted(are - were)), tuple(sorted(were - are))
    told = ParticipantsChanged(after, added, removed, by=by, reason=reason, relieved=relieved(before, after))
    if after.state == BOOKED != before.state:
        more = (ConsultationBooked(after),)
    return Decision(after, what="participants changed", events=(told, *more), why=reason)


def _still_said(answers: Mapping[str, Answer], participants: tuple[Participant, ...]) -> dict[str, Answer]:
    """What those who stay said; not where a deputy came in their place who is one no longer."""
    deputies = {each.person: each.deputies for each in participants}
    return {
        person: answer
        for person, answer in answers.items()
        if person in deputies and (answer.deputy is None or answer.deputy in deputies[person])
    }


def _among(session: Session, participants: tuple[Participant, ...]) -> Session:
    if not session.is_planned:
        return session
    return replace(session, answers=_still_said(session.answers, participants))


def _presenters_must_stay(changed: Consultation) -> None:
    people = {each.person for each in changed.participants}
    left = [case for case in changed.cases if case.is_open and case.presenter not in people]
    if left:
        person = left[0].presenter
        raise StillPresents(person=person, cases=[case.id for case in left if case.presenter == person])
