"""Who may have which system told of what, and what of that is ever shown."""

from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook as Published

from chassis.kernel.actor import COORDINATOR, OBSERVER, SYSTEM, VISITOR, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion, Unknown
from contracts.catalogue import EVENT_MODELS
from services.notify.application import commands, queries
from services.notify.application.webhooks import OFFERED
from services.notify.domain.addresses import AddressNotAllowed
from services.notify.domain.webhooks.refusals import (
    EventTypeNotOffered,
    TooManySecrets,
    TooManyWebhooks,
    WebhookNotDisabled,
    WebhookNotEnabled,
)
from tests.unit.notify.webhook_office import ADMIN, BOOKED, MANAGER, WebhookOffice


@pytest.fixture
def office() -> WebhookOffice:
    return WebhookOffice()


def secret_of(office: WebhookOffice, webhook_id: str) -> str:
    return office.webhook(webhook_id).secrets[0].sealed


def test_a_secret_is_shown_to_the_command_that_made_it_and_kept_sealed(office: WebhookOffice) -> None:
    made = office.registered(command="once")
    assert Published(made["secret"])
    assert office.registered(command="once") == made
    assert made["secret"] not in repr(office.webhooks.kept)
    assert "secret" not in {key for item in office.shown() for key in item}
    assert made["secret"] not in repr(office.shown())
    assert office.registered(command="again")["secret"] != made["secret"]


def test_a_site_s_managers_register_for_it_and_administrators_for_anybody(office: WebhookOffice) -> None:
    own = office.registered(MANAGER, site_id="sit_gilgit")
    assert (office.webhook(own["id"]).site, office.webhook(own["id"]).registered_by) == ("sit_gilgit", "per_ali")
    for site in (None, "sit_gilgit", "sit_kashgar"):
        office.registered(ADMIN, site_id=site)
    for site in (None, "sit_kashgar"):
        with pytest.raises(NotAllowed):
            office.registered(MANAGER, site_id=site)


@pytest.mark.parametrize("role", [COORDINATOR, OBSERVER, VISITOR])
def test_nobody_else_registers_or_sees_any(role: str, office: WebhookOffice) -> None:
    other = Actor("per_other", frozenset({role}), frozenset({"sit_gilgit"}))
    for actor in (other, SYSTEM):
        with pytest.raises(NotAllowed):
            office.registered(actor, site_id="sit_gilgit")
        with pytest.raises(NotAllowed):
            office.shown(actor)


CALLS: list[tuple[type[Any], dict[str, Any]]] = [
    (commands.ChangeWebhook, {"description": "Other", "expected_version": 1}),
    (commands.RotateWebhookSecret, {"expected_version": 1}),
    (commands.DisableWebhook, {"reason": "Away", "expected_version": 1}),
    (commands.EnableWebhook, {"expected_version": 1}),
    (commands.RemoveWebhook, {"expected_version": 1}),
    (commands.SendTestToWebhook, {}),
]


@pytest.mark.parametrize(("model", "fields"), CALLS, ids=[model.__name__ for model, _ in CALLS])
@pytest.mark.parametrize("site", [None, "sit_kashgar"])
def test_of_another_s_webhook_nobody_learns_that_there_is_one(
    model: type[Any], fields: dict[str, Any], site: str | None, office: WebhookOffice
) -> None:
    made = office.registered(ADMIN, site_id=site)
    stranger = Actor("per_y", frozenset({COORDINATOR}), frozenset({"sit_kashgar"}))
    for actor in (MANAGER, stranger, SYSTEM):
        with pytest.raises(Unknown):
            office.given(model, actor, webhook_id=made["id"], **fields)
        asked = queries.AskWebhookDeliveries(webhook_id=made["id"])
        with pytest.raises(Unknown):
            queries.webhook_deliveries(asked, actor, office.webhooks, office.deliveries)
    assert office.webhooks.load(made["id"]).version == 1


def test_managers_see_their_own_sites_and_administrators_all(office: WebhookOffice) -> None:
    for site in (None, "sit_gilgit", "sit_kashgar"):
        office.registered(ADMIN, site_id=site)
    assert [item["site"] for item in office.shown(MANAGER)] == ["sit_gilgit"]
    assert [item["site"] for item in office.shown(ADMIN)] == [None, "sit_gilgit", "sit_kashgar"]


def test_an_address_that_may_not_be_reached_is_refused_now_and_when_it_is_changed(office: WebhookOffice) -> None:
    with pytest.raises(AddressNotAllowed):
        office.registered(url="https://inside/")
    made = office.registered()
    with pytest.raises(AddressNotAllowed):
        office.given(commands.ChangeWebhook, webhook_id=made["id"], url="https://inside/", expected_version=1)


@pytest.mark.parametrize(
    "wanted",
    ["exchange.person.changed.v1", "exchange.consultation.invited.v1", "research.outcome.reported.v1",
     "exchange.nothing.*", "exchange.person.*"],
)  # fmt: skip
def test_what_is_not_offered_is_refused_by_name(wanted: str, office: WebhookOffice) -> None:
    with pytest.raises(EventTypeNotOffered) as refused:
        office.registered(event_types=[BOOKED, wanted])
    assert refused.value.facts == {"event_type": wanted}


@pytest.mark.parametrize(
    "wanted", ["*", "exchange", "notify.*", "exchange.visit.booked", "exchange.*.v1", "exchange.visit*"]
)
def test_what_is_no_pattern_is_no_command(wanted: str, office: WebhookOffice) -> None:
    with pytest.raises(InvalidCommand):
        office.registered(event_types=[wanted])


