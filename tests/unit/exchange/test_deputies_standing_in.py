"""Who is asked and busy elsewhere does not come in the way: a deputy who is free is held until somebody answers."""

from datetime import timedelta
from typing import Any

import pytest

from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.finding.refusals import ParticipantBusy
from tests.consulting import TUESDAY, Consulting
from tests.unit.exchange.test_consultation_lives import names_held, told
from tests.unit.exchange.test_fhir_consultation import busy


def company(there: Consulting, *deputies: str) -> list[dict[str, Any]]:
    """The chair, in whose place these may come, and the presenter."""
    chair, presenter = there.participants("chair", "presenter")
    return [chair | {"deputies": [there.people[each] for each in deputies]}, presenter]


def chairs_elsewhere(there: Consulting) -> str:
    """At the same time, with the specialist."""
    made = there.propose(there.coordinator, participants=there.participants("chair", "specialist")).id
    there.reply(made, "chair")
    assert names_held(there) == {"chair"}
    return made


def observer_elsewhere(there: Consulting) -> None:
    """At the same time, with the specialist."""
    observer = {"person_id": there.people["observer"], "role": "chair", "site_id": there.sites["kashgar"]}
    made = there.propose(there.coordinator, participants=[observer, *there.participants("specialist")]).id
    there.reply(made, "observer")


def test_what_is_found_with_a_deputy_can_be_proposed_and_booked(there: Consulting) -> None:
    chairs_elsewhere(there)
    made = there.propose(participants=company(there, "observer"))
    assert made.state == "pending"
    assert names_held(there) == {"chair", "presenter", "observer"}
    assert busy(there, "observer", "kashgar") == [("busy-tentative", "2026-03-10T14:00:00+08:00")]
    fields = {"participant": there.people["chair"], "status": "accepted"}
    assert there.give("reply_to_consultation", made.id, there.actor("observer"), **fields).state == "booked"


def test_what_is_told_of_it_is_what_is_kept(there: Consulting) -> None:
    chairs_elsewhere(there)
    made = there.propose(participants=company(there, "observer"))
    state = there.exchange.stores.consultations.load(made.id).state
    assert told(there, events.ConsultationProposed)[-1].consultation == state
    assert state.sessions[0].stand_ins == {there.people["chair"]: there.people["observer"]}


def test_the_first_deputy_who_is_free_is_held(there: Consulting) -> None:
    chairs_elsewhere(there)
    observer_elsewhere(there)
    there.propose(participants=company(there, "observer", "interpreter"))
    assert names_held(there) == {"chair", "observer", "presenter", "interpreter"}


def test_who_is_held_in_somebody_s_place_is_had_by_nobody_else(there: Consulting) -> None:
    chairs_elsewhere(there)
    there.propose(participants=company(there, "observer"))
    with pytest.raises(ParticipantBusy) as refused:
        observer_elsewhere(there)
    assert refused.value.facts["person"] == there.people["observer"]


def test_where_nobody_is_free_nobody_is_held(there: Consulting) -> None:
    first = there.propose(there.coordinator, participants=company(there, "observer")).id
    chairs_elsewhere(there)
    observer_elsewhere(there)
    with pytest.raises(ParticipantBusy) as refused:
        there.reply(first, "presenter")
    assert refused.value.facts["person"] == there.people["chair"]
    assert names_held(there) == {"chair", "observer"}


def test_who_is_busy_may_hesitate_but_not_accept(there: Consulting) -> None:
    chairs_elsewhere(there)
    made = there.propose(participants=company(there, "observer")).id
    assert there.reply(made, "chair", "tentative").state == "pending"
    assert names_held(there) == {"chair", "presenter", "observer"}
    with pytest.raises(ParticipantBusy):
        there.reply(made, "chair")
    assert there.reply(made, "chair", "declined").state == "pending"
    assert names_held(there) == {"chair", "presenter"}


def test_who_is_free_again_is_held_themselves_from_the_next_decision_on(there: Consulting) -> None:
    elsewhere = chairs_elsewhere(there)
    made = there.propose(participants=company(there, "observer")).id
    there.give("cancel_consultation", elsewhere, there.coordinator, reason="Not needed.")
    assert names_held(there) == {"presenter", "observer"}
    there.give("bring_case", made, case=there.case())
    there.reply(made, "chair", "tentative")
    assert names_held(there) == {"presenter", "chair"}


def test_time_alone_and_attendance_free_no_deputy_as_who_waits_for_them_would_not_hear_of_it(there: Consulting) -> None:
    elsewhere = chairs_elsewhere(there)
    made = there.propose(participants=company(there, "observer"), recurrence="FREQ=WEEKLY;COUNT=2").id
    there.give("cancel_consultation", elsewhere, there.coordinator, reason="Not needed.")
    there.pass_time(TUESDAY - timedelta(hours=12) - there.clock.now())
    assert len(told(there, events.SessionSoon)) == 1
    assert "observer" in names_held(there)
    there.clock.moment = TUESDAY
    there.give("record_attendance", made, slot=TUESDAY.isoformat(), attended=[there.people["presenter"]])
    assert "observer" in names_held(there)
