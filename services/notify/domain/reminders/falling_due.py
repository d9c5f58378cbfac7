"""What is told when moments have come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain.reminders.reminder import Reminder
from services.notify.domain.reminders.rows import Moment


@dataclass(frozen=True)
class FallenDue:
    """The decision that these moments are done with, and those of them that people are told of."""

    decision: Decision[Reminder]
    told: tuple[Moment, ...]


def fall_due(reminder: Reminder, *, now: datetime) -> FallenDue | None:
    """Everything whose moment has come; `None` where nothing is.

    Where nobody looked for a while: of several moments of one kind the last alone is told, and none that makes no sense
    any more.
    """
    come = [moment for moment in reminder.awaited if moment.at <= now]
    if not come:
        return None
    told = tuple(moment for moment in _last_of_each_kind(come) if now < moment.until)
    after = replace(reminder, told=(*reminder.told, *(moment.id_in(reminder.id) for moment in come)))
    return FallenDue(Decision(after, what="reminded" if told else "passed over"), told)


def _last_of_each_kind(come: Iterable[Moment]) -> Iterable[Moment]:
    return {moment.kind: moment for moment in sorted(come, key=lambda moment: moment.at)}.values()
