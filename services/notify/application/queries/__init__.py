"""One file per question."""

from services.notify.application.queries.deliveries import AskDeliveries, deliveries
from services.notify.application.queries.deputy import AskDeputy, deputy
from services.notify.application.queries.inbox import AskInbox, inbox
from services.notify.application.queries.preview import AskPreview, AskPurposes, preview, purposes

__all__ = [
    "AskDeliveries",
    "AskDeputy",
    "AskInbox",
    "AskPreview",
    "AskPurposes",
    "deliveries",
    "deputy",
    "inbox",
    "preview",
    "purposes",
]
