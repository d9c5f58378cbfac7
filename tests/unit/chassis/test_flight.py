"""What publisher confirms mean for the events that are out."""

import random

import pytest

from chassis.relay.flight import Flight
from chassis.relay.parcels import Outcome, Parcel, Unsent

EVENTS = [Unsent(str(number), "exchange.visit.booked.v1", b"{}") for number in range(10)]
PARCEL = Parcel("visits", "vis_1", 1, EVENTS)


@pytest.fixture
def flight() -> Flight:
    """Ten events out, with tags 1 to 10."""
    flight = Flight()
    for event in EVENTS:
        flight.sent(PARCEL, event)
    return flight


def ids(settled: list[tuple[Parcel, Unsent, Outcome]], outcome: Outcome) -> list[str]:
    return [event.id for _, event, became in settled if became is outcome]


def test_an_answer_settles_one_event(flight: Flight) -> None:
    assert ids(flight.answered(3, multiple=False, taken=True), Outcome.CONFIRMED) == ["2"]
    assert len(flight) == 9


def test_an_answer_for_multiple_settles_all_up_to_its_tag_that_are_still_out(flight: Flight) -> None:
    flight.answered(2, multiple=False, taken=True)
    assert ids(flight.answered(4, multiple=True, taken=True), Outcome.CONFIRMED) == ["0", "2", "3"]
    assert len(flight) == 6


def test_a_nack_leaves_the_event_to_be_sent_again(flight: Flight) -> None:
    settled = flight.answered(5, multiple=True, taken=False)
    assert ids(settled, Outcome.NACKED) == ["0", "1", "2", "3", "4"]
    assert not Outcome.NACKED.settled


def test_a_returned_event_is_unroutable_when_it_is_confirmed_and_only_it(flight: Flight) -> None:
    flight.returned("1", "exchange.visit.booked.v1")
    settled = flight.answered(3, multiple=True, taken=True)
    assert ids(settled, Outcome.UNROUTABLE) == ["1"]
    assert ids(settled, Outcome.CONFIRMED) == ["0", "2"]


def test_an_event_that_was_returned_once_is_not_taken_for_returned_the_next_time(flight: Flight) -> None:
    flight.returned("0", "exchange.visit.booked.v1")
    flight.answered(1, multiple=False, taken=True)
    flight.sent(PARCEL, EVENTS[0])
    assert ids(flight.answered(11, multiple=False, taken=True), Outcome.CONFIRMED) == ["0"]


def test_of_what_was_out_when_the_connection_went_nothing_is_known_and_tags_begin_anew(flight: Flight) -> None:
    flight.answered(4, multiple=True, taken=True)
    assert ids(flight.lost(), Outcome.UNKNOWN) == ["4", "5", "6", "7", "8", "9"]
    flight.sent(PARCEL, EVENTS[7])
    assert ids(flight.answered(1, multiple=False, taken=True), Outcome.CONFIRMED) == ["7"]


@pytest.mark.parametrize("tag", [0, 11, 999])
def test_an_answer_for_nothing_settles_nothing(flight: Flight, tag: int) -> None:
    assert flight.answered(tag, multiple=False, taken=True) == []


@pytest.mark.parametrize("seed", range(20))
def test_however_the_broker_answers_each_event_is_settled_once(flight: Flight, seed: int) -> None:
    chance = random.Random(seed)
    settled = []
    while len(flight):
        settled += flight.answered(chance.randint(1, 10), chance.random() < 0.3, chance.random() < 0.9)
    assert sorted(event.id for _, event, _ in settled) == sorted(event.id for event in EVENTS)
