"""Somebody was on two visits at once, as papers tell: that is entered and flagged, never refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.domain.events import VisitEnteredLater
from services.exchange.domain.visit import BOOKED, FULFILLED, Visitor
from tests.fakes.exchange import AllianceInMemory, alliance_in_memory
from tests.unit.exchange import given

ONCE, TWICE = ("entered-later",), ("entered-later", "double-booked")


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def entered(alliance: AllianceInMemory, first: str, last: str, *visitors: str) -> Receipt:
    fields = {
        "agreement_id": alliance.agreement, "condition_id": alliance.condition, "host_department": alliance.department,
        "visitors": list(visitors), "leader": visitors[0], "actual_arrival": first, "actual_departure": last,
        "purpose": "Staging", "reason": "Kept on paper until now.",
    }  # fmt: skip
    command = parsed(commands.EnterPastVisit, fields)
    return alliance.exchange.enter_past_visit(command, alliance.context(alliance.host_manager))


def flags(alliance: AllianceInMemory, visit: Receipt) -> tuple[str, ...]:
    return alliance.memory.fake_visits.load(visit.id).state.flags


def warnings(alliance: AllianceInMemory, visit: Receipt) -> list[dict[str, Any]]:
    view = alliance.exchange.visit(parsed(queries.AskVisit, {"visit_id": visit.id}), alliance.host_manager)
    found: list[dict[str, Any]] = view["warnings"]
    return found


@pytest.mark.parametrize(
    ("first", "last", "clash"),
    [
        ("2026-02-01", "2026-02-01", None),
        ("2026-02-05", "2026-02-06", None),
        ("2026-02-01", "2026-02-02", "2026-02-02"),
        ("2026-02-04", "2026-02-06", "2026-02-04"),
        ("2026-02-01", "2026-02-09", "2026-02-02"),
        ("2026-02-03", "2026-02-03", "2026-02-03"),
    ],
)
def test_who_was_on_another_visit_on_one_of_the_days_is_flagged_with_the_day_and_that_visit(
    alliance: AllianceInMemory, first: str, last: str, clash: str | None
) -> None:
    bano, karim = alliance.person(), alliance.person("Asif Karim")
    other = entered(alliance, "2026-02-02", "2026-02-04", bano)
    visit = entered(alliance, first, last, karim, bano)
    assert flags(alliance, visit) == (TWICE if clash else ONCE)
    facts = {"person": bano, "date": clash, "visit": other.id}
    assert warnings(alliance, visit) == ([{"rule": "visitor-double-booking", "facts": facts}] if clash else [])


def test_of_each_visitor_the_first_day_is_told_with_the_visit_that_they_were_on_then(
    alliance: AllianceInMemory,
) -> None:
    bano, karim = alliance.person(), alliance.person("Asif Karim")
    late = entered(alliance, "2026-02-04", "2026-02-04", bano, karim)
    early = entered(alliance, "2026-02-02", "2026-02-03", bano)
    both = entered(alliance, "2026-02-03", "2026-02-05", bano, karim)
    told = [
        (each["facts"]["person"], each["facts"]["date"], each["facts"]["visit"]) for each in warnings(alliance, both)
    ]
    assert told == [(bano, "2026-02-03", early.id), (karim, "2026-02-04", late.id)]
    assert (flags(alliance, late), flags(alliance, early), flags(alliance, both)) == (ONCE, ONCE, TWICE)


def test_a_visit_that_holds_counts_and_one_that_did_not_take_place_or_that_they_left_early_does_not(
    alliance: AllianceInMemory,
) -> None:
    bano = alliance.person()
    kept = alliance.memory.fake_visits
    days = {"planned_arrival": date(2026, 2, 2), "planned_departure": date(2026, 2, 6), "visitors": (Visitor(bano, 1),)}
    booked = given.visit(BOOKED, id="vis_other", **days)
    waits = alliance.propose(bano)
    kept.kept["vis_other"] = replace(kept.kept[waits.id], state=booked)
    assert flags(alliance, entered(alliance, "2026-02-06", "2026-02-06", bano)) == TWICE
    kept.kept["vis_other"] = replace(kept.kept["vis_other"], state=replace(booked, state="cancelled"))
    assert flags(alliance, entered(alliance, "2026-02-05", "2026-02-05", bano)) == ONCE
    left = (Visitor(bano, 1, arrived_on=date(2026, 2, 2), departed_on=date(2026, 2, 3)),)
    gone = replace(booked, state=FULFILLED, visitors=left, actual_arrival=date(2026, 2, 2),
                   actual_departure=date(2026, 2, 6))  # fmt: skip
    kept.kept["vis_other"] = replace(kept.kept["vis_other"], state=gone)
    assert flags(alliance, entered(alliance, "2026-02-04", "2026-02-04", bano)) == ONCE


def test_the_event_tells_the_flag_and_a_visit_does_not_find_itself(alliance: AllianceInMemory) -> None:
    bano = alliance.person()
    entered(alliance, "2026-02-02", "2026-02-04", bano)
    entered(alliance, "2026-02-02", "2026-02-04", bano)
    told = [each for each in alliance.memory.fake_visits.told if isinstance(each, VisitEnteredLater)]
    assert [each.visit.flags for each in told] == [ONCE, TWICE]
