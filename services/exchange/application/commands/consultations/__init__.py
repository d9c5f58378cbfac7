"""One file per intent about consultations: load, decide, save."""

from services.exchange.application.commands.consultations.actions import (
    CompleteAction,
    DropAction,
    complete_action,
    drop_action,
)
from services.exchange.application.commands.consultations.cancel_consultation import (
    CancelConsultation,
    cancel_consultation,
)
from services.exchange.application.commands.consultations.cancel_session import (
    CancelSession,
    cancel_session,
)
from services.exchange.application.commands.consultations.cases import (
    BringCase,
    WithdrawCase,
    bring_case,
    withdraw_case,
)
from services.exchange.application.commands.consultations.change_participants import (
    ChangeParticipants,
    change_participants,
)
from services.exchange.application.commands.consultations.close_session import (
    CloseSession,
    close_session,
)
from services.exchange.application.commands.consultations.counter_times import (
    AcceptCounterTime,
    DeclineCounterTime,
    accept_counter_time,
    decline_counter_time,
)
from services.exchange.application.commands.consultations.mark_session_missed import (
    MarkSessionMissed,
    mark_session_missed,
)
from services.exchange.application.commands.consultations.move_session import (
    MoveSession,
    move_session,
)
from services.exchange.application.commands.consultations.propose_consultation import (
    ProposeConsultation,
    propose_consultation,
)
from services.exchange.application.commands.consultations.record_attendance import (
    RecordAttendance,
    record_attendance,
)
from services.exchange.application.commands.consultations.remarks import (
    AddConsultationNote,
    MarkConsultationEnteredInError,
    add_consultation_note,
    mark_consultation_entered_in_error,
)
from services.exchange.application.commands.consultations.reply_to_consultation import (
    ReplyToConsultation,
    reply_to_consultation,
)
from services.exchange.application.commands.consultations.reschedule_consultation import (
    RescheduleConsultation,
    reschedule_consultation,
)
from services.exchange.application.commands.consultations.waking import (
    ask_to_close,
    chase_actions,
    lapse_consultation,
    remind_of_session,
)

__all__ = [
    "AcceptCounterTime",
    "AddConsultationNote",
    "BringCase",
    "CancelConsultation",
    "CancelSession",
    "ChangeParticipants",
    "CloseSession",
    "CompleteAction",
    "DeclineCounterTime",
    "DropAction",
    "MarkConsultationEnteredInError",
    "MarkSessionMissed",
    "MoveSession",
    "ProposeConsultation",
    "RecordAttendance",
    "ReplyToConsultation",
    "RescheduleConsultation",
    "WithdrawCase",
    "accept_counter_time",
    "add_consultation_note",
    "ask_to_close",
    "bring_case",
    "cancel_consultation",
    "cancel_session",
    "change_participants",
    "chase_actions",
    "close_session",
    "complete_action",
    "decline_counter_time",
    "drop_action",
    "lapse_consultation",
    "mark_consultation_entered_in_error",
    "mark_session_missed",
    "move_session",
    "propose_consultation",
    "record_attendance",
    "remind_of_session",
    "reply_to_consultation",
    "reschedule_consultation",
    "withdraw_case",
]
