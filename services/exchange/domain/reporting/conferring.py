"""What consultations came to: a row for each session, for everybody who was at one, and for each action.

Of a case nothing is told but that there is one, how urgent it is and whether it was settled.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations import sessions
from services.exchange.domain.consultations.cases import EMERGENCY, ROUTINE, URGENT, Action, Case
from services.exchange.domain.consultations.closing import today_at
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.ending import as_it_met, sites_at
from services.exchange.domain.consultations.sessions import Session, day_of
from services.exchange.domain.reporting.evidence import Evidence
from services.exchange.domain.reporting.figures import Row, Value
from services.exchange.domain.reporting.report import SITE
from services.exchange.domain.visit import ENTERED_IN_ERROR

SESSIONS, ATTENDANCE, ACTIONS = "sessions", "attendance", "actions"

HELD, CALLED_OFF, MISSED, NOT_CLOSED, TO_COME = "held", "called-off", "missed", "not-closed", "to-come"
SESSION_STATES = (TO_COME, NOT_CLOSED, HELD, CALLED_OFF, MISSED, ENTERED_IN_ERROR)
"""How a session stood. One that has begun, and of which nobody has said what it came to, is not closed."""
_OVER = {sessions.HELD: HELD, sessions.CALLED_OFF: CALLED_OFF, sessions.MISSED: MISSED}

DONE_IN_TIME, DONE_LATE, OVERDUE, NOT_DUE, DROPPED = (
    "done-in-time",
    "done-late",
    "overdue",
    "not-due",
    "dropped",
)
ACTION_STATES = (DONE_IN_TIME, DONE_LATE, OVERDUE, NOT_DUE, DROPPED)
_URGENCIES = (ROUTINE, URGENT, EMERGENCY)


def session_rows(evidence: Evidence) -> list[Row]:
    """One for each session of the year, also of consultations entered in error, by the moment at which it begins."""
    found = sorted(_of_the_year(evidence), key=lambda each: (each[1].begins, each[0].id))
    return [Row(SESSIONS, _id(*each), _session(*each, evidence)) for each in found]


def attendance_rows(evidence: Evidence) -> list[Row]:
    """One for everybody who was at a session that took place."""
    return [
        Row(ATTENDANCE, f"{_id(consultation, session)}:{person}", _attendance(consultation, session, person))
        for consultation, session in _counted(evidence)
        if session.state == sessions.HELD
        for person in session.attended or ()
    ]


def action_rows(evidence: Evidence) -> list[Row]:
    """One for each action that a session of the year asked for."""
    return [
        Row(ACTIONS, action.id, _action(consultation, session, action, evidence.asked.moment))
        for consultation, session in _counted(evidence)
        for action in consultation.actions
        if action.slot == session.slot
    ]


def lies_in(consultation: Consultation, session: Session, year: int) -> bool:
    """As for the quota: by the day on which it begins where the consultation is organised."""
    return day_of(session, consultation.zone).year == year


def meets_in(consultation: Consultation, year: int) -> bool:
    """Whether one of its sessions lies in the year."""
    return any(lies_in(consultation, session, year) for session in consultation.sessions)


def concerns(site: str, consultation: Consultation, session: Session) -> bool:
    """Whether people of the site are to come to it, or were to, or were there."""
    return site in sites_at(session, consultation.sites) or site in session.attended_for.values()


def _of_the_year(evidence: Evidence) -> Iterator[tuple[Consultation, Session]]:
    subject, year = evidence.asked.subject, evidence.asked.year
    for past in evidence.consultations:
        for session in past.state.sessions:
            told = subject.kind != SITE or concerns(subject.id, past.state, session)
            if told and lies_in(past.state, session, year):
                yield past.state, session


def _counted(evidence: Evidence) -> Iterator[tuple[Consultation, Session]]:
    """But for those that should never have been entered."""
    return (each for each in _of_the_year(evidence) if each[0].state != ENTERED_IN_ERROR)


def _id(consultation: Consultation, session: Session) -> str:
    return f"{consultation.id}:{_utc(session.slot)}"


def _of(consultation: Consultation) -> dict[str, Value]:
    return {
        "consultation": consultation.id,
        "agreement": consultation.agreement,
        "condition": consultation.condition,
        "field": consultation.field,
    }


def _session(consultation: Consultation, session: Session, evidence: Evidence) -> dict[str, Value]:
    return {
        **_of(consultation),
        "title": consultation.title,
        "urgent": int(consultation.urgent),
        "state": _stands(consultation, session, evidence.asked.moment),
        "slot": _utc(session.slot),
        "begins": _utc(session.begins),
        "local": _local(consultation, session, evidence),
        "hours": Decimal(session.minutes) / 60,
        "holds": int(consultation.is_holding and session.is_planned),
        "attended": None if session.attended is None else len(session.attended),
        **_cases([case for case in consultation.cases if case.slot == session.slot], session),
        "actions": len([action for action in consultation.actions if action.slot == session.slot]),
        "found": session.found,
    }


def _stands(consultation: Consultation, session: Session, moment: datetime) -> str:
    if consultation.state == ENTERED_IN_ERROR:
        return ENTERED_IN_ERROR
    if session.is_planned:
        return TO_COME if session.begins > moment else NOT_CLOSED
    return _OVER[session.state]


def _utc(moment: datetime) -> str:
    """`2026-03-10T06:00Z`."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _local(consultation: Consultation, session: Session, evidence: Evidence) -> str:
    """When it begins at each end: `site@2026-03-10T14:00`, one after the other."""
    sites = as_it_met(consultation, session).sites
    zones = {each: evidence.sites[each].zone for each in sites if each in evidence.sites}
    return " ".join(
        f"{site}@{session.begins.astimezone(zone_named(zone)):%Y-%m-%dT%H:%M}" for site, zone in zones.items()
    )


def _cases(brought: list[Case], session: Session) -> dict[str, Value]:
    settled = [case.urgency for case in brought if case.opinion]
    waiting = [case for case in brought if not case.opinion and not case.withdrawn]
    return {
        "cases": len(brought),
        **{f"opinion_{urgency}": settled.count(urgency) for urgency in _URGENCIES},
        "cases_withdrawn": len([case for case in brought if case.withdrawn]),
        "cases_open": len(waiting) if session.is_planned else 0,
        "cases_unheard": 0 if session.is_planned else len(waiting),
    }


def _attendance(consultation: Consultation, session: Session, person: str) -> dict[str, Value]:
    return {
        **_of(consultation),
        "slot": _utc(session.slot),
        "held_on": day_of(session, consultation.zone),
        "person": person,
        "site": session.attended_for.get(person),
    }


def _action(consultation: Consultation, session: Session, action: Action, moment: datetime) -> dict[str, Value]:
    return {
        **_of(consultation),
        "slot": _utc(session.slot),
        "owner": action.owner,
        "due": action.due_on,
        "done": action.done_on,
        "state": _answered(consultation, action, moment),
    }


def _answered(consultation: Consultation, action: Action, moment: datetime) -> str:
    if action.done_on:
        return DONE_IN_TIME if action.done_on <= action.due_on else DONE_LATE
    if action.dropped:
        return DROPPED
    return OVERDUE if action.due_on < today_at(consultation, moment) else NOT_DUE
