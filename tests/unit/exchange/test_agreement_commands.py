"""Agreements over their life, on documents in memory: amended, reverted, ended, and the quota ledgers that follow."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, OBSERVER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion, Unknown
from services.exchange.application import commands, queries
from services.exchange.domain.events import AgreementAmended, AgreementExpired, AgreementTerminated, AgreementTookEffect
from services.exchange.domain.ledger import CountedOutcome, ledger_id
from services.exchange.domain.refusals import (
    AgreementNotInEffect,
    ConditionRemoved,
    NoSuchCondition,
    NotForVisits,
    PromiseBelowBooked,
    SameSite,
    TextChanged,
)
from tests.amending import amend, amendment, approve, put_in_force, revert, shown, terminate, texts
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory

TODAY = date(2026, 3, 2)
END_OF_2026 = timedelta(days=304, hours=13)
"""To 19:00 UTC on 31 December: midnight in Gilgit, three hours after Kashgar's."""


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def ledgers(alliance: AllianceInMemory) -> dict[tuple[str, int], Any]:
    return {(each.condition, each.year): each for each in alliance.memory.fake_ledgers.kept.values()}


def told(alliance: AllianceInMemory) -> list[type]:
    return [type(event) for event in alliance.memory.fake_agreements.told]


def another(alliance: AllianceInMemory, **different: Any) -> dict[str, Any]:
    """A condition that no text has yet."""
    first = texts(alliance)[-1]["text"]["conditions"][0]
    return {name: value for name, value in first.items() if name != "id"} | {"field": "imaging"} | different


def test_bookings_go_on_under_the_text_in_force_until_everybody_has_approved(alliance: AllianceInMemory) -> None:
    amend(alliance, {"visits_per_year": 1})
    approve(alliance, alliance.manager)
    for _ in range(2):
        alliance.accept(alliance.propose())
    assert alliance.balance()["visits"] == {"promised": 100, "used": 0, "held": 2, "left": 98}
    assert shown(alliance)["state"] == "in-effect"


def test_the_ledger_promises_what_the_new_text_says_from_the_last_approval_on(alliance: AllianceInMemory) -> None:
    alliance.accept(alliance.propose())
    terms = {"visits_per_year": 5, "visitor_days_per_year": 50, "outcomes_per_year": 7}
    put_in_force(alliance, terms)
    balance = alliance.balance()
    assert balance["visits"] == {"promised": 5, "used": 0, "held": 1, "left": 4}
    assert balance["visitor_days"] == {"promised": 50, "used": 0, "held": 3, "left": 47}
    assert balance["outcomes"] == {"promised": 7, "reported": 0}
    assert told(alliance) == [AgreementTookEffect, AgreementAmended]


def test_new_years_and_new_conditions_get_ledgers(alliance: AllianceInMemory) -> None:
    put_in_force(
        alliance,
        in_effect_until="2027-12-31",
        conditions=[texts(alliance)[0]["text"]["conditions"][0], another(alliance)],
    )
    first, second = (condition["id"] for condition in texts(alliance)[-1]["text"]["conditions"])
    assert first == alliance.condition
    assert ledgers(alliance).keys() == {(each, year) for each in (first, second) for year in (2026, 2027)}
    assert not any(ledger.closed for ledger in ledgers(alliance).values())
    alliance.accept(alliance.propose(arrival=date(2026, 12, 30), days=4))
    alliance.accept(alliance.propose(arrival=date(2027, 2, 1)))


def test_a_condition_that_is_dropped_takes_no_more_bookings_and_what_is_booked_is_listed(
    alliance: AllianceInMemory,
) -> None:
    booked, proposed = alliance.accept(alliance.propose()), alliance.propose()
    put_in_force(alliance, conditions=[another(alliance)])
    assert ledgers(alliance)[alliance.condition, 2026].closed
    with pytest.raises(ConditionRemoved):
        alliance.accept(proposed)
    listed = shown(alliance)["booked_after_end"]
    assert {(each["id"], each["because"]) for each in listed} == {
        (booked.id, "condition-removed"),
        (proposed.id, "condition-removed"),
    }


