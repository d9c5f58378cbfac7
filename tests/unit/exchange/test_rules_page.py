"""What the page of the rules says is what the code does."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.exchange.application.planning import MOST_IN_A_REFUSAL
from services.exchange.domain import alternatives
from services.exchange.domain.holidays import Holiday
from services.exchange.domain.ledger import Account, opened
from services.exchange.domain.rules import RULES, Guest, Plan, Stay, judged
from services.exchange.domain.rules.lead_time import PERMIT_DAYS
from services.exchange.domain.site import Closure, Factsheet
from tests.architecture.tree import ROOT
from tests.unit.exchange import given
from tests.unit.exchange.plans import SURGERY, TODAY, on, plan

PAGE = (ROOT / "docs" / "exchange" / "rules.md").read_text("utf-8")
ARRIVAL = date(2026, 4, 13)
SOON = TODAY + timedelta(days=1)


def rows(first_cell: str) -> list[list[str]]:
    """The cells of the table whose head begins with the word."""
    table = re.search(rf"^\| {first_cell} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table, f"no table of {first_cell}"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]


RULE_ROWS = {name: cells for name, *cells in rows("rule")}


def test_the_page_names_every_rule_in_the_order_in_which_they_refuse() -> None:
    assert list(RULE_ROWS) == [rule.name for rule in RULES]


def test_the_page_tells_each_rules_level_refusals_and_whether_it_may_be_relaxed() -> None:
    told = {name: cells[:3] for name, cells in RULE_ROWS.items()}
    assert told == {
        rule.name: [
            rule.level,
            "yes" if rule.may_be_relaxed else "no",
            ", ".join(kind.__name__ for kind in rule.refusals),
        ]
        for rule in RULES
    }


FEAST = {ARRIVAL: Holiday("Feast")}
CLINICAL = given.condition(kind="clinical-work")
BREAKING: dict[str, Plan] = {
    "past-date": on(TODAY - timedelta(days=1)),
    "longest-stay": on(ARRIVAL, 400),
    "agreement-in-effect": on(date(2027, 1, 1)),
    "quota": plan(ledgers={2026: replace(opened(given.agreement())[0], visits=Account(1, used=1))}),
    "visitor-double-booking": plan(guests=(Guest("per_bano", (Stay(ARRIVAL, ARRIVAL),)),)),
    "closed-period": plan(department=replace(SURGERY, closed=(Closure(ARRIVAL, ARRIVAL, "Drill"),))),
    "capacity": plan(department=replace(SURGERY, seats=0)),
    "visa-lead-time": on(SOON, host=given.site(factsheet=Factsheet(lead_days=9))),
    "permit-lead-time": on(SOON, condition=CLINICAL),
    "minimum-gap": plan(
        condition=given.condition(minimum_gap_days=9), guests=(Guest("per_bano", (Stay(TODAY, date(2026, 4, 12)),)),)
    ),
    "public-holiday": plan(host_calendar=FEAST),
    "provisional-holiday": plan(sending_calendar={ARRIVAL: Holiday("Feast", provisional=True)}),
    "weekend": on(date(2026, 4, 11)),
}
"""A plan for each rule that breaks it."""


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_the_page_tells_the_facts_that_a_rule_brings(name: str) -> None:
    (found,) = [finding for finding in judged(BREAKING[name]) if finding.rule == name]
    assert RULE_ROWS[name][3] == ", ".join(sorted(found.facts))
    assert found.refusal.__name__ in RULE_ROWS[name][2]


def test_the_page_tells_which_rules_are_asked_where_the_arrival_stays() -> None:
    assert {name: cells[4] for name, cells in RULE_ROWS.items()} == {
        rule.name: "yes" if rule.asked_again else "no" for rule in RULES
    }


def test_the_page_tells_each_kind_of_alternative_and_its_cost() -> None:
    told = {kind: re.findall(r"\d+", cost)[0] for kind, _, cost in rows("kind")}
    costs = (
        1,
        alternatives.COST_OF_DEPARTMENT,
        alternatives.COST_OF_DAY_LESS,
        alternatives.COST_OF_VISITOR_LESS,
        alternatives.COST_OF_WAIVER,
    )
    assert told == dict(zip(alternatives.KINDS, map(str, costs), strict=True))


def test_the_page_tells_the_bounds_that_hold() -> None:
    words = {3: "three", 5: "five"}
    assert f"within {alternatives.HORIZON} days" in PAGE
    assert f"{words[alternatives.MOST_DEPARTMENTS]} other departments" in PAGE
    assert f"the {words[MOST_IN_A_REFUSAL]} cheapest" in PAGE
    assert f"the {words[alternatives.MOST_DATES]} nearest arrivals" in PAGE
    assert f"in China {PERMIT_DAYS['CN']} days" in PAGE
