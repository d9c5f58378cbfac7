"""How a session ends: who was there, what was said of each case, what is to be done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from chassis.kernel.decision import Decision
from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.bringing import open_case, with_case
from services.exchange.domain.consultations.calling_off import come_to, must_have_begun
from services.exchange.domain.consultations.cases import Action, Case, Opinion
from services.exchange.domain.consultations.consultation import Consultation, JointFinding, with_actions
from services.exchange.domain.consultations.ending import with_ended
from services.exchange.domain.consultations.events import SessionHeld
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.participants import with_deputies
from services.exchange.domain.consultations.refusals import (
    AttendanceMissing,
    DueInThePast,
    NoSuchCase,
    NotExpectedThere,
    OpinionMissing,
)
from services.exchange.domain.consultations.sessions import HELD, Session, day_of
from services.exchange.domain.consultations.standing import (
    after_a_session,
    must_not_have_begun,
    the_planned,
    with_session,
)
from services.exchange.domain.visit import ARRIVED


@dataclass(frozen=True)
class Minutes:
    """What a session came to. `opinions`: case id -> text; `postponed`: case id -> slot of the session that takes it.

    `attended`: everybody who was there; none where that is recorded already.
    """

    attended: tuple[str, ...] | None
    opinions: Mapping[str, str]
    postponed: Mapping[str, datetime]
    actions: tuple[Action, ...]
    finding: JointFinding | None = None


def record_attendance(
    consultation: Consultation, slot: datetime | None, attended: tuple[str, ...], *, now: datetime
) -> Decision[Consultation]:
    """These are there: the session has begun. It may be said again, as others come.

    Raises `WrongState`, `NoSuchSession`, `SessionClosed`, `WhichSession`, `SessionNotBegun`, `NotExpectedThere`.
    """
    must_fit(consultation, "record_attendance")
    session = the_planned(consultation, slot)
    must_have_begun(session, now)
    there = _with_attendance(consultation, session, attended)
    before = consultation.met_from if consultation.state == ARRIVED else consultation.state
    after = replace(with_session(consultation, there), state=ARRIVED, met_from=before)
    return Decision(after, what=f"attendance of the session of {session.slot.isoformat()} recorded")


def close_session(
    consultation: Consultation, slot: datetime | None, minutes: Minutes, *, by: str | None, now: datetime
) -> Decision[Consultation]:
    """The session took place; with the last that was to come the consultation is fulfilled.

    Raises what `record_attendance` raises, `AttendanceMissing`, `OpinionMissing`, `CaseSettled`, `NoSuchCase`,
    `DueInThePast`, `PatientIdentity`, and for an owner or a postponed case's session `NotExpectedThere`,
    `NoSuchSession`, `SessionClosed`, `SessionBegun` where that is no later one.
    """
    session = consultation.session(slot_to_close(consultation, slot))
    must_have_begun(session, now)
    if minutes.attended is not None:
        session = _with_attendance(consultation, session, minutes.attended)
    if not session.attended:
        raise AttendanceMissing(slot=session.slot.isoformat())
    _actions_must_be_possible(consultation, minutes.actions, now)
    held = replace(session, state=HELD, found=minutes.finding.outcome_type if minutes.finding else "")
    settled = _settled(with_ended(consultation, held), held, minutes, by=by, now=now)
    owing = with_actions(settled, (*settled.actions, *minutes.actions))
    after = replace(owing, finding=minutes.finding or settled.finding)
    _finding_must_name_no_patient(minutes.finding)
    after = after_a_session(after, now)
    told = SessionHeld(after, held, minutes.actions, minutes.finding)
    what = f"session of {session.slot.isoformat()} closed"
    return Decision(after, what=what, events=(told, *come_to(consultation, after)))


def slot_to_close(consultation: Consultation, slot: datetime | None) -> datetime:
    """The slot of the session that is meant. Raises `WrongState`, and what `the_planned` raises."""
    must_fit(consultation, "close_session")
    return the_planned(consultation, slot).slot


def expected_there(consultation: Consultation) -> frozenset[str]:
    """Participants and their deputies."""
    return frozenset(with_deputies(consultation.participants))


def expected_outcome(
    consultation: Consultation, session: Session, finding: JointFinding | None
) -> tuple[str, date] | None:
    """Type and due day of the outcome that is expected of what was found together; `None` where nothing is."""
    if finding is None:
        return None
    due_on = day_of(session, consultation.zone) + timedelta(days=finding.due_days)
    return finding.outcome_type, due_on


def today_at(consultation: Consultation, now: datetime) -> date:
    """The calendar day where the consultation is organised."""
    return now.astimezone(zone_named(consultation.zone)).date()


def _with_attendance(consultation: Consultation, session: Session, attended: Iterable[str]) -> Session:
    there = tuple(dict.fromkeys(attended))
    _must_be_expected(consultation, there)
    return replace(session, attended=there, attended_for={person: _site_of(consultation, person) for person in there})


def _site_of(consultation: Consultation, person: str) -> str:
    """For which a participant takes part; a deputy for that of the first in whose place they may come."""
    own = (each.site for each in consultation.participants if each.person == person)
    deputed = (each.site for each in consultation.participants if person in each.deputies)
    return next(chain(own, deputed))


def _settled(
    consultation: Consultation, session: Session, minutes: Minutes, *, by: str | None, now: datetime
) -> Consultation:
    """Every case of the session has an opinion now, or waits for a later session."""
    waiting = {case.id for case in _open_cases(consultation, session.slot)}
    if missing := sorted(waiting - minutes.opinions.keys() - minutes.postponed.keys()):
        raise OpinionMissing(cases=missing)
    for case_id in (*minutes.opinions, *minutes.postponed):
        if open_case(consultation, case_id).slot != session.slot:
            raise NoSuchCase(consultation=consultation.id, case=case_id)
    for case_id, text in minutes.opinions.items():
        must_name_no_patient(f"opinions.{case_id}", opinion=text)
        case = replace(open_case(consultation, case_id), opinion=Opinion(text, by, now))
        consultation = with_case(consultation, case)
    # What has an opinion is settled: a case that is postponed as well is refused.
    for case_id, slot in minutes.postponed.items():
        later = the_planned(consultation, slot)
        if later.begins < session.begins:
            must_not_have_begun((later,), now)
        consultation = with_case(consultation, replace(open_case(consultation, case_id), slot=later.slot))
    return consultation


def _open_cases(consultation: Consultation, slot: datetime) -> Iterator[Case]:
    return (case for case in consultation.cases if case.slot == slot and case.is_open)


def _actions_must_be_possible(consultation: Consultation, actions: Iterable[Action], now: datetime) -> None:
    today = today_at(consultation, now)
    for number, action in enumerate(actions):
        must_name_no_patient(f"actions.{number}.what", what=action.what)
        _must_be_expected(consultation, (action.owner,))
        if action.due_on < today:
            raise DueInThePast(due_on=action.due_on.isoformat(), today=today.isoformat())
        if action.case and action.case not in {case.id for case in consultation.cases}:
            raise NoSuchCase(consultation=consultation.id, case=action.case)


def _must_be_expected(consultation: Consultation, people: Iterable[str]) -> None:
    for person in people:
        if person not in expected_there(consultation):
            raise NotExpectedThere(person=person)


def _finding_must_name_no_patient(finding: JointFinding | None) -> None:
    if finding:
        must_name_no_patient(summary=finding.summary)
