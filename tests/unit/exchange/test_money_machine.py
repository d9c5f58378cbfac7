"""Random entries about money by random people, while visits live on: every total adds up to its lines, exactly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from chassis.commands import Command, parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, OBSERVER, PROGRAMME_MANAGER, SYSTEM, VISITOR, Actor
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Refusal
from services.exchange.application import commands, queries
from services.exchange.application.queries import money_views
from services.exchange.domain import totals
from services.exchange.domain.budget import Budget, budget_id
from services.exchange.domain.money import rounded
from services.exchange.domain.rates import RateTable, rate_id
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.fakes.exchange_money import MINOR_UNITS

SIDES = ("visit", "agreement", "year", "payer", "kind")
FIRST = date(2026, 4, 6)
CURRENCIES = ("CNY", "PKR", "JPY", "KWD")
VISITS = 3

VALUED = {
    ("PKR", "CNY"): "0.0256", ("JPY", "CNY"): "0.0471", ("KWD", "CNY"): "23.4",
    ("CNY", "JPY"): "21.33", ("PKR", "JPY"): "0.55", ("KWD", "JPY"): "499.333",
}  # fmt: skip
"""Rates from the day before the visits on: what is valued earlier has none, unless somebody enters it."""

WHICH = st.integers(0, VISITS - 1)
WHO = st.sampled_from(
    ["sending"] * 4 + ["host"] * 3 + ["coordinator"] * 2 + ["observer", "visitor", "elsewhere", "system"]
)
CURRENCY = st.sampled_from([*CURRENCIES * 4, "XAU"])
AMOUNT = st.one_of(
    st.integers(0, 10**12).map(str),
    st.decimals(0, 10**6, places=2).map(str),
    st.sampled_from(["0", "0.005", "0.1", "0.2", "0.3", "12.5", "-1", "NaN", "999999999999.99", "1e3"]),
)
RATE = st.one_of(
    st.decimals("0.000000000001", 1000, places=12).map(lambda each: format(each, "f")), st.sampled_from(["0", "0.33"])
)
DAY = st.integers(-3, 6).map(lambda days: (FIRST + timedelta(days=days)).isoformat())
KIND = st.sampled_from(["travel", "stay", "visa"])
PAYER = st.sampled_from(["sending-site", "host-site", "visitor"]) | st.none()
REASON = st.sampled_from(["So it is.", ""])
LINE = st.integers(0, 8)
STALE = st.sampled_from([0] * 9 + [1])
LIVES = st.sampled_from(["arrive", "fulfil", "cancel", "noshow", "mistake", "next year", "time passes"])


@dataclass(frozen=True)
class Known:
    """A line as the test itself remembers it from the commands that were not refused."""

    kind: str
    payer: str
    currency: str
    budgeted: str
    day: date
    actual: tuple[str, date] | None = None
    removed: bool = False


class Books(RuleBasedStateMachine):
    """Three visits of two agreements and two years, whose lines are kept here a second time."""

    def __init__(self) -> None:
        super().__init__()
        self.alliance: AllianceInMemory = alliance_in_memory(years=2)
        self.visits = [self.booked(), self.booked(FIRST + timedelta(days=365))]
        self.alliance.agreement = self.alliance._agreement()
        self.alliance.condition = self.alliance._agreement_view()["conditions"][0]["id"]
        self.visits.append(self.booked(FIRST + timedelta(days=30)))
        self.alliance.clock.moment += timedelta(days=37)
        self.lines: dict[str, dict[str, Known]] = {visit: {} for visit in self.visits}
        self.rates: dict[tuple[str, str, date], Fraction] = {}
        for pair, rate in VALUED.items():
            self.value(pair, rate, (FIRST - timedelta(days=1)).isoformat(), "host", again=False)

    def booked(self, arrival: date = FIRST) -> str:
        return self.alliance.accept(self.alliance.propose(arrival=arrival)).id

    def actor(self, who: str) -> Actor:
        sending, host = frozenset({self.alliance.sending}), frozenset({self.alliance.host})
        return {
            "sending": Actor("per_sends", frozenset({PROGRAMME_MANAGER}), sending),
            "host": Actor("per_hosts", frozenset({PROGRAMME_MANAGER}), host),
            "coordinator": Actor("per_helps", frozenset({COORDINATOR}), host),
            "observer": Actor("per_sees", frozenset({OBSERVER}), sending | host),
            "visitor": Actor("per_goes", frozenset({VISITOR}), sending),
            "elsewhere": Actor("per_far", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_elsewhere"})),
            "administrator": Actor("per_admin", frozenset({ADMINISTRATOR})),
            "system": SYSTEM,
        }[who]

    @property
    def shelves(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return dict(self.alliance.memory.fake_budgets.kept), dict(self.alliance.memory.fake_rates.kept)

    def state(self, visit: str) -> Any:
        return self.alliance.memory.fake_visits.kept[visit].state

    def version(self, visit: str) -> int:
        kept = self.alliance.memory.fake_budgets.kept.get(budget_id(visit))
        return kept.version if kept else 0

    def said(self, intent: str, kind: type[Command], who: str, fields: dict[str, Any]) -> Receipt | None:
        """Gives the command, and once more as a repeat does. `None` and nothing changed where it is refused."""
        before = self.shelves
        named = {name: value for name, value in fields.items() if value is not None}
        try:
            command = parsed(kind, named)
            context = self.alliance.context(self.actor(who), named.get("expected_version"))
            receipt: Receipt = getattr(self.alliance.exchange, intent)(command, context)
        except Refusal:
            assert self.shelves == before, "what is refused changes nothing"
            return None
        after = self.shelves
        assert getattr(self.alliance.exchange, intent)(command, context) == receipt
        assert self.shelves == after, "a repeat changes nothing"
        return receipt

    def about(self, which: int, line: int, stale: int) -> tuple[str, dict[str, Any], str]:
        visit = self.visits[which]
        known = [*self.lines[visit], "mln_0"]
        line_id = known[line % len(known)]
        return visit, {"visit_id": visit, "line_id": line_id, "expected_version": self.version(visit) - stale}, line_id

    @rule(
        which=WHICH, who=WHO, kind=KIND, currency=CURRENCY, amount=AMOUNT, day=DAY | st.none(), payer=PAYER, why=REASON
    )
    def add(self, which: int, who: str, kind: str, currency: str, amount: str, day: Any, payer: Any, why: str) -> None:
        visit = self.visits[which]
        fields = {"visit_id": visit, "kind": kind, "currency": currency, "budgeted": amount, "day": day,
                  "payer": payer, "payer_reason": why}  # fmt: skip
        if self.said("add_money_line", commands.AddMoneyLine, who, fields):
            customary = "host-site" if kind == "stay" else "sending-site"
            valued = date.fromisoformat(day) if day else self.state(visit).planned_arrival
            known = Known(kind, payer or customary, currency, amount, valued)
            self.lines[visit][self.budget(visit).lines[-1].id] = known

    @rule(
        which=WHICH, line=LINE, who=WHO, amount=AMOUNT | st.none(), currency=CURRENCY | st.none(),
        day=DAY | st.none(), payer=PAYER, stale=STALE,
    )  # fmt: skip
    def change(
        self, which: int, line: int, who: str, amount: Any, currency: Any, day: Any, payer: Any, stale: int
    ) -> None:
        visit, asked, line_id = self.about(which, line, stale)
        new = {"budgeted": amount, "currency": currency, "day": day, "payer": payer}
        if self.said("change_money_line", commands.ChangeMoneyLine, who, asked | new | {"reason": "So it is."}):
            different = {name: value for name, value in new.items() if value is not None}
            if day:
                different["day"] = date.fromisoformat(day)
            self.lines[visit][line_id] = replace(self.lines[visit][line_id], **different)

    @rule(which=WHICH, line=LINE, who=WHO, amount=AMOUNT, day=DAY, why=REASON, stale=STALE)
    def spend(self, which: int, line: int, who: str, amount: str, day: str, why: str, stale: int) -> None:
        visit, asked, line_id = self.about(which, line, stale)
        asked |= {"amount": amount, "day": day, "reason": why}
        if self.said("enter_actual", commands.EnterActual, who, asked):
            spent = (amount, date.fromisoformat(day))
            self.lines[visit][line_id] = replace(self.lines[visit][line_id], actual=spent)

    @rule(which=WHICH, line=LINE, who=WHO, stale=STALE)
    def remove(self, which: int, line: int, who: str, stale: int) -> None:
        visit, asked, line_id = self.about(which, line, stale)
        if self.said("remove_money_line", commands.RemoveMoneyLine, who, asked | {"reason": "Not needed."}):
            self.lines[visit][line_id] = replace(self.lines[visit][line_id], removed=True)

    @rule(pair=st.tuples(CURRENCY, CURRENCY), rate=RATE, day=DAY, who=WHO, again=st.booleans())
    def value(self, pair: tuple[str, str], rate: str, day: str, who: str, again: bool) -> None:
        fields: dict[str, Any] = {
            "from_currency": pair[0],
            "to_currency": pair[1],
            "rate": rate,
            "day": day,
            "source": "The bank",
        }
        key = (*pair, date.fromisoformat(day))
        if again:
            kept = self.alliance.memory.fake_rates.kept
            stands = kept.get(rate_id(*key))
            fields |= {"expected_version": stands.version if stands else 1, "reason": "Misread."}
        if self.said("enter_rate", commands.EnterRate, who, fields):
            self.rates[key] = Fraction(rate)

    @rule(which=WHICH, what=LIVES)
    def lives_on(self, which: int, what: str) -> None:
        """The visit itself comes, goes or moves; where it cannot, it stays as it is."""
        visit, day = self.visits[which], self.alliance.clock.now().date().isoformat()
        reason = {"reason": "So it is."}
        state = self.state(visit)
        moved = {"planned_arrival": state.planned_arrival + timedelta(days=365),
                 "planned_departure": state.planned_departure + timedelta(days=365)}  # fmt: skip
        acts: dict[str, tuple[str, dict[str, Any]]] = {
            "arrive": ("record_arrival", {"arrived_on": day}),
            "fulfil": ("fulfil_visit", {"departed_on": day, "report": "Good."}),
            "cancel": ("cancel_visit", reason),
            "noshow": ("mark_noshow", reason),
            "mistake": ("mark_entered_in_error", reason),
            "next year": ("reschedule_visit", {name: each.isoformat() for name, each in moved.items()} | reason),
        }
        if what == "time passes":
            self.alliance.clock.advance(timedelta(days=30))
            return
        intent, fields = acts[what]
        kept = self.alliance.memory.fake_visits.kept[visit]
        kind = getattr(commands, "".join(part.capitalize() for part in intent.split("_")))
        command = parsed(kind, {"visit_id": visit, "expected_version": kept.version, **fields})
        try:
            getattr(self.alliance.exchange, intent)(command, self.alliance.context(self.actor("host"), kept.version))
        except Refusal:
            return

    def budget(self, visit: str) -> Budget:
        return self.alliance.memory.fake_budgets.load(budget_id(visit)).state

    def counted(self, of: str) -> Iterator[tuple[dict[str, Any], Fraction, str, date]]:
        """Every amount that counts as this test knows it: its sides, amount, currency and day."""
        for visit, lines in self.lines.items():
            stands = self.state(visit)
            sides = {"visit": visit, "agreement": stands.agreement, "year": stands.planned_arrival.year}
            for line in lines.values():
                amount = (line.budgeted, line.day) if of == "budgeted" else line.actual
                planned = of == "budgeted" and stands.state in ("cancelled", "noshow")
                if amount and not (line.removed or planned or stands.state == "entered-in-error"):
                    yield (
                        sides | {"payer": line.payer, "kind": line.kind},
                        Fraction(amount[0]),
                        line.currency,
                        amount[1],
                    )

    def rate(self, pair: tuple[str, str], day: date) -> Fraction | None:
        if pair[0] == pair[1]:
            return Fraction(1)
        days = [each for (*of, each) in self.rates if tuple(of) == pair and each <= day]
        return self.rates[*pair, max(days)] if days else None

    def totals(self, *by: str, currency: str | None = None) -> dict[str, Any]:
        asked = {"by": list(by), **({"currency": currency} if currency else {})}
        view: dict[str, Any] = self.alliance.exchange.money_totals(parsed(queries.AskMoneyTotals, asked), ADMIN)
        return view

    @invariant()
    def nothing_is_lost(self) -> None:
        for visit, known in self.lines.items():
            if not known:
                continue
            budget = self.budget(visit)
            kept = self.alliance.memory.fake_budgets.kept[budget.id]
            assert [line.id for line in budget.lines] == list(known), "every line that was ever added stands there"
            assert {line.id for line in budget.lines if line.removed} == {key for key in known if known[key].removed}
            assert [line.version for line in kept.history] == list(range(1, kept.version + 1))
            for line in budget.lines:
                assert Fraction(line.budgeted) == Fraction(known[line.id].budgeted)
                assert (line.actual and Fraction(line.actual.amount)) == _spent(known[line.id])

    @invariant()
    def the_totals_of_every_side_are_those_of_the_lines(self) -> None:
        for by in [(), *((side,) for side in SIDES), *combinations(("agreement", "year", "payer"), 2), SIDES]:
            view = self.totals(*by)
            for of in ("budgeted", "actual"):
                expected: dict[tuple[Any, ...], dict[str, Fraction]] = {}
                for sides, amount, currency, _ in self.counted(of):
                    sums = expected.setdefault(tuple(sides[side] for side in by), {})
                    sums[currency] = sums.get(currency, Fraction()) + amount
                parts = view["parts"] if by else [view["total"]]
                told = {tuple(part[side] for side in by): _fractions(part[of]) for part in parts if part[of]}
                assert told == expected
                assert _added(told.values()) == _fractions(view["total"][of]), "the parts add up to the total"

    @invariant()
    def each_visits_own_budget_says_the_same_as_the_totals(self) -> None:
        parts = {part["visit"]: part for part in self.totals("visit")["parts"]}
        for visit in self.visits:
            asked = parsed(queries.AskVisitBudget, {"visit_id": visit})
            own = self.alliance.exchange.visit_budget(asked, ADMIN)["total"]
            of_all = parts.get(visit, {"budgeted": {}, "actual": {}})
            assert {name: own[name] for name in ("budgeted", "actual")} == {
                name: of_all[name] for name in ("budgeted", "actual")
            }

    @invariant()
    def converted_amounts_are_exact_and_what_is_shown_adds_up(self) -> None:
        for currency in ("CNY", "JPY"):
            view = self.totals("visit", "payer", currency=currency)
            for of in ("budgeted", "actual"):
                values = [(amount, self.rate((code, currency), day)) for _, amount, code, day in self.counted(of)]
                told = view["total"]["converted"][of]
                if any(rate is None for _, rate in values):
                    assert told == {"amount": None, "exact": None}, "never a guess"
                    assert view["missing"]
                    continue
                exact = sum((amount * rate for amount, rate in values if rate is not None), Fraction())
                assert told["exact"] is not None, "every rate is there"
                assert Fraction(told["exact"]) == exact
                assert abs(Fraction(told["amount"]) - exact) <= Fraction(1, 2 * 10 ** MINOR_UNITS[currency])
                shown = sum((Fraction(part["converted"][of]["amount"]) for part in view["parts"]), Fraction())
                assert shown == Fraction(told["amount"]), "what is shown adds up to what is shown"


def _spent(line: Known) -> Fraction | None:
    return Fraction(line.actual[0]) if line.actual else None


def _fractions(amounts: dict[str, str]) -> dict[str, Fraction]:
    return {currency: Fraction(amount) for currency, amount in amounts.items()}


def _added(parts: Any) -> dict[str, Fraction]:
    sums: dict[str, Fraction] = {}
    for part in parts:
        for currency, amount in part.items():
            sums[currency] = sums.get(currency, Fraction()) + amount
    return sums


SHORT = settings(
    max_examples=40,
    stateful_step_count=40,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
FOUND = settings(SHORT, phases=[Phase.generate], max_examples=400)
"""A planted fault has only to be found, not to be told in the fewest steps."""


def test_whatever_is_entered_the_money_adds_up() -> None:
    run_state_machine_as_test(Books, settings=SHORT)


def _in_binary(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(totals, "total", lambda amounts: Decimal(repr(sum(float(each) for each in amounts))))


def _a_removed_line_counts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Budget, "standing", property(lambda budget: budget.lines))


def _a_change_drops_the_line_behind(patch: pytest.MonkeyPatch) -> None:
    def dropping(budget: Budget, changed: Any) -> Budget:
        place = [line.id for line in budget.lines].index(changed.id)
        return replace(budget, lines=(*budget.lines[:place], changed, *budget.lines[place + 2 :]))

    patch.setattr(Budget, "with_line", dropping)


def _any_rate_will_do(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(RateTable, "newest", lambda table, *pair: (table._pairs.get(pair[:2]) or [None])[-1])


def _each_part_is_rounded_alone(patch: pytest.MonkeyPatch) -> None:
    def alone(parts: Any, currency: Any) -> list[Any]:
        return [None if part.exact is None else rounded(part.exact, currency) for part in parts]

    patch.setattr(money_views, "shown", alone)


def _what_never_was_costs(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(totals, "_NEVER_WAS", "never")


def _what_is_cancelled_is_still_planned(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(totals, "_NOT_TO_BE", frozenset())


@pytest.mark.parametrize(
    "plant",
    [
        _in_binary,
        _a_removed_line_counts,
        _a_change_drops_the_line_behind,
        _any_rate_will_do,
        _each_part_is_rounded_alone,
        _what_never_was_costs,
        _what_is_cancelled_is_still_planned,
    ],
)
def test_a_planted_fault_is_found(plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Books, settings=FOUND)
