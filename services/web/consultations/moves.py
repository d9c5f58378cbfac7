"""What a page of one consultation offers to do: by the part of the address, its command and its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from services.web.consultations import forms, session_forms
from services.web.consultations.bringing_form import BringCaseForm
from services.web.consultations.closing_form import CloseForm
from services.web.consultations.rescheduling_form import RescheduleForm


@dataclass(frozen=True)
class Move:
    """`about`: the command's field for what the address names behind the act. `done` is said when it worked."""

    method: str
    form: type[forms.ConsultationForm]
    done: Any
    about: str = ""


MOVES: Mapping[str, Move] = {
    "reply": Move("reply_to_consultation", session_forms.ReplyForm, _l("The reply is recorded."), "participant"),
    "accept-time": Move(
        "accept_counter_time",
        forms.CounterForm,
        _l("The session is moved to the time that was asked for."),
        "participant",
    ),
    "decline-time": Move(
        "decline_counter_time", forms.DeclineCounterForm, _l("It stays at its time; who asked is told."), "participant"
    ),
    "bring": Move("bring_case", BringCaseForm, _l("The case is brought.")),
    "withdraw": Move("withdraw_case", forms.ReasonForm, _l("The case is withdrawn."), "case_id"),
    "attendance": Move("record_attendance", session_forms.AttendanceForm, _l("It is recorded who was there.")),
    "close": Move("close_session", CloseForm, _l("The session is closed; whoever has a task is told.")),
    "missed": Move("mark_session_missed", session_forms.MissedForm, _l("It is recorded that nobody came.")),
    "complete": Move("complete_action", forms.CompleteForm, _l("The task is done."), "action_id"),
    "drop": Move("drop_action", forms.ReasonForm, _l("The task is dropped."), "action_id"),
    "move": Move("move_session", session_forms.MoveForm, _l("The session is moved. Everybody is asked again.")),
    "reschedule": Move("reschedule_consultation", RescheduleForm, _l("It is planned anew. Everybody is asked again.")),
    "note": Move("add_consultation_note", forms.NoteForm, _l("The note is added.")),
    "cancel-session": Move("cancel_session", session_forms.CancelSessionForm, _l("The session is called off.")),
    "cancel": Move("cancel_consultation", forms.ReasonForm, _l("The consultation is called off.")),
    "error": Move(
        "mark_consultation_entered_in_error", forms.ReasonForm, _l("The consultation is marked as entered in error.")
    ),
}
"""In the order in which a page shows them."""
