"""Notify, put together: its documents, and each intent, question and reaction with what it needs."""

from services.notify.bootstrap.notify import Notify
from services.notify.bootstrap.worker import sending_mails

__all__ = ["Notify", "sending_mails"]
