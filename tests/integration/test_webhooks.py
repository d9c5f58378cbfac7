"""Webhooks as they run: from an event on the broker to a receiver that verifies it, whatever happens on the way."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pika
import pytest

from chassis.clock import DemoClock
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.rpc.client import Refused, RpcClient
from tests.event_factory import make_event
from tests.fixtures.installations import administrator_amqp_url
from tests.fixtures.running import Processes, wait_ready
from tests.https_receiver import ca_file, status
from tests.probes import Finding, equal, eventually
from tests.webhook_receiver import Verifying, verified, verifying_receiver

Json = dict[str, Any]
ADMIN = Actor("per_administrator", frozenset({ADMINISTRATOR}))
MANAGER = Actor("per_ali", frozenset({PROGRAMME_MANAGER}), frozenset({"sit_gilgit"}))


def booked(number: int = 0, **envelope: Any) -> Json:
    return make_event("exchange.visit.booked.v1", purpose=f"Visit {number}", envelope=envelope)


@dataclass
class Switchboard:
    """Notify's processes of one installation, where an operator allows loopback."""

    processes: Processes
    rpc: RpcClient
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, *roles: str, **env: str) -> None:
        wait_ready(*[self.processes.start("notify", role, self.environment | env, wait=False) for role in roles])

    def tell(self, *events: Json) -> None:
        url = pika.URLParameters(administrator_amqp_url(self.processes.installation))
        with closing(pika.BlockingConnection(url)) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            for event in events:
                exchange = f"{event['type'].partition('.')[0]}.events"
                channel.basic_publish(exchange, event["type"], orjson.dumps(event), mandatory=True)

    def ask(self, method: str, actor: Actor = ADMIN, **fields: Any) -> Any:
        return self.rpc.call("notify", method, fields, actor=actor)

    def register(self, receiver: Verifying, *event_types: str) -> str:
        made = self.ask("register_webhook", url=receiver.address, event_types=event_types or ("exchange.visit.*",))
        receiver.secret = made["secret"]
        return str(made["id"])

    def deliveries(self, webhook: str, **fields: Any) -> list[Json]:
        return list(self.ask("webhook_deliveries", webhook_id=webhook, **fields)["items"])

    def states(self, webhook: str) -> Counter[str]:
        return Counter(item["state"] for item in self.deliveries(webhook, limit=200))

    def was_tried(self, webhook: str, times: int) -> Finding[int]:
        return equal(len(self.deliveries(webhook)[0]["attempts"]), times)

    def let_pass(self, time: timedelta) -> None:
        DemoClock(self.processes.clock).advance(time)


@pytest.fixture
def board(processes: Processes, tmp_path: Path) -> Iterator[Switchboard]:
    allowed = {"WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8", "WEBHOOK_CA_FILE": ca_file(tmp_path), "KHUNJERAB_DEMO": "1"}
    with closing(RpcClient(processes.installation.amqp_url("web"), caller="web")) as rpc:
        yield Switchboard(processes, rpc, allowed)


@pytest.fixture
def other() -> Iterator[Verifying]:
    with verifying_receiver() as running:
        yield running


def test_an_event_told_three_times_reaches_a_receiver_once_and_verifies(board: Switchboard, other: Verifying) -> None:
    board.start("serve", "worker")
    webhook = board.register(other)
    event = booked()
    board.tell(event, event, booked(1), event)
    eventually(lambda: equal(board.states(webhook), Counter(delivered=2)), timeout=30)
    assert sorted(other.types) == ["exchange.visit.booked.v1"] * 2
    assert event["data"] in [each["data"] for each in other.events.values()]
    assert (other.again, other.refused) == ([], [])
    assert set(other.events) == {item["id"] for item in board.deliveries(webhook)}


@pytest.mark.parametrize(("place", "posted"), [("webhook.before-post", 1), ("webhook.after-post", 2)])
def test_a_worker_killed_amid_a_delivery_sends_it_again_at_most_under_the_same_id(
    place: str, posted: int, board: Switchboard, other: Verifying, tmp_path: Path
) -> None:
    board.start("serve")
    webhook = board.register(other)
    board.tell(booked())
    eventually(lambda: equal(board.states(webhook), Counter(queued=1)))
    died = tmp_path / "died"
    crash = {"KHUNJERAB_CRASH_AT": place, "KHUNJERAB_CRASH_ONCE": str(died), "WEBHOOK_LEASE_SECONDS": "0.5"}
    worker = board.processes.start("notify", "worker", board.environment | crash, wait=False)
    eventually(lambda: equal((died.exists(), worker.is_running()), (True, False)), timeout=30)
    worker.start()
    eventually(lambda: equal(board.states(webhook), Counter(delivered=1)), timeout=30)
    assert len(other.server.received) == posted
    assert len({each.headers["webhook-id"] for each in other.server.received}) == 1
    (item,) = board.deliveries(webhook)
    assert len(item["attempts"]) == 1


def test_two_workers_send_each_delivery_once(board: Switchboard, other: Verifying) -> None:
    board.start("serve")
    webhook = board.register(other)
    board.tell(*map(booked, range(40)))
    eventually(lambda: equal(board.states(webhook), Counter(queued=40)), timeout=30)
    board.start("worker", "worker")
    eventually(lambda: equal(board.states(webhook), Counter(delivered=40)), timeout=60)
    assert len(other.server.received) == 40
    assert other.again == []


