"""One file per intent."""

from services.notify.application.commands.mark_read import MarkRead, mark_read

__all__ = ["MarkRead", "mark_read"]
