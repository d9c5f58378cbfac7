"""One file per question."""

from services.notify.application.queries.deliveries import AskDeliveries, deliveries
from services.notify.application.queries.inbox import AskInbox, inbox

__all__ = ["AskDeliveries", "AskInbox", "deliveries", "inbox"]
