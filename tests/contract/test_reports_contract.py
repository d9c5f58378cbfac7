"""What annual reports need of shelves: reports with their files, and the visits of a year, in memory and on MongoDB."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from chassis.store import database_at
from chassis.store.shape import Edition
from contracts.exchange.v1 import ReportMade
from services.exchange.adapters import shapes
from services.exchange.adapters.report_store import ReportStore
from services.exchange.adapters.visit_store import VisitStore
from services.exchange.application.ports.reports import Reports
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.reporting.report import (
    AGREEMENT,
    MADE,
    REQUESTED,
    SITE,
    Asked,
    Report,
    Subject,
    due,
    make,
    request,
)
from services.exchange.domain.visit import CANCELLED, Visit
from tests.alliance import EXCHANGE_ALONE, START, StandingClock
from tests.fakes.exchange import FakeReports, FakeVisits
from tests.fakes.memory import Memory
from tests.fixtures.installations import MakeInstallation
from tests.unit.exchange import given

OF_ONE, OF_GILGIT = Subject(AGREEMENT, "agr_1"), Subject(SITE, given.GILGIT)
ASKED = Asked(OF_ONE, 2026, date(2026, 3, 2), "Asia/Karachi", START, "ur", "CNY")
REPORT = Report("rep_1", REQUESTED, ASKED, "0" * 64, "per_ali", START)


@dataclass(frozen=True)
class Shelves:
    reports: Reports
    visits: Visits


def tells_nothing(decided: Sequence[object], _: Edition) -> list[ReportMade]:
    return [ReportMade(report="rep_1") for _ in decided]


@pytest.fixture(params=["memory", pytest.param("mongo", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Iterator[Shelves]:
    if request.param == "memory":
        memory = Memory()
        yield Shelves(FakeReports(memory), FakeVisits(memory))
        return
    make_installation: MakeInstallation = request.getfixturevalue("make_installation")
    database = database_at(make_installation([EXCHANGE_ALONE]).mongo_url("exchange"))
    yield Shelves(
        ReportStore(database["reports"], shapes.report_shape(tells_nothing)),
        VisitStore(database["visits"], shapes.visit_shape(tells_nothing), StandingClock()),
    )


def command(words: str, hours: int = 0) -> Context:
    return Context(derived(words), Actor("per_zhang"), START + timedelta(hours=hours))


def keep(shelves: Shelves, visit: Visit, hours: int = 0) -> None:
    shelves.visits.add(visit.id, Decision(visit, what="kept"), command(f"keep {visit.id}", hours))


def change(shelves: Shelves, visit_id: str, hours: int, **different: object) -> None:
    loaded = shelves.visits.load(visit_id)
    changed = replace(loaded.state, **different)  # type: ignore[arg-type]
    shelves.visits.save(loaded, Decision(changed, what="changed"), command(f"change {visit_id} {hours}", hours))


def found(shelves: Shelves, hours: int, subject: Subject = OF_ONE, year: int = 2026, limit: int = 100) -> list[str]:
    pasts = shelves.visits.of_year(subject, year, START + timedelta(hours=hours), limit)
    return [past.id for past in pasts if past.state.year == year]


def test_a_report_is_loaded_as_it_was_kept_with_its_files(shelves: Shelves) -> None:
    shelves.reports.add("rep_1", request(REPORT), command("ask"))
    loaded = shelves.reports.load("rep_1")
    assert loaded.state == REPORT
    shelves.reports.save(loaded, make(REPORT, pdf="a", xlsx="b", now=START), command("make"))
    made = shelves.reports.load("rep_1").state
    assert (made.state, made.pdf, made.xlsx, made.printed_at) == (MADE, "a", "b", START)
    assert [moment.at for moment in due(REPORT)] == [START]
    assert due(made) == ()


def test_the_visits_of_a_year_are_those_that_lay_in_it_then(shelves: Shelves) -> None:
    keep(shelves, given.visit(id="vis_1"))
    keep(shelves, given.visit(id="vis_2", planned_arrival=date(2027, 1, 1), planned_departure=date(2027, 1, 3)))
    keep(shelves, given.visit(id="vis_3"), hours=2)
    change(shelves, "vis_1", 4, planned_arrival=date(2027, 2, 1), planned_departure=date(2027, 2, 3))
    change(shelves, "vis_2", 5, planned_arrival=date(2026, 12, 1), planned_departure=date(2026, 12, 3))
    assert found(shelves, -1) == []
    assert found(shelves, 1) == ["vis_1"]
    assert found(shelves, 3) == ["vis_1", "vis_3"]
    assert found(shelves, 4) == ["vis_3"]
    assert found(shelves, 5) == ["vis_2", "vis_3"]
    assert found(shelves, 3, year=2027) == ["vis_2"]
    assert found(shelves, 5, year=2027) == ["vis_1"]


def test_they_are_those_of_the_agreement_or_from_or_to_the_site(shelves: Shelves) -> None:
    keep(shelves, given.visit(id="vis_1"))
    keep(shelves, given.visit(id="vis_2", sending_site=given.KASHGAR, host_site=given.GILGIT))
    keep(shelves, given.visit(id="vis_3", agreement="agr_2", sending_site="sit_x", host_site=given.GILGIT))
    keep(shelves, given.visit(id="vis_4", agreement="agr_2", sending_site="sit_x", host_site=given.KASHGAR))
    assert found(shelves, 1) == ["vis_1", "vis_2"]
    assert found(shelves, 1, OF_GILGIT) == ["vis_1", "vis_2", "vis_3"]
    assert found(shelves, 1, OF_GILGIT, limit=2) == ["vis_1", "vis_2"]


def test_they_come_as_they_stood_with_the_words_of_their_history(shelves: Shelves) -> None:
    keep(shelves, given.visit(id="vis_1"))
    change(shelves, "vis_1", 1, state=CANCELLED)
    change(shelves, "vis_1", 2, flags=("late",))
    (past,) = shelves.visits.of_year(OF_ONE, 2026, START + timedelta(hours=1), 9)
    assert (past.state.state, past.state.flags, past.version, past.exact) == (CANCELLED, (), 2, True)
    assert [line.state for line in past.history] == ["proposed", "cancelled"]
