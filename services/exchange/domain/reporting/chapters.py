"""The chapters of the annual report, as data: which tables each has, and what their columns count."""

from collections.abc import Callable
from dataclasses import dataclass

from services.exchange.domain.lifecycle import STATES
from services.exchange.domain.past import DOUBLE_BOOKED, ENTERED_LATER, OUTSIDE_AGREEMENT, OVER_QUOTA
from services.exchange.domain.reporting.figures import MEDIAN, SUM, Measure, Plan, Row, Value
from services.exchange.domain.reporting.happenings import NOT_DONE, OUTCOMES, STEPS, VISITS
from services.exchange.domain.reporting.promises import PROMISES
from services.exchange.domain.reporting.report import SITE, Asked
from services.exchange.domain.reporting.spending import MONEY
from services.exchange.domain.tracks.definitions import DEFINITIONS
from services.exchange.domain.tracks.track import DONE, STEP_OPEN, WAIVED
from services.exchange.domain.visit import (
    ARRIVED,
    BOOKED,
    CANCELLED,
    ENTERED_IN_ERROR,
    FULFILLED,
    HOLDING,
    NOSHOW,
    OPEN,
)


@dataclass(frozen=True)
class Chapter:
    """`code`: the letter that its tables begin with."""

    code: str
    plans: tuple[Plan, ...]


def _whose(column: str, *values: Value) -> Callable[[Row], bool]:
    return lambda row: row.cells[column] in values


def _flagged(flag: str) -> Callable[[Row], bool]:
    return lambda row: flag in str(row.cells["flags"]).split()


def _some(column: str) -> Callable[[Row], bool]:
    return lambda row: bool(row.cells[column])


def _known(column: str) -> Callable[[Row], bool]:
    return lambda row: row.cells[column] is not None


_STANDS, _HAPPENED = _whose("state", *HOLDING, FULFILLED), _whose("state", FULFILLED)
_NOT_IN_ERROR = _whose("state", *(state for state in STATES if state != ENTERED_IN_ERROR))
_HAS_BUDGET, _HAS_ACTUAL = _known("budgeted"), _known("actual")

_PLANNED_DAYS = Measure("planned-days", VISITS, SUM, "planned_days", _STANDS)
_ACTUAL_DAYS = Measure("actual-days", VISITS, SUM, "actual_days", _HAPPENED)
_VISITS = (
    Measure("all", VISITS, where=_NOT_IN_ERROR),
    Measure("awaiting", VISITS, where=_whose("state", *OPEN)),
    Measure("booked", VISITS, where=_whose("state", BOOKED)),
    Measure("arrived", VISITS, where=_whose("state", ARRIVED)),
    Measure("fulfilled", VISITS, where=_HAPPENED),
    Measure("cancelled", VISITS, where=_whose("state", CANCELLED)),
    Measure("noshow", VISITS, where=_whose("state", NOSHOW)),
    _PLANNED_DAYS,
    _ACTUAL_DAYS,
)
_VISITORS = (
    Measure("expected", VISITS, SUM, "visitors", _STANDS),
    Measure("came", VISITS, SUM, "came", _whose("state", ARRIVED, FULFILLED)),
)
_REMARKS = ("early", "late", "overstay", ENTERED_LATER, OVER_QUOTA, OUTSIDE_AGREEMENT, DOUBLE_BOOKED)
DIRECTION, _DEPARTMENT = ("sending", "host"), ("host", "department")

_PROMISED = (
    Measure("visits-promised", PROMISES, SUM, "visits"),
    Measure("visits-happened", VISITS, where=_HAPPENED),
    Measure("visits-held", VISITS, where=_whose("state", *HOLDING)),
    Measure("days-promised", PROMISES, SUM, "visitor_days"),
    _PLANNED_DAYS,
    _ACTUAL_DAYS,
    Measure("outcomes-promised", PROMISES, SUM, "outcomes"),
    Measure("outcomes-counted", OUTCOMES),
)
_PACE = (
    Measure("visits-booked", VISITS, where=lambda row: _NOT_IN_ERROR(row) and _known("days_to_booked")(row)),
    Measure("median-days", VISITS, MEDIAN, "days_to_booked", _NOT_IN_ERROR),
)
_STEPS = (
    Measure("steps", STEPS),
    Measure("done", STEPS, where=_whose("state", DONE)),
    Measure("waived", STEPS, where=_whose("state", WAIVED)),
    Measure("open", STEPS, where=_whose("state", STEP_OPEN)),
    Measure("not-done", STEPS, where=_whose("state", NOT_DONE)),
    Measure("overdue", STEPS, where=_some("overdue")),
    Measure("slipped", STEPS, where=_some("slipped")),
)
_TRACKS = (
    Measure("visits-overdue", VISITS, where=lambda row: _NOT_IN_ERROR(row) and _some("overdue")(row)),
    Measure("visits-slipped", VISITS, where=lambda row: _NOT_IN_ERROR(row) and _some("slipped")(row)),
)
_MONEY = (
    Measure("budgeted", MONEY, SUM, "budgeted", _HAS_BUDGET),
    Measure("actual", MONEY, SUM, "actual", _HAS_ACTUAL),
)
_CONVERTED = (
    Measure("budgeted-converted", MONEY, SUM, "budgeted_converted", _HAS_BUDGET, needed=True),
    Measure("actual-converted", MONEY, SUM, "actual_converted", _HAS_ACTUAL, needed=True),
)


def chapters(asked: Asked) -> tuple[Chapter, ...]:
    """Those of a report: a site's tells its agreements apart, one with a currency adds up across currencies."""
    own = (Plan("B8", ("agreement",), _VISITS),) if asked.subject.kind == SITE else ()
    converted = tuple(Plan(f"E{at}", by, _CONVERTED) for at, by in enumerate(_SIDES, 4)) if asked.currency else ()
    return (
        Chapter("A", (Plan("A1", ("condition",), _PROMISED),)),
        Chapter("B", (*_BY, _remarks("B7"), *own)),
        Chapter("C", (Plan("C1", DIRECTION, _VISITORS), Plan("C2", _DEPARTMENT, _VISITORS))),
        Chapter("D", _FOLLOWED),
        Chapter("E", (*_SPENT, *converted)),
    )


_STATE_ORDER: dict[Value, int] = {state: at for at, state in enumerate(STATES)}
_STEP_ORDER: dict[Value, int] = {definition.name: at for at, definition in enumerate(DEFINITIONS)}
_SIDES = (("payer",), ("line",))
_BY = (
    Plan(
        "B1", ("state",), (Measure("visits", VISITS), Measure("visitors", VISITS, SUM, "visitors")), order=_STATE_ORDER
    ),
    *(
        Plan(f"B{at}", by, _VISITS)
        for at, by in enumerate((("kind",), ("field",), DIRECTION, ("month",), _DEPARTMENT), 2)
    ),
)
_FOLLOWED = (
    Plan("D1", DIRECTION, _PACE),
    Plan("D2", ("step",), _STEPS, order=_STEP_ORDER),
    Plan("D3", DIRECTION, _TRACKS),
)
_SPENT = (
    Plan("E1", ("currency",), _MONEY, whole=False),
    Plan("E2", ("currency", "payer"), _MONEY, whole=False),
    Plan("E3", ("currency", "line"), _MONEY, whole=False),
)


def _remarks(code: str) -> Plan:
    return Plan(code, DIRECTION, tuple(Measure(flag, VISITS, where=_flagged(flag)) for flag in _REMARKS))
