"""A department loses seats while it is being booked: nobody is left on a place that there is no more."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Refusal
from chassis.store import database_at
from services.exchange.application import commands, queries
from services.exchange.domain.visit import Visit
from tests.alliance import ADMIN, EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

MOMENT = 1.0
"""Seconds in which a booking is done many times over."""
WRITERS, SEATS, LEFT = 6, 12, 6


class HighestFirst:
    """Dice that always give the place that goes first."""

    def shuffled(self, seats: Sequence[int]) -> list[int]:
        return sorted(seats, reverse=True)


@pytest.fixture
def alliance(make_installation: MakeInstallation) -> Alliance:
    installation = make_installation([EXCHANGE_ALONE])
    return Alliance(database_at(installation.mongo_url("exchange")), seats=SEATS)


@pytest.fixture
def highest_first(alliance: Alliance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alliance.exchange.booking, "_dice", HighestFirst())


def fewer(alliance: Alliance, seats: int = LEFT) -> Receipt:
    version = alliance.exchange.stores.sites.load(alliance.host).version
    fields = {"site_id": alliance.host, "department_id": alliance.department, "expected_version": version,
              "department": {"names": {"en": "Surgery"}, "seats": seats}}  # fmt: skip
    return alliance.exchange.change_department(
        parsed(commands.ChangeDepartment, fields), alliance.context(ADMIN, version)
    )


def department(alliance: Alliance) -> dict[str, Any]:
    asked = parsed(queries.AskDepartment, {"site_id": alliance.host, "department_id": alliance.department})
    found: dict[str, Any] = alliance.exchange.department(asked, ADMIN)
    return found


def seat_of(alliance: Alliance, visit: Receipt) -> int | None:
    return alliance.exchange.stores.visits.load(visit.id).state.visitors[0].seat


def fewer_behind_the_look_at_the_places(alliance: Alliance, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next booking has chosen its place, and the department loses it before the booking is saved."""
    save, not_yet = alliance.exchange.booking._save, iter([fewer])

    def first_fewer(*decided: Any) -> Receipt:
        for lose_seats in not_yet:
            lose_seats(alliance)
        return save(*decided)

    monkeypatch.setattr(alliance.exchange.booking, "_save", first_fewer)


def booked_behind_the_look_at_the_visits(
    alliance: Alliance, monkeypatch: pytest.MonkeyPatch, writer: ThreadPoolExecutor
) -> list[Future[Receipt]]:
    """The next change has seen that the places are free; before it is written somebody books the highest of them."""
    visits, visit = alliance.exchange.stores.visits, alliance.propose()
    look, begun = visits.holding_places, list[Future[Receipt]]()

    def looked(*where: Any) -> list[Loaded[Visit]]:
        found = look(*where)
        if not begun:
            begun.append(writer.submit(alliance.accept, visit))
            # Who may take the place has it within a moment; who may not waits for the change, which goes on.
            wait(begun, MOMENT)
        return found

    monkeypatch.setattr(visits, "holding_places", looked)
    return begun


def nobody_asks_whether_there_are_seats(alliance: Alliance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alliance.exchange.stores.sites, "has_seats", lambda *_: True)


@pytest.mark.usefixtures("highest_first")
def test_a_booking_that_saw_a_place_is_given_another_once_the_place_is_gone(
    alliance: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = alliance.propose()
    fewer_behind_the_look_at_the_places(alliance, monkeypatch)
    alliance.accept(visit)
    assert seat_of(alliance, visit) == LEFT
    assert department(alliance)["beyond_seats"] == []


@pytest.mark.usefixtures("highest_first")
def test_without_asking_again_that_booking_sits_where_there_is_no_place(
    alliance: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = alliance.propose()
    fewer_behind_the_look_at_the_places(alliance, monkeypatch)
    nobody_asks_whether_there_are_seats(alliance, monkeypatch)
    alliance.accept(visit)
    assert [each["id"] for each in department(alliance)["beyond_seats"]] == [visit.id]


@pytest.mark.usefixtures("highest_first")
def test_nobody_is_seated_between_the_look_at_who_sits_and_the_write(
    alliance: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadPoolExecutor(1) as writer:
        begun = booked_behind_the_look_at_the_visits(alliance, monkeypatch, writer)
        fewer(alliance)
    assert seat_of(alliance, begun[0].result()) == LEFT
    assert department(alliance).items() >= {"seats": LEFT, "beyond_seats": []}.items()


@pytest.mark.usefixtures("highest_first")
def test_without_holding_the_seats_still_somebody_is(alliance: Alliance, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody_asks_whether_there_are_seats(alliance, monkeypatch)
    with ThreadPoolExecutor(1) as writer:
        begun = booked_behind_the_look_at_the_visits(alliance, monkeypatch, writer)
        fewer(alliance)
    assert seat_of(alliance, begun[0].result()) == SEATS
    assert len(department(alliance)["beyond_seats"]) == 1


def test_whoever_comes_first_nobody_sits_beyond_the_seats(alliance: Alliance) -> None:
    proposed = [alliance.propose() for _ in range(SEATS)]

    def said(act: Callable[..., Receipt], *args: Any) -> str:
        try:
            return act(*args).state
        except Refusal as refusal:
            return refusal.name

    with ThreadPoolExecutor(WRITERS) as writers:
        bookings = [writers.submit(said, alliance.accept, visit) for visit in proposed[:3]]
        changes = [writers.submit(said, fewer, alliance, seats) for seats in (9, 6, 3)]
        bookings += [writers.submit(said, alliance.accept, visit) for visit in proposed[3:]]
        told = Counter(each.result() for each in bookings)
        changed = {each.result() for each in changes}
    now = department(alliance)
    assert now["beyond_seats"] == []
    assert changed <= {"registered", "SeatsHeld", "StaleVersion"}
    assert told.keys() <= {"booked", "HostFull"}
    assert told["booked"] == now["most_held"] == alliance.balance()["visits"]["held"] <= now["seats"]
