"""Moments have come at which people are to be reminded."""

from collections.abc import Iterator

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from contracts.envelope import version_in
from services.notify.application.ports import Notifications
from services.notify.application.reactions.notify_of import in_chain_of
from services.notify.application.reminders import Reminders
from services.notify.domain.notification import Cause, Notification, queue
from services.notify.domain.reminders.falling_due import fall_due
from services.notify.domain.reminders.reminder import Reminder
from services.notify.domain.reminders.rows import Moment
from services.notify.domain.reminders.table import reminded


def remind(reminder_id: str, context: Context, reminders: Reminders, notifications: Notifications) -> None:
    """Queues what is to be told now, as things stand now; nothing where they were called off or moved meanwhile.

    Ids are made of reminder, kind and moment: whoever dies before the note that it was told queues nothing twice.
    """
    found = reminders.load(reminder_id)
    fallen = fall_due(found.state, now=context.now)
    if fallen is None:
        return
    if queued := [each for moment in fallen.told for each in _queued(found.state, moment, context)]:
        notifications.add_new(queued)
    reminders.save(found, fallen.decision, context)


def _queued(reminder: Reminder, moment: Moment, context: Context) -> Iterator[tuple[Decision[Notification], Context]]:
    cause = _cause(reminder, moment, context)
    for telling in reminded(moment, reminder.facts):
        decision = queue(telling, cause, now=context.now)
        yield decision, in_chain_of(cause, decision.state.id.partition("_")[2], context.now)


def _cause(reminder: Reminder, moment: Moment, context: Context) -> Cause:
    """No event leads to it: the timer's command does, and the chain is that of the last event heard."""
    return Cause(
        event=moment.id_in(reminder.id),
        correlation=reminder.correlation,
        traceparent=reminder.traceparent,
        about=reminder.about,
        facts=reminder.facts,
        happened_at=context.now,
        version=version_in(reminder.sequence),
    )
