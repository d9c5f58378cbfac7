"""One file per question."""

from services.notify.application.queries.addresses import AskAddresses, addresses
from services.notify.application.queries.announcements import (
    AskAnnouncement,
    AskAnnouncements,
    announcement,
    announcements,
)
from services.notify.application.queries.channels import AskChannels, channels
from services.notify.application.queries.deliveries import AskDeliveries, deliveries
from services.notify.application.queries.deputy import AskDeputy, deputy
from services.notify.application.queries.erasure import AskErasure, erasure
from services.notify.application.queries.escalations import AskEscalations, escalations
from services.notify.application.queries.explain import AskExplain, explain
from services.notify.application.queries.inbox import AskInbox, inbox
from services.notify.application.queries.pace_link import AskPaceLink, pace_link
from services.notify.application.queries.preferences import AskPreferences, preferences
from services.notify.application.queries.preview import AskPreview, AskPurposes, preview, purposes
from services.notify.application.queries.preview_announcement import AskAnnouncementPreview, preview_announcement
from services.notify.application.queries.reminders import AskReminders, reminders_about
from services.notify.application.queries.reply_link import AskReplyLink, reply_link
from services.notify.application.queries.webhook_deliveries import AskWebhookDeliveries, webhook_deliveries
from services.notify.application.queries.webhooks import AskWebhooks, webhooks

__all__ = [
    "AskAddresses",
    "AskAnnouncement",
    "AskAnnouncementPreview",
    "AskAnnouncements",
    "AskChannels",
    "AskDeliveries",
    "AskDeputy",
    "AskErasure",
    "AskEscalations",
    "AskExplain",
    "AskInbox",
    "AskPaceLink",
    "AskPreferences",
    "AskPreview",
    "AskPurposes",
    "AskReminders",
    "AskReplyLink",
    "AskWebhookDeliveries",
    "AskWebhooks",
    "addresses",
    "announcement",
    "announcements",
    "channels",
    "deliveries",
    "deputy",
    "erasure",
    "escalations",
    "explain",
    "inbox",
    "pace_link",
    "preferences",
    "preview",
    "preview_announcement",
    "purposes",
    "reminders_about",
    "reply_link",
    "webhook_deliveries",
    "webhooks",
]
