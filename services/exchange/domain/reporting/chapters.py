"""The chapters of the annual report, as data: which tables each has, and what their columns count."""

from dataclasses import dataclass

from services.exchange.domain.lifecycle import STATES
from services.exchange.domain.past import DOUBLE_BOOKED, ENTERED_LATER, OUTSIDE_AGREEMENT, OVER_QUOTA
from services.exchange.domain.reporting.figures import MEDIAN, SUM, Measure, Plan, Value
from services.exchange.domain.reporting.happenings import NOT_DONE, OUTCOMES, STEPS, VISITS
from services.exchange.domain.reporting.meeting import CASES_AND_ACTIONS, SESSIONS_HELD, by_agreement
from services.exchange.domain.reporting.picking import flagged, known, some, whose
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


_STANDS, _HAPPENED = whose("state", *HOLDING, FULFILLED), whose("state", FULFILLED)
_NOT_IN_ERROR = whose("state", *(state for state in STATES if state != ENTERED_IN_ERROR))
_HAS_BUDGET, _HAS_ACTUAL = known("budgeted"), known("actual")

_PLANNED_DAYS = Measure("planned-days", VISITS, SUM, "planned_days", _STANDS)
_ACTUAL_DAYS = Measure("actual-days", VISITS, SUM, "actual_days", _HAPPENED)
_VISITS = (
    Measure("all", VISITS, where=_NOT_IN_ERROR),
    Measure("awaiting", VISITS, where=whose("state", *OPEN)),
    Measure("booked", VISITS, where=whose("state", BOOKED)),
    Measure("arrived", VISITS, where=whose("state", ARRIVED)),
    Measure("fulfilled", VISITS, where=_HAPPENED),
    Measure("cancelled", VISITS, where=whose("state", CANCELLED)),
    Measure("noshow", VISITS, where=whose("state", NOSHOW)),
    _PLANNED_DAYS,
    _ACTUAL_DAYS,
)
_VISITORS = (
    Measure("expected", VISITS, SUM, "visitors", _STANDS),
    Measure("came", VISITS, SUM, "came", whose("state", ARRIVED, FULFILLED)),
)
_REMARKS = ("early", "late", "overstay", ENTERED_LATER, OVER_QUOTA, OUTSIDE_AGREEMENT, DOUBLE_BOOKED)
DIRECTION, _DEPARTMENT = ("sending", "host"), ("host", "department")

_PROMISED = (
    Measure("visits-promised", PROMISES, SUM, "visits"),
    Measure("visits-happened", VISITS, where=_HAPPENED),
    Measure("visits-held", VISITS, where=whose("state", *HOLDING)),
    Measure("days-promised", PROMISES, SUM, "visitor_days"),
    _PLANNED_DAYS,
    _ACTUAL_DAYS,
    Measure("outcomes-promised", PROMISES, SUM, "outcomes"),
    Measure("outcomes-counted", OUTCOMES),
)
_PACE = (
    Measure("visits-booked", VISITS, where=lambda row: _NOT_IN_ERROR(row) and known("days_to_booked")(row)),
    Measure("median-days", VISITS, MEDIAN, "days_to_booked", _NOT_IN_ERROR),
)
_STEPS = (
    Measure("steps", STEPS),
    Measure("done", STEPS, where=whose("state", DONE)),
    Measure("waived", STEPS, where=whose("state", WAIVED)),
    Measure("open", STEPS, where=whose("state", STEP_OPEN)),
    Measure("not-done", STEPS, where=whose("state", NOT_DONE)),
    Measure("overdue", STEPS, where=some("overdue")),
    Measure("slipped", STEPS, where=some("slipped")),
)
_TRACKS = (
    Measure("visits-overdue", VISITS, where=lambda row: _NOT_IN_ERROR(row) and some("overdue")(row)),
    Measure("visits-slipped", VISITS, where=lambda row: _NOT_IN_ERROR(row) and some("slipped")(row)),
)
_MONEY = (
    Measure("budgeted", MONEY, SUM, "budgeted", _HAS_BUDGET),
    Measure("actual", MONEY, SUM, "actual", _HAS_ACTUAL),
)
_CONVERTED = (
    Measure("budgeted-converted", MONEY, SUM, "budgeted_converted", _HAS_BUDGET, needed=True),
    Measure("actual-converted", MONEY, SUM, "actual_converted", _HAS_ACTUAL, needed=True),
)


def chapters(asked: Asked, *, consults: bool) -> tuple[Chapter, ...]:
    """Those of a report: a site's tells its agreements apart, one with a currency adds up across currencies.

    `consults`: whether there is anything to tell of consultations.
    """
    is_of_site = asked.subject.kind == SITE
    own = (Plan("B8", ("agreement",), _VISITS),) if is_of_site else ()
    converted = tuple(Plan(f"E{at}", by, _CONVERTED) for at, by in enumerate(_SIDES, 4)) if asked.currency else ()
    return (
        Chapter("A", (Plan("A1", ("condition",), _PROMISED),)),
        Chapter("B", (*_BY, _remarks("B7"), *own)),
        Chapter("C", (Plan("C1", DIRECTION, _VISITORS), Plan("C2", _DEPARTMENT, _VISITORS))),
        Chapter("D", _FOLLOWED),
        Chapter("E", (*_SPENT, *converted)),
        *(_meetings(is_of_site=is_of_site) if consults else ()),
    )


def _meetings(*, is_of_site: bool) -> tuple[Chapter, ...]:
    own = (by_agreement("F7"),) if is_of_site else ()
    return (Chapter("F", (*SESSIONS_HELD, *own)), Chapter("G", CASES_AND_ACTIONS))


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
    return Plan(code, DIRECTION, tuple(Measure(flag, VISITS, where=flagged(flag)) for flag in _REMARKS))
