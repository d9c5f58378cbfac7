"""One file per intent: load, decide, save."""

from services.research.application.commands.ask_follow_up import ask_follow_up
from services.research.application.commands.attribute_outcome import AttributeOutcome, attribute_outcome
from services.research.application.commands.cancel_import import CancelImport, cancel_import
from services.research.application.commands.claim_outcome import ClaimOutcome, claim_outcome
from services.research.application.commands.confirm_adoption import ConfirmAdoption, confirm_adoption
from services.research.application.commands.confirm_import import ConfirmImport, confirm_import
from services.research.application.commands.correct_outcome import CorrectOutcome, correct_outcome
from services.research.application.commands.count_anew import CountAnew, count_anew
from services.research.application.commands.decide_gate import DecideGate, decide_gate
from services.research.application.commands.decide_import_records import DecideImportRecords, decide_import_records
from services.research.application.commands.end_adoption import EndAdoption, end_adoption
from services.research.application.commands.end_delegate import EndDelegate, end_delegate
from services.research.application.commands.enter_outcome import EnterOutcome, enter_outcome
from services.research.application.commands.mark_gate_due import mark_gate_due
from services.research.application.commands.mark_overdue import mark_overdue
from services.research.application.commands.merge_outcomes import MergeOutcomes, merge_outcomes
from services.research.application.commands.name_delegate import NameDelegate, name_delegate
from services.research.application.commands.publish_outcome import PublishOutcome, publish_outcome
from services.research.application.commands.rate_readiness import RateReadiness, rate_readiness
from services.research.application.commands.record_follow_up import RecordFollowUp, record_follow_up
from services.research.application.commands.reject_outcome import RejectOutcome, reject_outcome
from services.research.application.commands.remind_of_due import remind_of_due
from services.research.application.commands.report_outcome import ReportOutcome, report_outcome
from services.research.application.commands.resume_import import ResumeImport, resume_import
from services.research.application.commands.settle_outcome import SettleOutcome, settle_outcome
from services.research.application.commands.start_import import StartImport, start_import
from services.research.application.commands.unpublish_outcome import UnpublishOutcome, unpublish_outcome
from services.research.application.commands.waive_outcome import WaiveOutcome, waive_outcome

__all__ = [
    "AttributeOutcome",
    "CancelImport",
    "ClaimOutcome",
    "ConfirmAdoption",
    "ConfirmImport",
    "CorrectOutcome",
    "CountAnew",
    "DecideGate",
    "DecideImportRecords",
    "EndAdoption",
    "EndDelegate",
    "EnterOutcome",
    "MergeOutcomes",
    "NameDelegate",
    "PublishOutcome",
    "RateReadiness",
    "RecordFollowUp",
    "RejectOutcome",
    "ReportOutcome",
    "ResumeImport",
    "SettleOutcome",
    "StartImport",
    "UnpublishOutcome",
    "WaiveOutcome",
    "ask_follow_up",
    "attribute_outcome",
    "cancel_import",
    "claim_outcome",
    "confirm_adoption",
    "confirm_import",
    "correct_outcome",
    "count_anew",
    "decide_gate",
    "decide_import_records",
    "end_adoption",
    "end_delegate",
    "enter_outcome",
    "mark_gate_due",
    "mark_overdue",
    "merge_outcomes",
    "name_delegate",
    "publish_outcome",
    "rate_readiness",
    "record_follow_up",
    "reject_outcome",
    "remind_of_due",
    "report_outcome",
    "resume_import",
    "settle_outcome",
    "start_import",
    "unpublish_outcome",
    "waive_outcome",
]
