"""What a visit's later life moves in the database: holds swapped in one write, quota with them, and none twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Refusal
from chassis.store import database_at
from services.exchange.application import commands
from tests.alliance import EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

MakeAlliance = Callable[..., Alliance]


@pytest.fixture
def make_alliance(make_installation: MakeInstallation) -> MakeAlliance:
    """Makes an alliance of so many seats, visits a year, and so on."""
    installation = make_installation([EXCHANGE_ALONE])
    return partial(Alliance, database_at(installation.mongo_url("exchange")))


def give(alliance: Alliance, visit: Receipt, intent: str, **fields: Any) -> Receipt:
    """A command of the host's coordinator on the visit as it was last seen."""
    kind = getattr(commands, "".join(part.capitalize() for part in intent.split("_")))
    command = parsed(kind, {"visit_id": visit.id, "expected_version": visit.version, **fields})
    receipt: Receipt = getattr(alliance.exchange, intent)(command, alliance.context(alliance.coordinator))
    return receipt


def moved(alliance: Alliance, visit: Receipt, arrival: date) -> Receipt:
    days = {"planned_arrival": arrival.isoformat(), "planned_departure": (arrival + timedelta(days=2)).isoformat()}
    return give(alliance, visit, "reschedule_visit", reason="Other days.", **days)


def held(alliance: Alliance) -> list[str]:
    return [key for visit in alliance.database["visits"].find({"holds": {"$exists": True}}) for key in visit["holds"]]


def test_a_visit_that_moves_to_another_year_swaps_holds_and_ledgers(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance(years=2)
    visit = alliance.accept(alliance.propose())
    visit = moved(alliance, visit, date(2027, 4, 5))
    assert {key[-10:-3] for key in held(alliance)} == {"2027-04"}
    ledgers = {each["year"]: each["visitor_days"] for each in alliance.database["ledgers"].find()}
    assert (ledgers[2026]["held"], ledgers[2027]["held"]) == (0, 3)


def test_of_visits_that_race_to_the_same_days_as_many_move_as_there_are_seats(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance(seats=2)
    visits = [alliance.accept(alliance.propose(arrival=date(2026, 4, 6) + timedelta(weeks=week))) for week in range(6)]

    def move(visit: Receipt) -> str:
        try:
            return moved(alliance, visit, date(2026, 9, 7)).state
        except Refusal as refusal:
            return refusal.name

    with ThreadPoolExecutor(6) as movers:
        outcome = sorted(movers.map(move, visits))
    assert outcome == ["HostFull"] * 4 + ["booked"] * 2
    assert len(held(alliance)) == len(set(held(alliance))) == 2 * 6 * 3
    assert alliance.balance()["visitor_days"]["held"] == 6 * 3


def test_what_was_entered_in_error_after_it_was_used_is_given_back(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance()
    visit = alliance.accept(alliance.propose())
    alliance.clock.advance(timedelta(days=40))
    visit = give(alliance, visit, "record_arrival", arrived_on="2026-04-06")
    visit = give(alliance, visit, "record_departure", departed_on="2026-04-06")
    assert alliance.balance()["visitor_days"]["held"] == 1
    visit = give(alliance, visit, "fulfil_visit", departed_on="2026-04-06", report="Short.")
    assert alliance.balance()["visitor_days"]["used"] == 1
    command = {"visit_id": visit.id, "expected_version": visit.version, "reason": "Twice."}
    alliance.exchange.mark_entered_in_error(
        parsed(commands.MarkEnteredInError, command), alliance.context(alliance.host_manager)
    )
    assert alliance.balance()["visits"] == {"promised": 100, "used": 0, "held": 0, "left": 100}
