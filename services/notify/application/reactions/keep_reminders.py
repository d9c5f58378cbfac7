"""Something that people are reminded of was planned, moved or called off: the reminder about it follows."""

from datetime import datetime

from services.notify.application.following import Events, keep_up
from services.notify.application.reminders import Reminders
from services.notify.domain.reminders.reminder import no_reminder_yet
from services.notify.domain.reminders.table import FOLLOWED


def keep_reminders(events: Events, reminders: Reminders, now: datetime) -> None:
    """Brings every reminder up to what the events say. Raises `WriteConflict` where another process heard something
    meanwhile.
    """
    keep_up(events, FOLLOWED, reminders, no_reminder_yet, now)