def test_a_condition_that_comes_back_opens_its_ledger_with_what_it_had_taken(alliance: AllianceInMemory) -> None:
    alliance.accept(alliance.propose())
    put_in_force(alliance, conditions=[another(alliance)])
    revert(alliance, 1)
    approve(alliance, alliance.manager)
    approve(alliance, alliance.host_manager)
    ledger = ledgers(alliance)[alliance.condition, 2026]
    assert (ledger.closed, ledger.visits.held, ledger.visits.promised) == (False, 1, 100)


def test_a_shorter_text_closes_years_and_refuses_days_behind_its_end() -> None:
    alliance = alliance_in_memory(years=2)
    proposed = alliance.propose(arrival=date(2026, 10, 5))
    put_in_force(alliance, in_effect_until="2026-09-30")
    assert ledgers(alliance)[alliance.condition, 2027].closed
    with pytest.raises(AgreementNotInEffect) as refused:
        alliance.accept(proposed)
    assert refused.value.facts["until"] == "2026-09-30"
    alliance.accept(alliance.propose())


def test_a_year_gone_by_keeps_what_was_promised_in_it() -> None:
    alliance = alliance_in_memory(years=2)
    alliance.clock.advance(END_OF_2026 - timedelta(seconds=1))
    put_in_force(alliance, {"visits_per_year": 90})
    assert {year: each.visits.promised for (_, year), each in ledgers(alliance).items()} == {2026: 90, 2027: 90}
    alliance.clock.advance(timedelta(seconds=1))
    put_in_force(alliance, {"visits_per_year": 1})
    assert {year: each.visits.promised for (_, year), each in ledgers(alliance).items()} == {2026: 90, 2027: 1}


@pytest.mark.parametrize(
    ("terms", "facts"),
    [
        ({"visits_per_year": 1}, {"of": "visits", "promised": 1, "used": 0, "held": 2}),
        ({"visitor_days_per_year": 5}, {"of": "visitor-days", "promised": 5, "used": 0, "held": 6}),
    ],
)
def test_less_than_is_taken_already_is_not_promised(
    alliance: AllianceInMemory, terms: dict[str, int], facts: dict[str, Any]
) -> None:
    for _ in range(2):
        alliance.accept(alliance.propose())
    with pytest.raises(PromiseBelowBooked) as refused:
        amend(alliance, terms)
    assert refused.value.facts == {"condition": alliance.condition, "year": 2026, **facts}
    assert len(texts(alliance)) == 1


def test_what_was_booked_while_the_amendment_waited_is_seen_at_the_last_approval(alliance: AllianceInMemory) -> None:
    alliance.accept(alliance.propose())
    amend(alliance, {"visits_per_year": 1})
    approve(alliance, alliance.manager)
    alliance.accept(alliance.propose())
    before = shown(alliance)["version"]
    with pytest.raises(PromiseBelowBooked):
        approve(alliance, alliance.host_manager)
    after = shown(alliance)
    assert (after["version"], after["text_number"], after["amendment"]["unapproved"]) == (before, 1, [alliance.host])
    assert alliance.balance()["visits"]["promised"] == 100


def test_an_overstay_hinders_no_amendment_that_leaves_the_promise_alone() -> None:
    alliance = alliance_in_memory(visitor_days_per_year=3)
    visit = alliance.accept(alliance.propose())
    alliance.clock.advance(timedelta(days=60))
    on = {"visit_id": visit.id}
    arrival = {**on, "arrived_on": "2026-04-06", "expected_version": 2}
    alliance.exchange.record_arrival(parsed(commands.RecordArrival, arrival), alliance.context(alliance.coordinator, 2))
    departure = {**on, "departed_on": "2026-04-10", "report": "Stayed on.", "expected_version": 3}
    alliance.exchange.fulfil_visit(parsed(commands.FulfilVisit, departure), alliance.context(alliance.coordinator, 3))
    assert alliance.balance()["visitor_days"]["left"] == -2
    put_in_force(alliance, note="Nothing of the quota.")
    put_in_force(alliance, {"visitor_days_per_year": 4})
    assert alliance.balance()["visitor_days"]["left"] == -1
    with pytest.raises(PromiseBelowBooked):
        amend(alliance, {"visitor_days_per_year": 3})


