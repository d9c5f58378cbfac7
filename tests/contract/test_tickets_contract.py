"""What tickets promise in memory and in the database: all workers draw from the same rolls, and none gets one twice."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from chassis.store import database_at
from services.notify.adapters.ticket_store import TicketStore
from services.notify.application.tickets import Tickets
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


def test_each_draw_tells_how_many_were_drawn_before(tickets: Tickets) -> None:
    assert [tickets.draw("a.example", each, OVER) for each in (2, 1, 3)] == [0, 2, 3]
    assert tickets.draw("b", 1, OVER) == 0


def test_what_is_given_back_of_one_roll_counts_no_more(tickets: Tickets) -> None:
    tickets.draw("a.example", 5, OVER)
    tickets.give_back("a.example", 3)
    assert tickets.draw("a.example", 1, OVER) == 2


def test_a_draw_of_many_tells_it_of_each(tickets: Tickets) -> None:
    assert tickets.draw_each({"a.example": 2, "b": 1}, OVER).before == {"a.example": 0, "b": 0}
    assert tickets.draw_each({"b": 3}, OVER).before == {"b": 1}
    assert tickets.draw_each({"a.example": 1, "b": 1, "c": 1}, OVER).before == {"a.example": 2, "b": 4, "c": 0}


def test_what_is_given_back_counts_no_more(tickets: Tickets) -> None:
    draw = tickets.draw_each({"a.example": 5, "b": 2}, OVER)
    tickets.draw_each({"b": 1}, OVER)
    for used in (4, 3):
        tickets.keep_of(draw, {"a.example": used})
    assert tickets.draw_each({"a.example": 1, "b": 1}, OVER).before == {"a.example": 3, "b": 1}


def test_what_is_over_is_forgotten_and_what_is_not_is_kept(tickets: Tickets) -> None:
    later = OVER + timedelta(hours=1)
    tickets.draw("past", 1, OVER)
    tickets.draw("present", 1, later)
    tickets.draw_each({"past of one": 1}, OVER)
    tickets.draw_each({"present of one": 1}, later)
    assert tickets.forget(OVER) == 0
    assert tickets.forget(OVER + timedelta(seconds=1)) == 2
    assert [tickets.draw(each, 1, later) for each in ("past", "present")] == [0, 1]
    assert tickets.draw_each({"past of one": 1, "present of one": 1}, later).before == {
        "past of one": 0,
        "present of one": 1,
    }


DRAWS: Mapping[str, Callable[[Tickets, str], int]] = {
    "one roll": lambda tickets, roll: tickets.draw(roll, EACH, OVER),
    "many rolls": lambda tickets, roll: tickets.draw_each({roll: EACH, f"{roll} too": EACH}, OVER).before[roll],
}


@pytest.mark.parametrize("tickets", [pytest.param("in the database", marks=pytest.mark.broker)], indirect=True)
@pytest.mark.parametrize("how", DRAWS)
def test_however_many_workers_draw_at_the_same_moment_no_more_go_than_the_limit(tickets: Tickets, how: str) -> None:
    together = Barrier(WORKERS)

    def go(number: int) -> int:
        """So many of one worker's."""
        together.wait()
        before = DRAWS[how](tickets, f"roll {number}")
        return sum(before + each < MOST for each in range(EACH))

    with ThreadPoolExecutor(WORKERS) as pool:
        went = [sum(pool.map(go, [number] * WORKERS)) for number in range(ROUNDS)]
    assert max(went) <= MOST
    assert DRAWS[how](tickets, "roll 0") == WORKERS * EACH
