"""What each happening to a consultation tells, beside the consultation itself."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from contracts.envelope import EventData
from contracts.exchange import consultations as told
from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.cases import Action
from services.exchange.domain.consultations.closing import expected_outcome
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.saying import answer_to_all
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.parties import DECLINED, NEEDS_ACTION

Facts = dict[str, Any]


def told_of_consultation(event: events.ConsultationHappening) -> tuple[type[EventData], Facts]:
    """The event of the contracts, and the facts that it has beside those of every event about a consultation."""
    if type(event) not in _TOLD:
        raise TypeError(f"no event of the contracts tells of {type(event).__name__}")
    model, facts = _TOLD[type(event)]
    return model, facts(event)


def facts_of(consultation: Consultation) -> Facts:
    """What every event about a consultation tells, but for its sites."""
    return {
        "consultation": consultation.id,
        "state": consultation.state,
        "agreement": consultation.agreement,
        "condition": consultation.condition,
        "field": consultation.field,
        "title": consultation.title,
        "urgent": consultation.urgent,
        "organiser": consultation.organiser,
        "zone": consultation.zone,
        "participants": [_participant(consultation, each.person) for each in consultation.participants],
        "rooms": [{"site": site, "room": room} for site, room in consultation.rooms.items()],
        "sessions": _sessions(consultation.sessions),
        "recurrence": consultation.recurrence,
        "cases": sum(not case.withdrawn for case in consultation.cases),
        "reply_by": consultation.reply_by,
        "announcement": consultation.sequence,
    }


def _participant(consultation: Consultation, person: str) -> Facts:
    participant = consultation.participant(person)
    answer = answer_to_all(consultation, person, consultation.planned or consultation.sessions)
    status = answer.status if answer else NEEDS_ACTION
    return {
        "person": person,
        "role": participant.role,
        "site": participant.site,
        "required": participant.required,
        "status": status,
        "comes": None if status == DECLINED else (answer and answer.deputy) or person,
    }


def _sessions(sessions: Iterable[Session]) -> list[Facts]:
    return [{name: getattr(each, name) for name in ("slot", "begins", "ends", "state", "link")} for each in sessions]


def _action(action: Action) -> Facts:
    return {"action": action.id, "what": action.what, "owner": action.owner, "due_on": action.due_on}


def _none(_: Any) -> Facts:
    return {}


def _by(event: Any) -> Facts:
    return {"by": event.by, "reason": event.reason}


def _replied(event: events.ConsultationReplied) -> Facts:
    answer = event.answer
    return {
        "participant": event.participant,
        "status": answer.status,
        "by": answer.by,
        "reason": answer.reason,
        "deputy": answer.deputy,
        "counter_begins": answer.begins,
        "counter_minutes": answer.minutes,
        "slot": event.slot,
    }


def _counter_declined(event: events.CounterDeclined) -> Facts:
    asked_for = {"asked_for": event.asked_for, "asked_for_minutes": event.minutes}
    return {"participant": event.participant, "slot": event.slot} | asked_for | _by(event)


def _rescheduled(event: events.ConsultationRescheduled) -> Facts:
    return {"previous": _sessions(event.before), "slot": event.slot} | _by(event)


def _participants_changed(event: events.ParticipantsChanged) -> Facts:
    return {"added": event.added, "removed": event.removed} | _by(event)


def _about_one_session(event: events.SessionCancelled | events.SessionMissed) -> Facts:
    return {"slot": event.session.slot} | _by(event)


def _called_off(event: events.ConsultationCancelled | events.SessionCancelled) -> Facts:
    return {"called_off": event.slots} | _by(event)


def _session_called_off(event: events.SessionCancelled) -> Facts:
    return _called_off(event) | _about_one_session(event)


def _held(event: events.SessionHeld) -> Facts:
    outcome = expected_outcome(event.consultation, event.session, event.finding)
    return {
        "slot": event.session.slot,
        "attended": event.session.attended or (),
        "actions": [_action(action) for action in event.actions],
        "chair": event.consultation.chair,
        "finding": event.finding.summary if event.finding else "",
        "coming": _coming(event),
        "expected_outcome": outcome and {"type": outcome[0], "due_on": outcome[1]},
    }


def _soon(event: events.SessionSoon) -> Facts:
    return {"slot": event.session.slot, "begins": event.session.begins, "coming": _coming(event)}


def _closing_overdue(event: events.ClosingOverdue) -> Facts:
    of = event.consultation
    chaired_by = of.comes(of.participant(of.chair), event.session) or of.chair
    return {"slot": event.session.slot, "ended": event.session.ends, "chaired_by": chaired_by}


def _coming(event: events.SessionSoon | events.SessionHeld) -> tuple[str, ...]:
    """Who comes to that session, each once: to another one somebody else may."""
    of = event.consultation
    coming = (of.comes(each, event.session) for each in of.participants)
    return tuple(dict.fromkeys(person for person in coming if person))


def _action_overdue(event: events.ActionOverdue) -> Facts:
    return {"action": _action(event.action), "chased": event.action.chased}


def _action_done(event: events.ActionDone) -> Facts:
    return {"action": _action(event.action), "done_on": event.action.done_on, "note": event.action.note}


def _in_error(event: events.ConsultationEnteredInError) -> Facts:
    return {"previous_state": event.before} | _by(event)


_TOLD: Mapping[type[events.ConsultationHappening], tuple[type[EventData], Callable[[Any], Facts]]] = {
    events.ConsultationProposed: (told.ConsultationProposed, _none),
    events.ConsultationWaits: (told.ConsultationWaits, _none),
    events.WaitingEnded: (told.ConsultationWaitingEnded, _none),
    events.ConsultationReplied: (told.ConsultationReplied, _replied),
    events.CounterDeclined: (told.ConsultationCounterDeclined, _counter_declined),
    events.ConsultationBooked: (told.ConsultationBooked, _none),
    events.ConsultationRescheduled: (told.ConsultationRescheduled, _rescheduled),
    events.ParticipantsChanged: (told.ConsultationParticipantsChanged, _participants_changed),
    events.ConsultationCancelled: (told.ConsultationCancelled, _called_off),
    events.SessionCancelled: (told.ConsultationSessionCancelled, _session_called_off),
    events.SessionHeld: (told.ConsultationSessionHeld, _held),
    events.SessionMissed: (told.ConsultationSessionMissed, _about_one_session),
    events.ConsultationFulfilled: (told.ConsultationFulfilled, _none),
    events.SessionSoon: (told.ConsultationSessionSoon, _soon),
    events.ClosingOverdue: (told.ConsultationClosingOverdue, _closing_overdue),
    events.ActionOverdue: (told.ConsultationActionOverdue, _action_overdue),
    events.ActionDone: (told.ConsultationActionDone, _action_done),
    events.ConsultationEnteredInError: (told.ConsultationEnteredInError, _in_error),
}
