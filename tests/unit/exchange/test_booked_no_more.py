"""A pending visit whose agreement ends meanwhile: it is booked no more, and holds until it lapses."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.exchange.domain import refusals
from services.exchange.domain.agreement import EXPIRED, TERMINATED, Agreement
from services.exchange.domain.claims import moves
from services.exchange.domain.ledger import Move, ledger_id
from services.exchange.domain.parties import ACCEPTED, DECLINED, Reply
from services.exchange.domain.replying import reply
from services.exchange.domain.visit import BOOKED, CANCELLED, PENDING, Visit, holds
from tests.amending import before_its_turn, terminate
from tests.unit.exchange import given
from tests.unit.exchange.lives import ARRIVAL, BOTH, DEPARTURE, Life

DAY = timedelta(days=1)
WAITING = given.visit(PENDING, replies={"sending-site": Reply(ACCEPTED, "per_ali", given.NOW)})


def host_says(status: str, agreement: Agreement, visit: Visit = WAITING) -> Visit:
    answer = Reply(status, "per_zhang", given.NOW)
    return reply(visit, party="host-department", answer=answer, agreement=agreement, today=given.NOW.date()).state


@pytest.mark.parametrize(
    ("different", "facts"),
    [
        ({"state": TERMINATED}, {"state": "terminated", "from": "2026-01-01", "until": "2026-12-31"}),
        ({"state": EXPIRED}, {"state": "expired", "from": "2026-01-01", "until": "2026-12-31"}),
        (
            {"in_effect_until": DEPARTURE - DAY},
            {"state": "in-effect", "from": "2026-01-01", "until": "2026-04-07"},
        ),
        (
            {"in_effect_from": ARRIVAL + DAY},
            {"state": "in-effect", "from": "2026-04-07", "until": "2026-12-31"},
        ),
    ],
    ids=["terminated", "expired", "shortened", "begun later"],
)
def test_an_acceptance_that_would_book_what_is_no_longer_covered_is_refused_with_the_days(
    different: dict[str, Any], facts: dict[str, str]
) -> None:
    with pytest.raises(refusals.AgreementNotInEffect) as refused:
        host_says(ACCEPTED, given.agreement(**different))
    assert refused.value.facts == {"agreement": "agr_1", **facts}


def test_a_condition_that_was_dropped_books_nothing_more() -> None:
    before = replace(given.agreement().standing, in_force_since=given.NOW)
    dropped = given.agreement(conditions=(given.condition(id="cnd_2"),), superseded=(before,))
    with pytest.raises(refusals.ConditionRemoved):
        host_says(ACCEPTED, dropped)


def test_an_acceptance_that_books_nothing_and_a_refusal_are_taken_all_the_same() -> None:
    ended = given.agreement(state=TERMINATED)
    assert host_says(DECLINED, ended).state == CANCELLED
    awaited = replace(WAITING, needs=(*BOTH, "authority"))
    assert host_says(ACCEPTED, ended, awaited).state == PENDING


def test_the_acceptance_that_books_what_is_held_already_asks_the_ledger_for_its_days_and_nothing_else() -> None:
    ledger = ledger_id("agr_1", "cnd_1", 2026)
    assert moves(WAITING, replace(WAITING, state=BOOKED)) == (Move(ledger, covering=(ARRIVAL, DEPARTURE)),)
    assert moves(WAITING, replace(WAITING, purpose="Course")) == ()
    assert moves(given.visit(BOOKED), given.visit(BOOKED, purpose="Course")) == ()


@pytest.fixture
def one() -> Life:
    """A visit from 6 to 8 April that only the host's acceptance is wanting to be booked."""
    one = Life(BOTH)
    one.accepted_by("sending-site")
    return one


def held(one: Life) -> int:
    (ledger,) = one.alliance.memory.fake_ledgers.kept.values()
    return ledger.visits.held


def test_after_a_termination_it_holds_what_it_held_until_it_lapses(one: Life) -> None:
    terminate(one.alliance, ARRIVAL)
    before = one.alliance.memory.fake_visits.kept[one.visit_id]
    with pytest.raises(refusals.AgreementNotInEffect) as refused:
        one.accepted_by("host-department")
    assert refused.value.facts["until"] == "2026-04-06"
    assert one.alliance.memory.fake_visits.kept[one.visit_id] == before
    assert (frozenset(holds(one.visit)), held(one)) == (before.holds, 1)
    one.alliance.clock.moment = one.visit.reply_by
    one.give("lapse_visit", "system")
    assert (one.visit.state, holds(one.visit), held(one)) == (CANCELLED, (), 0)


def test_when_its_agreement_has_expired_it_is_booked_no_more(one: Life) -> None:
    agreements = one.alliance.memory.fake_agreements.kept
    kept = agreements[one.alliance.agreement]
    until_the_day_before = replace(kept.state, in_effect_until=ARRIVAL - DAY, ends_at=one.alliance.clock.moment)
    agreements[one.alliance.agreement] = replace(kept, state=until_the_day_before)
    one.alliance.exchange.end_agreement(one.alliance.agreement, one.alliance.context(one.actor("system")))
    with pytest.raises(refusals.AgreementNotInEffect) as refused:
        one.accepted_by("host-department")
    assert refused.value.facts["state"] == "expired"


@pytest.mark.parametrize(
    ("last_day", "refusal"),
    [(date(2026, 3, 2), refusals.QuotaClosed), (ARRIVAL, refusals.AgreementNotInEffect)],
    ids=["at once", "announced"],
)
def test_a_termination_between_the_decision_and_its_save_is_not_missed(
    one: Life, last_day: date, refusal: type[Exception]
) -> None:
    with before_its_turn(one.alliance, lambda: terminate(one.alliance, last_day)), pytest.raises(refusal):
        one.accepted_by("host-department")
    assert (one.visit.state, held(one)) == (PENDING, 1)