@pytest.mark.parametrize("wanted", [*OFFERED, "exchange.*", "research.outcome.*", "notify.escalation.*"])
def test_each_that_is_offered_can_be_wanted(wanted: str, office: WebhookOffice) -> None:
    made = office.registered(event_types=[wanted])
    assert office.webhook(made["id"]).event_types == (wanted,)


def test_everything_is_offered_that_is_published_once_and_tells_of_no_person() -> None:
    others = {each for each in EVENT_MODELS if each.startswith(("exchange.", "research."))} - set(OFFERED)
    assert {each for each in others if not each.startswith("research.outcome.")} == {
        "exchange.person.changed.v1",
        "exchange.consultation.invited.v1",
    }
    earlier = {each for each in others if each.startswith("research.outcome.")}
    assert {each.replace(".v1", ".v2") for each in earlier} <= set(OFFERED)
    assert all(each.endswith(".v1") for each in earlier)
    of_notify = {each for each in OFFERED if each.startswith("notify.")}
    assert of_notify == {"notify.escalation.raised.v1", "notify.escalation.settled.v1"}


def test_nobody_has_more_than_so_many(office: WebhookOffice) -> None:
    for number in range(20):
        made = office.registered(MANAGER, site_id="sit_gilgit", description=str(number))
    with pytest.raises(TooManyWebhooks):
        office.registered(MANAGER, site_id="sit_gilgit", description="one more")
    office.registered(ADMIN)
    office.given(commands.RemoveWebhook, MANAGER, webhook_id=made["id"], expected_version=1)
    office.registered(MANAGER, site_id="sit_gilgit", description="one more")


def test_a_new_secret_signs_beside_the_old_one_for_as_long_as_was_said(office: WebhookOffice) -> None:
    made = office.registered()
    old = secret_of(office, made["id"])
    rotated = office.given(commands.RotateWebhookSecret, webhook_id=made["id"], overlap_hours=24, expected_version=1)
    assert rotated["secret"] != made["secret"]
    new = secret_of(office, made["id"])

    def signing(after: timedelta) -> list[str]:
        return [each.sealed for each in office.webhook(made["id"]).signing(office.now + after)]

    assert signing(timedelta(hours=23)) == [new, old]
    assert signing(timedelta(hours=24)) == [new]


def test_a_secret_that_somebody_saw_signs_no_more_at_once(office: WebhookOffice) -> None:
    made = office.registered()
    for version in (1, 2, 3):
        fields = {"webhook_id": made["id"], "overlap_hours": 0 if version == 3 else 100, "expected_version": version}
        office.given(commands.RotateWebhookSecret, **fields)
    assert len(office.webhook(made["id"]).secrets) == 1


def test_a_later_rotation_lengthens_no_secret_s_life_and_not_too_many_sign(office: WebhookOffice) -> None:
    made = office.registered()
    office.given(commands.RotateWebhookSecret, webhook_id=made["id"], overlap_hours=1, expected_version=1)
    for version in (2, 3, 4):
        office.given(commands.RotateWebhookSecret, webhook_id=made["id"], overlap_hours=9, expected_version=version)
    assert min(each.until for each in office.webhook(made["id"]).secrets if each.until) == office.now + timedelta(
        hours=1
    )
    with pytest.raises(TooManySecrets):
        office.given(commands.RotateWebhookSecret, webhook_id=made["id"], expected_version=5)
    office.let_pass(timedelta(hours=2))
    office.given(commands.RotateWebhookSecret, webhook_id=made["id"], expected_version=5)


def test_it_is_disabled_enabled_and_removed_once(office: WebhookOffice) -> None:
    made = office.registered()
    name = {"webhook_id": made["id"]}
    with pytest.raises(WebhookNotDisabled):
        office.given(commands.EnableWebhook, **name, expected_version=1)
    office.given(commands.DisableWebhook, **name, reason="Moving house", expected_version=1)
    (item,) = office.shown()
    assert (item["state"], item["reason"]) == ("disabled", "Moving house")
    with pytest.raises(WebhookNotEnabled):
        office.given(commands.DisableWebhook, **name, reason="Again", expected_version=2)
    with pytest.raises(WebhookNotEnabled):
        office.given(commands.SendTestToWebhook, **name)
    with pytest.raises(StaleVersion):
        office.given(commands.EnableWebhook, **name, expected_version=1)
    office.given(commands.EnableWebhook, **name, expected_version=2)
    removed = office.given(commands.RemoveWebhook, **name, command="away", expected_version=3)
    assert office.given(commands.RemoveWebhook, **name, command="away", expected_version=3) == removed
    assert (office.shown(), office.webhook(made["id"]).secrets) == ([], ())
    with pytest.raises(Unknown):
        office.given(commands.EnableWebhook, **name, expected_version=4)


def test_what_is_changed_is_changed_and_the_rest_stays(office: WebhookOffice) -> None:
    made = office.registered(description="Old")
    with pytest.raises(InvalidCommand):
        office.given(commands.ChangeWebhook, webhook_id=made["id"], expected_version=1)
    other = "https://other.example/"
    office.given(commands.ChangeWebhook, webhook_id=made["id"], url=other, expected_version=1)
    office.given(commands.ChangeWebhook, webhook_id=made["id"], event_types=["research.*"], expected_version=2)
    (item,) = office.shown()
    assert (item["url"], item["event_types"], item["description"]) == (other, ["research.*"], "Old")
