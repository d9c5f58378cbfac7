"""A visit's budget, as its commands keep it: who may, what is proposed, what is refused, and that nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import Change, Command, parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, OBSERVER, PROGRAMME_MANAGER, VISITOR, Actor
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, StaleVersion, Unknown
from services.exchange.application import commands, queries
from services.exchange.domain import money_refusals as refusals
from services.exchange.domain.budget import MOST_LINES, Budget, budget_id
from services.exchange.domain.cost_sharing import CUSTOMARY, proposed_payer
from services.exchange.domain.refusals import DateInTheFuture
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory

INTENTS: dict[str, type[Command]] = {
    "add_money_line": commands.AddMoneyLine,
    "change_money_line": commands.ChangeMoneyLine,
    "remove_money_line": commands.RemoveMoneyLine,
    "enter_actual": commands.EnterActual,
    "enter_rate": commands.EnterRate,
}
STAY: dict[str, Any] = {"kind": "stay", "currency": "CNY", "budgeted": "900"}


class Keeping:
    """One visit of the small alliance, and its budget."""

    def __init__(self, alliance: AllianceInMemory) -> None:
        self.alliance, self.visit = alliance, alliance.propose()

    def give(self, intent: str, actor: Actor | None = None, context: Any = None, **fields: Any) -> Receipt:
        """Gives the command as a new call would, as the sending site's manager unless somebody else is named."""
        named = fields if intent == "enter_rate" else {"visit_id": self.visit.id, **fields}
        command: Command = parsed(INTENTS[intent], named)
        seen = command.expected_version if isinstance(command, Change) else None
        circumstances = context or self.alliance.context(actor or self.alliance.manager, seen)
        receipt: Receipt = getattr(self.alliance.exchange, intent)(command, circumstances)
        return receipt

    def add(self, **different: Any) -> str:
        """Adds a line; returns its id."""
        self.give("add_money_line", **{**STAY, **different})
        return self.budget.lines[-1].id

    @property
    def budget(self) -> Budget:
        return self.alliance.memory.fake_budgets.load(budget_id(self.visit.id)).state

    def view(self, actor: Actor | None = None, **asked: Any) -> dict[str, Any]:
        question = parsed(queries.AskVisitBudget, {"visit_id": self.visit.id, **asked})
        return self.alliance.exchange.visit_budget(question, actor or self.alliance.manager)

    def totals(self, actor: Actor | None = None, **asked: Any) -> dict[str, Any]:
        return self.alliance.exchange.money_totals(
            parsed(queries.AskMoneyTotals, asked), actor or self.alliance.manager
        )


@pytest.fixture
def keeping() -> Keeping:
    return Keeping(alliance_in_memory())


def test_the_first_line_opens_the_budget_and_the_next_joins_it(keeping: Keeping) -> None:
    first = keeping.give("add_money_line", **STAY)
    second = keeping.give("add_money_line", **STAY, expected_version=1)
    assert first == Receipt(budget_id(keeping.visit.id), 1, "kept")
    assert second.version == 2
    assert len(keeping.view()["lines"]) == 2


def test_the_same_command_again_adds_nothing_and_is_answered_the_same(keeping: Keeping) -> None:
    for _ in range(2):
        context = keeping.alliance.context(keeping.alliance.manager)
        assert keeping.give("add_money_line", context=context, **STAY) == keeping.give(
            "add_money_line", context=context, **STAY
        )
    assert len(keeping.budget.lines) == 2


def test_a_line_is_valued_at_the_arrival_unless_a_day_is_given(keeping: Keeping) -> None:
    keeping.add()
    keeping.add(day="2026-03-15")
    assert [line["day"] for line in keeping.view()["lines"]] == ["2026-04-06", "2026-03-15"]


@pytest.mark.parametrize("kind", sorted(CUSTOMARY))
def test_the_agreement_proposes_the_payer_else_what_is_customary(kind: str) -> None:
    assert proposed_payer(kind, {}) == CUSTOMARY[kind]
    assert proposed_payer(kind, {kind: "alliance"}) == "alliance"


