"""Notify, put together: its documents, and each intent, question and reaction with what it needs."""

from services.notify.bootstrap.bouncing import collecting_bounces
from services.notify.bootstrap.notify import Notify, notify_on
from services.notify.bootstrap.webhooks import Outgoing, outgoing
from services.notify.bootstrap.worker import forgetting, sending_mails, sending_to_webhooks, writing_to_chats

__all__ = [
    "Notify",
    "Outgoing",
    "collecting_bounces",
    "forgetting",
    "notify_on",
    "outgoing",
    "sending_mails",
    "sending_to_webhooks",
    "writing_to_chats",
]
