"""What sessions asked for: it is done, dropped, or chased."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from chassis.kernel.decision import Decision
from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.cases import Action
from services.exchange.domain.consultations.closing import today_at
from services.exchange.domain.consultations.consultation import Consultation, with_actions
from services.exchange.domain.consultations.events import ActionDone, ActionOverdue
from services.exchange.domain.consultations.identity.naming import must_name_no_patient
from services.exchange.domain.consultations.lifecycle import must_fit
from services.exchange.domain.consultations.refusals import ActionClosed, NoSuchAction
from services.exchange.domain.refusals import DateInTheFuture

CHASED_AT_MOST = 4
CHASED_EVERY = timedelta(days=7)
"""Whoever owes an action is reminded when its day is over, and then so often again."""


def complete(
    consultation: Consultation, action_id: str, *, done_on: date, note: str, now: datetime
) -> Decision[Consultation]:
    """It is done. Raises `WrongState`, `NoSuchAction`, `ActionClosed`, `DateInTheFuture`, `PatientIdentity`."""
    must_fit(consultation, "complete_action")
    must_name_no_patient(note=note)
    action = open_action(consultation, action_id)
    today = today_at(consultation, now)
    if done_on > today:
        raise DateInTheFuture(date=done_on.isoformat(), today=today.isoformat())
    done = replace(action, done_on=done_on, note=note)
    after = _with_action(consultation, done)
    return Decision(after, what=f"action {action.what!r} done", events=(ActionDone(after, done),), why=note)


def drop(consultation: Consultation, action_id: str, *, reason: str) -> Decision[Consultation]:
    """It is not to be done after all. Raises `WrongState`, `NoSuchAction`, `ActionClosed`, `PatientIdentity`."""
    must_fit(consultation, "drop_action")
    must_name_no_patient(reason=reason)
    action = open_action(consultation, action_id)
    after = _with_action(consultation, replace(action, dropped=True, note=reason))
    return Decision(after, what=f"action {action.what!r} dropped", why=reason)


def chase(consultation: Consultation, *, now: datetime) -> Decision[Consultation] | None:
    """Everybody who owes something by now is reminded, each action once; `None` where nobody is."""
    after, told = consultation, []
    for action in consultation.actions:
        if (at := chased_at(action, consultation.zone)) and at <= now:
            late = replace(action, chased=_chasings_over(action, consultation.zone, now))
            after = _with_action(after, late)
            told.append(late)
    if not told:
        return None
    return Decision(after, what="actions chased", events=tuple(ActionOverdue(after, late) for late in told))


def chased_at(action: Action, zone: str) -> datetime | None:
    """When its owner is reminded next: at first when its day is over there. `None` where that is not, or no longer."""
    if not action.is_open or action.chased >= CHASED_AT_MOST:
        return None
    return _chasings(action, zone)[action.chased]


def open_action(consultation: Consultation, action_id: str) -> Action:
    """Raises `NoSuchAction`, `ActionClosed`."""
    action = next((each for each in consultation.actions if each.id == action_id), None)
    if action is None:
        raise NoSuchAction(consultation=consultation.id, action=action_id)
    if not action.is_open:
        raise ActionClosed(action=action_id)
    return action


def _chasings_over(action: Action, zone: str, now: datetime) -> int:
    """How often its owner was to be reminded by now; what a standstill kept from being said is said once."""
    return sum(at <= now for at in _chasings(action, zone))


def _chasings(action: Action, zone: str) -> list[datetime]:
    over = datetime.combine(action.due_on + timedelta(days=1), time(), zone_named(zone))
    return [over + times * CHASED_EVERY for times in range(CHASED_AT_MOST)]


def _with_action(consultation: Consultation, changed: Action) -> Consultation:
    actions = (changed if action.id == changed.id else action for action in consultation.actions)
    return with_actions(consultation, tuple(actions))
