"""Money on the real database: text to the last digit, one budget per visit, one rate per pair and day."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.errors import Refusal
from chassis.store import database_at
from services.exchange.application import commands, queries
from services.exchange.domain.budget import budget_id
from tests.alliance import EXCHANGE_ALONE, Alliance
from tests.fixtures.installations import MakeInstallation

WRITERS = 8
RATE = {"from_currency": "PKR", "to_currency": "CNY", "rate": "0.0256", "day": "2026-03-01", "source": "State Bank"}


@pytest.fixture
def alliance(make_installation: MakeInstallation) -> Alliance:
    return Alliance(database_at(make_installation([EXCHANGE_ALONE]).mongo_url("exchange")))


def add(alliance: Alliance, visit: str, **different: Any) -> Any:
    fields = {"visit_id": visit, "kind": "stay", "currency": "CNY", "budgeted": "0.10", **different}
    return alliance.exchange.add_money_line(parsed(commands.AddMoneyLine, fields), alliance.context(alliance.manager))


def change(alliance: Alliance, intent: Callable[..., Any], kind: Any, **fields: Any) -> Any:
    command = parsed(kind, fields)
    return intent(command, alliance.context(alliance.manager, command.expected_version))


def totals(alliance: Alliance, **asked: Any) -> dict[str, Any]:
    return alliance.exchange.money_totals(parsed(queries.AskMoneyTotals, asked), alliance.manager)


def at_once(body: Callable[[int], Any]) -> Counter[str]:
    """What became of so many writers at once: `done`, or the refusal's name."""

    def tried(number: int) -> str:
        try:
            body(number)
        except Refusal as refusal:
            return refusal.name
        return "done"

    with ThreadPoolExecutor(WRITERS) as writers:
        return Counter(writers.map(tried, range(WRITERS)))


def test_writers_who_race_for_the_first_line_share_one_budget_and_lose_none(alliance: Alliance) -> None:
    visit = alliance.propose().id
    assert at_once(lambda number: add(alliance, visit, note=str(number))) == {"done": WRITERS}
    budgets = list(alliance.database["budgets"].find({}))
    assert [budget["_id"] for budget in budgets] == [budget_id(visit)]
    assert sorted(line["note"] for line in budgets[0]["lines"]) == [str(number) for number in range(WRITERS)]
    assert budgets[0]["version"] == len(budgets[0]["history"]) == WRITERS
    assert totals(alliance)["total"]["budgeted"] == {"CNY": "0.80"}


def test_of_those_who_enter_a_rate_at_once_one_does_and_the_rest_are_told(alliance: Alliance) -> None:
    def enter(number: int) -> Any:
        command = parsed(commands.EnterRate, RATE | {"rate": f"0.02{number}"})
        return alliance.exchange.enter_rate(command, alliance.context(alliance.manager))

    assert at_once(enter) == {"done": 1, "RateEntered": WRITERS - 1}
    assert alliance.database["rates"].count_documents({}) == 1


def test_no_amount_becomes_a_float_in_the_database(alliance: Alliance) -> None:
    visit = alliance.propose().id
    add(alliance, visit)
    budget = alliance.database["budgets"].find_one({})
    assert budget
    spent = {"visit_id": visit, "line_id": budget["lines"][0]["id"], "amount": "0.30", "day": "2026-03-02"}
    change(alliance, alliance.exchange.enter_actual, commands.EnterActual, **spent, expected_version=1)
    alliance.exchange.enter_rate(parsed(commands.EnterRate, RATE), alliance.context(alliance.manager))
    for collection in ("budgets", "rates"):
        for document in alliance.database[collection].find({}):
            assert not floats(document)
    stored = alliance.database["budgets"].find_one({})
    assert stored
    assert (stored["lines"][0]["budgeted"], stored["lines"][0]["actual"]["amount"]) == ("0.10", "0.30")


def floats(value: Any) -> list[float]:
    """Every binary floating-point number anywhere in a document."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [found for each in value for found in floats(each)]
    return [value] if isinstance(value, float) else []


def test_a_float_would_be_found(alliance: Alliance) -> None:
    alliance.database["ledgers"].insert_one({"_id": "led_x", "lines": [{"budgeted": 0.1}]})
    assert floats(alliance.database["ledgers"].find_one({"_id": "led_x"})) == [0.1]


def test_a_year_of_lines_adds_up_by_every_side_and_in_one_currency(alliance: Alliance) -> None:
    visits = [alliance.propose().id for _ in range(3)]
    for visit in visits:
        add(alliance, visit)
        add(alliance, visit, kind="travel", currency="PKR", budgeted="3333.33")
    assert totals(alliance, currency="CNY")["missing"] == [{"from": "PKR", "to": "CNY", "not_after": "2026-04-06"}]
    alliance.exchange.enter_rate(parsed(commands.EnterRate, RATE), alliance.context(alliance.manager))
    for by in (["visit"], ["agreement", "year"], ["payer"], ["kind", "visit"]):
        view = totals(alliance, by=by, currency="CNY")
        assert view["total"]["budgeted"] == {"CNY": "0.30", "PKR": "9999.99"}
        assert view["total"]["converted"]["budgeted"] == {"amount": "256.30", "exact": "256.299744"}
        fen = sum(int(part["converted"]["budgeted"]["amount"].replace(".", "")) for part in view["parts"])
        assert fen == 25630
