"""What notify does when another service tells it something."""

from services.notify.application.reactions.keep_calendars import keep_calendars
from services.notify.application.reactions.keep_escalations import keep_escalations
from services.notify.application.reactions.keep_person import keep_person
from services.notify.application.reactions.keep_reminders import keep_reminders
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.reactions.tell_webhooks import tell_webhooks

__all__ = ["keep_calendars", "keep_escalations", "keep_person", "keep_reminders", "notify_of", "tell_webhooks"]
