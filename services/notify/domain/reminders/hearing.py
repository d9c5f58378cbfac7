"""What events make of a reminder: the same in whatever order they come, and however often.

Facts are the newest event's. Since when something is known is the earliest of all events': it only says which moments
were past already, so that a booking made two days ahead does not remind of what is a fortnight ahead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from chassis.kernel.decision import Decision
from services.notify.domain.reminders.reminder import Heard, Known, Reminder, reminder_id
from services.notify.domain.reminders.table import planned


def hear(before: Reminder | None, news: Sequence[Heard]) -> Decision[Reminder] | None:
    """The reminder about a thing after events about it, in any order; `None` where they change nothing of it."""
    about = news[0].about
    after = reduce(_having_heard, news, before or Reminder(reminder_id(about), about))
    return None if after == before else Decision(after, what="heard of")


def _having_heard(reminder: Reminder, heard: Heard) -> Reminder:
    anchors = {moment.anchor for moment in planned(heard.about, heard.facts)}
    known = _earliest((*reminder.known, *(Known(anchor, heard.at) for anchor in anchors)))
    if heard.sequence <= reminder.sequence:
        return replace(reminder, known=known)
    return replace(
        reminder,
        sequence=heard.sequence,
        correlation=heard.correlation,
        traceparent=heard.traceparent,
        # Of what is over nothing is kept that speaks of people.
        facts=heard.facts if anchors else {},
        known=known,
    )


def _earliest(known: Iterable[Known]) -> tuple[Known, ...]:
    since: dict[str, Known] = {}
    for each in known:
        since[each.anchor] = min(each, since.get(each.anchor, each), key=lambda known: known.since)
    return tuple(since[anchor] for anchor in sorted(since))
