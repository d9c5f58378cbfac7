"""Days, zones and currencies that cannot be: what each command of the exchange says of them, before anything else."""

import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from chassis.commands import Command, Day, parsed
from chassis.kernel.errors import InvalidCommand, Refusal
from services.exchange.application import commands, queries
from services.exchange.application.commands.money_fields import CurrencyCode
from services.exchange.domain.money_refusals import UnknownCurrency
from services.exchange.domain.refusals import UnknownZone
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange.lives import HOST, HOST_ALONE, SENDING, Life

MODELS = [
    model
    for module in (commands, queries)
    for _, model in inspect.getmembers(module, inspect.isclass)
    if issubclass(model, Command)
]


def places(model: type[BaseModel], wanted: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where in a command's fields a value of the type stands, at whatever depth."""
    for name, hint in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields:
            yield from _within(hint, wanted, (*path, name))


def _within(hint: Any, wanted: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if hint == wanted:
        yield path
    elif inspect.isclass(hint) and issubclass(hint, BaseModel):
        yield from places(hint, wanted, path)
    elif get_origin(hint) is Annotated:
        yield from _within(get_args(hint)[0], wanted, path)
    else:
        item = get_origin(hint) in (tuple, list)
        for inner in get_args(hint):
            yield from _within(inner, wanted, (*path, 0) if item else path)


def planted(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """Fields with nothing but the value at its place."""
    for step in reversed(path):
        value = [value] if step == 0 else {step: value}
    assert isinstance(value, dict)
    return value


def problems(model: type[Command], path: tuple[str | int, ...], value: object) -> list[str]:
    """What is said of the value at its place; the fields that are missing beside it are another matter."""
    where = ".".join(map(str, path))
    try:
        parsed(model, planted(path, value))
    except InvalidCommand as refused:
        return [each["problem"] for each in refused.facts["problems"] if each["field"] == where]
    return []


DAYS = [(model, path) for model in MODELS for path in places(model, Day)]
CURRENCIES = [(model, path) for model in MODELS for path in places(model, CurrencyCode)]
NO_DAYS = [
    "2026-02-30", "2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "1969-12-31",
    "2201-01-01", "0000-01-01", "9999-12-31", "-2026-01-01", "2026-1-1", "20260406", "06.04.2026", "2026-W15-1",
    "2026-04-06T00:00:00", "2026-04-06T00:00:00Z", "1775433600", "86400", " 2026-04-06", "2026-04-06\n", "tomorrow",
    "٢٠٢٦-٠٤-٠٦", "", 20260406, 86400, 86400.0, True, ["2026-04-06"], {"$gt": ""},
]  # fmt: skip
REAL_DAYS = ["2028-02-29", "2000-02-29", "2026-12-31", "1970-01-01", "2200-12-31"]


def named(found: list[tuple[type[Command], tuple[str | int, ...]]]) -> list[str]:
    return [f"{model.__name__}.{'.'.join(map(str, path))}" for model, path in found]


def test_the_places_of_days_and_currencies_are_found() -> None:
    assert {"ProposeVisit.planned_arrival", "AddHoliday.holiday.day", "AskSite.week_of"} <= set(named(DAYS))
    assert {"AddMoneyLine.currency", "EnterRate.to_currency", "AskMoneyTotals.currency"} <= set(named(CURRENCIES))
    assert len(DAYS) > 30


@pytest.mark.parametrize(("model", "path"), DAYS, ids=named(DAYS))
def test_what_is_no_day_is_refused_at_its_field_and_a_leap_day_is_one(
    model: type[Command], path: tuple[str | int, ...]
) -> None:
    taken = [each for each in NO_DAYS if not problems(model, path, each)]
    assert taken == []
    refused = {each: found for each in REAL_DAYS if (found := problems(model, path, each))}
    assert refused == {}


NO_ZONES = ["Asia/Shangri-La", "Asia/karachi", "GMT+25", "../../etc/passwd", "Asia/../UTC", "/etc/localtime", "Asia",
            "+05:00", "PKT ", "Asia/Karachi\x00", "北京"]  # fmt: skip


def zoned(alliance: AllianceInMemory) -> dict[str, Callable[[str], Any]]:
    """Each command that takes a zone, given with this one."""
    exchange, person = alliance.exchange, alliance.person()
    site = {"names": {"en": "Hotan"}, "country": "CN", "departments": [{"names": {"en": "Surgery"}, "seats": 1}]}
    who = {"passport_name": "Li Wei", "local_name": "李伟", "language": "zh", "email": "li@hotan.example",
           "sites": [alliance.sending]}  # fmt: skip
    changed_site = {"site_id": alliance.host, "names": {"en": "Kashgar"}, "country": "CN", "expected_version": 1}
    changed_person = who | {"person_id": person, "expected_version": 1}
    given: dict[str, tuple[type[Command], dict[str, Any]]] = {
        "register_site": (commands.RegisterSite, site),
        "change_site": (commands.ChangeSite, changed_site),
        "register_person": (commands.RegisterPerson, who),
        "change_person": (commands.ChangePerson, changed_person),
    }

    def giving(intent: str) -> Callable[[str], Any]:
        model, fields = given[intent]
        return lambda zone: getattr(exchange, intent)(
            parsed(model, fields | {"zone": zone}), alliance.context(ADMIN, fields.get("expected_version"))
        )

    return {intent: giving(intent) for intent in given}


@pytest.mark.parametrize("intent", ["register_site", "change_site", "register_person", "change_person"])
def test_a_zone_that_does_not_exist_is_refused_by_name_wherever_one_is_given(intent: str) -> None:
    alliance = alliance_in_memory()
    give = zoned(alliance)[intent]
    before = dict(alliance.memory.fake_sites.kept), dict(alliance.memory.fake_people.kept)
    for zone in NO_ZONES:
        with pytest.raises(UnknownZone) as refused:
            give(zone)
        assert refused.value.facts == {"zone": zone.strip()}
    assert (dict(alliance.memory.fake_sites.kept), dict(alliance.memory.fake_people.kept)) == before
    assert give("Asia/Urumqi").state == "registered"


MONEY: dict[str, tuple[type[Command], dict[str, Any]]] = {
    "add_money_line": (commands.AddMoneyLine, {"kind": "stay", "currency": "CNY", "budgeted": "9"}),
    "change_money_line": (commands.ChangeMoneyLine, {"currency": "CNY", "reason": "So", "expected_version": 1}),
    "enter_rate": (commands.EnterRate, {"from_currency": "PKR", "to_currency": "CNY", "rate": "1", "source": "Bank",
                                        "day": "2026-03-01"}),
}  # fmt: skip
NO_CURRENCIES = ["RMB", "cny", "XXX", "XAU", "DEM", "CN", "CNYY", "¥", "人民币", "CNY "]


@pytest.mark.parametrize("code", NO_CURRENCIES)
@pytest.mark.parametrize(
    ("intent", "field"),
    [(intent, name) for intent, (_, fields) in MONEY.items() for name in fields if "currency" in name],
)
def test_a_currency_that_nobody_pays_in_is_refused_by_name_wherever_one_is_given(
    intent: str, field: str, code: str
) -> None:
    alliance = alliance_in_memory()
    visit = alliance.propose()
    model, fields = MONEY[intent]
    line = {"visit_id": visit.id, "kind": "visa", "currency": "PKR", "budgeted": "1"}
    context = alliance.context
    alliance.exchange.add_money_line(parsed(commands.AddMoneyLine, line), context(alliance.manager))
    (budget,) = alliance.memory.fake_budgets.kept.values()
    about = {} if intent == "enter_rate" else {"visit_id": visit.id}
    about |= {"line_id": budget.state.lines[0].id} if intent == "change_money_line" else {}
    with pytest.raises(UnknownCurrency):
        getattr(alliance.exchange, intent)(parsed(model, fields | about | {field: code}), context(alliance.manager))
    assert [*alliance.memory.fake_budgets.kept.values()] == [budget]
    assert not alliance.memory.fake_rates.kept


@pytest.mark.parametrize("code", NO_CURRENCIES)
def test_no_total_is_told_in_a_currency_that_nobody_pays_in(code: str) -> None:
    alliance = alliance_in_memory()
    with pytest.raises(UnknownCurrency):
        alliance.exchange.money_totals(parsed(queries.AskMoneyTotals, {"currency": code}), ADMIN)
    asked = {"currency": code, "visit_id": alliance.propose().id}
    with pytest.raises(UnknownCurrency):
        alliance.exchange.visit_budget(parsed(queries.AskVisitBudget, asked), ADMIN)


TODAY = date(2026, 3, 2)
SPANS: dict[str, tuple[date, date]] = {
    "one day": (date(2026, 5, 11), date(2026, 5, 11)),
    "no day": (date(2026, 5, 12), date(2026, 5, 11)),
    "reversed": (date(2026, 5, 20), date(2026, 5, 11)),
    "over a leap day": (date(2028, 2, 28), date(2028, 3, 1)),
    "the longest": (date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=364)),
    "a day longer": (date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=365)),
    "400 days": (date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=399)),
    "all the time": (date(2026, 3, 3), date(2200, 12, 31)),
    "from yesterday": (TODAY - timedelta(days=1), TODAY + timedelta(days=1)),
    "long past": (date(1970, 1, 1), date(1970, 1, 2)),
    "today": (TODAY, TODAY),
}
REVERSED, PAST, LONG, FINE = "DatesReversed", "DateInThePast", "VisitTooLong", "done"
FUTURE, NO_YEAR = "DateInTheFuture", "NoLedger"
STAYS = {
    "one day": FINE, "no day": REVERSED, "reversed": REVERSED, "over a leap day": FINE, "the longest": FINE,
    "a day longer": LONG, "400 days": LONG, "all the time": LONG, "from yesterday": PAST, "long past": PAST,
    "today": FINE,
}  # fmt: skip


