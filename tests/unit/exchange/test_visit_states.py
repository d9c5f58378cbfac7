"""What a visit's commands make of it, as plain decisions; test_lifecycle.py gives each in every state as everybody."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.kernel.decision import Decision
from services.exchange.domain import events
from services.exchange.domain.attending import arrive, fulfil
from services.exchange.domain.cancelling import LAPSE, cancel, due, lapse
from services.exchange.domain.parties import ACCEPTED, DECLINED, TENTATIVE, Reply
from services.exchange.domain.refusals import DateInTheFuture, DatesReversed, NotAsked
from services.exchange.domain.replying import reply
from services.exchange.domain.seating import in_seats
from services.exchange.domain.visit import ARRIVED, BOOKED, CANCELLED, FULFILLED, PENDING, PROPOSED, Visit
from tests.unit.exchange import given

DAY = date(2026, 4, 8)
LATE = given.NOW + timedelta(days=14)

Act = Callable[[Visit], Decision[Visit]]


def replying(status: str, party: str = "host-department", reason: str = "") -> Act:
    answer = Reply(status, "per_zhang", given.NOW, reason)
    return lambda visit: reply(visit, party=party, answer=answer, agreement=given.agreement(), today=given.NOW.date())


def arriving(visit: Visit) -> Decision[Visit]:
    return arrive(visit, arrived_on=DAY, today=DAY)


def fulfilling(visit: Visit) -> Decision[Visit]:
    return fulfil(visit, departed_on=DAY, report="Went well.", today=DAY)


def cancelling(visit: Visit) -> Decision[Visit]:
    return cancel(visit, by="per_zhang", reason="The road is closed.")


@pytest.mark.parametrize("state", given.STATES)
def test_what_nobody_answered_in_time_lapses_and_nothing_else_does(state: str) -> None:
    decision = lapse(given.visit(state), now=LATE)
    if state not in (PROPOSED, PENDING):
        assert decision is None
        return
    assert decision is not None
    assert (decision.state.state, decision.what) == (CANCELLED, "lapsed")
    assert decision.events == (events.VisitCancelled(decision.state, by=None, reason=decision.why),)
    assert LATE.isoformat() in decision.why


def test_nothing_lapses_a_moment_too_early() -> None:
    assert lapse(given.visit(), now=LATE - timedelta(microseconds=1)) is None


@pytest.mark.parametrize("state", given.STATES)
def test_only_an_open_visit_waits_for_its_replies(state: str) -> None:
    waits = [(moment.name, moment.at) for moment in due(given.visit(state))]
    assert waits == ([(LAPSE, LATE)] if state in (PROPOSED, PENDING) else [])


def test_the_acceptance_of_the_only_party_that_is_asked_books_at_once() -> None:
    decision = replying(ACCEPTED)(given.visit(needs=("host-department",)))
    assert decision.state.state == BOOKED
    assert [type(event) for event in decision.events] == [events.VisitReplied, events.VisitBooked]


def test_the_same_party_accepting_twice_books_nothing() -> None:
    once = replying(ACCEPTED)(given.visit()).state
    assert replying(ACCEPTED)(once).state.state == PENDING


def test_taking_an_acceptance_back_lets_go_of_what_was_held() -> None:
    pending = replying(ACCEPTED)(given.visit()).state
    assert replying(TENTATIVE)(pending).state.state == PROPOSED


def test_a_refusal_by_one_party_outweighs_every_acceptance() -> None:
    booked = given.visit(BOOKED)
    decision = replying(DECLINED, "sending-site", "Nobody can be spared.")(booked)
    assert decision.state.state == CANCELLED
    cancelled = events.VisitCancelled(decision.state, by="per_zhang", reason="Nobody can be spared.")
    assert decision.events == (events.VisitReplied(decision.state, party="sending-site"), cancelled)


def test_a_refusal_without_a_reason_says_who_refused() -> None:
    assert replying(DECLINED)(given.visit()).events[-1].reason == "declined by host-department"


def test_a_party_that_the_agreement_does_not_ask_has_no_reply_to_give() -> None:
    with pytest.raises(NotAsked) as refused:
        replying(ACCEPTED, "authority")(given.visit())
    assert refused.value.facts == {"party": "authority", "asked": list(given.BOTH_ENDS)}


def test_a_reply_says_who_gave_it_when_and_why() -> None:
    decision = replying(TENTATIVE, reason="After the 10th?")(given.visit())
    assert decision.state.replies["host-department"] == Reply(TENTATIVE, "per_zhang", given.NOW, "After the 10th?")
    assert (decision.what, decision.why) == ("tentative by host-department", "After the 10th?")


def test_a_reply_leaves_those_of_the_others_as_they_are() -> None:
    decision = replying(ACCEPTED)(given.visit(PENDING))
    assert decision.state.replies["sending-site"] == given.visit(PENDING).replies["sending-site"]


def test_each_visitor_is_given_a_seat() -> None:
    decision = in_seats(replying(ACCEPTED)(given.visit()), [2])
    assert [visitor.seat for visitor in decision.state.visitors] == [2]


def test_there_are_as_many_seats_as_visitors() -> None:
    with pytest.raises(ValueError, match="too few"):
        in_seats(replying(ACCEPTED)(given.visit()), [])


@pytest.mark.parametrize(
    ("act", "facts"),
    [
        (lambda: arrive(given.visit(BOOKED), arrived_on=DAY, today=DAY - timedelta(days=1)), {}),
        (lambda: fulfil(given.visit(ARRIVED), departed_on=DAY, report="", today=DAY - timedelta(days=1)), {}),
    ],
    ids=["arrival", "departure"],
)
def test_what_is_still_to_come_cannot_be_recorded(act: Callable[[], Any], facts: dict[str, Any]) -> None:
    with pytest.raises(DateInTheFuture) as refused:
        act()
    assert refused.value.facts == {"date": "2026-04-08", "today": "2026-04-07"}


def test_nobody_leaves_before_they_came() -> None:
    with pytest.raises(DatesReversed) as refused:
        fulfil(given.visit(ARRIVED), departed_on=date(2026, 4, 5), report="", today=DAY)
    assert refused.value.facts == {"arrival": "2026-04-06", "departure": "2026-04-05"}


def test_an_arrival_is_told_with_its_day() -> None:
    decision = arriving(given.visit(BOOKED))
    assert decision.state.actual_arrival == DAY
    assert decision.events == (events.VisitArrived(decision.state, ("per_bano",), DAY),)


def test_a_fulfilled_visit_says_which_outcome_is_expected_of_it_and_by_when() -> None:
    decision = fulfilling(given.visit(ARRIVED))
    assert decision.events == (events.VisitFulfilled(decision.state),)
    assert decision.state.expected_outcome == ("publication", DAY + timedelta(days=90))
    assert decision.state.report == "Went well."


@pytest.mark.parametrize("visit", [given.visit(ARRIVED), given.visit(FULFILLED, expects=None)])
def test_no_outcome_is_expected_before_the_end_or_where_the_agreement_wants_none(visit: Visit) -> None:
    assert visit.expected_outcome is None


def test_a_cancellation_says_who_and_why() -> None:
    decision = cancelling(given.visit(BOOKED))
    wanted = events.VisitCancelled(decision.state, by="per_zhang", reason="The road is closed.")
    assert (decision.events, decision.why) == ((wanted,), "The road is closed.")
