"""Totals: by any side, in original currencies always, in one currency only by rates that somebody entered."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from services.exchange.application.queries.money_views import totals_view
from services.exchange.domain.budget import Actual, Budget, Line
from services.exchange.domain.money import Currency
from services.exchange.domain.rates import Rate, RateTable, rate_id
from services.exchange.domain.totals import ACTUAL, BUDGETED, SIDES, Entry, entries, in_currency
from services.exchange.domain.visit import BOOKED, CANCELLED, FULFILLED
from tests.unit.exchange import given

DAY = date(2026, 4, 6)
CNY = Currency("CNY", 2)


def rate(figure: str, day: date = DAY, pair: tuple[str, str] = ("PKR", "CNY")) -> Rate:
    return Rate(rate_id(*pair, day), *pair, Decimal(figure), day, "State Bank")


def entry(amount: str, currency: str = "PKR", day: date = DAY, of: str = BUDGETED, **sides: Any) -> Entry:
    usual: dict[str, Any] = {"visit": "vis_1", "agreement": "agr_1", "year": 2026, "payer": "host-site", "kind": "stay"}
    return Entry(of, Decimal(amount), currency, day, usual | sides)


def line(number: int = 1, **different: Any) -> Line:
    stay = Line(f"mln_{number}", "stay", "host-site", "host-site", "CNY", Decimal("900.00"), DAY)
    return replace(stay, **different)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-04-01", None),
        ("2026-04-02", "0.02"),
        ("2026-04-05", "0.02"),
        ("2026-04-06", "0.03"),
        ("2027-01-01", "0.03"),
    ],
)
def test_the_newest_rate_that_is_not_after_the_day_holds(day: str, wanted: str | None) -> None:
    table = RateTable([rate("0.03"), rate("0.02", date(2026, 4, 2)), rate("9", date(2026, 4, 3), ("USD", "CNY"))])
    found = table.newest("PKR", "CNY", date.fromisoformat(day))
    assert (str(found.rate) if found else None) == wanted


def test_a_rate_is_neither_turned_round_nor_chained() -> None:
    table = RateTable(
        [rate("35", pair=("CNY", "PKR")), rate("0.1", pair=("PKR", "USD")), rate("7", pair=("USD", "CNY"))]
    )
    assert table.newest("PKR", "CNY", DAY) is None


def test_without_a_rate_there_is_no_total_but_the_names_of_those_missing() -> None:
    found = [entry("100"), entry("50", "CNY"), entry("1", "JPY", DAY + timedelta(days=1))]
    view = totals_view(found, ("payer",), CNY, RateTable([rate("0.03", DAY + timedelta(days=1))]))
    assert view["total"]["converted"]["budgeted"] == {"amount": None, "exact": None}
    assert view["missing"] == [
        {"from": "JPY", "to": "CNY", "not_after": "2026-04-07"},
        {"from": "PKR", "to": "CNY", "not_after": "2026-04-06"},
    ]
    assert view["total"]["budgeted"] == {"CNY": "50", "JPY": "1", "PKR": "100"}


def test_a_part_whose_rates_are_there_is_told_even_where_the_whole_is_not() -> None:
    found = [entry("100", payer="visitor"), entry("50.00", "CNY")]
    view = totals_view(found, ("payer",), CNY, RateTable([]))
    amounts = {part["payer"]: part["converted"]["budgeted"]["amount"] for part in view["parts"]}
    assert amounts == {"visitor": None, "host-site": "50.00"}


def test_the_rates_that_were_used_are_named_with_their_day_and_source() -> None:
    view = totals_view([entry("100.00")], (), CNY, RateTable([rate("0.025"), rate("7", DAY, ("USD", "CNY"))]))
    assert view["rates"] == [
        {"id": rate_id("PKR", "CNY", DAY), "from": "PKR", "to": "CNY", "rate": "0.025", "day": "2026-04-06",
         "source": "State Bank"}
    ]  # fmt: skip
    assert view["total"]["converted"]["budgeted"] == {"amount": "2.50", "exact": "2.50000"}


def test_a_tiny_amount_is_told_in_digits_never_with_an_exponent() -> None:
    view = totals_view([entry("0.01")], (), CNY, RateTable([rate("0.000000000001")]))
    assert view["total"]["converted"]["budgeted"] == {"amount": "0.00", "exact": "0.00000000000001"}


@pytest.mark.parametrize(
    ("state", "counted"),
    [
        (BOOKED, {BUDGETED, ACTUAL}),
        (FULFILLED, {BUDGETED, ACTUAL}),
        (CANCELLED, {ACTUAL}),
        ("noshow", {ACTUAL}),
        ("entered-in-error", set()),
    ],
)
def test_what_will_not_take_place_costs_what_was_spent(state: str, counted: set[str]) -> None:
    budget = Budget("bud_1", "vis_1", "agr_1", given.GILGIT, given.KASHGAR, (line(actual=Actual(Decimal(1), DAY)),))
    assert {each.of for each in entries(budget, given.visit(state))} == counted


def test_a_removed_line_counts_no_longer_and_a_spent_one_at_its_own_day() -> None:
    spent = line(2, actual=Actual(Decimal("901.00"), DAY + timedelta(days=3)))
    budget = Budget("bud_1", "vis_1", "agr_1", given.GILGIT, given.KASHGAR, (line(removed="Twice."), spent))
    found = entries(budget, given.visit(BOOKED))
    assert [(each.of, str(each.amount), each.day.day) for each in found] == [
        ("budgeted", "900.00", 6),
        ("actual", "901.00", 9),
    ]


CODES = ("CNY", "PKR", "USD")
MANY = st.lists(
    st.builds(
        entry,
        st.decimals(min_value=0, max_value=10**11, places=2).map(str),
        st.sampled_from(CODES),
        st.integers(0, 9).map(lambda days: DAY + timedelta(days=days)),
        st.sampled_from([BUDGETED, ACTUAL]),
        visit=st.sampled_from(["vis_1", "vis_2", "vis_3"]),
        year=st.sampled_from([2026, 2027]),
        payer=st.sampled_from(["host-site", "visitor"]),
        kind=st.sampled_from(["stay", "visa"]),
    ),
    max_size=30,
)
TABLES = st.lists(
    st.builds(
        rate,
        st.decimals(min_value="0.000001", max_value=1000, places=9).map(str),
        st.integers(-3, 9).map(lambda days: DAY + timedelta(days=days)),
        st.sampled_from([("PKR", "CNY"), ("USD", "CNY")]),
    ),
    max_size=12,
    unique_by=lambda each: (each.from_currency, each.day),
)
GROUPINGS = [by for count in range(len(SIDES) + 1) for by in itertools.combinations(SIDES, count)]


def figures(views: list[dict[str, Any]], of: str, what: str) -> list[Fraction]:
    return [Fraction(view["converted"][of][what]) for view in views]


@examples(MANY, TABLES, st.sampled_from(GROUPINGS))
def test_parts_add_up_exactly_and_the_total_is_the_same_however_it_is_split(
    found: list[Entry], kept: list[Rate], by: tuple[str, ...]
) -> None:
    whole = totals_view(found, (), CNY, RateTable(kept))
    view = totals_view(found, by, CNY, RateTable(kept))
    assert (view["total"], view["rates"], view["missing"]) == (whole["total"], whole["rates"], whole["missing"])
    for of in (BUDGETED, ACTUAL):
        for code in CODES if by else ():
            split = sum(Fraction(part[of].get(code, "0")) for part in view["parts"])
            assert split == Fraction(whole["total"][of].get(code, "0"))
        if by and whole["total"]["converted"][of]["exact"] is not None:
            for what in ("exact", "amount"):
                assert sum(figures(view["parts"], of, what)) == figures([whole["total"]], of, what)[0]


@examples(MANY, TABLES)
def test_a_total_is_there_exactly_when_every_entry_has_its_rate(found: list[Entry], kept: list[Rate]) -> None:
    days = {code: [each.day for each in kept if each.from_currency == code] for code in CODES}
    ready = all(each.currency == "CNY" or any(day <= each.day for day in days[each.currency]) for each in found
                if each.of == BUDGETED)  # fmt: skip
    outcome = in_currency(found, BUDGETED, "CNY", RateTable(kept))
    assert (outcome.exact is not None) == ready == (not outcome.missing)
