"""One file per intent: load, decide, save."""

from services.research.application.commands.confirm_adoption import ConfirmAdoption, confirm_adoption
from services.research.application.commands.decide_gate import DecideGate, decide_gate
from services.research.application.commands.mark_overdue import mark_overdue
from services.research.application.commands.report_outcome import ReportOutcome, report_outcome

__all__ = [
    "ConfirmAdoption",
    "DecideGate",
    "ReportOutcome",
    "confirm_adoption",
    "decide_gate",
    "mark_overdue",
    "report_outcome",
]