def proposed(first: str, last: str, life: Life) -> None:
    proposal = life.alliance.proposal(life.alliance.person()).model_dump(mode="json")
    fields = proposal | {"planned_arrival": first, "planned_departure": last}
    life.alliance.exchange.propose_visit(
        parsed(commands.ProposeVisit, fields), life.alliance.context(life.actor(SENDING))
    )


def rescheduled(first: str, last: str, life: Life) -> None:
    life.give("reschedule_visit", HOST, planned_arrival=first, planned_departure=last, reason="So")


def countered(first: str, last: str, life: Life) -> None:
    about = {"party": "host-department", "status": "tentative"}
    life.give("reply_to_visit", HOST, arrival=first, departure=last, **about)


def asked_why_not(first: str, last: str, life: Life) -> None:
    """It tells what forbids instead of refusing, but for days that cannot be put in order."""
    request = life.alliance.proposal(life.alliance.person()).model_dump(mode="json", exclude={"purpose"})
    fields = {"request": request | {"planned_arrival": first, "planned_departure": last}}
    told = life.alliance.exchange.why_not(parsed(queries.AskWhyNot, fields), life.actor(SENDING))
    json.dumps(told)
    for each in told["blocking"]:
        raise next(kind for kind in Refusal.__subclasses__() if kind.__name__ == each["refusal"])(**each["facts"])


