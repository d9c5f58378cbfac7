"""What reminding needs from outside."""

from collections.abc import Iterable
from typing import Protocol

from chassis.kernel.documents import Documents, Loaded
from services.notify.domain.reminders.reminder import Reminder


class Reminders(Documents[Reminder], Protocol):
    """What people are to be reminded of."""

    def about(self, subjects: Iterable[str]) -> dict[str, Loaded[Reminder]]:
        """The reminders about these things, by the things' ids; of what none is kept, nothing."""
        ...