def test_the_cost_sharing_of_the_visits_own_condition_names_the_payer(keeping: Keeping) -> None:
    agreements, context = keeping.alliance.memory.fake_agreements, keeping.alliance.context(keeping.alliance.manager)
    kept = agreements.load(keeping.alliance.agreement)
    shared = replace(kept.state.conditions[0], cost_sharing={"stay": "alliance"})
    agreements.save(kept, Decision(replace(kept.state, conditions=(shared,)), what="shared"), context)
    keeping.add()
    keeping.add(kind="travel")
    assert [(line.kind, line.payer) for line in keeping.budget.lines] == [
        ("stay", "alliance"),
        ("travel", "sending-site"),
    ]


def test_somebody_else_pays_only_for_a_reason(keeping: Keeping) -> None:
    with pytest.raises(refusals.PayerNeedsReason) as refused:
        keeping.add(payer="visitor")
    assert refused.value.facts == {"kind": "stay", "proposed": "host-site", "payer": "visitor"}
    keeping.add(payer="visitor", payer_reason="Stays with relatives.")
    keeping.add(payer="host-site")
    shown = [(line["payer"], line["proposed_payer"], line["payer_reason"]) for line in keeping.view()["lines"]]
    assert shown == [("visitor", "host-site", "Stays with relatives."), ("host-site", "host-site", "")]


def test_a_changed_line_keeps_what_is_not_named_and_the_history_tells_the_old(keeping: Keeping) -> None:
    line = keeping.add(note="Guest house")
    keeping.give(
        "change_money_line", line_id=line, budgeted="1000.5", payer="visitor", reason="Dearer.", expected_version=1
    )
    changed = keeping.view()["lines"][0]
    assert (changed["budgeted"], changed["payer"], changed["note"], changed["payer_reason"]) == (
        "1000.50", "visitor", "Guest house", "Dearer.",
    )  # fmt: skip
    told = keeping.view()["history"][-1]
    assert told["what"] == "line changed: stay budgeted 900.00 -> 1000.50, payer host-site -> visitor"
    assert told["why"] == "Dearer."
    keeping.give("change_money_line", line_id=line, payer="host-site", reason="Found.", expected_version=2)
    assert keeping.view()["lines"][0]["payer_reason"] == ""


def test_a_removed_line_is_still_shown_apart_and_counts_no_longer(keeping: Keeping) -> None:
    line = keeping.add()
    keeping.give("remove_money_line", line_id=line, reason="Hosted privately.", expected_version=1)
    view = keeping.view()
    assert (view["lines"], view["total"]["budgeted"]) == ([], {})
    assert [(each["id"], each["reason"]) for each in view["removed"]] == [(line, "Hosted privately.")]
    with pytest.raises(refusals.NoSuchLine):
        keeping.give("remove_money_line", line_id=line, reason="Again.", expected_version=2)


def test_what_was_spent_stands_beside_what_was_budgeted(keeping: Keeping) -> None:
    line = keeping.add()
    keeping.give("enter_actual", line_id=line, amount="880.40", day="2026-03-02", expected_version=1)
    shown = keeping.view()
    assert shown["lines"][0]["actual"] == {"amount": "880.40", "day": "2026-03-02"}
    assert (shown["total"]["budgeted"], shown["total"]["actual"]) == ({"CNY": "900.00"}, {"CNY": "880.40"})


def test_an_actual_is_corrected_only_for_a_reason_and_never_ahead_of_time(keeping: Keeping) -> None:
    line = keeping.add()
    spent: dict[str, Any] = {"line_id": line, "day": "2026-03-02"}
    keeping.give("enter_actual", **spent, amount="880", expected_version=1)
    with pytest.raises(refusals.CorrectionNeedsReason) as refused:
        keeping.give("enter_actual", **spent, amount="80", expected_version=2)
    assert refused.value.facts == {"of": "actual", "stands": "880.00"}
    with pytest.raises(DateInTheFuture):
        keeping.give("enter_actual", line_id=line, day="2026-03-03", amount="8", reason="!", expected_version=2)
    keeping.give("enter_actual", **spent, amount="80", reason="A slip.", expected_version=2)
    assert keeping.view()["history"][-1]["what"].endswith("80.00 CNY on 2026-03-02 instead of 880.00 on 2026-03-02")


