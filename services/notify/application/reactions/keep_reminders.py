"""Something that people are reminded of was planned, moved or called off: the reminder about it follows."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent, EventData
from services.notify.application.reminders import Reminders
from services.notify.domain.calendar_file import taken_out
from services.notify.domain.reminders.hearing import hear
from services.notify.domain.reminders.reminder import Heard, Reminder
from services.notify.domain.reminders.table import FOLLOWED

Events = Sequence[tuple[CloudEvent, EventData]]


def keep_reminders(events: Events, reminders: Reminders, now: datetime) -> None:
    """Brings every reminder up to what the events say, one write each; older events and repeats change nothing.

    Raises `WriteConflict` where another process heard something meanwhile.
    """
    heard = _heard(events)
    standing = reminders.about(heard) if heard else {}
    for about, news in heard.items():
        _keep(standing.get(about), news, reminders, now)


def _heard(events: Events) -> Mapping[str, list[Heard]]:
    by_subject: dict[str, list[Heard]] = {}
    for event, data in events:
        if event.type in FOLLOWED:
            by_subject.setdefault(event.subject_id, []).append(_news(event, data))
    return by_subject


def _news(event: CloudEvent, data: EventData) -> Heard:
    facts, _ = taken_out(data.model_dump(mode="json"))
    return Heard(event.subject_id, event.sequence, event.time, event.correlationid, event.traceparent, facts)


def _keep(standing: Loaded[Reminder] | None, news: list[Heard], reminders: Reminders, now: datetime) -> None:
    decision = hear(standing.state if standing else None, news)
    if decision is None:
        return
    reminder = decision.state
    command_id = derived(reminder.id, *(heard.sequence for heard in news))
    context = Context(command_id, SYSTEM, now, correlation_id=reminder.correlation, traceparent=reminder.traceparent)
    if standing:
        reminders.save(standing, decision, context)
    else:
        reminders.add(reminder.id, decision, context)
