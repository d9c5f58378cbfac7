"""Who is told of an event, once; and what becomes of a delivery, attempt by attempt."""

import json
from datetime import timedelta
from typing import Any

import pytest

from chassis import causes
from chassis.kernel.actor import PROGRAMME_MANAGER, Actor
from chassis.kernel.ids import derived
from services.notify.application import commands, queries
from services.notify.domain.webhooks.circuit import OPENS_AFTER, Circuit
from services.notify.domain.webhooks.delivery import GONE_FOR_GOOD, LATER, PAUSES, Answer
from services.notify.domain.webhooks.wanting import sites_in
from services.notify.domain.webhooks.webhook import WebhookDisabled
from tests.event_factory import make_event
from tests.fakes.sealing import seals
from tests.unit.notify.samples import told_of
from tests.unit.notify.webhook_office import ADMIN, BOOKED, WebhookOffice

FAILED = Answer(LATER, "http-500", 500, "Sorry")
SITES = sites_in(make_event(BOOKED)["data"])


@pytest.fixture
def office() -> WebhookOffice:
    return WebhookOffice()


def manager(site: str) -> Actor:
    return Actor("per_m", frozenset({PROGRAMME_MANAGER}), frozenset({site}))


def test_the_sites_of_an_event_are_found_wherever_they_stand() -> None:
    facts = {"a": {"id": "sit_x"}, "b": [{"c": ("sit_y",)}], "d": "sit_z", "e": "not sit_w", "f": 3, "g": None}
    assert sites_in(facts) == {"sit_x", "sit_y", "sit_z"}
    assert len(SITES) == 2
    for event_type in ("research.outcome.adopted.v2", "research.track.waits.v1", "exchange.agreement.took-effect.v1"):
        assert sites_in(make_event(event_type)["data"])


def test_a_site_is_told_of_what_involves_it_and_the_alliance_of_everything(office: WebhookOffice) -> None:
    there, elsewhere = min(SITES), "sit_elsewhere"
    own = office.registered(manager(there), site_id=there)["id"]
    office.registered(manager(elsewhere), site_id=elsewhere)
    whole = office.registered(ADMIN)["id"]
    office.books()
    assert {each.webhook for each in office.waiting()} == {own, whole}


