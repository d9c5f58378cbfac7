"""A department closes while it is being booked: each place is taken once, by a visit or by the closing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Refusal
from chassis.store import database_at
from services.exchange.application import commands, queries
from services.exchange.domain import closing
from services.exchange.domain.refusals import DepartmentClosed
from tests.alliance import ADMIN, EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

SEATS, WRITERS = 12, 6
FIRST, LAST = date(2026, 4, 6), date(2026, 4, 10)


@pytest.fixture
def alliance(make_installation: MakeInstallation) -> Alliance:
    installation = make_installation([EXCHANGE_ALONE])
    return Alliance(database_at(installation.mongo_url("exchange")), seats=SEATS)


def close(alliance: Alliance) -> Receipt:
    fields = {"site_id": alliance.host, "department_id": alliance.department, "reason": "Painting",
              "first": FIRST.isoformat(), "last": LAST.isoformat(), "expected_version": 1}  # fmt: skip
    return alliance.exchange.close_department(parsed(commands.CloseDepartment, fields), alliance.context(ADMIN, 1))


def closed(alliance: Alliance) -> dict[str, Any]:
    asked = parsed(queries.AskDepartment, {"site_id": alliance.host, "department_id": alliance.department})
    (period,) = alliance.exchange.department(asked, ADMIN)["closed"]
    found: dict[str, Any] = period
    return found


def accepted(alliance: Alliance, visit: Receipt) -> str:
    try:
        return alliance.accept(visit).state
    except Refusal as refusal:
        return refusal.name


def test_every_place_goes_to_a_visit_or_to_the_closing_and_none_to_both(alliance: Alliance) -> None:
    proposed = [alliance.propose(days=5) for _ in range(SEATS)]
    with ThreadPoolExecutor(WRITERS + 1) as writers:
        outcomes = [writers.submit(accepted, alliance, visit) for visit in proposed[: SEATS // 2]]
        period = writers.submit(close, alliance)
        outcomes += [writers.submit(accepted, alliance, visit) for visit in proposed[SEATS // 2 :]]
        period.result()
        told = [each.result() for each in outcomes]
    booked = told.count("booked")
    assert set(told) <= {"booked", "DepartmentClosed", "HostFull"}
    held = [key for each in alliance.database["visits"].find() for key in each.get("holds", []) if key[:5] == "seat:"]
    assert len(held) == len(set(held)) == SEATS * 5
    assert closed(alliance)["booked"] == booked
    assert alliance.balance()["visits"]["held"] == booked


def close_behind_the_look_at_the_places(alliance: Alliance, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on a booking has seen free places in an open department, and it closes before the booking is saved."""
    save, not_yet = alliance.exchange.booking._save, iter([partial(close, alliance)])

    def closed_first(*decided: Any) -> Receipt:
        for close_it in not_yet:
            close_it()
        return save(*decided)

    monkeypatch.setattr(alliance.exchange.booking, "_save", closed_first)


def test_a_booking_that_saw_the_department_open_is_refused_once_it_has_closed(
    alliance: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = alliance.propose()
    close_behind_the_look_at_the_places(alliance, monkeypatch)
    with pytest.raises(DepartmentClosed):
        alliance.accept(visit)
    assert closed(alliance)["booked"] == 0
    assert alliance.balance()["visits"]["held"] == 0


def test_without_the_places_taken_the_same_booking_slips_in(
    alliance: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = closing.take
    monkeypatch.setattr(closing, "take", lambda at, days, _: take(at, days, closing.all_places(at, days)))
    visit = alliance.propose()
    close_behind_the_look_at_the_places(alliance, monkeypatch)
    assert alliance.accept(visit).state == "booked"
