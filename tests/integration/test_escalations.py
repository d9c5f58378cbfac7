"""What nobody answers, as it runs: moved by the demo's clock, whatever becomes of the visit, the worker or both."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pika
import pytest

from chassis.clock import DemoClock
from chassis.kernel.actor import Actor
from contracts.envelope import sequence
from tests.event_factory import make_event
from tests.fixtures.installations import administrator_amqp_url
from tests.integration.test_notify_service import ADMIN, VISIT, Office, office
from tests.integration.test_reminders import working
from tests.probes import equal, eventually

__all__ = ["office"]

Json = dict[str, Any]
DAY = timedelta(days=1)
TIME = 8 * DAY
"""For how long a reply is waited."""
(ASKED,), (MANAGER,) = VISIT["host_site"]["coordinators"], VISIT["host_site"]["managers"]
DEPUTY = "per_deputy"


def told(
    office: Office, what: str, version: int, state: str, visit: str = VISIT["visit"], awaited: bool = True
) -> Json:
    """An event of now, which asks the host for its reply within `TIME`, or tells that it came."""
    now = DemoClock(office.processes.clock).now()
    envelope = {"sequence": sequence(version, 0), "time": now.isoformat(), "subject": f"visit/{visit}"}
    days = {"planned_arrival": now + 60 * DAY, "planned_departure": now + 70 * DAY}
    status = "needs-action" if awaited else "accepted"
    return make_event(
        f"exchange.visit.{what}.v1",
        envelope=envelope,
        visit=visit,
        state=state,
        reply_by=(now + TIME).isoformat(),
        replies=[{"party": "host-department", "status": status}],
        **{name: f"{day:%Y-%m-%d}" for name, day in days.items()},
    )


def gone_on(office: Office) -> list[str]:
    """Whom it went on to, in the order in which it did."""
    items = office.ask("deliveries", ADMIN, limit=200)["items"]
    return [each["recipient"] for each in reversed(items) if each["purpose"] == "reply-overdue"]


def steps(office: Office) -> list[list[str]]:
    """The steps that are still to come, matter by matter."""
    return [[each["step"] for each in item["to_come"]] for item in office.ask("escalations", ADMIN)["items"]]


def stood_in_for(office: Office, who: str = ASKED) -> None:
    """`DEPUTY` stands in for them."""
    for each in (who, DEPUTY):
        envelope = {"subject": f"person/{each}"}
        office.tell(make_event("exchange.person.changed.v1", envelope=envelope, person=each, sites=["sit_host"]))
    eventually(lambda: office.ask("name_deputy", ADMIN, person_id=who, deputy_id=DEPUTY))


def test_nobody_answers_and_it_goes_on_past_the_death_of_its_worker(office: Office) -> None:
    office.start("serve")
    stood_in_for(office)
    worker = working(office)
    office.tell(told(office, "proposed", 1, "proposed"))
    eventually(lambda: equal(steps(office), [["deputy", "manager"]]), timeout=30)
    office.let_pass(0.5 * TIME + timedelta(hours=1))
    eventually(lambda: equal(gone_on(office), [DEPUTY]), timeout=30)
    worker.kill()
    office.let_pass(0.25 * TIME)
    worker.start()
    eventually(lambda: equal(gone_on(office), [DEPUTY, MANAGER]), timeout=30)
    eventually(lambda: equal(steps(office), [[]]), timeout=30)
    office.tell(told(office, "booked", 2, "booked", awaited=False))
    eventually(lambda: equal(steps(office), []))


def test_moved_it_is_asked_anew_and_answered_in_between_it_goes_no_further(office: Office) -> None:
    office.start("serve", "worker")
    stood_in_for(office)
    office.tell(told(office, "proposed", 1, "proposed"))
    eventually(lambda: equal(steps(office), [["deputy", "manager"]]), timeout=30)
    office.let_pass(0.4 * TIME)
    office.tell(told(office, "rescheduled", 2, "pending"))
    eventually(lambda: equal([each["version"] for each in office.ask("escalations", ADMIN)["items"]], [2]), timeout=30)
    office.let_pass(0.4 * TIME)
    eventually(lambda: equal(steps(office), [["deputy", "manager"]]), timeout=30)
    assert gone_on(office) == []
    office.let_pass(0.2 * TIME)
    eventually(lambda: equal(gone_on(office), [DEPUTY]), timeout=30)
    office.tell(told(office, "booked", 3, "booked", awaited=False))
    eventually(lambda: equal(steps(office), []))
    office.let_pass(TIME)
    office.tell(told(office, "proposed", 1, "proposed", visit="vis_another"))
    eventually(lambda: equal(steps(office), [["deputy", "manager"]]), timeout=30)
    assert gone_on(office) == [DEPUTY]


@pytest.mark.parametrize("place", ["store.after-write", "timers.after-effect"], ids=["before the note", "after it"])
def test_a_worker_killed_amid_a_step_tells_the_deputy_once(place: str, office: Office, tmp_path: Path) -> None:
    office.start("serve")
    stood_in_for(office)
    office.tell(told(office, "proposed", 1, "proposed"))
    eventually(lambda: equal(steps(office), [["deputy", "manager"]]))
    office.let_pass(0.5 * TIME + timedelta(hours=1))
    died = tmp_path / "died"
    worker = working(office, KHUNJERAB_CRASH_AT=place, KHUNJERAB_CRASH_ONCE=str(died))
    eventually(lambda: equal((died.exists(), worker.is_running()), (True, False)), timeout=30)
    worker.start()
    office.let_pass(timedelta(minutes=2))
    eventually(lambda: equal(steps(office), [["manager"]]), timeout=30)
    assert gone_on(office) == [DEPUTY]


def test_two_workers_tell_each_once(office: Office) -> None:
    office.start("serve")
    stood_in_for(office)
    visits = [f"vis_{number:032x}" for number in range(8)]
    office.tell(*(told(office, "proposed", 1, "proposed", visit=visit) for visit in visits))
    eventually(lambda: equal(len(steps(office)), 8), timeout=30)
    office.start("worker", "worker")
    eventually(lambda: equal(steps(office), [["deputy", "manager"]] * 8), timeout=30)
    office.let_pass(0.5 * TIME + timedelta(hours=1))
    eventually(lambda: equal(steps(office), [["manager"]] * 8), timeout=30)
    assert gone_on(office) == [DEPUTY] * 8


def test_who_does_not_say_that_they_know_is_stood_in_for_until_somebody_does(office: Office) -> None:
    """A visit is called off two days ahead: past the visitor to their deputy, who knows of it; others hear of both."""
    office.start("serve", "relay")
    traveller = VISIT["visitors"][0]
    stood_in_for(office, traveller)
    with listening_to("notify.escalation.#", office) as news:
        worker = working(office)
        office.tell(called_off(office, traveller))
        eventually(lambda: equal(steps(office), [["deputy", "manager"]]), timeout=30)
        (item,) = office.ask("escalations", ADMIN)["items"]
        first = datetime.fromisoformat(item["to_come"][0]["at"])
        office.let_pass(first - DemoClock(office.processes.clock).now() + timedelta(minutes=1))
        eventually(lambda: equal(purposes_of(office, DEPUTY), ["visit-unacknowledged"]), timeout=30)
        eventually(lambda: equal(steps(office), [["manager"]]), timeout=30)
        worker.kill()
        (message,) = office.inbox(DEPUTY)["items"]
        office.ask("acknowledge", Actor(DEPUTY), notification_id=message["id"])
        assert steps(office) == []
        eventually(lambda: equal([each["type"] for each in news()], RAISED_AND_SETTLED), timeout=30)
        assert (news()[0]["data"]["told"], news()[1]["data"]["because"]) == ([DEPUTY], "acknowledged")
    worker.start()
    office.let_pass(timedelta(days=2))
    office.tell(told(office, "proposed", 1, "proposed", visit="vis_another"))
    eventually(lambda: equal(steps(office), [["deputy", "manager"]]), timeout=30)
    assert purposes_of(office, MANAGER_OF_TRAVELLERS).count("visit-unacknowledged") == 0


MANAGER_OF_TRAVELLERS = VISIT["sending_site"]["managers"][0]
RAISED_AND_SETTLED = ["notify.escalation.raised.v1", "notify.escalation.settled.v1"]


@contextmanager
def listening_to(types: str, office: Office) -> Iterator[Callable[[], list[Json]]]:
    """What notify tells others of meanwhile, so far."""
    url = pika.URLParameters(administrator_amqp_url(office.processes.installation))
    with closing(pika.BlockingConnection(url)) as connection:
        channel, heard = connection.channel(), list[Json]()
        channel.queue_declare("listener", exclusive=True)
        channel.queue_bind("listener", "notify.events", types)

        def so_far() -> list[Json]:
            while (got := channel.basic_get("listener", auto_ack=True))[0]:
                heard.append(orjson.loads(got[2]))
            return heard

        yield so_far


def called_off(office: Office, traveller: str) -> Json:
    """The host calls off what was to begin in two days."""
    now = DemoClock(office.processes.clock).now()
    days = {"planned_arrival": now + 2 * DAY, "planned_departure": now + 9 * DAY}
    return make_event(
        "exchange.visit.cancelled.v1",
        envelope={"sequence": sequence(5, 0), "time": now.isoformat()},
        visitors=[traveller],
        by=ASKED,
        **{name: f"{day:%Y-%m-%d}" for name, day in days.items()},
    )


def purposes_of(office: Office, who: str) -> list[str]:
    items = office.ask("deliveries", ADMIN, limit=200)["items"]
    return [each["purpose"] for each in items if each["recipient"] == who]
