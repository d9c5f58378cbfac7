"""Reminders on MongoDB."""

from collections.abc import Iterable
from typing import Any

from pymongo.collection import Collection

from chassis.kernel.documents import Loaded
from chassis.store import DocumentStore, Shape, tells_nobody
from services.notify.domain.reminders.reminder import Reminder, due, reminder_id

REMINDER_SHAPE = Shape(
    service="notify",
    kind="reminder",
    model=Reminder,
    state_word=lambda reminder: reminder.state,
    publish=tells_nobody,
    due=due,
)


class ReminderStore(DocumentStore[Reminder]):
    """`Reminders` on MongoDB."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        super().__init__(collection, REMINDER_SHAPE)

    def about(self, subjects: Iterable[str]) -> dict[str, Loaded[Reminder]]:
        ids = [reminder_id(subject) for subject in subjects]
        return {found.state.about: found for found in self.matching({"_id": {"$in": ids}})}
