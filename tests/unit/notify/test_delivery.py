"""The states of a delivery: what each answer leads to, and when the next attempt comes."""

from datetime import timedelta

import pytest

from services.notify.domain import delivery, sending
from services.notify.domain.delivery import LATER, NEVER, TAKEN, Answer, Delivery
from services.notify.domain.events import NotificationSent, NotificationUndelivered
from services.notify.domain.notification import Notification, due
from services.notify.domain.reading import read
from tests.unit.notify.samples import NOW, attempted, one_of_each_purpose

MINUTES = [1, 5, 30, 120, 720]


@pytest.fixture
def queued() -> Notification:
    return one_of_each_purpose()["visit-booked"]


def failed(times: int, notification: Notification) -> Notification:
    for number in range(times):
        answer = Answer(LATER, reason="smtp 451")
        notification = attempted(notification, answer, now=NOW + timedelta(days=number)).state
    return notification


def test_a_new_one_is_queued_and_wants_to_be_sent_at_once(queued: Notification) -> None:
    assert queued.deliveries[0].state == "queued"
    assert [(each.name, each.at) for each in due(queued)] == [("email", NOW)]


def test_what_the_server_took_is_sent_and_wants_nothing_more(queued: Notification) -> None:
    decision = attempted(queued, Answer(TAKEN), now=NOW)
    assert decision.state.deliveries[0].state == "sent"
    assert due(decision.state) == ()
    assert decision.events == (NotificationSent(decision.state, decision.state.deliveries[0]),)


@pytest.mark.parametrize(("times", "minutes"), list(enumerate(MINUTES, start=1)))
def test_after_each_failure_the_next_attempt_comes_later(times: int, minutes: int, queued: Notification) -> None:
    tried = failed(times, queued)
    assert tried.deliveries[0].state == "delivery_attempted"
    assert tried.deliveries[0].next_try == tried.deliveries[0].attempts[-1].at + timedelta(minutes=minutes)


def test_after_the_last_failure_it_is_given_up_and_told_of(queued: Notification) -> None:
    tried = failed(len(MINUTES), queued)
    decision = attempted(tried, Answer(LATER, reason="smtp 451"), now=NOW)
    assert decision.state.deliveries[0].state == "undelivered"
    assert due(decision.state) == ()
    assert decision.events == (NotificationUndelivered(decision.state, decision.state.deliveries[0]),)
    assert len(decision.state.deliveries[0].attempts) == 6


def test_a_refusal_for_good_ends_it_at_once(queued: Notification) -> None:
    decision = attempted(queued, Answer(NEVER, reason="smtp 550 5.1.1", detail="no such user"), now=NOW)
    assert decision.state.deliveries[0].state == "undelivered"
    attempt = decision.state.deliveries[0].attempts[0]
    assert (attempt.reason, attempt.detail) == ("smtp 550 5.1.1", "no such user")


def test_every_attempt_is_kept_with_its_reason(queued: Notification) -> None:
    sent = attempted(failed(2, queued), Answer(TAKEN), now=NOW).state
    assert [each.state for each in sent.deliveries[0].attempts] == ["delivery_attempted", "delivery_attempted", "sent"]


def test_a_server_that_is_away_costs_a_message_none_of_its_attempts(queued: Notification) -> None:
    away, refused = Answer(LATER, reason="ConnectionRefusedError", server_away=True), Answer(LATER, reason="smtp 451")
    for hour in range(40):
        queued = attempted(queued, away, now=NOW + timedelta(hours=hour)).state
    assert (queued.state, len(queued.deliveries[0].attempts)) == ("delivery_attempted", 40)
    after = attempted(queued, refused, now=NOW + timedelta(hours=41)).state.deliveries[0]
    assert after.next_try == after.attempts[-1].at + timedelta(minutes=MINUTES[0])


def test_and_is_not_waited_for_for_ever(queued: Notification) -> None:
    away = Answer(LATER, reason="ConnectionRefusedError", server_away=True)
    tried = attempted(queued, away).state
    given_up = attempted(tried, away, now=NOW + delivery.PATIENCE + timedelta(seconds=1)).state
    assert (given_up.state, due(given_up)) == ("undelivered", ())


@pytest.mark.parametrize(("waited", "pause"), [(0, 5), (3, 5), (60, 60), (3600, 3600), (10**5, 6 * 3600)])
def test_an_unknown_recipient_is_waited_for_as_long_again(waited: int, pause: int, queued: Notification) -> None:
    now = NOW + timedelta(seconds=waited)
    decision = sending.put_off(queued, queued.deliveries[0], now=now)
    assert decision.state.deliveries[0].next_try == now + timedelta(seconds=pause)
    assert decision.state.deliveries[0].state == "queued"
    assert decision.state.deliveries[0].attempts == ()


def test_and_not_for_ever(queued: Notification) -> None:
    decision = sending.put_off(queued, queued.deliveries[0], now=NOW + delivery.PATIENCE + timedelta(seconds=1))
    assert decision.state.deliveries[0].state == "not_sent"
    assert due(decision.state) == ()


def test_reading_changes_nothing_about_the_delivery(queued: Notification) -> None:
    decision = read(queued, now=NOW)
    assert decision is not None
    assert (decision.state.read_at, decision.state.deliveries[0]) == (NOW, Delivery("email", next_try=NOW))
    assert read(decision.state, now=NOW) is None
