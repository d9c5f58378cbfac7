"""A text takes a condition out of an agreement: visits under it are flagged and go on, and nothing more is planned."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.domain.refusals import ConditionRemoved
from services.exchange.domain.visit import Visit
from tests.amending import approve, put_in_force, revert, shown, texts
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange import lettering as letters

ARRIVAL = date(2026, 4, 6)
View = dict[str, Any]


def other_conditions(alliance: AllianceInMemory) -> list[View]:
    """The conditions of a text that has the first one no more."""
    first = texts(alliance)[-1]["text"]["conditions"][0]
    return [{name: value for name, value in first.items() if name != "id"} | {"field": "imaging"}]


def removed(alliance: AllianceInMemory) -> None:
    put_in_force(alliance, conditions=other_conditions(alliance))


def given(alliance: AllianceInMemory, visit: str, intent: str, **fields: Any) -> None:
    letters.given(alliance, Receipt(visit, 0, ""), intent, **fields)


def standing(alliance: AllianceInMemory, visit: str) -> Visit:
    return alliance.memory.fake_visits.load(visit).state


def why_not(alliance: AllianceInMemory, **asked: Any) -> View:
    return alliance.exchange.why_not(parsed(queries.AskWhyNot, asked), alliance.manager)


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


@pytest.fixture
def booked(alliance: AllianceInMemory) -> str:
    """A visit with a letter, whose condition is gone."""
    visit, person = letters.invited(alliance)
    letters.made(alliance, letters.issue(alliance, visit, person))
    removed(alliance)
    assert [each["because"] for each in shown(alliance)["booked_after_end"]] == ["condition-removed"]
    return visit.id


def test_its_visits_go_on_to_their_end(alliance: AllianceInMemory, booked: str) -> None:
    alliance.clock.advance(timedelta(days=35))
    given(alliance, booked, "record_arrival", arrived_on="2026-04-06")
    given(alliance, booked, "record_departure", departed_on="2026-04-06")
    given(alliance, booked, "fulfil_visit", departed_on="2026-04-06", report="Taught.")
    ledger = next(each for each in alliance.memory.fake_ledgers.kept.values() if each.condition == alliance.condition)
    assert (ledger.visits.used, ledger.visits.held, ledger.closed) == (1, 0, True)


def test_a_visit_under_it_can_be_given_up(alliance: AllianceInMemory, booked: str) -> None:
    given(alliance, booked, "cancel_visit", reason="It was taken out.")
    assert standing(alliance, booked).state == "cancelled"


def test_money_is_kept_as_its_last_text_shared_the_costs(alliance: AllianceInMemory) -> None:
    put_in_force(alliance, {"cost_sharing": {"travel": "alliance"}})
    visit, _ = letters.invited(alliance)
    removed(alliance)
    line = {"visit_id": visit.id, "kind": "travel", "currency": "PKR", "budgeted": "10"}
    alliance.exchange.add_money_line(parsed(commands.AddMoneyLine, line), alliance.context(alliance.manager))
    budget = alliance.exchange.visit_budget(parsed(queries.AskVisitBudget, {"visit_id": visit.id}), alliance.manager)
    assert [each["payer"] for each in budget["lines"]] == ["alliance"]


def test_letters_are_issued_and_made_again(alliance: AllianceInMemory, booked: str) -> None:
    letters.hear(alliance)
    person = standing(alliance, booked).leader
    command = {"visit_id": booked, "person": person, "signer_name": "Li Jun", "signer_title": "Head"}
    issued = alliance.exchange.issue_letter(
        parsed(commands.IssueLetter, command), alliance.context(alliance.coordinator)
    )
    assert issued.state == "requested"


MOVED = {"planned_arrival": "2026-05-04", "planned_departure": "2026-05-06", "reason": "The road is closed."}
LONGER = {"planned_departure": "2026-04-20", "reason": "There is more to learn."}


@pytest.mark.parametrize(("intent", "fields"), [("reschedule_visit", MOVED), ("extend_visit", LONGER)])
def test_other_days_under_it_are_refused_by_what_took_it_out(
    alliance: AllianceInMemory, booked: str, intent: str, fields: View
) -> None:
    before = standing(alliance, booked)
    with pytest.raises(ConditionRemoved) as refused:
        given(alliance, booked, intent, **fields)
    since = alliance.clock.now().isoformat()
    facts = {"agreement": alliance.agreement, "condition": alliance.condition, "text": 2, "since": since}
    assert refused.value.facts == facts
    assert standing(alliance, booked) == before
    asked = {"planned_departure": fields["planned_departure"]} if intent == "extend_visit" else {}
    found = why_not(alliance, visit_id=booked, **asked)
    assert found["blocking"][0] == {"rule": "agreement-in-effect", "refusal": "ConditionRemoved", "facts": facts}
    assert found["alternatives"] == []


def offers(alliance: AllianceInMemory, visit: str) -> list[str]:
    may: list[str] = alliance.exchange.visit(parsed(queries.AskVisit, {"visit_id": visit}), alliance.manager)["may"]
    return may


def test_what_would_be_refused_is_not_offered(alliance: AllianceInMemory) -> None:
    visit = alliance.accept(alliance.propose()).id
    planning = {"reschedule_visit", "extend_visit"}
    before = offers(alliance, visit)
    assert planning <= set(before)
    removed(alliance)
    assert offers(alliance, visit) == [each for each in before if each not in planning]


def test_a_counter_proposal_is_not_offered_to_be_accepted(alliance: AllianceInMemory) -> None:
    visit = alliance.propose()
    days = {"arrival": "2026-05-04", "departure": "2026-05-06"}
    given(alliance, visit.id, "reply_to_visit", party="host-department", status="tentative", **days)
    assert "accept_counter:host-department" in offers(alliance, visit.id)
    removed(alliance)
    assert "accept_counter:host-department" not in offers(alliance, visit.id)


def test_nothing_is_proposed_or_begins_to_hold_under_it(alliance: AllianceInMemory) -> None:
    proposed, wish = alliance.propose(), alliance.proposal()
    removed(alliance)
    refused: list[Callable[[], Any]] = [lambda: alliance.accept(proposed), lambda: alliance.propose()]
    for act in refused:
        with pytest.raises(ConditionRemoved):
            act()
    found = why_not(alliance, request=wish.model_dump(mode="json"))
    assert "ConditionRemoved" in [each["refusal"] for each in found["blocking"]]


def entered(alliance: AllianceInMemory, arrival: str, departure: str) -> Visit:
    person = alliance.person()
    fields = {
        "agreement_id": alliance.agreement, "condition_id": alliance.condition, "visitors": [person], "leader": person,
        "host_department": alliance.department, "actual_arrival": arrival, "actual_departure": departure,
        "purpose": "Staging", "reason": "By telephone.",
    }  # fmt: skip
    command, context = parsed(commands.EnterPastVisit, fields), alliance.context(alliance.manager)
    return standing(alliance, alliance.exchange.enter_past_visit(command, context).id)


@pytest.mark.parametrize(
    ("days", "flags"),
    [
        (("2026-03-20", "2026-04-01"), ("entered-later",)),
        (("2026-04-01", "2026-04-02"), ("entered-later", "outside-agreement")),
        (("2026-04-03", "2026-04-05"), ("entered-later", "outside-agreement")),
    ],
)
def test_a_visit_of_the_past_is_entered_and_flagged_where_the_condition_was_gone_by_then(
    alliance: AllianceInMemory, days: tuple[str, str], flags: tuple[str, ...]
) -> None:
    alliance.clock.advance(timedelta(days=30))
    removed(alliance)
    alliance.clock.advance(timedelta(days=30))
    assert entered(alliance, *days).flags == flags


@pytest.mark.parametrize(
    ("day", "field"),
    [("2026-01-15", "liver echinococcosis"), ("2026-03-15", "imaging"), ("2026-04-02", "telemedicine")],
)
def test_a_visit_of_the_past_stands_under_the_terms_of_its_days(
    alliance: AllianceInMemory, day: str, field: str
) -> None:
    for changed in ("imaging", "telemedicine"):
        put_in_force(alliance, {"field": changed})
        alliance.clock.advance(timedelta(days=30))
    assert entered(alliance, day, day).field == field


def test_a_condition_that_comes_back_is_planned_under_again(alliance: AllianceInMemory, booked: str) -> None:
    revert(alliance, 1)
    approve(alliance, alliance.manager)
    approve(alliance, alliance.host_manager)
    given(alliance, booked, "reschedule_visit", **MOVED)
    assert standing(alliance, booked).planned_arrival == date(2026, 5, 4)
