"""Notify as it runs: from an event on the broker to mails at a mail server and items in an inbox, whatever happens."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pika
import pytest

from chassis.clock import DemoClock
from chassis.kernel.actor import ADMINISTRATOR, VISITOR, Actor
from chassis.rpc.client import Refused, RpcClient
from tests.event_factory import make_event
from tests.fixtures.installations import administrator_amqp_url
from tests.fixtures.running import Processes, wait_ready
from tests.integration.notify_mail_server import MailServer
from tests.probes import count, equal, eventually

Json = dict[str, Any]

BOOKED = make_event("exchange.visit.booked.v1")
VISIT = BOOKED["data"]
SPEAK = ("en", "zh", "ur")
PEOPLE = sorted(
    {VISIT["proposer"], *VISIT["visitors"], *VISIT["host_site"]["coordinators"], *VISIT["sending_site"]["coordinators"]}
)
ADMIN = Actor("per_administrator", frozenset({ADMINISTRATOR}))


def person(person_id: str, **data: Any) -> Json:
    language = SPEAK[PEOPLE.index(person_id) % 3]
    known = {"passport_name": person_id, "local_name": "", "language": language, "email": f"{person_id}@h.example"}
    envelope = {"subject": f"person/{person_id}"}
    return make_event("exchange.person.changed.v1", envelope=envelope, person=person_id, **(known | data))


@dataclass
class Office:
    """Notify's processes of one installation, the broker in front of them and the mail server behind."""

    processes: Processes
    server: MailServer
    rpc: RpcClient
    environment: dict[str, str] = field(default_factory=lambda: {"KHUNJERAB_DEMO": "1"})

    def start(self, *roles: str, **env: str) -> None:
        started = [self.processes.start("notify", role, self.environment | env, wait=False) for role in roles]
        wait_ready(*started)

    def tell(self, *events: Json) -> None:
        url = pika.URLParameters(administrator_amqp_url(self.processes.installation))
        with closing(pika.BlockingConnection(url)) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            for event in events:
                exchange = f"{event['type'].partition('.')[0]}.events"
                channel.basic_publish(exchange, event["type"], orjson.dumps(event), mandatory=True)

    def ask(self, method: str, actor: Actor, **fields: Any) -> Any:
        return self.rpc.call("notify", method, fields, actor=actor)

    def inbox(self, person_id: str, **fields: Any) -> Any:
        return self.ask("inbox", Actor(person_id, frozenset({VISITOR})), **fields)

    def states(self) -> list[str]:
        return [item["state"] for item in self.ask("deliveries", ADMIN, limit=200)["items"]]

    def received(self) -> Counter[str]:
        return Counter(message["To"].addresses[0].addr_spec.partition("@")[0] for message in self.server.taken)

    def let_pass(self, time: timedelta) -> None:
        DemoClock(self.processes.clock).advance(time)


@pytest.fixture
def office(processes: Processes) -> Iterator[Office]:
    rpc = RpcClient(processes.installation.amqp_url("web"), caller="web")
    with MailServer(port=processes.smtp_port).running() as server:
        yield Office(processes, server, rpc)
    rpc.close()


def test_a_booking_told_three_times_in_any_order_reaches_each_once_in_their_language(office: Office) -> None:
    office.start("serve", "worker")
    events = [BOOKED, *map(person, PEOPLE)]
    office.tell(*random.Random(7).sample(events * 3, k=3 * len(events)))
    office.let_pass(timedelta(minutes=1))
    eventually(lambda: equal(office.states(), ["sent"] * len(PEOPLE)), timeout=30)
    assert office.received() == Counter(PEOPLE)
    for message in office.server.taken:
        language = SPEAK[PEOPLE.index(message["To"].addresses[0].addr_spec.partition("@")[0]) % 3]
        assert message["Content-Language"] == language
    for each in PEOPLE:
        found = office.inbox(each)
        assert (found["unread"], len(found["items"])) == (1, 1)
        assert found["items"][0]["deliveries"] == [{"channel": "email", "state": "sent"}]


