"""Bookings race with what becomes of their agreement: the ledgers decide, in the database, whoever comes first."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Refusal
from chassis.store import database_at
from services.exchange.domain import claims
from services.exchange.domain.refusals import AgreementNotInEffect, PromiseBelowBooked, QuotaClosed
from tests.alliance import EXCHANGE_ALONE, START, Alliance
from tests.amending import amend, approve, before_its_turn, put_in_force, shown, terminate
from tests.fixtures.installations import MakeInstallation

MakeAlliance = Callable[..., Alliance]
TODAY = START.date()
BOTH = ("sending-site", "host-department")
MOMENT = 1.0
"""Seconds in which an agreement is ended many times over."""


@pytest.fixture
def make_alliance(make_installation: MakeInstallation) -> MakeAlliance:
    installation = make_installation([EXCHANGE_ALONE])
    return partial(Alliance, database_at(installation.mongo_url("exchange")))


class InBetween:
    """`Dice` that let something happen between the decision to book and its save; they fall as they ever did."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self._happens: Callable[[], object] | None = happens

    def shuffled(self, seats: Sequence[int]) -> list[int]:
        happens, self._happens = self._happens, None
        if happens:
            happens()
        return list(seats)


@contextmanager
def while_booking(alliance: Alliance, happens: Callable[[], object]) -> Iterator[None]:
    booking = alliance.exchange.booking
    before, booking._dice = booking._dice, InBetween(happens)
    yield
    booking._dice = before


