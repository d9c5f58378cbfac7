"""What tickets promise in memory and in the database: all workers draw from the same rolls, and none gets one twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from chassis.store import database_at
from services.notify.adapters.ticket_store import TicketStore
from services.notify.application.turnstile import Tickets, Turnstile
from services.notify.domain.limits import MINUTE, Limit, Limits
from services.notify.manifest import MANIFEST
from tests.fakes.notify import FakeTickets
from tests.unit.notify.samples import NOW

OVER = NOW + timedelta(hours=1)
WORKERS, ROUNDS, EACH, MOST = 4, 10, 5, 7


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def tickets(request: pytest.FixtureRequest) -> Iterator[Tickets]:
    if request.param == "in memory":
        yield FakeTickets()
        return
    installation = request.getfixturevalue("make_installation")([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    yield TicketStore(database["tickets"])
    database.client.close()


def test_each_draw_tells_how_many_were_drawn_before_of_each_roll(tickets: Tickets) -> None:
    assert tickets.draw({"a.example": 2, "b": 1}, OVER) == {"a.example": 0, "b": 0}
    assert tickets.draw({"b": 3}, OVER) == {"b": 1}
    assert tickets.draw({"a.example": 1, "b": 1, "c": 1}, OVER) == {"a.example": 2, "b": 4, "c": 0}


def test_what_is_over_is_forgotten_and_what_is_not_is_kept(tickets: Tickets) -> None:
    tickets.draw({"past": 1}, OVER)
    tickets.draw({"present": 1}, OVER + timedelta(hours=1))
    assert tickets.forget(OVER) == 0
    assert tickets.forget(OVER + timedelta(seconds=1)) == 1
    assert tickets.draw({"past": 1, "present": 1}, OVER) == {"past": 0, "present": 1}


@pytest.mark.parametrize("tickets", [pytest.param("in the database", marks=pytest.mark.broker)], indirect=True)
def test_however_many_workers_count_at_the_same_moment_no_more_go_than_the_limit(tickets: Tickets) -> None:
    turnstile, together = Turnstile(Limits(webhook=Limit(MOST, MINUTE)), tickets), Barrier(WORKERS)

    def draws(webhook: int) -> int:
        together.wait()
        return turnstile.room_at(f"whk_{webhook}", EACH, NOW)

    with ThreadPoolExecutor(WORKERS) as pool:
        went = [sum(pool.map(draws, [number] * WORKERS)) for number in range(ROUNDS)]
    assert max(went) <= MOST
    assert turnstile.room_at("whk_0", EACH, NOW) == 0