def closed(first: str, last: str, life: Life) -> None:
    fields = {"site_id": life.alliance.host, "department_id": life.alliance.department, "expected_version": 1,
              "first": first, "last": last, "reason": "Painting"}  # fmt: skip
    command = parsed(commands.CloseDepartment, fields)
    life.alliance.exchange.close_department(command, life.alliance.context(ADMIN, 1))


def deputed(first: str, last: str, life: Life) -> None:
    life.give("name_deputy", HOST, party="host-department", deputy=life.deputy, first=first, last=last)


def entered_as_past(first: str, last: str, life: Life) -> None:
    proposal = life.alliance.proposal(life.alliance.person()).model_dump(mode="json")
    kept = {name: proposal[name] for name in proposal if not name.startswith("planned")}
    fields = kept | {"actual_arrival": first, "actual_departure": last, "reason": "By telephone"}
    context = life.alliance.context(life.actor("sending manager"))
    life.alliance.exchange.enter_past_visit(parsed(commands.EnterPastVisit, fields), context)


def agreed(first: str, last: str, life: Life) -> None:
    alliance = life.alliance
    fields: dict[str, Any] = {"names": {"en": "Another"}, "partners": [alliance.sending, alliance.host], "fields": [],
              "in_effect_from": first, "in_effect_until": last, "conditions": []}  # fmt: skip
    text = alliance.memory.fake_agreements.load(alliance.agreement).state.conditions[0]
    fields["conditions"] = [{
        "kind": "training", "field": text.field, "sending_site": alliance.sending, "host_site": alliance.host,
        "visits_per_year": 1, "visitor_days_per_year": 9, "outcomes_per_year": 0, "acceptance": ["host-department"],
        "reply_within_days": 14,
    }]  # fmt: skip
    alliance.exchange.draft_agreement(parsed(commands.DraftAgreement, fields), alliance.context(alliance.manager))


