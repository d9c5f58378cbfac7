"""Something happened: whoever is to be told has a notification queued."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from contracts.envelope import CloudEvent, EventData
from contracts.research.versions import newest
from services.notify.application.ports import Notifications
from services.notify.domain.asking import ACKNOWLEDGED, question_of
from services.notify.domain.calendar_file import taken_out
from services.notify.domain.notification import Cause, Notification, queue
from services.notify.domain.roles import DEPUTY, VISITOR
from services.notify.domain.telling import Telling, told

Queued = tuple[Decision[Notification], Context]
Absent = Callable[[Collection[str], datetime], Mapping[str, str]]
"""The deputies of those of these people who are away at the moment."""


def nobody_is_away(_people: Collection[str], _now: datetime) -> Mapping[str, str]:
    """Of `Absent` where nobody has a deputy."""
    return {}


def notify_of(
    events: Sequence[tuple[CloudEvent, EventData]],
    notifications: Notifications,
    now: datetime,
    absent: Absent = nobody_is_away,
) -> None:
    """Queues every notification that the events lead to, in one write; those queued before stay as they are.

    Who is away and is asked something has their deputy told of it, too.
    """
    queued = [each for event, data in events for each in _queued(event, data, now)]
    if queued:
        notifications.add_new([*queued, *_for_deputies(queued, now, absent)])


def _for_deputies(queued: Sequence[Queued], now: datetime, absent: Absent) -> Iterator[Queued]:
    asked = [decision.state for decision, _ in queued if _asks_for_an_answer(decision.state)]
    deputies = absent({each.recipient for each in asked}, now) if asked else {}
    told_already = {(decision.state.cause.event, decision.state.recipient) for decision, _ in queued}
    for message in asked:
        deputy = deputies.get(message.recipient)
        if deputy and deputy != message.cause.facts.get("by") and (message.cause.event, deputy) not in told_already:
            told_already.add((message.cause.event, deputy))
            # No calendar file: they do not come, they see to it that an answer is given.
            decision = queue(Telling(deputy, message.purpose, DEPUTY), message.cause, now=now)
            yield decision, in_chain_of(message.cause, decision.state.id.partition("_")[2], now)


def _asks_for_an_answer(message: Notification) -> bool:
    """Whether more is asked than that they know of it, which nobody does in their place."""
    question = question_of(message)
    return question is not None and ACKNOWLEDGED not in question.answers


def _queued(event: CloudEvent, data: EventData, now: datetime) -> Iterator[Queued]:
    # Whichever of two versions comes first, what is kept of it is the same.
    facts, enclosed = taken_out(newest(data).model_dump(mode="json"))
    cause = Cause(
        event=event.id,
        correlation=event.correlationid,
        traceparent=event.traceparent,
        about=event.subject_id,
        facts=facts,
        happened_at=event.time,
        version=event.subject_version,
    )
    for telling in told(event.type, cause.facts):
        calendar = enclosed.for_reader(goes=telling.because == VISITOR)
        decision = queue(telling, cause, now=now, calendar=calendar)
        yield decision, in_chain_of(cause, decision.state.id.partition("_")[2], now)


def in_chain_of(cause: Cause, command_id: str, now: datetime) -> Context:
    """The circumstances of what the system does about an event, now or much later: the chain goes on."""
    return Context(
        command_id=command_id,
        actor=SYSTEM,
        now=now,
        correlation_id=cause.correlation,
        causation_id=cause.event,
        traceparent=cause.traceparent,
    )
