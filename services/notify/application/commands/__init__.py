"""One file per intent: load, decide, save."""

from services.notify.application.commands.acknowledge import Acknowledge, acknowledge
from services.notify.application.commands.mark_read import MarkRead, mark_read
from services.notify.application.commands.name_deputy import NameDeputy, name_deputy
from services.notify.application.commands.remind import remind
from services.notify.application.commands.withdraw_deputy import WithdrawDeputy, withdraw_deputy

__all__ = [
    "Acknowledge",
    "MarkRead",
    "NameDeputy",
    "WithdrawDeputy",
    "acknowledge",
    "mark_read",
    "name_deputy",
    "remind",
    "withdraw_deputy",
]