def test_the_approval_of_the_text_in_force_is_none_of_the_amendment(alliance: AllianceInMemory) -> None:
    amend(alliance, note="Read with the addendum.")
    view = shown(alliance)
    fields = {"agreement_id": alliance.agreement, "text_hash": view["text_hash"], "expected_version": view["version"]}
    with pytest.raises(TextChanged):
        alliance.exchange.approve_agreement(
            parsed(commands.ApproveAgreement, fields), alliance.context(alliance.manager, view["version"])
        )


def test_a_condition_that_no_text_knows_is_refused(alliance: AllianceInMemory) -> None:
    with pytest.raises(NoSuchCondition):
        amend(alliance, {"id": "cnd_9"})


def test_a_partner_that_is_not_registered_is_refused(alliance: AllianceInMemory) -> None:
    with pytest.raises(Unknown):
        amend(alliance, partners=[alliance.sending, alliance.host, "sit_nowhere"])


def test_a_site_that_sends_to_itself_is_refused(alliance: AllianceInMemory) -> None:
    with pytest.raises(SameSite):
        amend(alliance, conditions=[another(alliance, sending_site=alliance.host)])


def test_no_visit_is_proposed_under_a_consultation(alliance: AllianceInMemory) -> None:
    put_in_force(alliance, conditions=[another(alliance, kind="consultation", visitor_days_per_year=0)])
    alliance.condition = texts(alliance)[-1]["text"]["conditions"][0]["id"]
    with pytest.raises(NotForVisits):
        alliance.propose()


def test_a_terminated_agreement_takes_no_more_bookings_and_lists_what_is_booked(alliance: AllianceInMemory) -> None:
    booked, proposed = alliance.accept(alliance.propose()), alliance.propose()
    assert terminate(alliance, TODAY).state == "terminated"
    assert all(ledger.closed for ledger in ledgers(alliance).values())
    with pytest.raises(AgreementNotInEffect):
        alliance.accept(proposed)
    with pytest.raises(AgreementNotInEffect):
        alliance.propose()
    view = shown(alliance)
    assert {(each["id"], each["state"], each["because"]) for each in view["booked_after_end"]} == {
        (booked.id, "booked", "after-the-end"),
        (proposed.id, "proposed", "after-the-end"),
    }
    assert view["termination"]["on"] == view["last_day"] == "2026-03-02"
    assert told(alliance)[-1] is AgreementTerminated


def test_what_is_booked_after_the_end_is_flagged_wherever_it_is_shown(alliance: AllianceInMemory) -> None:
    booked = alliance.accept(alliance.propose())
    terminate(alliance, TODAY)
    one = alliance.exchange.visit(parsed(queries.AskVisit, {"visit_id": booked.id}), alliance.manager)
    (line,) = alliance.exchange.visits(parsed(queries.AskVisits, {}), alliance.manager)["items"]
    assert (one["uncovered"], line["uncovered"], one["state"]) == ("after-the-end", "after-the-end", "booked")


def test_until_an_announced_end_bookings_go_on_and_none_reaches_behind_it(alliance: AllianceInMemory) -> None:
    within, behind = alliance.propose(), alliance.propose(arrival=date(2026, 7, 1))
    assert terminate(alliance, date(2026, 4, 30)).state == "in-effect"
    alliance.accept(within)
    with pytest.raises(AgreementNotInEffect):
        alliance.accept(behind)
    with pytest.raises(AgreementNotInEffect):
        alliance.propose(arrival=date(2026, 5, 1))