@pytest.mark.parametrize(
    ("intent", "fields"),
    [("remove_money_line", {}), ("change_money_line", {"currency": "PKR"})],
)
def test_spent_money_neither_vanishes_nor_changes_currency(
    keeping: Keeping, intent: str, fields: dict[str, Any]
) -> None:
    line = keeping.add()
    keeping.give("enter_actual", line_id=line, amount="5", day="2026-03-02", expected_version=1)
    with pytest.raises(refusals.ActualEntered) as refused:
        keeping.give(intent, line_id=line, reason="Why not.", expected_version=2, **fields)
    assert refused.value.facts == {"line": line, "actual": "5.00", "currency": "CNY"}
    keeping.give("enter_actual", line_id=line, amount="0", day="2026-03-02", reason="Paid back.", expected_version=2)
    assert keeping.give(intent, line_id=line, reason="Now.", expected_version=3, **fields).version == 4


BAD = [
    ({"budgeted": "NaN"}, refusals.NotAnAmount),
    ({"budgeted": "Infinity"}, refusals.NotAnAmount),
    ({"budgeted": "1e5"}, refusals.NotAnAmount),
    ({"budgeted": "-5"}, refusals.NegativeAmount),
    ({"budgeted": "5.001"}, refusals.TooManyDecimals),
    ({"budgeted": "1000000000000"}, refusals.AmountTooLarge),
    ({"currency": "RMB"}, refusals.UnknownCurrency),
    ({"currency": "JPY", "budgeted": "0.5"}, refusals.TooManyDecimals),
    ({"budgeted": 900}, InvalidCommand),
    ({"budgeted": 900.5}, InvalidCommand),
    ({"budgeted": None}, InvalidCommand),
    ({"budgeted": {"$gt": ""}}, InvalidCommand),
    ({"budgeted": "9" * 61}, InvalidCommand),
    ({"kind": "bribe"}, InvalidCommand),
    ({"payer": "nobody"}, InvalidCommand),
    ({"day": "2026-02-30"}, InvalidCommand),
    ({"visit_id": "vis_nowhere"}, Unknown),
    ({"expected_version": 3}, StaleVersion),
]