@pytest.mark.parametrize("handlers_trace", [None, "00-" + "a" * 32 + "-" + "b" * 16 + "-01"])
def test_a_delivery_stands_in_the_chain_of_its_event_and_in_the_trace_of_whoever_handles_it(
    handlers_trace: str | None, office: WebhookOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[Any] = []
    monkeypatch.setattr(office.deliveries, "add_new", queued.extend)
    monkeypatch.setattr(causes, "current_traceparent", lambda: handlers_trace)
    webhook, event = office.registered()["id"], told_of(BOOKED)[0]
    office.tell((event, told_of(BOOKED)[1]))
    ((decision, context),) = queued
    assert context.command_id == decision.state.id.partition("_")[2] == derived(event.id, webhook)
    assert (context.correlation_id, context.causation_id) == (event.correlationid, event.id)
    assert context.traceparent == (handlers_trace or event.traceparent)


@pytest.mark.parametrize(
    ("wanted", "is_told"),
    [([BOOKED], True), (["exchange.visit.*"], True), (["exchange.*"], True), (["exchange.visit.booked.*"], True),
     (["exchange.visit.proposed.v1"], False), (["exchange.consultation.*"], False), (["research.*", BOOKED], True)],
)  # fmt: skip
def test_it_is_told_of_what_it_wants(wanted: list[str], is_told: bool, office: WebhookOffice) -> None:
    office.registered(event_types=wanted)
    office.books()
    assert len(office.waiting()) == is_told


def test_an_event_is_told_once_however_often_and_in_whichever_versions_it_comes(office: WebhookOffice) -> None:
    office.registered(event_types=["research.*"])
    newest = told_of("research.outcome.reported.v2")
    earlier = told_of("research.outcome.reported.v1", envelope={"id": newest[0].id})
    office.tell(earlier, newest, newest)
    office.tell(earlier)
    office.tell(newest)
    (delivery,) = office.waiting()
    assert json.loads(delivery.body)["type"] == "research.outcome.reported.v2"


def test_people_s_records_and_calendars_are_told_to_no_webhook(office: WebhookOffice) -> None:
    office.registered(event_types=["exchange.*"])
    office.tell(told_of("exchange.person.changed.v1"), told_of("exchange.consultation.invited.v1"))
    assert office.waiting() == []


def test_what_is_sent_is_the_event_as_it_was_published(office: WebhookOffice) -> None:
    office.registered()
    event, data = told_of(BOOKED)
    office.tell((event, data))
    assert office.sends() == 1
    assert json.loads(office.courier.given[0].body) == event.model_dump(mode="json", exclude_none=True)
    assert office.states() == ["delivered"]


def test_it_is_tried_again_after_the_pauses_of_standard_webhooks_and_then_given_up(office: WebhookOffice) -> None:
    office.registered()
    office.books()
    office.courier.otherwise = FAILED
    office.sends()
    for pause in PAUSES:
        office.let_pass(pause - timedelta(seconds=1))
        assert office.sends() == 0
        office.let_pass(timedelta(seconds=1))
        # Where the breaker is open its probe is not due before the pause is over: all but the first are longer.
        assert office.sends() == 1
    (delivery,) = office.waiting()
    assert (delivery.state, delivery.next_try, len(delivery.attempts)) == ("undelivered", None, 10)
    assert {each.id for each in office.courier.given} == {delivery.id}
    assert delivery.attempts[0].reason == "http-500"


@pytest.mark.parametrize(
    ("wish", "pause"), [(timedelta(seconds=1), 5), (timedelta(hours=1), 3600), (timedelta(days=9), 86400)]
)
def test_a_receiver_may_ask_for_more_patience_within_limits(wish: timedelta, pause: int, office: WebhookOffice) -> None:
    office.registered()
    office.books()
    office.courier.answers = [Answer(LATER, "http-429", 429, wish=wish)]
    office.sends()
    assert office.waiting()[0].next_try == office.now + timedelta(seconds=pause)


def test_one_that_wants_nothing_any_more_is_disabled_at_once_and_its_registrar_told(office: WebhookOffice) -> None:
    made = office.registered()
    for number in range(3):
        office.books(number)
    office.courier.answers = [Answer(GONE_FOR_GOOD, "http-410", 410)]
    assert office.sends() == 1
    assert sorted(office.states()) == ["not_sent", "not_sent", "undelivered"]
    assert {each.reason for each in office.waiting()} == {"http-410", "webhook-disabled"}
    (told,) = office.webhooks.told
    assert isinstance(told, WebhookDisabled)
    assert (told.webhook.reason, told.webhook.registered_by) == ("gone", "per_admin")
    office.books(4)
    assert len(office.waiting()) == 3
    assert office.webhook(made["id"]).state == "disabled"


def test_one_that_has_failed_for_days_is_disabled_and_its_registrar_told(office: WebhookOffice) -> None:
    made = office.registered()
    office.courier.otherwise = FAILED
    for number in range(11 * 12):
        assert office.webhook(made["id"]).state == "enabled" or number >= 10 * 12
        office.books(number)
        office.sends()
        office.let_pass(timedelta(hours=1))
    assert (office.webhook(made["id"]).state, office.webhook(made["id"]).reason) == ("disabled", "failing")
    assert len(office.webhooks.told) == 1
    assert set(office.states()) == {"not_sent"}


def test_a_few_failures_over_days_disable_nobody(office: WebhookOffice) -> None:
    made = office.registered()
    office.books()
    office.courier.otherwise = FAILED
    for pause in (timedelta(), *PAUSES, timedelta(days=5)):
        office.let_pass(pause)
        office.sends()
    office.books(1)
    office.sends()
    assert office.webhook(made["id"]).state == "enabled"


def test_a_dead_destination_is_probed_by_one_attempt_a_pause_and_the_rest_wait_unspent(office: WebhookOffice) -> None:
    office.registered()
    for number in range(50):
        office.books(number)
    office.courier.otherwise = FAILED
    assert office.sends() == OPENS_AFTER
    for pause in (1, 5, 15, 30, 30):
        office.let_pass(timedelta(minutes=pause) - timedelta(seconds=1))
        assert office.sends() == 0
        office.let_pass(timedelta(seconds=1))
        assert office.sends() == 1
    assert sum(not each.attempts for each in office.waiting()) >= 40
    office.courier.otherwise = Answer("taken", status=200)
    office.let_pass(timedelta(minutes=30))
    assert office.sends() >= 40
    office.let_pass(timedelta(days=1))
    office.sends()
    assert set(office.states()) == {"delivered"}


def test_a_dead_destination_keeps_nobody_else_waiting(office: WebhookOffice) -> None:
    dead = office.registered(url="https://dead.example/")["id"]
    for number in range(200):
        office.books(number)
    living = office.registered(url="https://living.example/")["id"]
    office.books(1000)
    office.courier.otherwise = FAILED
    office.sends()
    (there,) = [each for each in office.courier.given if "living" in each.url]
    assert there.id in {each.id for each in office.waiting() if each.webhook == living}
    assert sum("dead" in each.url for each in office.courier.given) == OPENS_AFTER
    assert sum(each.webhook == dead for each in office.waiting()) == 201


def test_one_turn_is_short_and_who_waited_longest_is_next(office: WebhookOffice) -> None:
    first, second = (office.registered(url=f"https://{each}.example/")["id"] for each in ("slow", "other"))
    for number in range(4):
        office.books(number)

    def slowly(posting: Any) -> Answer:
        office.courier.given.append(posting)
        office.let_pass(timedelta(seconds=4))
        return Answer("taken", status=200)

    office.courier.send = slowly  # type: ignore[method-assign]
    while office.sending.send_due():
        continue
    hosts = [each.url.split("/")[2].split(".")[0] for each in office.courier.given]
    assert hosts == ["slow", "slow", "other", "other"] * 2
    assert {first, second} == {each.webhook for each in office.waiting()}


def test_two_workers_are_never_at_one_webhook(office: WebhookOffice) -> None:
    made = office.registered()
    office.books()
    assert office.lanes.take(made["id"])
    assert office.sends() == 0
    office.let_pass(timedelta(seconds=61))
    assert office.sends() == 1


def test_what_another_worker_sent_meanwhile_is_not_sent_again(office: WebhookOffice) -> None:
    office.registered()
    office.books()
    take = office.lanes.take

    def after_another(webhook: str) -> Any:
        office.lanes.take = take  # type: ignore[method-assign]
        office.sends()
        return take(webhook)

    office.lanes.take = after_another  # type: ignore[method-assign]
    office.sending.send_due()
    assert len(office.courier.given) == 1


def test_who_took_too_long_writes_nothing_over_what_another_worker_wrote(office: WebhookOffice) -> None:
    office.registered()
    office.books()
    send = office.courier.send

    def too_slowly(posting: Any) -> Answer:
        office.courier.send = send  # type: ignore[method-assign]
        office.let_pass(timedelta(seconds=61))
        office.sends()
        return FAILED

    office.courier.send = too_slowly  # type: ignore[method-assign]
    office.sending.send_due()
    (delivery,) = office.waiting()
    assert [each.state for each in delivery.attempts] == ["delivered"]


def test_who_changes_an_address_or_a_secret_has_what_waits_sent_accordingly(office: WebhookOffice) -> None:
    made = office.registered()
    office.books()
    other = "https://other.example/"
    office.given(commands.ChangeWebhook, webhook_id=made["id"], url=other, expected_version=1)
    rotated = office.given(commands.RotateWebhookSecret, webhook_id=made["id"], expected_version=2)
    office.sends()
    (posting,) = office.courier.given
    assert (posting.url, list(posting.secrets)) == (other, [rotated["secret"], made["secret"]])


def test_without_the_key_to_its_secret_nothing_is_sent_and_the_reason_told(office: WebhookOffice) -> None:
    made = office.registered()
    office.books()
    loaded = office.webhooks.kept[made["id"]]
    object.__setattr__(loaded.state.secrets[0], "sealed", seals().sealed("x")[:-4] + "AAA=")
    assert office.sends() == 0
    assert office.waiting()[0].attempts[0].reason == "secret-unreadable"


def test_a_test_is_sent_at_once_though_others_failed(office: WebhookOffice) -> None:
    made = office.registered(event_types=["research.*"])
    turn = office.lanes.take(made["id"])
    assert turn
    office.lanes.leave(turn, Circuit(9, office.now, office.now + timedelta(hours=1)))
    receipt = office.given(commands.SendTestToWebhook, webhook_id=made["id"], command="t")
    assert office.given(commands.SendTestToWebhook, webhook_id=made["id"], command="t") == receipt
    assert office.sends() == 1
    sent = json.loads(office.courier.given[0].body)
    assert (sent["type"], sent["data"]) == ("notify.webhook.tested.v1", {"webhook": made["id"], "by": "per_admin"})
    asked = queries.AskWebhookDeliveries(webhook_id=made["id"], state="delivered")
    (item,) = queries.webhook_deliveries(asked, ADMIN, office.webhooks, office.deliveries)["items"]
    assert (item["id"], item["state"], item["attempts"][0]["status"]) == (receipt.id, "delivered", 204)
    assert "body" not in item


def test_what_was_delivered_is_forgotten_after_a_month_and_what_was_not_after_three(office: WebhookOffice) -> None:
    office.registered()
    office.books()
    office.sends()
    office.books(1)
    office.courier.otherwise = FAILED
    for pause in (timedelta(), *PAUSES):
        office.let_pass(pause)
        office.sends()
    assert office.states() == ["delivered", "undelivered"]
    office.let_pass(timedelta(days=26))
    assert office.sending.forget_old() == 0
    office.let_pass(timedelta(days=1))
    assert (office.sending.forget_old(), office.states()) == (1, ["undelivered"])
    office.let_pass(timedelta(days=60))
    assert (office.sending.forget_old(), office.states()) == (1, [])


def test_what_still_waits_is_never_forgotten(office: WebhookOffice) -> None:
    office.registered()
    office.books()
    office.let_pass(timedelta(days=365))
    assert office.sending.forget_old() == 0