def test_an_invitation_reaches_each_calendar_once_in_the_language_of_its_owner(office: Office) -> None:
    office.start("serve", "worker")
    files = {language: f"BEGIN:VCALENDAR\r\nX-FOR:{language}\r\nEND:VCALENDAR\r\n" for language in SPEAK}
    invited = make_event("exchange.consultation.invited.v1", recipients=PEOPLE, calendars=files)
    office.tell(invited, *map(person, PEOPLE), invited)
    office.let_pass(timedelta(minutes=1))
    eventually(lambda: equal(office.states(), ["sent"] * len(PEOPLE)), timeout=30)
    assert office.received() == Counter(PEOPLE)
    for message in office.server.taken:
        parts = [part for part in message.walk() if part.get_content_type() in ("text/calendar", "application/ics")]
        file = files[message["Content-Language"]].encode()
        assert [part.get_payload(decode=True) for part in parts] == [file, file]
        assert message["Reply-To"] == invited["data"]["reply_to"]


def test_a_mail_waits_for_the_copy_of_its_recipient(office: Office) -> None:
    office.start("serve", "worker")
    office.tell(BOOKED)
    eventually(lambda: equal(office.states(), ["queued"] * len(PEOPLE)))
    office.tell(*map(person, PEOPLE))
    office.let_pass(timedelta(minutes=1))
    eventually(lambda: equal(office.received(), Counter(PEOPLE)), timeout=30)


def test_an_address_that_the_mail_server_does_not_know_is_let_be(office: Office) -> None:
    office.start("serve", "worker")
    office.server.to_recipient = ["550 5.1.1 no such user"]
    office.tell(BOOKED, *map(person, PEOPLE))
    office.let_pass(timedelta(minutes=1))
    eventually(lambda: equal(sorted(office.states()), ["sent"] * (len(PEOPLE) - 1) + ["undelivered"]), timeout=30)
    (refused,) = office.ask("deliveries", ADMIN, state="undelivered")["items"]
    again = {"notification": refused["id"], "channel": "email", "reason": "Once more."}
    with pytest.raises(Refused, match="AddressSuppressed") as told:
        office.ask("resend", ADMIN, **again)
    assert told.value.facts["reason"] == "smtp 550 5.1.1"
    office.ask("release_address", ADMIN, person=refused["recipient"], reason="The account is there now.")
    office.ask("resend", ADMIN, **again)
    eventually(lambda: equal(office.states(), ["sent"] * len(PEOPLE)), timeout=30)


def test_an_older_copy_that_comes_late_does_not_overwrite_a_newer_one(office: Office) -> None:
    office.start("serve", "worker")
    newer, older = person(PEOPLE[0], email="new@h.example"), person(PEOPLE[0], email="old@h.example")
    newer["sequence"], older["sequence"] = "0000000002.000", "0000000001.000"
    office.tell(newer, older, *map(person, PEOPLE[1:]))
    office.tell(BOOKED)
    office.let_pass(timedelta(minutes=1))
    eventually(lambda: count(office.server.taken, len(PEOPLE)), timeout=30)
    assert office.received()["new"] == 1
    assert office.received()["old"] == 0


@pytest.mark.parametrize(
    ("place", "mails"), [("mail.before-smtp", 1), ("mail.after-smtp", 2), ("store.after-write", 1)]
)
def test_a_worker_killed_amid_a_mail_sends_it_again_at_most_under_the_same_message_id(
    place: str, mails: int, office: Office, tmp_path: Path
) -> None:
    office.start("serve")
    only_one = {"visitors": [PEOPLE[0]], "proposer": PEOPLE[0]}
    ends = {end: VISIT[end] | {"coordinators": []} for end in ("host_site", "sending_site")}
    office.tell(person(PEOPLE[0]), make_event("exchange.visit.booked.v1", **only_one, **ends))
    eventually(lambda: equal(office.states(), ["queued"]))
    died = tmp_path / "died"
    crash = {"KHUNJERAB_CRASH_AT": place, "KHUNJERAB_CRASH_ONCE": str(died), "MAIL_LEASE_SECONDS": "3"}
    worker = office.processes.start("notify", "worker", office.environment | crash, wait=False)
    eventually(lambda: equal((died.exists(), worker.is_running()), (True, False)), timeout=30)
    worker.start()
    eventually(lambda: equal(office.states(), ["sent"]), timeout=30)
    assert len(office.server.taken) == mails
    assert len({message["Message-ID"] for message in office.server.taken}) == 1
    (delivery,) = office.ask("deliveries", ADMIN)["items"]
    assert len(delivery["deliveries"][0]["attempts"]) == 1


