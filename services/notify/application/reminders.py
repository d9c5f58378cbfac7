"""What reminding needs from outside."""

from services.notify.application.following import Followers
from services.notify.domain.reminders.reminder import Reminder

Reminders = Followers[Reminder]
"""What people are to be reminded of."""
