"""Mails that came back, read: of which notification, and why."""

from services.notify.adapters.bounces.reading import BounceReader
from services.notify.adapters.bounces.return_address import ReturnAddress

__all__ = ["BounceReader", "ReturnAddress"]