def test_an_agreement_expires_by_itself_with_its_last_day_and_once(alliance: AllianceInMemory) -> None:
    alliance.clock.advance(END_OF_2026 - timedelta(seconds=1))
    alliance.exchange.end_agreement(alliance.agreement, alliance.context(SYSTEM))
    assert shown(alliance)["state"] == "in-effect"
    alliance.clock.advance(timedelta(seconds=1))
    timer = alliance.context(SYSTEM)
    for _ in range(2):
        alliance.exchange.end_agreement(alliance.agreement, timer)
    assert shown(alliance)["state"] == "expired"
    assert [line["what"] for line in shown(alliance)["history"]] == ["drafted", "approved", "took effect", "expired"]
    assert all(ledger.closed for ledger in ledgers(alliance).values())
    assert told(alliance) == [AgreementTookEffect, AgreementExpired]


def test_a_prolonged_agreement_does_not_expire_on_its_first_last_day(alliance: AllianceInMemory) -> None:
    put_in_force(alliance, in_effect_until="2027-12-31")
    alliance.clock.advance(END_OF_2026)
    alliance.exchange.end_agreement(alliance.agreement, alliance.context(SYSTEM))
    assert shown(alliance)["state"] == "in-effect"


def test_every_text_is_kept_with_who_laid_it_and_who_approved_it_when(alliance: AllianceInMemory) -> None:
    amend(alliance, {"visits_per_year": 9})
    amend(alliance, {"visits_per_year": 10})
    approve(alliance, alliance.manager)
    found = texts(alliance)
    assert [(each["text_number"], each["status"]) for each in found] == [
        (1, "in-force"),
        (2, "superseded"),
        (3, "waiting"),
    ]
    assert [each["laid_by"] for each in found] == ["per_manager"] * 3
    assert [sorted(each["approvals"]) for each in found] == [
        sorted([alliance.sending, alliance.host]),
        [],
        [alliance.sending],
    ]
    assert len({each["text_hash"] for each in found}) == 3
    assert json.loads(json.dumps(found)) == found


def test_two_texts_are_set_side_by_side(alliance: AllianceInMemory) -> None:
    amend(alliance, {"visits_per_year": 9, "rules": {"minimum-gap": "warn"}})
    asked = parsed(queries.AskDifference, {"agreement_id": alliance.agreement, "from_text": 1, "to_text": 2})
    told = alliance.exchange.agreement_difference(asked, alliance.manager)
    (changed,) = told["conditions"]["changed"]
    assert (told["from_text"], told["to_text"], told["fields"]) == (1, 2, [])
    assert changed["changes"] == [
        {"field": "visits_per_year", "from": 100, "to": 9},
        {"field": "rules.minimum-gap", "from": None, "to": "warn"},
    ]
    assert shown(alliance)["amendment"]["difference"]["conditions"]["changed"] == [changed]


def test_the_scorecard_sets_what_happened_beside_what_was_promised(alliance: AllianceInMemory) -> None:
    over, _ = alliance.accept(alliance.propose()), alliance.accept(alliance.propose(days=2))
    alliance.clock.advance(timedelta(days=60))
    for intent, kind, fields in (
        ("record_arrival", commands.RecordArrival, {"arrived_on": "2026-04-06", "expected_version": 2}),
        ("fulfil_visit", commands.FulfilVisit, {"departed_on": "2026-04-10", "report": "Good.", "expected_version": 3}),
    ):
        command = parsed(kind, {"visit_id": over.id, **fields})
        getattr(alliance.exchange, intent)(command, alliance.context(alliance.coordinator, command.expected_version))
    ledger = ledger_id(alliance.agreement, alliance.condition, 2026)
    alliance.memory.fake_ledgers.count_outcome({ledger: CountedOutcome("one", "cnd_1")})
    asked = parsed(queries.AskScorecard, {"agreement_id": alliance.agreement, "year": 2026})
    (year,) = alliance.exchange.scorecard(asked, alliance.manager)["years"]
    figures = {
        "visits": {"promised": 100, "used": 1, "held": 1, "left": 98},
        "visitor_days": {"promised": 1000, "planned": 5, "actual": 5, "held": 2, "left": 993},
        "outcomes": {"promised": 2, "reported": 1},
    }
    assert year["totals"] == figures
    assert figures.items() <= year["conditions"][0].items()
    assert year["conditions"][0]["condition"] == alliance.condition