def test_two_workers_send_each_mail_once(office: Office) -> None:
    office.start("serve")
    bookings = [make_event("exchange.visit.booked.v1", purpose=f"Visit {number}") for number in range(12)]
    office.tell(*map(person, PEOPLE), *bookings)
    eventually(lambda: equal(len(office.states()), 12 * len(PEOPLE)), timeout=30)
    office.start("worker", "worker")
    eventually(lambda: equal(Counter(office.states()), Counter(sent=12 * len(PEOPLE))), timeout=60)
    assert office.received() == Counter(dict.fromkeys(PEOPLE, 12))


def test_a_mail_server_that_is_away_or_refuses_is_asked_again_by_the_clock(office: Office) -> None:
    office.start("serve")
    office.server.to_recipient = ["451 4.7.1 later", "550 5.1.1 no such user"]
    office.tell(*map(person, PEOPLE), BOOKED)
    eventually(lambda: equal(Counter(office.states()), Counter(queued=len(PEOPLE))))
    office.start("worker")
    wanted = Counter({"sent": len(PEOPLE) - 2, "delivery_attempted": 1, "undelivered": 1})
    eventually(lambda: equal(Counter(office.states()), wanted), timeout=30)
    office.let_pass(timedelta(minutes=1))
    eventually(lambda: equal(Counter(office.states()), Counter(sent=len(PEOPLE) - 1, undelivered=1)), timeout=30)
    (given_up,) = office.ask("deliveries", ADMIN, state="undelivered")["items"]
    assert given_up["deliveries"][0]["attempts"][0]["reason"] == "smtp 550 5.1.1"


def test_what_became_of_a_mail_is_told_to_whoever_asks(office: Office) -> None:
    url = pika.URLParameters(administrator_amqp_url(office.processes.installation))
    with closing(pika.BlockingConnection(url)) as connection:
        channel = connection.channel()
        channel.queue_declare("listener", exclusive=True)
        channel.queue_bind("listener", "notify.events", "notify.#")
        office.start("serve", "worker", "relay")
        office.tell(*map(person, PEOPLE), BOOKED)
        eventually(lambda: equal(Counter(office.states()), Counter(sent=len(PEOPLE))), timeout=30)
        heard: list[Json] = []

        def listen() -> Any:
            while (got := channel.basic_get("listener", auto_ack=True))[0]:
                heard.append(orjson.loads(got[2]))
            return count(heard, 2 * len(PEOPLE))

        eventually(listen)
    assert {event["type"] for event in heard} == {f"notify.notification.sent.{version}" for version in ("v1", "v2")}
    assert sorted(event["data"]["recipient"] for event in heard) == sorted(2 * PEOPLE)
    assert {event["correlationid"] for event in heard} == {BOOKED["correlationid"]}
    assert {event["causationid"] for event in heard} == {BOOKED["id"]}


def test_an_inbox_is_read_by_its_owner_and_deliveries_by_those_who_look_after_them(office: Office) -> None:
    office.start("serve")
    office.tell(BOOKED)
    eventually(lambda: equal(len(office.states()), len(PEOPLE)))
    own, other = (Actor(each, frozenset({VISITOR})) for each in PEOPLE[:2])
    (item,) = office.inbox(PEOPLE[0])["items"]
    with pytest.raises(Refused, match="Unknown"):
        office.ask("mark_read", other, notification_id=item["id"])
    with pytest.raises(Refused, match="NotAllowed"):
        office.ask("deliveries", own)
    with pytest.raises(Refused, match="InvalidCommand"):
        office.ask("mark_read", own, notification_id={"$ne": None})
    receipt = office.ask("mark_read", own, notification_id=item["id"])
    assert receipt == {"id": item["id"], "version": 2, "state": "queued"}
    assert office.inbox(PEOPLE[0])["unread"] == 0
    assert office.inbox(PEOPLE[1])["unread"] == 1
