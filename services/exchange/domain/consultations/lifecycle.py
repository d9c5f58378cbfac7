"""Which command fits which states of a consultation."""

from collections.abc import Mapping

from services.exchange.domain.consultations.consultation import HOLDING, STATES, UNDER_WAY, Consultation
from services.exchange.domain.refusals import WrongState
from services.exchange.domain.visit import ENTERED_IN_ERROR, FULFILLED

FITS: Mapping[str, frozenset[str]] = {
    "reply_to_consultation": UNDER_WAY - {"waitlist"},
    "accept_counter_time": UNDER_WAY - {"waitlist"},
    "decline_counter_time": UNDER_WAY - {"waitlist"},
    "reschedule_consultation": UNDER_WAY,
    "move_session": UNDER_WAY - {"waitlist"},
    "change_participants": UNDER_WAY - {"waitlist"},
    "cancel_consultation": UNDER_WAY,
    "cancel_session": UNDER_WAY,
    "bring_case": UNDER_WAY,
    "withdraw_case": UNDER_WAY,
    "record_attendance": HOLDING,
    "close_session": HOLDING,
    "mark_session_missed": HOLDING,
    "complete_action": HOLDING | {FULFILLED},
    "drop_action": HOLDING | {FULFILLED},
    "add_consultation_note": frozenset(STATES),
    "mark_consultation_entered_in_error": frozenset(STATES) - {ENTERED_IN_ERROR},
}


def must_fit(consultation: Consultation, command: str) -> None:
    """Raises `WrongState` where the command does not fit the consultation's state."""
    fitting = FITS[command]
    if consultation.state not in fitting:
        raise WrongState(state=consultation.state, command=command, fits=sorted(fitting))
