"""What agreements need of the ledgers and of the visits under them: in memory and in the database alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.exchange.domain.agreement import Version
from services.exchange.domain.ledger import Account, Amounts, CountedOutcome, Ledger, opened
from services.exchange.domain.refusals import AgreementNotInEffect, PromiseBelowBooked, QuotaExceeded
from services.exchange.domain.visit import BOOKED, CANCELLED, FULFILLED, PROPOSED
from tests.contract.test_exchange_ports_contract import (
    LEDGER,
    Shelves,
    hold,
    in_memory,
    in_the_database,
    keep,
    move,
    moving,
    numbered,
    opening,
)
from tests.unit.exchange import given


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    return in_memory() if request.param == "in memory" else in_the_database(request)


def promised(**terms: Any) -> Ledger:
    return opened(given.agreement(conditions=(given.condition(**terms),)))[0]


def promise(shelves: Shelves, **terms: Any) -> Callable[[Any], None]:
    return lambda within: shelves.ledgers.promise(promised(**terms), within)


def test_what_is_promised_anew_leaves_what_is_taken_and_opens_the_ledger(shelves: Shelves) -> None:
    move(shelves, opening(shelves), hold(shelves, 5), hold(shelves, 7))
    shelves.ledgers.count_outcome({LEDGER: CountedOutcome("one", "cnd_1")})
    more = {"visits_per_year": 20, "visitor_days_per_year": 12, "outcomes_per_year": 9}
    stands = move(
        shelves,
        moving(shelves, held=Amounts(-1, -5), used=Amounts(1, 6), planned_days=5),
        lambda within: shelves.ledgers.close(LEDGER, within),
        promise(shelves, **more | {"visitor_days_per_year": 13}),
    )
    assert stands.visits == Account(20, used=1, held=1)
    assert stands.visitor_days == Account(13, used=6, held=7)
    assert (stands.outcomes_promised, stands.outcomes_reported, stands.planned_days) == (9, 1, 5)
    assert not stands.closed
    with pytest.raises(QuotaExceeded) as refused:
        move(shelves, hold(shelves, 1))
    assert refused.value.facts["left"] == 0


@pytest.mark.parametrize(
    ("terms", "facts"),
    [
        ({"visits_per_year": 1}, {"of": "visits", "promised": 1, "used": 1, "held": 1}),
        ({"visitor_days_per_year": 10}, {"of": "visitor-days", "promised": 10, "used": 6, "held": 5}),
    ],
)
def test_less_than_is_taken_is_never_promised(shelves: Shelves, terms: dict[str, Any], facts: dict[str, Any]) -> None:
    move(shelves, opening(shelves), hold(shelves, 5), hold(shelves, 5))
    before = move(shelves, moving(shelves, held=Amounts(-1, -5), used=Amounts(1, 6), planned_days=5))
    with pytest.raises(PromiseBelowBooked) as refused:
        move(shelves, promise(shelves, **terms))
    assert refused.value.facts == {"condition": "cnd_1", "year": 2026, **facts}
    assert shelves.ledgers.load(LEDGER) == before


def test_what_is_over_its_promise_already_may_stay_so(shelves: Shelves) -> None:
    move(shelves, opening(shelves, visitor_days_per_year=3), hold(shelves, 3))
    move(shelves, moving(shelves, held=Amounts(-1, -3), used=Amounts(1, 5), planned_days=3))
    stands = move(shelves, promise(shelves, visitor_days_per_year=3, visits_per_year=2))
    assert (stands.visitor_days.left, stands.visits) == (-2, Account(2, used=1))


def test_days_that_the_agreement_does_not_cover_are_not_held(shelves: Shelves) -> None:
    before = move(shelves, opening(shelves))
    for days in ((date(2025, 12, 31), date(2026, 1, 2)), (date(2026, 12, 31), date(2027, 1, 1))):
        with pytest.raises(AgreementNotInEffect):
            move(shelves, moving(shelves, held=Amounts(1, 2), covering=days))
    assert shelves.ledgers.load(LEDGER) == before


def test_visits_that_an_agreement_does_not_cover_are_told_by_their_departure(shelves: Shelves) -> None:
    terms = given.agreement(in_effect_until=date(2026, 4, 7))
    late = {"planned_departure": date(2026, 4, 9)}
    for visit in (
        numbered(1, BOOKED, **late),
        numbered(2, PROPOSED),
        numbered(3, CANCELLED),
        numbered(4, BOOKED, planned_departure=date(2026, 4, 7)),
        numbered(5, BOOKED, agreement="agr_2"),
        numbered(6, FULFILLED),
        numbered(8, BOOKED, planned_arrival=date(2025, 12, 30), planned_departure=date(2026, 1, 2)),
    ):
        keep(shelves.visits, visit)
    assert [each.id for each in shelves.visits.beyond(terms, 10)] == ["vis_2", "vis_1"]
    keep(shelves.visits, numbered(7, BOOKED, planned_departure=date(2026, 4, 7), condition="cnd_old"))
    old = Version(1, given.agreement(conditions=(given.condition(id="cnd_old"),)).text)
    amended = replace(terms, text_number=2, superseded=(old,))
    assert [each.id for each in shelves.visits.beyond(amended, 10)] == ["vis_8", "vis_7", "vis_2", "vis_1"]
    assert [each.id for each in shelves.visits.beyond(amended, 1)] == ["vis_8"]
    assert shelves.visits.beyond(given.agreement(id="agr_3"), 10) == []
