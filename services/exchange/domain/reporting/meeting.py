"""The tables of consultations, as data: sessions, who was there, cases by their number, and actions."""

from services.exchange.domain.reporting.conferring import (
    ACTION_STATES,
    ACTIONS,
    ATTENDANCE,
    CALLED_OFF,
    DONE_IN_TIME,
    DONE_LATE,
    DROPPED,
    HELD,
    MISSED,
    NOT_CLOSED,
    NOT_DUE,
    OVERDUE,
    SESSION_STATES,
    SESSIONS,
    TO_COME,
)
from services.exchange.domain.reporting.figures import DISTINCT, SUM, Measure, Plan, Value
from services.exchange.domain.reporting.picking import Picks, some, whose
from services.exchange.domain.reporting.promises import PROMISES
from services.exchange.domain.visit import ENTERED_IN_ERROR

_BY_CONDITION, _BY_FIELD = ("condition",), ("field",)
_ORDER: dict[Value, int] = {state: at for at, state in enumerate(SESSION_STATES)}
_NOT_IN_ERROR = whose("state", *(state for state in SESSION_STATES if state != ENTERED_IN_ERROR))
_HELD = whose("state", HELD)


def _with_some(column: str) -> Picks:
    return lambda row: _NOT_IN_ERROR(row) and some(column)(row)


_STANDING = (
    Measure("sessions", SESSIONS),
    Measure("consultations", SESSIONS, DISTINCT, "consultation"),
)
_PROMISED = (
    Measure("sessions-promised", PROMISES, SUM, "sessions"),
    Measure("sessions-held", SESSIONS, where=_HELD),
    Measure("sessions-taken", SESSIONS, where=some("holds")),
)
_MET = (
    Measure("sessions-held", SESSIONS, where=_HELD),
    Measure("sessions-called-off", SESSIONS, where=whose("state", CALLED_OFF)),
    Measure("sessions-missed", SESSIONS, where=whose("state", MISSED)),
    Measure("sessions-not-closed", SESSIONS, where=whose("state", NOT_CLOSED)),
    Measure("sessions-to-come", SESSIONS, where=whose("state", TO_COME)),
    Measure("hours-held", SESSIONS, SUM, "hours", _HELD),
    Measure("consultations", SESSIONS, DISTINCT, "consultation", _NOT_IN_ERROR),
    Measure(
        "consultations-urgent",
        SESSIONS,
        DISTINCT,
        "consultation",
        _with_some("urgent"),
    ),
    Measure("findings", SESSIONS, where=lambda row: _HELD(row) and some("found")(row)),
)
_CAME = (
    Measure("sites-attending", ATTENDANCE, DISTINCT, "site"),
    Measure("people-attending", ATTENDANCE, DISTINCT, "person"),
    Measure("attendances", ATTENDANCE),
)
_CASES = tuple(
    Measure(name, SESSIONS, SUM, column, _with_some(column))
    for name, column in (
        ("cases", "cases"),
        ("opinions-routine", "opinion_routine"),
        ("opinions-urgent", "opinion_urgent"),
        ("opinions-emergency", "opinion_emergency"),
        ("cases-withdrawn", "cases_withdrawn"),
        ("cases-open", "cases_open"),
        ("cases-unheard", "cases_unheard"),
    )
)
_DONE_AS = {
    DONE_IN_TIME: "actions-in-time",
    DONE_LATE: "actions-late",
    OVERDUE: "actions-overdue",
    NOT_DUE: "actions-not-due",
    DROPPED: "actions-dropped",
}
_ACTIONS = (
    Measure("actions", ACTIONS),
    *(Measure(_DONE_AS[state], ACTIONS, where=whose("state", state)) for state in ACTION_STATES),
)

SESSIONS_HELD = (
    Plan("F1", ("state",), _STANDING, order=_ORDER),
    Plan("F2", _BY_CONDITION, _PROMISED),
    Plan("F3", _BY_CONDITION, _MET),
    Plan("F4", _BY_FIELD, _MET),
    Plan("F5", _BY_CONDITION, _CAME),
    Plan("F6", _BY_FIELD, _CAME),
)
CASES_AND_ACTIONS = (
    Plan("G1", _BY_CONDITION, _CASES),
    Plan("G2", _BY_FIELD, _CASES),
    Plan("G3", _BY_CONDITION, _ACTIONS),
    Plan("G4", _BY_FIELD, _ACTIONS),
)


def by_agreement(code: str) -> Plan:
    """What became of sessions, agreement by agreement."""
    return Plan(code, ("agreement",), _MET)
