"""One file per question."""

from services.notify.application.queries.deliveries import AskDeliveries, deliveries
from services.notify.application.queries.deputy import AskDeputy, deputy
from services.notify.application.queries.inbox import AskInbox, inbox

__all__ = ["AskDeliveries", "AskDeputy", "AskInbox", "deliveries", "deputy", "inbox"]
