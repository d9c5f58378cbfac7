"""Plans to start from: one visitor, three days in April 2026 at Kashgar, that no rule has anything against."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.exchange.domain.ledger import Ledger, opened
from services.exchange.domain.rules import Guest, Plan, Taken, judged
from services.exchange.domain.site import Department, Site
from tests.unit.exchange import given

TODAY = date(2026, 3, 2)
SURGERY = given.site().departments[0]


def gilgit(**different: Any) -> Site:
    return given.site(**{"id": given.GILGIT, "country": "PK", "zone": "Asia/Karachi", **different})


def plan(**different: Any) -> Plan:
    """Monday 13 to Wednesday 15 April 2026; `condition`, `host`, `department` and the rest as a test wants them."""
    agreement = different.pop("agreement", given.agreement())
    host = different.pop("host", given.site())
    empty = Plan(
        arrival=date(2026, 4, 13),
        departure=date(2026, 4, 15),
        guests=(Guest("per_bano"),),
        agreement=agreement,
        condition=agreement.conditions[0],
        sending=gilgit(),
        host=host,
        department=host.departments[0],
        today=TODAY,
        taken={},
        ledgers=by_year(opened(agreement)),
        host_calendar={},
        sending_calendar={},
    )
    return replace(empty, **different)


def on(arrival: date, days: int = 1, **different: Any) -> Plan:
    """A plan that begins on a day and takes so many."""
    return plan(arrival=arrival, departure=arrival + timedelta(days=days - 1), **different)


def by_year(ledgers: Iterable[Ledger]) -> dict[int, Ledger]:
    return {ledger.year: ledger for ledger in ledgers}


def taken(department: Department, *seats: tuple[int, date, int]) -> Taken:
    """Of each seat named, so many days from a day on."""
    return {department.id: {seat: tuple(first + timedelta(days=n) for n in range(days)) for seat, first, days in seats}}


def broken(asked: Plan) -> list[str]:
    """The names of the rules that the plan breaks."""
    return [finding.rule for finding in judged(asked)]


def facts(asked: Plan, rule: str) -> list[dict[str, Any]]:
    """What one rule finds."""
    return [dict(finding.facts) for finding in judged(asked) if finding.rule == rule]
