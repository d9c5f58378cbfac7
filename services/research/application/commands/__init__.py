"""One file per intent: load, decide, save."""

from services.research.application.commands.confirm_adoption import ConfirmAdoption, confirm_adoption
from services.research.application.commands.correct_outcome import CorrectOutcome, correct_outcome
from services.research.application.commands.decide_gate import DecideGate, decide_gate
from services.research.application.commands.mark_gate_due import mark_gate_due
from services.research.application.commands.mark_overdue import mark_overdue
from services.research.application.commands.publish_outcome import PublishOutcome, publish_outcome
from services.research.application.commands.remind_of_due import remind_of_due
from services.research.application.commands.report_outcome import ReportOutcome, report_outcome
from services.research.application.commands.unpublish_outcome import UnpublishOutcome, unpublish_outcome
from services.research.application.commands.waive_outcome import WaiveOutcome, waive_outcome

__all__ = [
    "ConfirmAdoption",
    "CorrectOutcome",
    "DecideGate",
    "PublishOutcome",
    "ReportOutcome",
    "UnpublishOutcome",
    "WaiveOutcome",
    "confirm_adoption",
    "correct_outcome",
    "decide_gate",
    "mark_gate_due",
    "mark_overdue",
    "publish_outcome",
    "remind_of_due",
    "report_outcome",
    "unpublish_outcome",
    "waive_outcome",
]