def test_a_scorecard_tells_of_all_years_or_of_the_one_asked_for() -> None:
    alliance = alliance_in_memory(years=3)

    def years(**asked: Any) -> list[int]:
        question = parsed(queries.AskScorecard, {"agreement_id": alliance.agreement, **asked})
        return [each["year"] for each in alliance.exchange.scorecard(question, alliance.manager)["years"]]

    assert (years(), years(year=2027), years(year=1999)) == ([2026, 2027, 2028], [2027], [])


def test_each_partner_is_offered_what_it_may_do(alliance: AllianceInMemory) -> None:
    assert shown(alliance)["may"] == ["amend_agreement", "terminate_agreement"]
    amend(alliance, note="More.")
    approve(alliance, alliance.manager)
    assert shown(alliance)["may"] == ["amend_agreement", "revert_agreement", "terminate_agreement"]
    assert shown(alliance)["approval"] == "waiting-for-them"
    theirs = shown(alliance, alliance.host_manager)
    assert (theirs["may"][0], theirs["approval"]) == ("approve_agreement:2", "waiting-for-us")
    terminate(alliance, date(2026, 4, 30))
    assert shown(alliance, alliance.host_manager)["may"] == ["terminate_agreement"]
    terminate(alliance, TODAY)
    assert shown(alliance)["may"] == []


def onlookers(alliance: AllianceInMemory) -> list[Actor]:
    sites = frozenset({alliance.sending, alliance.host})
    return [Actor("per_x", frozenset({COORDINATOR, OBSERVER}), sites), Actor("per_y", alliance.manager.roles)]


@pytest.mark.parametrize("number", [0, 1])
def test_nobody_but_a_manager_of_a_partner_changes_an_agreement(alliance: AllianceInMemory, number: int) -> None:
    onlooker = onlookers(alliance)[number]
    on = {"agreement_id": alliance.agreement, "expected_version": 3, "reason": "Because."}
    given: tuple[tuple[Callable[[Any, Context], Receipt], Any], ...] = (
        (alliance.exchange.amend_agreement, amendment(alliance, note="More.")),
        (alliance.exchange.revert_agreement, parsed(commands.RevertAgreement, {**on, "to_text": 1})),
        (alliance.exchange.terminate_agreement, parsed(commands.TerminateAgreement, {**on, "on": "2026-03-02"})),
    )
    for give, command in given:
        with pytest.raises(NotAllowed):
            give(command, alliance.context(onlooker, 3))
    assert shown(alliance)["version"] == 3


def test_a_repeat_answers_as_the_first_time_and_an_older_version_is_stale(alliance: AllianceInMemory) -> None:
    command = amendment(alliance, note="More.")
    context = alliance.context(alliance.manager, command.expected_version)
    first = alliance.exchange.amend_agreement(command, context)
    assert alliance.exchange.amend_agreement(command, context) == first == Receipt(first.id, 4, "in-effect")
    with pytest.raises(StaleVersion):
        alliance.exchange.amend_agreement(command, alliance.context(alliance.manager, command.expected_version))


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        (commands.TerminateAgreement, {"on": "soon"}, "on"),
        (commands.TerminateAgreement, {"reason": ""}, "reason"),
        (commands.RevertAgreement, {"to_text": 0}, "to_text"),
        (commands.RevertAgreement, {"to_text": "1"}, "to_text"),
    ],
)
def test_fields_of_the_wrong_shape_are_refused_by_the_field(kind: Any, fields: dict[str, Any], field: str) -> None:
    sound = {"agreement_id": "agr_1", "reason": "Because.", "expected_version": 1}
    sound |= {"on": "2026-03-02"} if kind is commands.TerminateAgreement else {"to_text": 1}
    assert parsed(kind, sound)
    with pytest.raises(InvalidCommand) as refused:
        parsed(kind, {**sound, **fields})
    assert [problem["field"] for problem in refused.value.facts["problems"]] == [field]
