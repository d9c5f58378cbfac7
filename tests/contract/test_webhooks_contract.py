"""What webhooks, their deliveries and their lanes promise in memory and in the database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.notify.adapters.webhook_lanes import WebhookLanes
from services.notify.adapters.webhook_stores import WebhookDeliveryStore, WebhookStore
from services.notify.application.reactions.tell_webhooks import delivery_of
from services.notify.application.webhooks import Lanes, WebhookDeliveries, Webhooks
from services.notify.domain.webhooks import webhook as domain
from services.notify.domain.webhooks.circuit import Circuit
from services.notify.domain.webhooks.delivery import DELIVERED, LATER, TAKEN, Answer, attempted, queue
from services.notify.domain.webhooks.webhook import ENABLED, Secret, Webhook
from services.notify.manifest import MANIFEST
from tests.fakes.webhooks import FakeLanes, FakeWebhookDeliveries, FakeWebhooks
from tests.unit.notify.samples import NOW, told_of

OPEN = Circuit(7, NOW - timedelta(days=1), NOW + timedelta(minutes=5))


@dataclass
class Shelves:
    """`seconds` is the clock of the turns."""

    seconds: float = 1000.0
    webhooks: Webhooks = None  # type: ignore[assignment]
    deliveries: WebhookDeliveries = None  # type: ignore[assignment]
    lanes: Lanes = None  # type: ignore[assignment]

    def registers(self, name: str, site: str | None = None) -> str:
        secret = Secret(f"sealed {name}", "c" * 32, NOW + timedelta(hours=1))
        made = Webhook(f"whk_{name}", site, "https://a.example/", ("exchange.*",), name, ENABLED, "per_li", (secret,))
        self.webhooks.add(made.id, domain.register(made), context(f"register {name}", NOW))
        return made.id

    def queues(self, webhook: str, *numbers: int, at: datetime = NOW) -> list[str]:
        events = [told_of("exchange.visit.booked.v1", purpose=f"Visit {number}")[0] for number in numbers]
        made = [delivery_of(event, webhook, at) for event in events]
        self.deliveries.add_new([(queue(each), context(each.id, at)) for each in made])
        return [each.id for each in made]

    def tries(self, delivery: str, answer: Answer, at: datetime = NOW) -> None:
        loaded = self.deliveries.load(delivery)
        self.deliveries.save(loaded, attempted(loaded.state, answer, now=at), context(f"{delivery} {at}", at))


def context(command: str, at: datetime) -> Context:
    return Context(derived(command), SYSTEM, at)


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Iterator[Shelves]:
    made = Shelves()
    if request.param == "in memory":
        made.webhooks, made.deliveries = FakeWebhooks(), FakeWebhookDeliveries()
        made.lanes = FakeLanes(lambda: made.seconds)
        yield made
        return
    installation = request.getfixturevalue("make_installation")([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    made.webhooks = WebhookStore(database["webhooks"])
    made.deliveries = WebhookDeliveryStore(database["webhook_deliveries"])
    made.lanes = WebhookLanes(database["webhook_lanes"], seconds=lambda: made.seconds)
    yield made
    database.client.close()


def ids(found: Any) -> list[str]:
    return [each.id for each in found]


def test_a_webhook_comes_back_as_it_was_and_by_its_site(shelves: Shelves) -> None:
    own, alliance = shelves.registers("own", "sit_gilgit"), shelves.registers("whole")
    state = shelves.webhooks.load(own).state
    assert (state.site, state.event_types) == ("sit_gilgit", ("exchange.*",))
    assert state.secrets == (Secret("sealed own", "c" * 32, NOW + timedelta(hours=1)),)
    assert ids(shelves.webhooks.of(None)) == [own, alliance]
    assert ids(shelves.webhooks.of(["sit_gilgit", "sit_x"])) == [own]
    assert ids(shelves.webhooks.of([])) == []


def test_one_that_is_removed_is_found_only_where_all_are(shelves: Shelves) -> None:
    made = shelves.registers("gone")
    loaded = shelves.webhooks.load(made)
    shelves.webhooks.save(loaded, domain.remove(loaded.state), context("remove", NOW))
    assert ids(shelves.webhooks.of(None)) == []
    assert ids(shelves.webhooks.every()) == [made]


def test_one_that_disables_itself_tells_of_it(shelves: Shelves) -> None:
    loaded = shelves.webhooks.load(shelves.registers("failing", "sit_gilgit"))
    decision = domain.give_up(loaded.state, reason="failing")
    assert decision
    assert shelves.webhooks.save(loaded, decision, context("give up", NOW)).state == "disabled"


def test_a_delivery_is_kept_once_and_as_it_was(shelves: Shelves) -> None:
    (first,) = shelves.queues("whk_a", 1)
    shelves.tries(first, Answer(LATER, "http-500", 500, "Sorry"))
    shelves.queues("whk_a", 1, 2)
    state = shelves.deliveries.load(first).state
    assert (state.state, state.attempts[0].status, state.attempts[0].detail) == ("delivery_attempted", 500, "Sorry")
    assert state.next_try == NOW + timedelta(seconds=5)
    assert len(shelves.deliveries.of_webhook("whk_a", state=None, after=None, limit=9)) == 2


def test_what_is_due_is_found_by_webhook_the_longest_due_first(shelves: Shelves) -> None:
    assert not shelves.deliveries.is_any_due(NOW)
    late = shelves.queues("whk_a", 1, at=NOW + timedelta(seconds=9))
    early = shelves.queues("whk_a", 2)
    shelves.queues("whk_b", 3)
    assert shelves.deliveries.is_any_due(NOW)
    assert ids(shelves.deliveries.due("whk_a", NOW, 9)) == early
    assert ids(shelves.deliveries.due("whk_a", NOW + timedelta(seconds=9), 9)) == early + late
    assert ids(shelves.deliveries.due("whk_a", NOW + timedelta(seconds=9), 1)) == early
    shelves.tries(early[0], Answer(TAKEN))
    assert ids(shelves.deliveries.due("whk_a", NOW, 9)) == []


def test_pages_are_newest_first_without_gaps(shelves: Shelves) -> None:
    made = [each for n in range(5) for each in shelves.queues("whk_a", n, at=NOW + timedelta(seconds=n // 2))]
    shelves.queues("whk_b", 1)
    seen: list[str] = []
    while page := ids(shelves.deliveries.of_webhook("whk_a", state=None, after=seen[-1] if seen else None, limit=2)):
        seen += page
    assert sorted(seen) == sorted(made)
    assert seen[0] == made[4]
    shelves.tries(made[0], Answer(TAKEN))
    assert ids(shelves.deliveries.of_webhook("whk_a", state=DELIVERED, after=None, limit=9)) == [made[0]]


def test_only_what_is_over_and_old_is_forgotten_so_many_at_a_time(shelves: Shelves) -> None:
    made = shelves.queues("whk_a", 1, 2, 3, 4)
    for each in made[:3]:
        shelves.tries(each, Answer(TAKEN))
    assert shelves.deliveries.forget(DELIVERED, NOW, 9) == 0
    later = NOW + timedelta(seconds=1)
    assert [shelves.deliveries.forget(DELIVERED, later, 2) for _ in range(3)] == [2, 1, 0]
    assert ids(shelves.deliveries.of_webhook("whk_a", state=None, after=None, limit=9)) == [made[3]]


def test_a_lane_is_one_workers_until_it_is_left_or_its_time_is_over(shelves: Shelves) -> None:
    turn = shelves.lanes.take("whk_a")
    assert turn
    assert turn.circuit == Circuit()
    assert shelves.lanes.take("whk_a") is None
    assert shelves.lanes.every()["whk_a"].is_taken
    assert shelves.lanes.take("whk_b")
    shelves.lanes.leave(turn, OPEN)
    lane = shelves.lanes.every()["whk_a"]
    assert (lane.circuit, lane.is_taken, lane.last) == (OPEN, False, 1000.0)
    again = shelves.lanes.take("whk_a")
    assert again
    assert again.circuit == OPEN
    shelves.seconds += 61
    assert shelves.lanes.take("whk_a")


def test_who_took_too_long_leaves_nothing_behind(shelves: Shelves) -> None:
    slow = shelves.lanes.take("whk_a")
    assert slow
    shelves.seconds += 61
    quick = shelves.lanes.take("whk_a")
    assert quick
    shelves.lanes.leave(slow, OPEN)
    assert shelves.lanes.every()["whk_a"].is_taken
    shelves.lanes.leave(quick, Circuit(1, NOW))
    assert shelves.lanes.every()["whk_a"].circuit == Circuit(1, NOW)


def test_what_failed_is_forgotten_where_somebody_says_so(shelves: Shelves) -> None:
    shelves.lanes.clear("whk_nobody")
    turn = shelves.lanes.take("whk_a")
    assert turn
    shelves.lanes.leave(turn, OPEN)
    shelves.lanes.clear("whk_a")
    assert shelves.lanes.every()["whk_a"].circuit == Circuit()
    assert "whk_nobody" not in shelves.lanes.every()
