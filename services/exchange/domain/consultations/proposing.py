"""Proposing a consultation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from chassis.kernel.decision import Decision
from chassis.kernel.errors import Refusal
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_text import Condition
from services.exchange.domain.consultations.assembling import (
    must_be_assembled,
    must_be_partners,
    rooms_must_be_needed,
)
from services.exchange.domain.consultations.bringing import NewCase, with_cases
from services.exchange.domain.consultations.consultation import WAITLIST, Consultation, Waiver, with_needs
from services.exchange.domain.consultations.events import (
    ConsultationBooked,
    ConsultationHappening,
    ConsultationProposed,
    ConsultationWaits,
)
from services.exchange.domain.consultations.finding.refusals import SessionInThePast
from services.exchange.domain.consultations.finding.wish import must_be_a_consultation
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.participants import Answer, Participant
from services.exchange.domain.consultations.quarters import must_be_on_the_quarter, must_not_be_too_long
from services.exchange.domain.consultations.refusals import NotUrgent, SessionsOverlap
from services.exchange.domain.consultations.sessions import Session, day_of, planned
from services.exchange.domain.consultations.standing import reply_by, state_after
from services.exchange.domain.parties import ACCEPTED
from services.exchange.domain.person import Person
from services.exchange.domain.site import must_be_a_zone
from services.exchange.domain.visit import BOOKED, PROPOSED


@dataclass(frozen=True)
class Wanted:
    """When a consultation is to meet: from each of the `slots` on, for so long, by the clock of `zone`."""

    slots: tuple[datetime, ...]
    minutes: int
    zone: str
    recurrence: str = ""
    link: str = ""


@dataclass(frozen=True)
class Proposal:
    """What somebody asks for."""

    condition: str
    title: str
    participants: tuple[Participant, ...]
    wanted: Wanted
    rooms: Mapping[str, str]
    urgent: bool
    waiver: Waiver | None
    cases: tuple[NewCase, ...]


def propose(
    consultation_id: str,
    proposal: Proposal,
    agreement: Agreement,
    people: Mapping[str, Person],
    *,
    by: str,
    now: datetime,
) -> Decision[Consultation]:
    """A consultation that is asked for. Who proposes it and takes part has accepted: then all that it needs is held.

    Refuses by name what no reply could make right.
    """
    condition = consultation_condition(agreement, proposal.condition)
    waiver = proposal.waiver.reason if proposal.waiver else ""
    must_name_no_patient(title=proposal.title, link=proposal.wanted.link, waiver=waiver)
    if proposal.waiver and not proposal.urgent:
        raise NotUrgent(rules=list(proposal.waiver.rules))
    must_be_assembled(proposal.participants, people)
    must_be_partners(sites_of(proposal.participants), agreement.partners, agreement.id)
    rooms_must_be_needed(proposal.rooms, proposal.participants)
    sessions = sessions_of(proposal.wanted, now)
    must_be_covered(agreement, condition.id, sessions, proposal.wanted.zone)
    drawn_up = _drawn_up(consultation_id, proposal, sessions, agreement.id, condition, by=by, now=now)
    drawn_up = with_cases(with_needs(drawn_up), proposal.cases, by=by, now=now)
    drawn_up = replace(drawn_up, state=state_after(drawn_up, now))
    return Decision(drawn_up, what="proposed", events=_told(drawn_up))


def waiting(proposed: Decision[Consultation], taken: Refusal) -> Decision[Consultation]:
    """The same consultation, as it waits for what is `taken`; it waits until it would begin."""
    waits = replace(proposed.state, state=WAITLIST, reply_by=proposed.state.sessions[0].begins)
    return Decision(waits, what="put on the waiting list", events=(ConsultationWaits(waits, taken),))


def consultation_condition(agreement: Agreement, condition_id: str) -> Condition:
    """The condition that consultations are held under. Raises `NoSuchCondition`, `NotForConsultations`."""
    condition = agreement.condition(condition_id)
    must_be_a_consultation(condition)
    return condition


def sessions_of(wanted: Wanted, now: datetime) -> tuple[Session, ...]:
    """Raises `UnknownZone`, `NotOnTheQuarter`, `SessionTooLong`, `SessionInThePast`, `SessionsOverlap`."""
    must_be_a_zone(wanted.zone)
    must_not_be_too_long(wanted.minutes)
    sessions = tuple(planned(slot, wanted.minutes, now=now, link=wanted.link) for slot in sorted(wanted.slots))
    for session in sessions:
        must_be_possible(session, now)
    must_not_overlap(sessions)
    return sessions


def must_be_possible(session: Session, now: datetime) -> None:
    """Raises `NotOnTheQuarter`, `SessionInThePast`."""
    must_be_on_the_quarter(session.begins)
    must_be_on_the_quarter(session.ends)
    if session.begins <= now:
        raise SessionInThePast(begins=session.begins.isoformat(), now=now.isoformat())


def must_not_overlap(sessions: Sequence[Session]) -> None:
    """Raises `SessionsOverlap`."""
    for one, other in pairwise(sorted(sessions, key=lambda session: session.begins)):
        if other.begins < one.ends:
            raise SessionsOverlap(slot=other.begins.isoformat(), other=one.begins.isoformat())


def must_be_covered(agreement: Agreement, condition: str, sessions: Sequence[Session], zone: str) -> None:
    """Raises `ConditionRemoved`, and `AgreementNotInEffect` for a day that it does not cover."""
    agreement.must_have(condition)
    days = [day_of(session, zone) for session in sessions]
    agreement.must_cover(min(days), max(days))


def sites_of(participants: Sequence[Participant]) -> tuple[str, ...]:
    """Whose people take part, each once."""
    return tuple(dict.fromkeys(each.site for each in participants))


def own_answer(participants: Sequence[Participant], by: str | None, now: datetime) -> dict[str, Answer]:
    """Who asks for a time and takes part can come."""
    return {each.person: Answer(ACCEPTED, by, now) for each in participants if each.person == by}


def _drawn_up(
    consultation_id: str,
    proposal: Proposal,
    sessions: tuple[Session, ...],
    agreement: str,
    condition: Condition,
    *,
    by: str,
    now: datetime,
) -> Consultation:
    return Consultation(
        id=consultation_id,
        state=PROPOSED,
        agreement=agreement,
        condition=condition.id,
        field=condition.field,
        title=proposal.title,
        organiser=by,
        sites=sites_of(proposal.participants),
        zone=proposal.wanted.zone,
        participants=proposal.participants,
        sessions=sessions,
        reply_by=reply_by(sessions[0].begins, condition.reply_within_days, now),
        recurrence=proposal.wanted.recurrence,
        urgent=proposal.urgent,
        waiver=proposal.waiver,
        rooms=proposal.rooms,
        answers=own_answer(proposal.participants, by, now),
    )


def _told(consultation: Consultation) -> tuple[ConsultationHappening, ...]:
    booked = (ConsultationBooked(consultation),) if consultation.state == BOOKED else ()
    return ConsultationProposed(consultation), *booked
