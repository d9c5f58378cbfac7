"""The quota ledger: what a condition promises in a year, and what is left of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from services.exchange.domain.agreement import EXPIRED, TERMINATED
from services.exchange.domain.ledger import Account, Amounts, Ledger, ledger_id, opened
from services.exchange.domain.quota_plan import Plan, plan
from services.exchange.domain.refusals import AgreementNotInEffect, PromiseBelowBooked, QuotaClosed, QuotaExceeded
from tests.unit.exchange import given

COUNTS = st.integers(0, 100)


def ledger(**different: Any) -> Ledger:
    year = Ledger("led_1", "agr_1", "cnd_1", 2026, Account(12), Account(360), outcomes_promised=4)
    return replace(year, **different)


def test_an_agreement_opens_a_ledger_for_each_condition_and_year() -> None:
    terms = given.agreement(
        in_effect_until=date(2028, 3, 1), conditions=(given.condition(), given.condition(id="cnd_2", visits_per_year=1))
    )
    ledgers = opened(terms)
    assert {(each.condition, each.year) for each in ledgers} == {
        (condition, year) for condition in ("cnd_1", "cnd_2") for year in (2026, 2027, 2028)
    }
    assert ledgers[0] == Ledger(
        ledger_id("agr_1", "cnd_1", 2026),
        "agr_1",
        "cnd_1",
        2026,
        Account(12),
        Account(360),
        outcomes_promised=4,
        first_day=date(2026, 1, 1),
        last_day=date(2028, 3, 1),
    )


@hypothesis_given(COUNTS, COUNTS, COUNTS)
def test_what_is_promised_is_used_held_or_left(promised: int, used: int, held: int) -> None:
    account = Account(promised, used, held)
    assert account.used + account.held + account.left == promised


@hypothesis_given(COUNTS, COUNTS, st.integers(1, 100))
def test_a_visit_fits_exactly_when_as_much_is_left_as_it_takes(promised: int, held: int, asked: int) -> None:
    account = Account(promised, held=held)
    try:
        ledger(visitor_days=account).must_have_left(asked)
        fits = True
    except QuotaExceeded:
        fits = False
    assert fits == (promised - held >= asked)


@pytest.mark.parametrize(
    ("full", "facts"),
    [
        (ledger(visits=Account(12, used=4, held=8)), {"of": "visits", "asked": 1, "left": 0, "promised": 12}),
        (
            ledger(visitor_days=Account(360, used=300, held=58)),
            {"of": "visitor-days", "asked": 3, "left": 2, "promised": 360},
        ),
    ],
    ids=["visits", "visitor-days"],
)
def test_what_is_used_up_is_refused_with_the_numbers(full: Ledger, facts: dict[str, object]) -> None:
    with pytest.raises(QuotaExceeded) as refused:
        full.must_have_left(3)
    assert refused.value.facts == {"agreement": "agr_1", "condition": "cnd_1", "year": 2026, **facts}


def test_days_that_the_agreement_does_not_cover_are_refused_however_much_is_left() -> None:
    summer = ledger(first_day=date(2026, 6, 1), last_day=date(2026, 8, 31))
    summer.must_take(Amounts(1, 3), (date(2026, 6, 1), date(2026, 8, 31)))
    for arrival, departure in ((date(2026, 5, 31), date(2026, 6, 2)), (date(2026, 8, 30), date(2026, 9, 1))):
        with pytest.raises(AgreementNotInEffect) as refused:
            summer.must_take(Amounts(1, 3), (arrival, departure))
        assert refused.value.facts == {
            "agreement": "agr_1",
            "state": "in-effect",
            "from": "2026-06-01",
            "until": "2026-08-31",
        }


@hypothesis_given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_a_new_promise_is_allowed_unless_it_is_less_than_before_and_than_is_taken(
    promised: int, used: int, held: int, wanted: int
) -> None:
    def promise() -> None:
        ledger(visits=Account(promised, used, held)).must_allow(ledger(visits=Account(wanted)))

    if wanted >= promised or wanted >= used + held:
        promise()
        return
    with pytest.raises(PromiseBelowBooked) as refused:
        promise()
    assert refused.value.facts == {
        "condition": "cnd_1", "year": 2026, "of": "visits", "promised": wanted, "used": used, "held": held,
    }  # fmt: skip


def test_the_plan_opens_what_is_new_keeps_years_gone_by_and_closes_what_is_dropped() -> None:
    two_years = given.agreement(in_effect_until=date(2027, 12, 31))
    standing = opened(two_years)
    changed = replace(two_years, conditions=(given.condition(visits_per_year=5), given.condition(id="cnd_2")))
    planned = plan(changed, standing, this_year=2027)
    assert [(each.condition, each.year) for each in planned.open] == [("cnd_2", 2026), ("cnd_2", 2027)]
    assert [(each.year, each.visits.promised) for each in planned.promise] == [(2027, 5)]
    assert planned.close == ()
    dropped = replace(two_years, conditions=(given.condition(id="cnd_2"),))
    assert plan(dropped, standing, this_year=2027).close == tuple(each.id for each in standing)


def test_the_days_of_a_year_gone_by_follow_the_agreement_and_its_promises_do_not() -> None:
    two_years = given.agreement(in_effect_until=date(2027, 12, 31))
    past, now = opened(two_years)
    changed = replace(
        two_years,
        in_effect_from=date(2026, 2, 1),
        in_effect_until=date(2027, 10, 31),
        conditions=(given.condition(visits_per_year=5, outcomes_per_year=9),),
    )
    planned = plan(changed, (past, now), this_year=2027)
    days = (date(2026, 2, 1), date(2027, 10, 31))
    assert [(each.year, each.first_day, each.last_day) for each in planned.promise] == [(2026, *days), (2027, *days)]
    assert planned.promise[0] == replace(past, first_day=days[0], last_day=days[1])
    closed = replace(past, closed=True)
    assert plan(two_years, (closed, now), this_year=2027).promise[0] == past, "its condition is back"


@pytest.mark.parametrize("state", [TERMINATED, EXPIRED])
def test_an_agreement_that_is_over_closes_every_ledger_that_is_open(state: str) -> None:
    two_years = given.agreement(in_effect_until=date(2027, 12, 31))
    first, second = opened(two_years)
    planned = plan(replace(two_years, state=state), (first, replace(second, closed=True)), this_year=2026)
    assert planned == Plan(close=(first.id,))


def test_a_closed_ledger_takes_nothing_however_much_is_left() -> None:
    with pytest.raises(QuotaClosed) as refused:
        ledger(closed=True).must_have_left(1)
    assert refused.value.facts == {"agreement": "agr_1", "condition": "cnd_1", "year": 2026}