def answers(alliance: Alliance, proposed: list[Receipt], also: Callable[[], object]) -> Counter[str]:
    """What becomes of acceptances by ten writers while `also` happens among them."""

    def accept(visit: Receipt) -> str:
        try:
            return alliance.accept(visit).state
        except Refusal as refusal:
            return refusal.name

    with ThreadPoolExecutor(11) as writers:
        told = [writers.submit(accept, visit) for visit in proposed[: len(proposed) // 2]]
        other = writers.submit(also)
        told += [writers.submit(accept, visit) for visit in proposed[len(proposed) // 2 :]]
        other.result()
        return Counter(each.result() for each in told)


def pending(alliance: Alliance, **dates: Any) -> Receipt:
    """A visit that only the host's acceptance is wanting to be booked."""
    return alliance.reply(alliance.propose(**dates), "accepted", party="sending-site")


def ledger(alliance: Alliance) -> dict[str, Any]:
    found: dict[str, Any] | None = alliance.database["ledgers"].find_one({"condition": alliance.condition})
    assert found
    return found


def test_a_booking_in_flight_does_not_slip_by_a_termination(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance()
    visit = alliance.propose(arrival=TODAY, days=1)
    with while_booking(alliance, lambda: terminate(alliance, TODAY)), pytest.raises(QuotaClosed):
        alliance.accept(visit)
    assert (ledger(alliance)["closed"], ledger(alliance)["visits"]["held"]) == (True, 0)
    assert shown(alliance)["state"] == "terminated"


def test_without_closed_ledgers_it_would(make_alliance: MakeAlliance) -> None:
    """The guard taken out: the booking that was decided before the termination is saved after it."""
    alliance = make_alliance()
    visit = alliance.propose(arrival=TODAY, days=1)

    def terminate_and_leave_open() -> None:
        terminate(alliance, TODAY)
        alliance.database["ledgers"].update_many({}, {"$set": {"closed": False}})

    with while_booking(alliance, terminate_and_leave_open):
        assert alliance.accept(visit).state == "booked"
    assert (shown(alliance)["state"], ledger(alliance)["visits"]["held"]) == ("terminated", 1)


def test_a_booking_in_flight_does_not_reach_behind_an_announced_end(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance()
    visit = alliance.propose()
    with (
        while_booking(alliance, lambda: terminate(alliance, TODAY + timedelta(days=7))),
        pytest.raises(AgreementNotInEffect),
    ):
        alliance.accept(visit)
    assert ledger(alliance)["visits"]["held"] == 0


def test_without_the_days_of_the_ledger_it_would(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance()
    visit = alliance.propose()

    def announce_and_forget_the_days() -> None:
        terminate(alliance, TODAY + timedelta(days=7))
        alliance.database["ledgers"].update_many({}, {"$unset": {"last_day": ""}})

    with while_booking(alliance, announce_and_forget_the_days):
        assert alliance.accept(visit).state == "booked"
    assert [each["id"] for each in shown(alliance)["booked_after_end"]] == [visit.id]


def test_bookings_and_a_termination_at_once_leave_exact_books(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance(seats=60)
    proposed = [alliance.propose() for _ in range(30)]
    outcome = answers(alliance, proposed, lambda: terminate(alliance, TODAY))
    assert outcome.keys() <= {"booked", "QuotaClosed", "AgreementNotInEffect"}
    assert (
        ledger(alliance)["visits"]["held"]
        == outcome["booked"]
        == len([each for each in shown(alliance)["booked_after_end"] if each["state"] == "booked"])
    )
    assert ledger(alliance)["closed"]


@pytest.mark.parametrize(
    ("days_left", "refusal"), [(0, QuotaClosed), (7, AgreementNotInEffect)], ids=["at once", "announced"]
)
def test_the_last_acceptance_of_a_pending_visit_does_not_slip_by_a_termination(
    make_alliance: MakeAlliance, days_left: int, refusal: type[Refusal]
) -> None:
    alliance = make_alliance(acceptance=BOTH)
    visit = pending(alliance)
    last_day = TODAY + timedelta(days=days_left)
    with before_its_turn(alliance, lambda: terminate(alliance, last_day)), pytest.raises(refusal):
        alliance.accept(visit)
    stands = alliance.exchange.stores.visits.load(visit.id)
    assert (stands.version, stands.state.state, ledger(alliance)["visits"]["held"]) == (visit.version, "pending", 1)
    with pytest.raises(AgreementNotInEffect):
        alliance.accept(visit)


def test_a_ledger_that_is_not_asked_when_a_pending_visit_is_booked_lets_it_slip_by(
    make_alliance: MakeAlliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    alliance = make_alliance(acceptance=BOTH)
    visit, after_the_decision = pending(alliance), iter([partial(terminate, alliance, TODAY)])
    moves = claims.moves

    def none_for_what_is_held_already(*states: Any) -> tuple[Any, ...]:
        for happen in after_the_decision:
            happen()
        return tuple(replace(move, covering=None) for move in moves(*states) if move.held.visits)

    monkeypatch.setattr("services.exchange.application.booking.moves", none_for_what_is_held_already)
    assert alliance.accept(visit).state == "booked"
    assert shown(alliance)["state"] == "terminated"


def termination_amid_an_acceptance(alliance: Alliance, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether an agreement could be ended when the ledger was asked and the acceptance was not saved yet."""
    visit, ledgers, went_first = pending(alliance), alliance.exchange.stores.ledgers, list[bool]()
    really = ledgers.move

    def moved(*given: Any) -> None:
        really(*given)
        if not went_first:
            begun = writer.submit(terminate, alliance, TODAY)
            # Who may end it has done so within a moment; who may not waits for the acceptance, which goes on.
            wait([begun], MOMENT)
            went_first.append(begun.done())

    monkeypatch.setattr(ledgers, "move", moved)
    with ThreadPoolExecutor(1) as writer:
        assert alliance.accept(visit).state == "booked"
    assert shown(alliance)["state"] == "terminated"
    return went_first[0]


def test_an_agreement_does_not_end_between_the_look_at_its_ledger_and_the_booking(
    make_alliance: MakeAlliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    alliance = make_alliance(acceptance=BOTH)
    assert not termination_amid_an_acceptance(alliance, monkeypatch)


def test_a_look_at_the_ledger_that_writes_nothing_would_let_it_end(
    make_alliance: MakeAlliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    alliance = make_alliance(acceptance=BOTH)
    monkeypatch.setattr(
        "services.exchange.adapters.ledger_store.LedgerStore._move",
        lambda shelf, ledger_id, _, within, fits: (
            shelf._ledgers.find_one({"_id": ledger_id, **fits}, session=within) is not None
        ),
    )
    assert termination_amid_an_acceptance(alliance, monkeypatch)


def test_last_acceptances_and_a_termination_at_once_book_none_behind_the_end(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance(seats=60, acceptance=BOTH)
    waiting = [pending(alliance) for _ in range(20)]
    outcome = answers(alliance, waiting, lambda: terminate(alliance, TODAY))
    assert outcome.keys() <= {"booked", "QuotaClosed", "AgreementNotInEffect"}
    stand = Counter(each["state"] for each in shown(alliance)["booked_after_end"])
    assert (stand["booked"], stand["pending"]) == (outcome["booked"], 20 - outcome["booked"])
    assert ledger(alliance)["visits"]["held"] == 20


def test_the_ledgers_follow_an_amendment_in_the_write_that_puts_it_in_force(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance()
    alliance.accept(alliance.propose())
    kept = alliance.database["ledgers"]
    put_in_force(alliance, {"visits_per_year": 5, "visitor_days_per_year": 20}, in_effect_until="2027-12-31")
    assert ledger(alliance)["visits"] == {"promised": 5, "used": 0, "held": 1, "left": 4}
    assert ledger(alliance)["visitor_days"] == {"promised": 20, "used": 0, "held": 3, "left": 17}
    assert {each["year"]: each["last_day"] for each in kept.find()} == {2026: "2027-12-31", 2027: "2027-12-31"}
    alliance.accept(alliance.propose(arrival=TODAY + timedelta(days=400)))


def test_a_refused_last_approval_leaves_agreement_and_ledgers_as_they_were(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance()
    alliance.accept(alliance.propose())
    amend(alliance, {"visits_per_year": 1}, in_effect_until="2027-12-31")
    approve(alliance, alliance.manager)
    alliance.accept(alliance.propose())
    before = shown(alliance)
    with pytest.raises(PromiseBelowBooked) as refused:
        approve(alliance, alliance.host_manager)
    assert {"promised": 1, "used": 0, "held": 2}.items() <= refused.value.facts.items()
    assert shown(alliance) == before
    assert alliance.database["ledgers"].count_documents({}) == 1


def test_bookings_and_a_smaller_promise_at_once_never_hold_more_than_is_promised(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance(seats=60, visits_per_year=30)
    proposed = [alliance.propose() for _ in range(30)]
    amend(alliance, {"visits_per_year": 10})
    approve(alliance, alliance.manager)

    def last_approval() -> str:
        try:
            return approve(alliance, alliance.host_manager).state
        except PromiseBelowBooked:
            return "refused"

    outcome = answers(alliance, proposed, last_approval)
    visits = ledger(alliance)["visits"]
    assert visits["held"] == outcome["booked"] == visits["promised"] - visits["left"]
    assert (visits["promised"], visits["held"]) in [(10, 10), (30, 30)]


def test_a_booking_in_flight_finds_the_smaller_promise(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance(seats=5)
    alliance.accept(alliance.propose())
    visit = alliance.propose()
    amend(alliance, {"visits_per_year": 1})
    approve(alliance, alliance.manager)
    with while_booking(alliance, lambda: approve(alliance, alliance.host_manager)), pytest.raises(Refusal) as refused:
        alliance.accept(visit)
    assert refused.value.name == "QuotaExceeded"
    assert ledger(alliance)["visits"] == {"promised": 1, "used": 0, "held": 1, "left": 0}


def run_due(alliance: Alliance) -> int:
    return sum(timers.run_due() for timers in alliance.exchange.timers)


def test_the_timer_ends_an_agreement_whose_last_day_is_over(make_alliance: MakeAlliance) -> None:
    alliance = make_alliance()
    assert run_due(alliance) == 0
    alliance.clock.advance(timedelta(days=304, hours=13))
    assert run_due(alliance) == 1
    assert run_due(alliance) == 0
    assert shown(alliance)["state"] == "expired"
    assert ledger(alliance)["closed"]
    told = [event["type"] for event in alliance.database["agreements"].find_one({})["outbox"]]  # type: ignore[index]
    assert told[-1] == "exchange.agreement.expired.v1"
