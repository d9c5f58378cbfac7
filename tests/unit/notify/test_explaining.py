"""Why somebody was told, or was not: who, by which channel, what held it back, in words that give nothing away."""

import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.errors import InvalidCommand
from services.notify.application import queries
from services.notify.application.reactions.notify_of import notify_of
from services.notify.domain import delivery as states
from services.notify.domain.admin import permissions
from services.notify.domain.admin.explaining import sentence_about
from services.notify.domain.delivery import NEVER, Answer, Delivery
from tests.alliance import StandingClock
from tests.fakes.notify import FakeNotifications, KeepingPostman, gate_with
from tests.unit.notify.samples import NOW, told_of
from tests.unit.notify.test_mailing import Office
from tests.who_may import PLACES, Matrix, cells, must_be_allowed_there_alone

MATRIX: Matrix = {"explain": (permissions.may_explain, {ADMINISTRATOR, PROGRAMME_MANAGER}, set(PLACES))}
BOOKED = told_of("exchange.visit.booked.v1")
VISIT, FACTS = BOOKED[0].subject_id, BOOKED[1].model_dump(mode="json")
VISITOR = FACTS["visitors"][0]
ORGANISER = "per_organiser"


@pytest.fixture
def kept() -> FakeNotifications:
    kept = FakeNotifications(lambda: 0.0)
    notify_of([BOOKED], kept, NOW)
    return kept


def explained(fields: dict[str, Any], kept: FakeNotifications, actor: Actor = SYSTEM) -> dict[str, Any]:
    gate = gate_with(StandingClock(NOW))
    return queries.explain(parsed(queries.AskExplain, fields), actor, NOW, kept, gate.channels, gate.breakers)


def asked(kept: FakeNotifications, actor: Actor = SYSTEM, **fields: Any) -> dict[str, Any]:
    wanted = {"person": VISITOR, "about": VISIT} | fields
    return explained(wanted, kept, actor)


def test_who_was_told_is_told_why_and_how_far_it_came(kept: FakeNotifications) -> None:
    (happened,) = asked(kept)["items"]
    assert (happened["why"], happened["told"] > 1) == ("told", True)
    (notification,) = happened["notifications"]
    assert (notification["purpose"], notification["because"]) == ("visit-booked-for-you", "visitor")
    (by_mail,) = notification["deliveries"]
    assert by_mail["sentence"] == f"It waits to be sent; it is looked at from {NOW.isoformat()} on."


def test_whom_no_line_of_the_table_names_is_told_nothing(kept: FakeNotifications) -> None:
    (happened,) = asked(kept, person="per_nobody")["items"]
    assert (happened["why"], happened["notifications"]) == ("not-named", [])
    assert happened["sentence"] == "No line of the table names them in this event."


def test_nobody_is_told_of_what_they_did_themselves() -> None:
    kept = FakeNotifications(lambda: 0.0)
    event, data = told_of("exchange.consultation.cancelled.v1", by=ORGANISER, organiser=ORGANISER)
    notify_of([(event, data)], kept, NOW)
    (happened,) = asked(kept, person=ORGANISER, about=event.subject_id)["items"]
    assert happened["why"] == "own-deed"


def test_what_happened_is_told_apart_by_its_event_the_latest_first(kept: FakeNotifications) -> None:
    later = {"time": (BOOKED[0].time + timedelta(hours=1)).isoformat(), "subject": f"visit/{VISIT}"}
    cancelled = told_of("exchange.visit.cancelled.v1", envelope=later)
    notify_of([cancelled], kept, NOW)
    assert [each["event"] for each in asked(kept)["items"]] == [cancelled[0].id, BOOKED[0].id]
    assert [each["event"] for each in asked(kept, event=BOOKED[0].id)["items"]] == [BOOKED[0].id]
    assert asked(kept, event="unheard-of")["items"] == []


def test_it_says_when_there_is_more_than_was_looked_at(kept: FakeNotifications, monkeypatch: Any) -> None:
    assert asked(kept)["whole"]
    monkeypatch.setattr(sys.modules[queries.AskExplain.__module__], "MOST_LOOKED_AT", 2)
    assert not asked(kept)["whole"]


def test_a_refusal_is_told_with_its_code_and_without_what_the_message_says() -> None:
    office = Office(postman=KeepingPostman(Answer(NEVER, "smtp 550 5.1.1", "no such user")))
    office.round()
    told = office.one
    found = explained({"person": told.recipient, "about": told.about}, office.notifications)
    (by_mail,) = found["items"][0]["notifications"][0]["deliveries"]
    assert by_mail["sentence"] == "It was given up: smtp 550 5.1.1."
    assert told.cause.facts["title"] not in str(found)


STATES = (
    states.QUEUED, states.SENT, states.DELIVERY_ATTEMPTED, states.UNDELIVERED, states.NOT_SENT, states.BOUNCED,
)  # fmt: skip
REASONS = (
    "", "quiet-hours", "digest", "fallback", "recipient-unknown", "not-wanted", "superseded", "read-already",
    "in-digest", "address-suppressed", "smtp 451",
)  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("reason", REASONS)
def test_every_state_and_reason_has_a_whole_sentence(state: str, reason: str) -> None:
    said = sentence_about(Delivery("email", state, next_try=NOW, reason=reason, detail="ntf_1"))
    assert said.endswith(".")
    assert "{" not in said


def test_a_digest_and_a_later_message_are_named() -> None:
    dropped = Delivery("email", states.NOT_SENT, reason="superseded", detail="ntf_later")
    assert sentence_about(dropped) == "A later message made it pointless: ntf_later."
    assert "ntf_digest" in sentence_about(replace(dropped, reason="in-digest", detail="ntf_digest"))


@pytest.mark.parametrize("fields", [{"event": "a b"}, {"about": "per_1"}, {"person": "vis_1"}, {"about": None}])
def test_a_question_about_nothing_is_refused(fields: dict[str, Any], kept: FakeNotifications) -> None:
    with pytest.raises(InvalidCommand):
        asked(kept, **fields)


@pytest.mark.parametrize(("command", "role", "place"), cells(MATRIX))
def test_each_role_at_each_place_may_what_the_matrix_says(command: str, role: str, place: str) -> None:
    must_be_allowed_there_alone(MATRIX, command, role, place)
