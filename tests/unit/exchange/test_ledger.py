"""The quota ledger: what a condition promises in a year, and what is left of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from services.exchange.domain.ledger import Account, Ledger, ledger_id, opened
from services.exchange.domain.refusals import QuotaClosed, QuotaExceeded
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


def test_a_closed_ledger_takes_nothing_however_much_is_left() -> None:
    with pytest.raises(QuotaClosed) as refused:
        ledger(closed=True).must_have_left(1)
    assert refused.value.facts == {"agreement": "agr_1", "condition": "cnd_1", "year": 2026}
