"""One file per intent: load, decide, save."""

from services.exchange.application.commands.accept_counter import AcceptCounter, accept_counter
from services.exchange.application.commands.add_department import AddDepartment, add_department
from services.exchange.application.commands.add_holiday import AddHoliday, add_holiday
from services.exchange.application.commands.add_money_line import AddMoneyLine, add_money_line
from services.exchange.application.commands.add_note import AddNote, add_note
from services.exchange.application.commands.add_room import AddRoom, add_room
from services.exchange.application.commands.amend_agreement import AmendAgreement, amend_agreement
from services.exchange.application.commands.approve_agreement import ApproveAgreement, approve_agreement
from services.exchange.application.commands.cancel_import import CancelImport, cancel_import
from services.exchange.application.commands.cancel_visit import CancelVisit, cancel_visit
from services.exchange.application.commands.change_department import ChangeDepartment, change_department
from services.exchange.application.commands.change_money_line import ChangeMoneyLine, change_money_line
from services.exchange.application.commands.change_person import ChangePerson, change_person
from services.exchange.application.commands.change_room import ChangeRoom, change_room
from services.exchange.application.commands.change_site import ChangeSite, change_site
from services.exchange.application.commands.close_department import CloseDepartment, close_department
from services.exchange.application.commands.confirm_import import ConfirmImport, confirm_import
from services.exchange.application.commands.draft_agreement import DraftAgreement, draft_agreement
from services.exchange.application.commands.end_agreement import end_agreement
from services.exchange.application.commands.enter_actual import EnterActual, enter_actual_amount
from services.exchange.application.commands.enter_past_visit import EnterPastVisit, enter_past_visit
from services.exchange.application.commands.enter_rate import EnterRate, enter_rate
from services.exchange.application.commands.extend_visit import ExtendVisit, extend_visit
from services.exchange.application.commands.fulfil_visit import FulfilVisit, fulfil_visit
from services.exchange.application.commands.issue_letter import IssueLetter, issue_letter
from services.exchange.application.commands.lapse_visit import lapse_visit
from services.exchange.application.commands.make_annual_report import MakeAnnualReport, make_annual_report
from services.exchange.application.commands.mark_entered_in_error import MarkEnteredInError, mark_entered_in_error
from services.exchange.application.commands.mark_noshow import MarkNoshow, mark_noshow
from services.exchange.application.commands.name_deputy import NameDeputy, name_deputy
from services.exchange.application.commands.print_report import print_report
from services.exchange.application.commands.propose_visit import ProposeVisit, propose_visit
from services.exchange.application.commands.record_arrival import RecordArrival, record_arrival
from services.exchange.application.commands.record_departure import RecordDeparture, record_departure
from services.exchange.application.commands.register_person import RegisterPerson, register_person
from services.exchange.application.commands.register_site import RegisterSite, register_site
from services.exchange.application.commands.remove_holiday import RemoveHoliday, remove_holiday
from services.exchange.application.commands.remove_money_line import RemoveMoneyLine, remove_money_line
from services.exchange.application.commands.remove_passport import RemovePassport, remove_passport
from services.exchange.application.commands.remove_room import RemoveRoom, remove_room
from services.exchange.application.commands.render_letter import render_letter
from services.exchange.application.commands.reopen_department import ReopenDepartment, reopen_department
from services.exchange.application.commands.reply_to_visit import ReplyToVisit, reply_to_visit
from services.exchange.application.commands.reschedule_visit import RescheduleVisit, reschedule_visit
from services.exchange.application.commands.resume_import import ResumeImport, resume_import
from services.exchange.application.commands.reveal_passport import RevealPassport, reveal_passport
from services.exchange.application.commands.revert_agreement import RevertAgreement, revert_agreement
from services.exchange.application.commands.revoke_letter import RevokeLetter, revoke_letter
from services.exchange.application.commands.rotate_passport_keys import RotatePassportKeys, rotate_passport_keys
from services.exchange.application.commands.set_factsheet import SetFactsheet, set_factsheet
from services.exchange.application.commands.set_hours import SetHours, set_hours
from services.exchange.application.commands.set_passport import SetPassport, set_passport
from services.exchange.application.commands.start_import import StartImport, start_import
from services.exchange.application.commands.step_changes import (
    CompleteStep,
    ReopenStep,
    SlipStep,
    WaiveStep,
    complete_step,
    reopen_step,
    slip_step,
    waive_step,
)
from services.exchange.application.commands.tell_near import tell_near
from services.exchange.application.commands.tell_overdue import tell_overdue
from services.exchange.application.commands.terminate_agreement import TerminateAgreement, terminate_agreement
from services.exchange.application.commands.withdraw_visitor import WithdrawVisitor, withdraw_visitor

__all__ = [
    "AcceptCounter",
    "AddDepartment",
    "AddHoliday",
    "AddMoneyLine",
    "AddNote",
    "AddRoom",
    "AmendAgreement",
    "ApproveAgreement",
    "CancelImport",
    "CancelVisit",
    "ChangeDepartment",
    "ChangeMoneyLine",
    "ChangePerson",
    "ChangeRoom",
    "ChangeSite",
    "CloseDepartment",
    "CompleteStep",
    "ConfirmImport",
    "DraftAgreement",
    "EnterActual",
    "EnterPastVisit",
    "EnterRate",
    "ExtendVisit",
    "FulfilVisit",
    "IssueLetter",
    "MakeAnnualReport",
    "MarkEnteredInError",
    "MarkNoshow",
    "NameDeputy",
    "ProposeVisit",
    "RecordArrival",
    "RecordDeparture",
    "RegisterPerson",
    "RegisterSite",
    "RemoveHoliday",
    "RemoveMoneyLine",
    "RemovePassport",
    "RemoveRoom",
    "ReopenDepartment",
    "ReopenStep",
    "ReplyToVisit",
    "RescheduleVisit",
    "ResumeImport",
    "RevealPassport",
    "RevertAgreement",
    "RevokeLetter",
    "RotatePassportKeys",
    "SetFactsheet",
    "SetHours",
    "SetPassport",
    "SlipStep",
    "StartImport",
    "TerminateAgreement",
    "WaiveStep",
    "WithdrawVisitor",
    "accept_counter",
    "add_department",
    "add_holiday",
    "add_money_line",
    "add_note",
    "add_room",
    "amend_agreement",
    "approve_agreement",
    "cancel_import",
    "cancel_visit",
    "change_department",
    "change_money_line",
    "change_person",
    "change_room",
    "change_site",
    "close_department",
    "complete_step",
    "confirm_import",
    "draft_agreement",
    "end_agreement",
    "enter_actual_amount",
    "enter_past_visit",
    "enter_rate",
    "extend_visit",
    "fulfil_visit",
    "issue_letter",
    "lapse_visit",
    "make_annual_report",
    "mark_entered_in_error",
    "mark_noshow",
    "name_deputy",
    "print_report",
    "propose_visit",
    "record_arrival",
    "record_departure",
    "register_person",
    "register_site",
    "remove_holiday",
    "remove_money_line",
    "remove_passport",
    "remove_room",
    "render_letter",
    "reopen_department",
    "reopen_step",
    "reply_to_visit",
    "reschedule_visit",
    "resume_import",
    "reveal_passport",
    "revert_agreement",
    "revoke_letter",
    "rotate_passport_keys",
    "set_factsheet",
    "set_hours",
    "set_passport",
    "slip_step",
    "start_import",
    "tell_near",
    "tell_overdue",
    "terminate_agreement",
    "waive_step",
    "withdraw_visitor",
]