def test_a_receiver_keeps_up_while_its_secret_changes(board: Switchboard, other: Verifying) -> None:
    board.start("serve", "worker")
    webhook = board.register(other)
    old = other.secret
    rotated = board.ask("rotate_webhook_secret", webhook_id=webhook, overlap_hours=1, expected_version=1)
    board.tell(booked(1))
    eventually(lambda: equal(len(other.events), 1), timeout=30)
    other.secret = rotated["secret"]
    board.tell(booked(2))
    eventually(lambda: equal(len(other.events), 2), timeout=30)
    board.let_pass(timedelta(hours=1))
    board.tell(booked(3))
    eventually(lambda: equal(len(other.events), 3), timeout=30)
    assert other.refused == []
    *both, last = other.server.received
    assert [len(each.headers["webhook-signature"].split()) for each in (*both, last)] == [2, 2, 1]
    for each in both:
        assert verified(old, each)


def test_what_a_receiver_answers_decides_what_becomes_of_it(board: Switchboard, other: Verifying) -> None:
    board.start("serve", "worker", WEBHOOK_LEASE_SECONDS="30")
    webhook = board.register(other)
    other.next_answers = [
        status(500, "Content-Type: text/plain\r\n", b"try later"),
        status(302, "Location: https://169.254.169.254/\r\n"),
        other.server.drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 5000),
        status(503, "Retry-After: 7200\r\n"),
    ]
    board.tell(booked())
    for attempts, pause in ((1, 5), (2, 300), (3, 1800), (4, 7200)):
        eventually(partial(board.was_tried, webhook, attempts), timeout=30)
        board.let_pass(timedelta(seconds=pause))
    eventually(lambda: equal(board.states(webhook), Counter(delivered=1)), timeout=30)
    (item,) = board.deliveries(webhook)
    seen = [(each["reason"], each["status"], each["detail"]) for each in item["attempts"]]
    assert seen == [
        ("http-500", 500, "try later"),
        ("redirected", None, "302"),
        ("answer-too-large", None, ""),
        ("http-503", 503, ""),
        ("", 204, ""),
    ]


def test_one_that_says_gone_is_disabled_and_who_registered_it_is_told(board: Switchboard, other: Verifying) -> None:
    url = pika.URLParameters(administrator_amqp_url(board.processes.installation))
    with closing(pika.BlockingConnection(url)) as connection:
        channel = connection.channel()
        channel.queue_declare("listener", exclusive=True)
        channel.queue_bind("listener", "notify.events", "notify.webhook.#")
        board.start("serve", "worker", "relay")
        webhook = board.register(other)
        other.next_answers = [status(410)]
        board.tell(booked())
        eventually(lambda: equal(board.states(webhook), Counter(undelivered=1)), timeout=30)
        heard = eventually(lambda: channel.basic_get("listener", auto_ack=True)[2], timeout=20)
    told = orjson.loads(heard)
    assert told["type"] == "notify.webhook.disabled.v1"
    assert (told["data"]["reason"], told["data"]["registered_by"]) == ("gone", "per_administrator")
    (item,) = board.ask("webhooks")["items"]
    assert (item["state"], item["reason"]) == ("disabled", "gone")
    eventually(lambda: equal([each["purpose"] for each in board.ask("inbox")["items"]], ["webhook-disabled"]))


def test_slow_receivers_keep_a_quick_one_waiting_for_no_more_than_a_turn(board: Switchboard, other: Verifying) -> None:
    with verifying_receiver() as slow:
        board.start("serve", "worker")
        silent = [board.register(slow) for _ in range(3)]
        slow.server.afterwards = slow.server.is_silent()
        board.tell(*map(booked, range(10)))
        eventually(lambda: equal(len(slow.server.received), 3), timeout=30)
        quick = board.register(other)
        began = time.monotonic()
        board.tell(*map(booked, range(100, 110)))
        eventually(lambda: equal(board.states(quick)["delivered"], 10), timeout=30)
        assert time.monotonic() - began < 8
        assert all(not board.states(each)["delivered"] for each in silent)


def test_a_test_goes_the_whole_way(board: Switchboard, other: Verifying) -> None:
    board.start("serve", "worker")
    webhook = board.register(other)
    receipt = board.ask("send_test_to_webhook", webhook_id=webhook)
    eventually(lambda: equal(other.types, ["notify.webhook.tested.v1"]), timeout=30)
    assert list(other.events) == [receipt["id"]]


def test_refusals_are_told_by_name_with_their_facts(board: Switchboard, other: Verifying) -> None:
    board.start("serve")
    wants: Json = {"event_types": ["exchange.visit.*"]}
    for url, because in {
        "https://10.1.2.3/": "not-public",
        "https://localhost.example@10.1.2.3/": "user-info",
        "http://hospital.example/": "form",
        "https://169.254.169.254/": "not-public",
    }.items():
        with pytest.raises(Refused, match="AddressNotAllowed") as refused:
            board.ask("register_webhook", url=url, **wants)
        assert refused.value.facts == {"because": because}
    with pytest.raises(Refused, match="NotAllowed"):
        board.ask("register_webhook", MANAGER, url=other.address, **wants)
    with pytest.raises(Refused, match="InvalidCommand"):
        board.ask("register_webhook", url={"$ne": None}, **wants)
    own = board.ask("register_webhook", MANAGER, url=other.address, site_id="sit_gilgit", **wants)
    assert own["secret"].startswith("whsec_")
    (item,) = board.ask("webhooks", MANAGER)["items"]
    assert (item["id"], item["registered_by"]) == (own["id"], "per_ali")
    with pytest.raises(Refused, match="Unknown"):
        board.ask("webhook_deliveries", MANAGER, webhook_id=board.register(other))


def test_where_no_network_is_allowed_nothing_inside_is_registered_or_reached(
    processes: Processes, other: Verifying
) -> None:
    with closing(RpcClient(processes.installation.amqp_url("web"), caller="web")) as rpc:
        board = Switchboard(processes, rpc)
        board.start("serve")
        with pytest.raises(Refused, match="AddressNotAllowed"):
            board.register(other)
