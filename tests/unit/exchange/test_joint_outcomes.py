"""Reported outcomes in the balance: toward the visit's own condition, and toward the joint outcomes promised."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.errors import NotYet
from contracts.envelope import CloudEvent
from contracts.research.v1 import OutcomeEvent, OutcomeQuestioned, OutcomeReported
from contracts.research.v2 import OutcomeSettled
from services.exchange.application import queries
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_version import Version
from services.exchange.domain.joint_outcomes import joint_promises
from tests.amending import put_in_force, texts
from tests.event_factory import make_event
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange import given

ZONES = ("Asia/Shanghai", "Asia/Karachi")
SUMMER = datetime(2026, 7, 30, 5, 0, tzinfo=UTC)
JOINT = {"kind": "joint-outcome", "visits_per_year": 0, "visitor_days_per_year": 0, "outcomes_per_year": 3}


def joint(**different: Any) -> Any:
    terms: dict[str, Any] = {"id": "cnd_joint", **JOINT, "expects_outcome": None}
    return given.condition(**terms | different)


def promising(*conditions: Any, **different: Any) -> Agreement:
    return given.agreement(conditions=(given.condition(), *conditions), **different)


def counted(agreement: Agreement, reported: datetime = SUMMER) -> list[tuple[str, int]]:
    return [(each.id, year) for each, year in joint_promises(agreement, given.visit(), reported, ZONES)]


@pytest.mark.parametrize(
    ("different", "counts"),
    [
        ({}, True),
        ({"field": "Liver Echinococcosis"}, True),
        ({"field": "imaging"}, False),
        ({"sending_site": given.KASHGAR, "host_site": given.GILGIT}, False),
        ({"kind": "consultation"}, False),
        ({"kind": "training"}, False),
    ],
)
def test_an_outcome_counts_toward_joint_outcomes_of_its_field_and_direction(
    different: dict[str, Any], counts: bool
) -> None:
    assert counted(promising(joint(**different))) == ([("cnd_joint", 2026)] if counts else [])


@pytest.mark.parametrize(
    ("reported", "years"),
    [
        (datetime(2026, 12, 31, 18, 59, tzinfo=UTC), [2026]),
        (datetime(2026, 12, 31, 19, 0, tzinfo=UTC), [2027]),
        (datetime(2027, 12, 31, 19, 0, tzinfo=UTC), []),
    ],
)
def test_the_year_is_that_of_the_report_where_it_ends_last(reported: datetime, years: list[int]) -> None:
    two_years = promising(joint(), in_effect_until=date(2027, 12, 31))
    assert [year for _, year in counted(two_years, reported)] == years


@pytest.mark.parametrize(("later", "counts"), [(timedelta(seconds=-1), ["cnd_joint"]), (timedelta(), [])])
def test_the_text_that_was_in_force_when_it_was_reported_says_what_was_promised(
    later: timedelta, counts: list[str]
) -> None:
    first = Version(1, promising(joint()).text, in_force_since=given.NOW)
    amended = promising(text_number=2, in_force_since=SUMMER, superseded=(first,))
    assert [each for each, _ in counted(amended, SUMMER + later)] == counts


class Told:
    """An alliance in two years, with one visit under its training condition, and what research tells of it."""

    def __init__(self, conditions: Iterable[dict[str, Any]]) -> None:
        self.alliance: AllianceInMemory = alliance_in_memory(years=2)
        first = texts(self.alliance)[-1]["text"]["conditions"][0]
        unnamed = {name: value for name, value in first.items() if name != "id"} | {"expects_outcome": None}
        put_in_force(self.alliance, conditions=[first, *(unnamed | each for each in conditions)])
        self.visit = self.alliance.propose().id

    def hears(self, kind: type[OutcomeEvent | OutcomeSettled], **data: Any) -> None:
        alliance = self.alliance
        of = {"agreement": alliance.agreement, "condition": alliance.condition, "visit": self.visit, "visit_year": 2026}
        told = make_event(kind.type, envelope={"time": alliance.clock.now().isoformat()}, **of | data)
        alliance.exchange.handlers()[kind.type](CloudEvent.model_validate(told), kind.model_validate(told["data"]))

    def reported(self) -> dict[tuple[str, str, int], int]:
        """Kind, field, year -> how many outcomes the scorecard has, where it has any."""
        asked = parsed(queries.AskScorecard, {"agreement_id": self.alliance.agreement})
        return {
            (line["kind"], line["field"], of["year"]): line["outcomes"]["reported"]
            for of in self.alliance.exchange.scorecard(asked, self.alliance.manager)["years"]
            for line in of["conditions"]
            if line["outcomes"]["reported"]
        }


LIVER = "liver echinococcosis"


@pytest.fixture
def told() -> Told:
    return Told([JOINT, JOINT | {"field": "imaging"}])


def test_an_outcome_counts_once_toward_each_promise_however_often_it_is_told(told: Told) -> None:
    for _ in range(3):
        told.hears(OutcomeReported, outcome="out_1")
    told.hears(OutcomeReported, outcome="out_2")
    assert told.reported() == {("training", LIVER, 2026): 2, ("joint-outcome", LIVER, 2026): 2}


def test_a_report_of_the_next_year_counts_there_and_with_its_visit_in_the_visits_year(told: Told) -> None:
    told.alliance.clock.moment = datetime(2027, 2, 1, tzinfo=UTC)
    told.hears(OutcomeReported)
    assert told.reported() == {("training", LIVER, 2026): 1, ("joint-outcome", LIVER, 2027): 1}


def test_what_is_settled_counts_in_the_year_in_which_it_was_reported(told: Told) -> None:
    told.alliance.clock.moment = datetime(2027, 2, 1, tzinfo=UTC)
    origin = {"origin": {"kind": "visit", "id": told.visit}, "origin_year": 2026}
    told.hears(OutcomeSettled, reported_at=SUMMER.isoformat(), **origin)
    assert told.reported() == {("training", LIVER, 2026): 1, ("joint-outcome", LIVER, 2026): 1}


def test_an_outcome_that_is_questioned_counts_nowhere_any_more(told: Told) -> None:
    told.hears(OutcomeReported, outcome="out_1")
    told.hears(OutcomeReported, outcome="out_2")
    for _ in range(2):
        told.hears(OutcomeQuestioned, outcome="out_1")
    assert told.reported() == {("training", LIVER, 2026): 1, ("joint-outcome", LIVER, 2026): 1}
    told.hears(OutcomeReported, outcome="out_1")
    assert set(told.reported().values()) == {1}, "its report, told again, brings it back"


def test_what_is_questioned_before_its_report_is_told_waits_for_it(told: Told) -> None:
    with pytest.raises(NotYet):
        told.hears(OutcomeQuestioned, outcome="out_1")
    told.hears(OutcomeReported, outcome="out_1")
    told.hears(OutcomeQuestioned, outcome="out_1")
    assert told.reported() == {}


@pytest.mark.parametrize("unknown", [{"visit_year": 1999}, {"visit": "vis_none"}, {"agreement": "agr_none"}])
def test_an_outcome_of_something_unknown_waits_for_it_and_counts_nowhere_yet(
    told: Told, unknown: dict[str, Any]
) -> None:
    with pytest.raises(NotYet):
        told.hears(OutcomeReported, **unknown)
    assert told.reported() == {}


def test_a_joint_outcome_that_is_dropped_keeps_what_was_counted_and_gets_no_more(told: Told) -> None:
    told.hears(OutcomeReported, outcome="out_1")
    told.alliance.clock.advance(timedelta(days=1))
    put_in_force(told.alliance, conditions=[texts(told.alliance)[-1]["text"]["conditions"][0]])
    told.hears(OutcomeReported, outcome="out_2")
    assert told.reported() == {("training", LIVER, 2026): 2, ("joint-outcome", LIVER, 2026): 1}
