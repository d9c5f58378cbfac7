"""Bookings that race: the database refuses what the rules refuse, however many ask at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import partial
from itertools import cycle
from typing import Any

import pytest

from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Refusal
from chassis.store import database_at
from services.exchange.domain.refusals import HostFull, QuotaExceeded, VisitorDoubleBooked
from tests.alliance import EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

WRITERS = 10
MakeAlliance = Callable[..., Alliance]


@pytest.fixture
def make_alliance(make_installation: MakeInstallation) -> MakeAlliance:
    """Makes an alliance of so many seats, visits a year, and so on."""
    installation = make_installation([EXCHANGE_ALONE])
    return partial(Alliance, database_at(installation.mongo_url("exchange")))


def accepted_at_once(alliance: Alliance, proposed: list[Receipt], processes: int = 3) -> Counter[str]:
    """How many were booked, and how many refused by which name: as if by so many processes that know nothing of each
    other, each with writers that take turns."""
    all_of_them = [alliance, *(elsewhere(alliance) for _ in range(processes - 1))]

    def accept(there: Alliance, visit: Receipt) -> str:
        try:
            return there.accept(visit).state
        except Refusal as refusal:
            return refusal.name

    with ThreadPoolExecutor(WRITERS) as writers:
        return Counter(writers.map(accept, cycle(all_of_them), proposed))


def elsewhere(alliance: Alliance) -> Alliance:
    """The same alliance, in another process as it were."""
    there = copy(alliance)
    there.exchange = alliance.opened()
    return there


def seats_held(alliance: Alliance) -> list[str]:
    found = alliance.database["visits"].find({"state": "booked"})
    return [key for visit in found for key in visit["holds"] if key.startswith("seat:")]


def test_eighty_bookings_by_ten_writers_under_one_quota_are_exact(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance(seats=100, visits_per_year=30)
    outcome = accepted_at_once(alliance, [alliance.propose() for _ in range(80)])
    assert outcome == {"booked": 30, "QuotaExceeded": 50}
    assert alliance.balance()["visits"] == {"promised": 30, "used": 0, "held": 30, "left": 0}
    assert alliance.balance()["visitor_days"]["held"] == 30 * 3


def test_writers_of_one_process_take_turns_and_nothing_is_written_twice(
    make_alliance: MakeAlliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    alliance = make_alliance(seats=100)
    proposed, tries = [alliance.propose() for _ in range(20)], list[int]()
    sites = alliance.exchange.stores.sites
    really = sites.has_seats

    def has_seats(site: str, department: str, seats: int, within: Any) -> bool:
        tries.append(seats)
        return really(site, department, seats, within)

    monkeypatch.setattr(sites, "has_seats", has_seats)
    assert accepted_at_once(alliance, proposed, processes=1) == {"booked": 20}
    assert len(tries) == 20


def test_as_many_win_as_there_are_seats_and_no_seat_is_held_twice(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance(seats=5)
    outcome = accepted_at_once(alliance, [alliance.propose() for _ in range(20)])
    assert outcome == {"booked": 5, "HostFull": 15}
    held = seats_held(alliance)
    assert len(held) == len(set(held)) == 5 * 3
    assert alliance.balance()["visits"]["held"] == 5


def test_a_visitor_cannot_be_in_two_places_whoever_asks_first(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance(seats=50)
    visitor = alliance.person()
    outcome = accepted_at_once(alliance, [alliance.propose(visitor) for _ in range(10)])
    assert outcome == {"booked": 1, "VisitorDoubleBooked": 9}


def test_without_the_unique_index_two_would_hold_one_seat(make_alliance: MakeAlliance) -> None:
    """The guard taken out: the race that the index decides is then lost by somebody."""
    alliance = make_alliance(seats=5)
    alliance.database["visits"].drop_index("holds_1")
    accepted_at_once(alliance, [alliance.propose() for _ in range(20)])
    held = seats_held(alliance)
    assert len(held) > len(set(held))


@pytest.mark.parametrize(
    ("seats", "quota", "refusal", "facts"),
    [
        (1, 9, HostFull, {"seats": 1, "free": 0, "asked": 1}),
        (9, 1, QuotaExceeded, {"of": "visits", "left": 0, "promised": 1}),
    ],
)
def test_what_is_full_is_refused_at_the_proposal_with_the_facts(
    make_alliance: MakeAlliance, seats: int, quota: int, refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    alliance = make_alliance(seats=seats, visits_per_year=quota)
    alliance.accept(alliance.propose())
    before = alliance.database["visits"].count_documents({})
    with pytest.raises(refusal) as refused:
        alliance.propose()
    assert facts.items() <= refused.value.facts.items()
    assert alliance.database["visits"].count_documents({}) == before


def test_a_booked_visitor_is_refused_at_the_proposal(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance()
    visitor = alliance.person()
    alliance.accept(alliance.propose(visitor))
    with pytest.raises(VisitorDoubleBooked) as refused:
        alliance.propose(visitor)
    assert refused.value.facts == {"person": visitor, "date": "2026-04-06"}