@pytest.mark.parametrize(("different", "refusal"), BAD)
def test_bad_input_is_refused_by_name_and_nothing_is_written(
    keeping: Keeping, different: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        keeping.give("add_money_line", **{**STAY, **different})
    assert not keeping.alliance.memory.fake_budgets.kept
    keeping.add()
    with pytest.raises(refusal):
        keeping.give("add_money_line", **{**STAY, **different})
    assert keeping.alliance.memory.fake_budgets.load(budget_id(keeping.visit.id)).version == 1


def test_a_budget_takes_so_many_lines_and_no_more(keeping: Keeping) -> None:
    for _ in range(MOST_LINES):
        keeping.add()
    with pytest.raises(refusals.TooManyLines):
        keeping.add()


def test_an_older_version_than_what_stands_is_refused(keeping: Keeping) -> None:
    line = keeping.add()
    keeping.add()
    gives: list[tuple[str, dict[str, Any]]] = [
        ("remove_money_line", {"reason": "x"}),
        ("change_money_line", {"reason": "x"}),
        ("enter_actual", {"amount": "1", "day": "2026-03-02"}),
    ]
    for intent, fields in gives:
        with pytest.raises(StaleVersion):
            keeping.give(intent, line_id=line, expected_version=1, **fields)


def who(role: str, *sites: str) -> Actor:
    return Actor("per_x", frozenset({role}), frozenset(sites))


@pytest.mark.parametrize("place", ["sending", "host", "elsewhere"])
@pytest.mark.parametrize("role", [PROGRAMME_MANAGER, COORDINATOR, VISITOR, OBSERVER, ADMINISTRATOR])
def test_managers_and_coordinators_of_either_end_keep_the_money_and_nobody_else(
    keeping: Keeping, role: str, place: str
) -> None:
    line = keeping.add()
    actor = who(role, getattr(keeping.alliance, place, "sit_elsewhere"))
    gives: list[tuple[str, dict[str, Any]]] = [
        ("add_money_line", STAY),
        ("change_money_line", {"line_id": line, "reason": "x", "expected_version": 2}),
        ("enter_actual", {"line_id": line, "amount": "0", "day": "2026-03-02", "expected_version": 3}),
        ("remove_money_line", {"line_id": line, "reason": "x", "expected_version": 4}),
    ]
    may = role in (PROGRAMME_MANAGER, COORDINATOR) and place != "elsewhere"
    for intent, fields in gives:
        if may:
            keeping.give(intent, actor, **fields)
            continue
        with pytest.raises(NotAllowed):
            keeping.give(intent, actor, **(fields | ({"expected_version": 1} if "line_id" in fields else {})))
    assert keeping.alliance.memory.fake_budgets.load(budget_id(keeping.visit.id)).version == (5 if may else 1)


def test_a_visitor_sees_and_is_offered_no_change_and_a_stranger_sees_nothing(keeping: Keeping) -> None:
    keeping.add()
    standing = keeping.alliance.memory.fake_visits.load(keeping.visit.id).state
    seen = keeping.view(Actor(standing.leader, frozenset({VISITOR})))
    assert (len(seen["lines"]), seen["may"]) == (1, [])
    assert keeping.view()["may"] == ["add_money_line", "change_money_line", "remove_money_line", "enter_actual"]
    with pytest.raises(Unknown):
        keeping.view(who(PROGRAMME_MANAGER, "sit_elsewhere"))


def test_a_visit_without_lines_has_an_empty_budget_of_version_nought(keeping: Keeping) -> None:
    view = keeping.view(currency="CNY")
    assert (view["version"], view["lines"], view["history"]) == (0, [], [])
    assert view["total"]["converted"]["budgeted"] == {"amount": "0.00", "exact": "0"}


RATE: dict[str, Any] = {
    "from_currency": "PKR",
    "to_currency": "CNY",
    "rate": "0.0256",
    "day": "2026-03-01",
    "source": "State Bank",
}


def test_currencies_add_only_at_an_entered_rate(keeping: Keeping) -> None:
    keeping.add()
    keeping.add(kind="travel", currency="PKR", budgeted="100000")
    before = keeping.view(currency="CNY")
    assert before["total"]["converted"]["budgeted"]["amount"] is None
    assert before["missing"] == [{"from": "PKR", "to": "CNY", "not_after": "2026-04-06"}]
    keeping.give("enter_rate", **RATE)
    after = keeping.view(currency="CNY")
    assert after["total"]["converted"]["budgeted"]["amount"] == "3460.00"
    assert [(rate["rate"], rate["day"], rate["source"]) for rate in after["rates"]] == [
        ("0.0256", "2026-03-01", "State Bank")
    ]
    assert after["total"]["budgeted"] == {"CNY": "900.00", "PKR": "100000.00"}


def test_a_day_has_one_rate_of_a_pair_which_is_corrected_knowingly(keeping: Keeping) -> None:
    first = keeping.give("enter_rate", **RATE)
    with pytest.raises(refusals.RateEntered) as refused:
        keeping.give("enter_rate", **RATE)
    assert refused.value.facts == {"rate_id": first.id, "rate": "0.0256", "version": 1}
    with pytest.raises(refusals.CorrectionNeedsReason):
        keeping.give("enter_rate", **(RATE | {"rate": "0.0265"}), expected_version=1)
    keeping.give("enter_rate", **(RATE | {"rate": "0.0265"}), expected_version=1, reason="Digits swapped.")
    recorded = keeping.alliance.memory.fake_rates.recorded(first.id)
    assert str(recorded.state.rate) == "0.0265"
    assert recorded.history[-1].what == "corrected from 0.0256 (State Bank) to 0.0265"
    with pytest.raises(StaleVersion):
        keeping.give("enter_rate", **RATE, expected_version=1, reason="Late.")


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"to_currency": "PKR"}, refusals.SameCurrency),
        ({"rate": "0"}, refusals.RateNotPositive),
        ({"rate": "NaN"}, refusals.NotAnAmount),
        ({"rate": "-1"}, refusals.NegativeAmount),
        ({"rate": "0.0000000000001"}, refusals.RateTooPrecise),
        ({"from_currency": "XXX"}, refusals.UnknownCurrency),
        ({"rate": 0.0256}, InvalidCommand),
        ({"source": "  "}, InvalidCommand),
        ({"expected_version": 1}, StaleVersion),
    ],
)
def test_a_bad_rate_is_refused_by_name(keeping: Keeping, different: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        keeping.give("enter_rate", **{**RATE, **different})
    assert not keeping.alliance.memory.fake_rates.kept


@pytest.mark.parametrize("role", [VISITOR, OBSERVER, ADMINISTRATOR])
def test_rates_are_entered_by_who_runs_the_programme_and_seen_by_all(keeping: Keeping, role: str) -> None:
    with pytest.raises(NotAllowed):
        keeping.give("enter_rate", who(role, keeping.alliance.host), **RATE)
    with pytest.raises(NotAllowed):
        keeping.give("enter_rate", Actor("per_x", frozenset({PROGRAMME_MANAGER})), **RATE)
    entered = [keeping.give("enter_rate", **(RATE | {"day": f"2026-03-0{day}"})).id for day in (1, 2, 3)]
    seen: list[str] = []
    after = None
    while True:
        asked = parsed(queries.AskRates, {"limit": 2, "after": after})
        page = keeping.alliance.exchange.rates(asked, who(role))
        seen += [rate["id"] for rate in page["items"]]
        if not (after := page["next"]):
            break
    assert seen == sorted(entered)


def test_totals_are_split_by_what_is_asked_and_show_only_what_the_actor_may_see(keeping: Keeping) -> None:
    keeping.add()
    other = Keeping(keeping.alliance)
    other.add(kind="visa", budgeted="100")
    view = keeping.totals(by=["visit", "kind"], currency="CNY", agreement_id=keeping.alliance.agreement, year=2026)
    parts = {(part["visit"], part["kind"]): part["budgeted"] for part in view["parts"]}
    assert parts == {(keeping.visit.id, "stay"): {"CNY": "900.00"}, (other.visit.id, "visa"): {"CNY": "100.00"}}
    assert view["total"]["budgeted"] == {"CNY": "1000.00"}
    for nothing in (
        keeping.totals(year=2027),
        keeping.totals(agreement_id="agr_other"),
        keeping.totals(who(PROGRAMME_MANAGER, "sit_elsewhere")),
    ):
        assert nothing["total"]["budgeted"] == {}
    assert keeping.totals(who(ADMINISTRATOR))["total"] == keeping.totals()["total"]


def test_a_cancelled_visit_costs_what_was_spent(keeping: Keeping) -> None:
    line = keeping.add()
    keeping.give("enter_actual", line_id=line, amount="60", day="2026-03-02", expected_version=1)
    alliance = keeping.alliance
    cancel = {"visit_id": keeping.visit.id, "expected_version": keeping.visit.version, "reason": "The road is closed."}
    alliance.clock.advance(timedelta(hours=1))
    alliance.exchange.cancel_visit(parsed(commands.CancelVisit, cancel), alliance.context(alliance.manager, 1))
    total = keeping.totals()["total"]
    assert (total["budgeted"], total["actual"]) == ({}, {"CNY": "60.00"})
