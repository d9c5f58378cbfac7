"""What the page of finding a time says is what the code does."""

import re

from services.exchange.application.queries.find_a_time import MOST_DAYS, MOST_SEATS
from services.exchange.domain.consultations.finding import changes, ranking, relaxing, rules
from services.exchange.domain.consultations.participants import INTERPRETER, PRESENTER, SPECIALIST
from services.exchange.domain.words import FORBID
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "exchange" / "find-a-time.md").read_text("utf-8")


def rows(first_cell: str) -> list[list[str]]:
    """The cells of the table whose head begins with the word."""
    table = re.search(rf"^\| {first_cell} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table, f"no table of {first_cell}"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]


def waived(rule: rules.TimeRule) -> str:
    if rule.level != FORBID:
        return "by nature"
    return {(True, True): "by site", (True, False): "by urgency"}.get((rule.waived, rule.by_site), "no")


def test_the_page_tells_each_rule_its_level_who_may_waive_it_and_how_it_refuses() -> None:
    assert rows("rule") == [
        [rule.name, rule.level, waived(rule), ", ".join(kind.__name__ for kind in rule.refusals)]
        for rule in rules.RULES
    ]


def test_the_page_tells_what_each_change_costs() -> None:
    assert {change: int(cost) for change, _, cost in rows("change")} == {
        changes.WITHOUT_ROOM: changes.COST_WITHOUT_ROOM,
        changes.URGENT: changes.COST_OF_URGENCY,
        **{f"waive {rule}": cost for rule, cost in changes.COST_OF_WAIVER.items()},
        "optional, a specialist": changes.COST_OF_OPTIONAL[SPECIALIST],
        "optional, an interpreter": changes.COST_OF_OPTIONAL[INTERPRETER],
        "optional, a presenter": changes.COST_OF_OPTIONAL[PRESENTER],
        changes.WITHOUT_INTERPRETER: changes.COST_WITHOUT_INTERPRETER,
    }


def test_the_page_tells_the_weights_and_bounds_that_hold() -> None:
    (opens, closes), (earliest, latest) = rules.DEFAULT_HOURS[0], rules.SOCIAL_HOURS
    hours = rules.LEAD_TIME.total_seconds() / 3600
    for told in (
        f"up to {MOST_DAYS} days",
        f"begins {hours:g} hours from now",
        f"works from {opens} to {closes}",
        f"from {earliest} to {latest}",
        f"{ranking.IN_PERSON} for each required participant who comes in person, {ranking.BY_DEPUTY} for each",
        f"usual working hours counts {ranking.OUTSIDE_HOURS}, on a day off that was waived {ranking.ON_A_DAY_OFF} more",
        f"in a night that was waived {ranking.AT_NIGHT} more",
        f"become a holiday {ranking.PERHAPS_A_HOLIDAY} more",
        f"counts {ranking.WORST_END} times",
        f"up to {relaxing.MOST_RELAXATIONS} sets of changes",
    ):
        assert told in PAGE
    words = {4: "four"}
    assert f"up to {words[MOST_SEATS]} open seats" in PAGE