TAKE_SPANS: dict[str, tuple[Callable[[str, str, Life], None], dict[str, str]]] = {
    "propose_visit": (proposed, STAYS),
    "reschedule_visit": (rescheduled, STAYS),
    "reply_to_visit": (countered, STAYS),
    "why_not": (asked_why_not, STAYS | {"from yesterday": PAST, "long past": PAST}),
    "close_department": (closed, STAYS | {
        "a day longer": FINE, "400 days": FINE, "all the time": "ClosureTooLarge", "from yesterday": FINE}),
    # What is to come cannot have taken place; a year that no agreement promised for has no ledger.
    "enter_past_visit": (entered_as_past, STAYS | {
        "one day": FUTURE, "from yesterday": FUTURE, "over a leap day": NO_YEAR, "the longest": NO_YEAR,
        "a day longer": NO_YEAR, "400 days": NO_YEAR, "long past": NO_YEAR}),
    # An agreement may be entered after it began, or ended: past visits are entered under it.
    "draft_agreement": (agreed, STAYS | {
        "a day longer": FINE, "400 days": FINE, "all the time": "TooManyYears", "from yesterday": FINE,
        "long past": FINE}),
    "name_deputy": (deputed, STAYS | {
        "the longest": "PeriodTooLong", "a day longer": "PeriodTooLong", "400 days": "PeriodTooLong",
        "all the time": "PeriodTooLong", "from yesterday": FINE}),
}  # fmt: skip


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("intent", TAKE_SPANS)
def test_each_command_that_takes_a_span_of_days_says_what_it_makes_of_it(intent: str, span: str) -> None:
    life = Life(HOST_ALONE, 1)
    kept = life.alliance.memory.fake_agreements.kept
    agreement = kept[life.alliance.agreement]
    longer = replace(agreement.state, in_effect_until=date(2030, 12, 31))
    kept[life.alliance.agreement] = replace(agreement, state=longer)
    take, expected = TAKE_SPANS[intent]
    assert outcome(take, *SPANS[span], life) == expected[span]


def outcome(take: Callable[[str, str, Life], None], first: date, last: date, life: Life) -> str:
    try:
        take(first.isoformat(), last.isoformat(), life)
    except Refusal as refused:
        return refused.name
    return FINE
