"""Annual reports on the real database: made by a timer, begun again after a crash, found as things stood."""

import base64
from datetime import date, timedelta

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from chassis.store import database_at
from services.exchange.application import queries
from services.exchange.bootstrap import Exchange
from tests.alliance import EXCHANGE_ALONE, YEAR, Alliance, StandingClock
from tests.consulting import Consulting
from tests.fakes.sealing import PlainPrinter, seals
from tests.fixtures.installations import MakeInstallation
from tests.met_year import MetYear
from tests.met_year import told_then_and_later as met_then_and_later
from tests.reported_year import ReportedYear, told_then_and_later
from tests.unit.exchange.reading_reports import account

pytestmark = pytest.mark.broker


@pytest.fixture
def year(make_installation: MakeInstallation) -> ReportedYear:
    return ReportedYear(Alliance(database_at(make_installation([EXCHANGE_ALONE]).mongo_url("exchange")), years=2))


def file(year: ReportedYear, report: Receipt, form: str) -> bytes:
    asked = parsed(queries.AskReportFile, {"report_id": report.id, "format": form})
    return base64.b64decode(year.alliance.exchange.annual_report_file(asked, year.alliance.manager)["content"])


def timers(year: ReportedYear) -> int:
    """One round of the reports' timers of a worker; how many were tried."""
    (of_reports,) = [each for each in year.alliance.exchange.timers if "make-report" in each._fires]
    return of_reports.run_due()


def test_a_report_is_made_by_the_timer_and_fetched_as_both_files(year: ReportedYear) -> None:
    year.proposals()
    report = year.report()
    assert timers(year) == 1
    assert file(year, report, "pdf").startswith(b"%PDF-")
    assert file(year, report, "xlsx").startswith(b"PK")
    assert timers(year) == 0


def test_a_worker_that_fails_on_the_way_begins_again(year: ReportedYear, monkeypatch: pytest.MonkeyPatch) -> None:
    report, press = year.report(), year.alliance.exchange.stores.press
    with monkeypatch.context() as patch:
        patch.setattr(type(press), "pdf", lambda *_: 1 / 0)
        assert timers(year) == 1
    year.alliance.clock.advance(timedelta(minutes=2))
    assert timers(year) == 1
    assert file(year, report, "pdf").startswith(b"%PDF-")


def test_a_report_as_of_a_day_is_the_one_that_was_made_on_that_day(year: ReportedYear) -> None:
    then, later = told_then_and_later(year)
    assert later == then
    assert len(set(then)) > len(year.acts())


def test_without_what_histories_remember_it_is_another_and_says_so(year: ReportedYear) -> None:
    year.lived()
    before = year.report(as_of=f"{YEAR}-04-07")
    year.alliance.database["visits"].update_many({}, {"$unset": {"history.$[].was": ""}})
    year.at(date(YEAR, 11, 20), 6)
    after = year.report(as_of=f"{YEAR}-04-07")
    assert after.id != before.id
    assert year.visits["a"].id in account(year, after).limits.inexact


def test_what_it_tells_of_consultations_as_of_a_day_is_what_it_told_on_that_day(
    make_installation: MakeInstallation,
) -> None:
    clock, database = StandingClock(), database_at(make_installation([EXCHANGE_ALONE]).mongo_url("exchange"))
    met = MetYear(Consulting(Exchange(database, clock, seals(), PlainPrinter()), clock))
    then, later = met_then_and_later(met)
    assert later == then
    assert len(set(then)) == 4 * len(met.acts())
