"""One file per intent: load, decide, save."""

from services.notify.application.commands.mark_read import MarkRead, mark_read

__all__ = ["MarkRead", "mark_read"]
