"""An event that is told in two versions, at the same moment: counted once in the database."""

from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from chassis.store import database_at
from contracts.envelope import CloudEvent
from contracts.research import v1, v2
from contracts.research.versions import earlier
from tests.alliance import EXCHANGE_ALONE, YEAR, Alliance
from tests.event_factory import make_event
from tests.fixtures.installations import MakeInstallation

OUTCOMES = 8
Told = tuple[CloudEvent, Any]


def in_both(alliance: Alliance, visit: str, outcome: int) -> tuple[Told, Told]:
    """A visit's outcome, as research stamps it."""
    at = alliance.clock.now().isoformat()
    event = CloudEvent.model_validate(
        make_event(
            v2.OutcomeReported.type,
            envelope={"time": at},
            outcome=f"out_{outcome}",
            agreement=alliance.agreement,
            condition=alliance.condition,
            origin={"kind": "visit", "id": visit},
            origin_year=YEAR,
        )
    )
    newest = v2.OutcomeReported.model_validate(event.data)
    (before,) = earlier(newest)
    return (event, newest), (event.model_copy(update={"type": v1.OutcomeReported.type}), before)


def test_both_versions_at_once_count_once(make_installation: MakeInstallation) -> None:
    alliance = Alliance(database_at(make_installation([EXCHANGE_ALONE]).mongo_url("exchange")))
    visit = alliance.propose().id
    handlers = alliance.exchange.handlers()

    def handle(told: Told) -> None:
        handlers[told[0].type](*told)

    events = [told for outcome in range(OUTCOMES) for told in in_both(alliance, visit, outcome)]
    with ThreadPoolExecutor(4) as threads:
        # One that is beaten may fail, and is tried again by a worker.
        wait([threads.submit(handle, told) for told in events])
    for told in events:
        handle(told)
    found = alliance.database["ledgers"].find_one({"condition": alliance.condition, "year": YEAR})
    assert found
    assert found["outcomes_reported"] == OUTCOMES
