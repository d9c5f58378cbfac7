"""Reminders as they run: moved by the demo's clock, whatever becomes of the visit, the worker or both of them."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.store import database_at
from contracts.envelope import sequence
from khunjerab.stack.supervised import Supervised
from tests.event_factory import make_event
from tests.integration.test_notify_service import ADMIN, VISIT, Office, office
from tests.probes import equal, eventually

__all__ = ["office"]

Json = dict[str, Any]
DAY = timedelta(days=1)
VISITORS, HOST, SENDING = (
    len(VISIT["visitors"]),
    len(VISIT["host_site"]["coordinators"]),
    len(VISIT["sending_site"]["coordinators"]),
)
A_FORTNIGHT_AHEAD = Counter({"arrival-near-for-you": VISITORS, "arrival-near": SENDING})
"""Who is told of an arrival first."""


def told(what: str, version: int, arrival_in: int, state: str = "booked", visit: str = VISIT["visit"]) -> Json:
    """An event of now about a visit that is to arrive in so many days from now, by the machine's clock."""
    now = datetime.now(UTC)
    days = {"planned_arrival": now + arrival_in * DAY, "planned_departure": now + (arrival_in + 9) * DAY}
    envelope = {"sequence": sequence(version, 0), "time": now.isoformat(), "subject": f"visit/{visit}"}
    dates = {name: f"{day:%Y-%m-%d}" for name, day in days.items()}
    return make_event(f"exchange.visit.{what}.v1", envelope=envelope, state=state, visit=visit, **dates)


def reminded(office: Office) -> Counter[str]:
    """How many reminders there are for each purpose."""
    items = office.ask("deliveries", ADMIN, limit=200)["items"]
    return Counter(each["purpose"] for each in items if "near" in each["purpose"])


def waited_for(office: Office) -> list[list[str]]:
    """The kinds of moments that are waited for, reminder by reminder."""
    database = database_at(office.processes.installation.mongo_url("notify"))
    try:
        found = list(database["reminders"].find({}, {"due": 1}))
    finally:
        database.client.close()
    return [sorted({each["name"] for each in document.get("due", [])}) for document in found]


def working(office: Office, **env: str) -> Supervised:
    """One more worker, which need not live until it is ready."""
    return office.processes.start("notify", "worker", office.environment | env, wait=False)


ALL = ["arrival-at-host", "arrival-of-you", "arrival-of-yours"]


def test_reminders_follow_their_visit_and_outlive_their_worker(office: Office) -> None:
    office.start("serve")
    worker = working(office)
    office.tell(told("booked", 2, arrival_in=40))
    eventually(lambda: equal(waited_for(office), [ALL]))
    office.let_pass(27 * DAY)
    eventually(lambda: equal(reminded(office), A_FORTNIGHT_AHEAD), timeout=30)
    worker.kill()
    office.tell(told("rescheduled", 3, arrival_in=60))
    eventually(lambda: equal(waited_for(office), [ALL]))
    worker.start()
    office.let_pass(20 * DAY)
    both = Counter({purpose: 2 * many for purpose, many in A_FORTNIGHT_AHEAD.items()})
    eventually(lambda: equal(reminded(office), both), timeout=30)
    office.tell(told("cancelled", 4, arrival_in=60, state="cancelled"))
    eventually(lambda: equal(waited_for(office), [[]]))
    office.let_pass(20 * DAY)
    assert reminded(office) == both


@pytest.mark.parametrize("place", ["store.after-write", "timers.after-effect"], ids=["before the note", "after it"])
def test_a_worker_killed_amid_a_reminder_leaves_one(place: str, office: Office, tmp_path: Path) -> None:
    office.start("serve")
    office.tell(told("note-added", 2, arrival_in=40))
    eventually(lambda: equal(waited_for(office), [ALL]))
    died = tmp_path / "died"
    worker = working(office, KHUNJERAB_CRASH_AT=place, KHUNJERAB_CRASH_ONCE=str(died))
    office.let_pass(27 * DAY)
    eventually(lambda: equal((died.exists(), worker.is_running()), (True, False)), timeout=30)
    worker.start()
    office.let_pass(timedelta(minutes=1))
    eventually(lambda: equal(waited_for(office), [["arrival-at-host", "arrival-of-you"]]), timeout=30)
    assert reminded(office) == A_FORTNIGHT_AHEAD


def test_two_workers_remind_once(office: Office) -> None:
    office.start("serve")
    visits = [f"vis_{number:032x}" for number in range(8)]
    office.tell(*(told("booked", 2, arrival_in=40, visit=visit) for visit in visits))
    eventually(lambda: equal(waited_for(office), [ALL] * 8))
    office.start("worker", "worker")
    office.let_pass(27 * DAY)
    each_once = Counter({purpose: 8 * many for purpose, many in A_FORTNIGHT_AHEAD.items()})
    eventually(lambda: equal(reminded(office), each_once), timeout=30)


def test_a_worker_that_comes_back_after_the_arrival_reminds_nobody_of_it(office: Office) -> None:
    office.start("serve")
    office.tell(told("booked", 2, arrival_in=40))
    eventually(lambda: equal(waited_for(office), [ALL]))
    office.let_pass(42 * DAY)
    working(office)
    eventually(lambda: equal(waited_for(office), [[]]), timeout=30)
    assert reminded(office) == Counter()
