"""What is told of consultations: every happening as an event of the contracts, and nothing of a case."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from contracts.exchange.consultations import CONSULTATION_EVENTS
from services.exchange.adapters.published_events import PublishedEvents
from tests.consulting import TUESDAY, Consulting
from tests.fakes.exchange import ExchangeInMemory, consulting_in_memory
from tests.unit.exchange import given

HOUR = timedelta(hours=1)
SECRETS = ("GLT-2026-014", "Which stage is the cyst", "CE2, treat with albendazole")


@pytest.fixture(scope="module")
def told() -> list[Any]:
    """Everything that was told of a life in which everything happens, in order."""
    there = consulting_in_memory()
    for live in (_held, _called_off, _waited_for, _in_series, _missed):
        live(there)
    assert isinstance(there.exchange, ExchangeInMemory)
    publish = PublishedEvents(there.exchange.stores.sites).publish
    return [event for each in there.exchange.fake_consultations.told for event in publish([each], given.EDITION)]


def _held(there: Consulting) -> None:
    consultation = there.booked(cases=[there.case()])
    there.reply(consultation, "interpreter", "tentative", begins=(TUESDAY + HOUR).isoformat())
    there.give("decline_counter_time", consultation, participant=there.people["interpreter"], reason="It is late.")
    there.reply(consultation, "interpreter")
    there.give("move_session", consultation, begins=(TUESDAY + HOUR / 4).isoformat(), reason="A quarter later.")
    for name in ("chair", "interpreter"):
        there.reply(consultation, name)
    four = there.participants("chair", "presenter", "interpreter", "observer")
    there.give("change_participants", consultation, participants=four, reason="One more.")
    there.reply(consultation, "observer")
    there.pass_time(timedelta(days=10))
    _close(there, consultation)
    there.pass_time(timedelta(days=10))
    action = there.view(consultation)["actions"][0]["id"]
    there.give("complete_action", consultation, action_id=action, done_on="2026-03-20", note="Sent.")


def _close(there: Consulting, consultation: str) -> None:
    there.give(
        "close_session",
        consultation,
        attended=[there.people["chair"], there.people["presenter"]],
        opinions={there.view(consultation)["cases"][0]["id"]: "CE2, treat with albendazole before surgery."},
        actions=[{"what": "Send the follow-up CT", "owner": there.people["presenter"], "due_on": "2026-03-17"}],
        finding={"summary": "Stages are read differently.", "outcome_type": "publication", "due_days": 90},
    )


def _called_off(there: Consulting) -> None:
    consultation = there.booked(begins="2026-04-07T06:00:00Z")
    there.give("cancel_consultation", consultation, reason="Transferred.")
    mistaken = there.booked(begins="2026-04-07T06:00:00Z")
    there.give("mark_consultation_entered_in_error", mistaken, reason="Twice.")


def _waited_for(there: Consulting) -> None:
    consultation = there.booked(begins="2026-04-14T06:00:00Z")
    there.propose(begins="2026-04-14T06:00:00Z", wait=True)
    there.give("cancel_consultation", consultation, reason="Transferred.")
    there.tell("exchange.consultation.cancelled.v1")


def _in_series(there: Consulting) -> None:
    made = there.propose(begins="2026-05-12T06:00:00Z", recurrence="FREQ=WEEKLY;COUNT=2")
    there.give("cancel_session", made.id, slot="2026-05-12T06:00:00Z", reason="The scanner is serviced.")


def _missed(there: Consulting) -> None:
    consultation = there.booked(begins="2026-06-09T06:00:00Z")
    there.pass_time(timedelta(days=90))
    there.give("mark_session_missed", consultation, reason="The line was down.")


def test_everything_that_happens_is_told_and_every_event_of_the_contract_happens(told: list[Any]) -> None:
    assert {type(event) for event in told} == set(CONSULTATION_EVENTS)


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_of_a_case_is_told_but_that_there_is_one(told: list[Any], secret: str) -> None:
    assert not [event for event in told if secret in event.model_dump_json()]
    assert {event.cases for event in told} == {0, 1}


def of(told: list[Any], kind: str) -> Iterator[Any]:
    return (event for event in told if event.type == f"exchange.consultation.{kind}.v1")


def test_an_event_names_its_sites_with_zones_and_who_comes_in_whose_place(told: list[Any]) -> None:
    booked = next(of(told, "booked"))
    assert [site.zone for site in booked.sites] == ["Asia/Shanghai", "Asia/Karachi", "Asia/Shanghai"]
    assert [each.status for each in booked.participants] == ["accepted", "accepted", "accepted", "needs-action"]
    assert all(each.comes == each.person for each in booked.participants)


def test_a_move_tells_what_was_before_and_is_announced_anew(told: list[Any]) -> None:
    (moved,) = of(told, "rescheduled")
    assert (moved.previous[0].begins, moved.sessions[0].begins) == (TUESDAY, TUESDAY + HOUR / 4)
    assert moved.announcement == 1


def test_what_was_found_together_is_told_with_the_outcome_that_is_due(told: list[Any]) -> None:
    (held,) = of(told, "session-held")
    assert held.expected_outcome.type == "publication"
    assert held.expected_outcome.due_on.isoformat() == "2026-06-08"
    assert len(held.attended) == 2
    assert [action.what for action in held.actions] == ["Send the follow-up CT"]
