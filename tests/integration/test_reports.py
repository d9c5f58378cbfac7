"""Annual reports on the real database: made by a timer, begun again after a crash, found as things stood."""

import base64
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from chassis.store import database_at
from services.exchange.application import commands, queries
from tests.alliance import EXCHANGE_ALONE, YEAR, Alliance
from tests.fixtures.installations import MakeInstallation

pytestmark = pytest.mark.broker


@pytest.fixture
def alliance(make_installation: MakeInstallation) -> Alliance:
    return Alliance(database_at(make_installation([EXCHANGE_ALONE]).mongo_url("exchange")))


def ask(alliance: Alliance, **asked: Any) -> Receipt:
    fields = {"agreement_id": alliance.agreement, "year": YEAR, **asked}
    return alliance.exchange.make_annual_report(
        parsed(commands.MakeAnnualReport, fields), alliance.context(alliance.manager)
    )


def file(alliance: Alliance, report: Receipt, form: str) -> bytes:
    asked = parsed(queries.AskReportFile, {"report_id": report.id, "format": form})
    return base64.b64decode(alliance.exchange.annual_report_file(asked, alliance.manager)["content"])


def timers(alliance: Alliance) -> int:
    """One round of all timers of a worker; how many were tried."""
    return sum(each.run_due() for each in alliance.exchange.timers)


def test_a_report_is_made_by_the_timer_and_fetched_as_both_files(alliance: Alliance) -> None:
    alliance.accept(alliance.propose())
    report = ask(alliance)
    assert timers(alliance) == 1
    assert file(alliance, report, "pdf").startswith(b"%PDF-")
    assert file(alliance, report, "xlsx").startswith(b"PK")
    assert timers(alliance) == 0
