"""Notifications of every purpose, made from the golden samples of the events that lead to them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import orjson

from contracts.catalogue import parse, read
from contracts.envelope import CloudEvent, EventData
from contracts.golden import golden_sample
from services.notify.adapters.samples.announced import announced
from services.notify.adapters.samples.people import people_around, sample_person
from services.notify.domain.calendar_file import taken_out
from services.notify.domain.escalation.going_on import ToTell
from services.notify.domain.escalation.matters import Matter, matters
from services.notify.domain.escalation.steps import MANAGER, moments
from services.notify.domain.escalation.telling import facts_for, told_next
from services.notify.domain.escalation.to_know import to_know
from services.notify.domain.following import Heard
from services.notify.domain.lines import Facts
from services.notify.domain.notification import Cause, Notification, queue
from services.notify.domain.person import Person
from services.notify.domain.reminders import table as reminders
from services.notify.domain.roles import VISITOR
from services.notify.domain.telling import TABLE, told

TOLD_WHERE: Mapping[str, Mapping[str, Any]] = {
    "exchange.visit.replied.v1": {"state": "pending"},
    "exchange.consultation.replied.v1": {"state": "pending"},
    "exchange.consultation.action-overdue.v1": {"chased": 2},
    "exchange.consultation.participants-changed.v1": {"by": "per_somebody-else"},
}
"""What is told to everybody only where this is so."""

REMINDING = (
    "exchange.visit.proposed.v1",
    "exchange.visit.booked.v1",
    "exchange.visit.arrived.v1",
    "exchange.consultation.proposed.v1",
    "exchange.agreement.took-effect.v1",
)
"""One event for each thing that is counted back from."""

UNANSWERED = ("exchange.visit.proposed.v1", "exchange.consultation.proposed.v1")
"""One event for each thing that asks for an answer."""

UNACKNOWLEDGED: Mapping[str, Mapping[str, Any]] = {
    "exchange.visit.cancelled.v1": {"planned_arrival": "2026-02-21", "planned_departure": "2026-02-27"},
    "research.outcome.clearance-expired.v2": {},
}
"""One event for each thing that has to be known in time, and where that is so."""

_DEPUTY = "per_somebody-else"


class SampleLibrary:
    """`Samples`: each purpose once for everything that its reader may be in the matter."""

    def of(self, purpose: str) -> Mapping[str, Notification]:
        return self._by_purpose.get(purpose, {})

    def purposes(self) -> Sequence[str]:
        return tuple(self._by_purpose)

    def read_by(self, notification: Notification, language: str) -> tuple[Person, Mapping[str, Person]]:
        reader = sample_person(notification.recipient, language)
        return reader, people_around(notification, reader)

    @cached_property
    def _by_purpose(self) -> Mapping[str, Mapping[str, Notification]]:
        # Not before somebody asks: some dozens of files are read for it.
        found: dict[str, dict[str, Notification]] = {}
        for notification in _everything():
            found.setdefault(notification.purpose, {}).setdefault(notification.because, notification)
        return found


def _everything() -> Iterator[Notification]:
    for event_type in TABLE:
        yield from _told_of(event_type)
    for event_type in REMINDING:
        yield from _reminded_after(event_type)
    yield from announced()
    for event_type in UNANSWERED:
        yield from _unanswered_after(event_type)
    for event_type, where in UNACKNOWLEDGED.items():
        yield from _unacknowledged_after(event_type, where)


def _told_of(event_type: str) -> Iterator[Notification]:
    event, data = _sample(event_type)
    facts, enclosed = taken_out(data.model_dump(mode="json"))
    cause = _cause(event, facts, event.id, event.time)
    for telling in told(event.type, facts):
        calendar = enclosed.for_reader(goes=telling.because == VISITOR)
        yield queue(telling, cause, now=event.time, calendar=calendar).state


def _reminded_after(event_type: str) -> Iterator[Notification]:
    event, data = _sample(event_type)
    facts, _ = taken_out(data.model_dump(mode="json"))
    for moment in reminders.planned(event.subject_id, facts):
        for telling in reminders.reminded(moment, facts):
            cause = _cause(event, facts, moment.id_in(event.subject_id), moment.at)
            yield queue(telling, cause, now=moment.at).state


def _unanswered_after(event_type: str) -> Iterator[Notification]:
    event, data = _sample(event_type)
    facts, _ = taken_out(data.model_dump(mode="json"))
    for matter in matters(event.subject_id, facts):
        yield from _going_on(matter, event, facts)


def _unacknowledged_after(event_type: str, where: Mapping[str, Any]) -> Iterator[Notification]:
    event, data = _sample(event_type, where)
    facts, _ = taken_out(data.model_dump(mode="json"))
    heard = Heard(event.subject_id, event.sequence, event.time, "", None, facts, event=event.id, type=event.type)
    for each in to_know(heard):
        yield from _going_on(each.matter, event, facts)


def _going_on(matter: Matter, event: CloudEvent, facts: Facts) -> Iterator[Notification]:
    """With one deputy, who is nothing else, for everybody."""
    for moment in moments(matter, event.time):
        next_ones = matter.managers if moment.step == MANAGER else (_DEPUTY,)
        for to_tell in (ToTell(moment, each, matter.asked) for each in next_ones):
            told_facts = facts_for(to_tell, facts)
            cause = _cause(event, told_facts, moment.id_in(event.subject_id), moment.at)
            yield queue(told_next(to_tell), cause, now=moment.at).state


def _sample(event_type: str, where: Mapping[str, Any] | None = None) -> tuple[CloudEvent, EventData]:
    sample = golden_sample(event_type)
    sample["data"] |= where or TOLD_WHERE.get(event_type, {})
    event = parse(orjson.dumps(sample))
    return event, read(event)


def _cause(event: CloudEvent, facts: Mapping[str, Any], cause_id: str, happened_at: datetime) -> Cause:
    return Cause(cause_id, event.correlationid, event.traceparent, event.subject_id, facts, happened_at)
