"""Random commands by random people, day after day: each day's report can be made again at the end, and is the same."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Loaded
from chassis.store.looking_back import past_of
from chassis.store.writing import inserted, update_of
from services.exchange.adapters import shapes
from services.exchange.application import commands
from tests.fakes.documents import InMemoryDocuments, Kept
from tests.unit.exchange.test_visit_machine import Lives

SHORT = settings(
    max_examples=20,
    stateful_step_count=20,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
FOUND = settings(SHORT, phases=[Phase.generate], max_examples=400)
"""A planted fault has only to be found: told in the fewest steps it takes longer than a test may where many run."""
CLERK = Actor("per_clerk")
VISIT = shapes.visit_shape(lambda events, _: events)
"""Nothing is told here."""


class Days(Lives):
    """The random lives of visits, with a report at the end of some days."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[date, str] = {}
        self.a_day_ends()

    def report(self, **asked: Any) -> str:
        fields = {"agreement_id": self.alliance.agreement, "year": 2026, "zone": "UTC", **asked}
        command = parsed(commands.MakeAnnualReport, fields)
        return self.alliance.exchange.make_annual_report(command, self.alliance.context(self.alliance.manager)).id

    @rule()
    def a_day_ends(self) -> None:
        clock = self.alliance.clock
        clock.moment = clock.moment.replace(hour=23, minute=59)
        self.told[clock.moment.date()] = self.report()
        clock.moment = (clock.moment + timedelta(days=1)).replace(hour=6, minute=0)

    def teardown(self) -> None:
        self.a_day_ends()
        again = {day: self.report(as_of=day.isoformat()) for day in self.told}
        assert again == self.told
        for visit_id, kept in self.kept.items():
            assert_looks_back(visit_id, kept)


def assert_looks_back(visit_id: str, kept: Kept[Any]) -> None:
    """What the database would hold of the visit leads back to each of its states."""
    at = [Context(f"{line.version:032x}", CLERK, line.at) for line in kept.history]
    document, _ = inserted(visit_id, Decision(kept.states[0], what=""), at[0], VISIT)
    for version, (before, after) in enumerate(pairwise(kept.states), 1):
        update, _ = update_of(Loaded(visit_id, version, before), Decision(after, what=""), at[version], VISIT)
        document |= update.get("$set", {}) | {"history": [*document["history"], update["$push"]["history"]]}
    last = {line.at: state for line, state in zip(kept.history, kept.states, strict=True)}
    for moment, state in last.items():
        past = past_of(document, moment, VISIT)
        assert past is not None
        assert (past.state, past.exact) == (state, True)


def test_each_days_report_can_be_made_again_at_the_end() -> None:
    run_state_machine_as_test(Days, settings=SHORT)


def test_one_that_forgets_how_things_stood_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def as_now(self: InMemoryDocuments[Any], ids: Any, moment: Any) -> Any:
        return remembered(self, ids, moment.replace(year=moment.year + 1))

    remembered = InMemoryDocuments.as_of
    monkeypatch.setattr(InMemoryDocuments, "as_of", as_now)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Days, settings=FOUND)
