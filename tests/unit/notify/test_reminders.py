"""What people are reminded of and when, and that it follows whatever becomes of its subject."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from contracts.exchange.consultations import CONSULTATION_EVENTS
from contracts.exchange.v1 import AGREEMENT_EVENTS
from contracts.exchange.visits import VISIT_EVENTS
from services.notify.application.commands import remind
from services.notify.domain.purposes import is_urgent
from services.notify.domain.reminders.table import BY_KIND, FOLLOWED
from tests.unit.notify.reminding import Desk, Told, at, purposes, told_at
from tests.unit.notify.samples import told_of

VISIT = told_of("exchange.visit.booked.v1")[1].model_dump(mode="json")
VISITORS = set(VISIT["visitors"])
HOST, SENDING = set(VISIT["host_site"]["coordinators"]), set(VISIT["sending_site"]["coordinators"])
BOOKED = told_at("02-03 02:14", 2, "visit.booked")
"""To arrive in Kashgar on 4 May. There nine o'clock is 01:00 UTC, in Gilgit it is 04:00."""
ALL_OF_THE_BOOKING = {
    "arrival-of-you": ["04-20 04:00", "05-01 04:00", "05-03 04:00"],
    "arrival-of-yours": ["04-20 04:00"],
    "arrival-at-host": ["05-01 01:00"],
}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def proposed(moment: str = "02-02 04:30", version: int = 1, **replies: str) -> Told:
    """By 16 February 04:30 UTC, which is half past nine in Gilgit, `replies` are awaited or were given."""
    given = [{"party": party.replace("_", "-"), "status": status} for party, status in replies.items()]
    return told_at(moment, version, "visit.proposed", state="proposed", replies=given)


def test_every_event_with_the_full_state_of_a_subject_is_followed() -> None:
    wanted = {event.type for event in (*VISIT_EVENTS, *CONSULTATION_EVENTS, *AGREEMENT_EVENTS)}
    assert set(FOLLOWED) == wanted


def test_a_booked_visit_reminds_of_its_arrival_at_nine_of_whoever_is_reminded(desk: Desk) -> None:
    desk.hears(BOOKED)
    assert desk.moments == ALL_OF_THE_BOOKING
    assert purposes(desk.looks("04-20 04:00")) == {"arrival-near-for-you": VISITORS, "arrival-near": SENDING}
    assert purposes(desk.looks("05-01 01:00")) == {"arrival-near": HOST}
    assert purposes(desk.looks("05-01 04:00")) == {"arrival-near-for-you": VISITORS}
    assert purposes(desk.looks("05-03 04:00")) == {"arrival-near-for-you": VISITORS}
    assert desk.moments == {}


def test_what_was_past_before_the_booking_is_not_made_up_for(desk: Desk) -> None:
    desk.hears(told_at("05-02 10:00", 2, "visit.booked"))
    assert desk.moments == {"arrival-of-you": ["05-03 04:00"]}


def test_a_visit_that_moves_takes_its_moments_along(desk: Desk) -> None:
    desk.hears(BOOKED)
    days = {"planned_arrival": "2026-06-01", "planned_departure": "2026-06-10"}
    desk.hears(told_at("04-25 08:00", 3, "visit.rescheduled", state="booked", **days))
    assert desk.moments["arrival-of-you"] == ["05-18 04:00", "05-29 04:00", "05-31 04:00"]


def test_while_a_moved_visit_waits_for_replies_it_reminds_of_those_and_not_of_its_arrival(desk: Desk) -> None:
    desk.hears(BOOKED)
    desk.hears(told_at("03-10 07:12", 4, "visit.rescheduled"))
    assert desk.moments == {"reply-of-host": ["03-21 01:00", "03-23 01:00"]}


@pytest.mark.parametrize("end", ["cancelled", "noshow", "entered-in-error"])
def test_what_does_not_take_place_reminds_of_nothing_and_keeps_nothing_of_people(desk: Desk, end: str) -> None:
    desk.hears(BOOKED)
    desk.hears(told_at("04-25 08:00", 3, f"visit.{end}", state=end))
    assert desk.moments == {}
    assert desk.reminder.facts == {}
    assert (desk.reminder.state, desk.looks("05-03 04:00")) == ("over", [])


def test_who_withdrew_is_not_reminded(desk: Desk) -> None:
    desk.hears(BOOKED)
    desk.hears(told_at("04-25 08:00", 3, "visit.visitor-withdrew", state="booked", visitors=["per_stays"]))
    assert purposes(desk.looks("05-03 04:00"))["arrival-near-for-you"] == {"per_stays"}


def test_who_is_there_is_reminded_of_the_departure_as_it_is_planned_by_then(desk: Desk) -> None:
    desk.hears(BOOKED, told_at("05-04 03:20", 5, "visit.arrived"))
    assert desk.moments == {"departure-of-you": ["05-14 01:00"], "departure-at-host": ["05-14 01:00"]}
    desk.hears(told_at("05-10 03:20", 6, "visit.extended", state="arrived", planned_departure="2026-05-20"))
    assert purposes(desk.looks("05-19 01:00")) == {"departure-near-for-you": VISITORS, "departure-near": HOST}


def test_who_has_not_replied_is_reminded_and_nobody_else(desk: Desk) -> None:
    desk.hears(proposed(sending_site="needs-action", host_department="needs-action"))
    assert desk.moments == {
        "reply-of-host": ["02-13 01:00", "02-15 01:00"],
        "reply-of-sending": ["02-13 04:00", "02-15 04:00"],
    }
    desk.hears(proposed("02-10 10:00", 2, sending_site="accepted", host_department="needs-action"))
    assert desk.moments == {"reply-of-host": ["02-13 01:00", "02-15 01:00"]}
    assert purposes(desk.looks("02-13 01:00")) == {"reply-awaited": HOST}
    desk.hears(proposed("02-14 10:00", 3, sending_site="accepted", host_department="tentative"))
    assert desk.moments == {}


def test_an_earlier_event_that_does_not_say_who_is_asked_reminds_the_host(desk: Desk) -> None:
    desk.hears(told_at("02-02 04:30", 1, "visit.proposed", replies=None))
    assert set(desk.moments) == {"reply-of-host"}


def test_who_was_invited_to_a_consultation_and_has_not_answered_is_reminded(desk: Desk) -> None:
    asked = [{"person": f"per_{each}", "role": "specialist", "site": "sit_1", "required": True} for each in "abc"]
    answers = ("needs-action", "accepted", "tentative")
    participants = [each | {"status": said, "comes": None} for each, said in zip(asked, answers, strict=True)]
    by = {"participants": participants, "reply_by": "2026-05-20T06:00:00Z"}
    desk.hears(told_at("05-11 09:12", 1, "consultation.proposed", **by))
    # It is nine in Gilgit last; three hours before the end the clock does not count.
    assert desk.moments == {"consultation-reply": ["05-18 04:00", "05-19 04:00", "05-20 03:00"]}
    assert purposes(desk.looks("05-18 04:00")) == {"consultation-reply-awaited": {"per_a"}}
    desk.hears(told_at("05-18 09:12", 2, "consultation.booked", **by | {"state": "booked"}))
    assert desk.moments == {}


def test_an_agreement_reminds_the_coordinators_of_every_partner_of_its_end(desk: Desk) -> None:
    desk.hears(told_at("01-01 08:05", 4, "agreement.took-effect", in_effect_until="2026-12-31"))
    assert desk.moments == {"agreement-end": ["10-02 04:00", "12-01 04:00", "12-24 04:00"]}
    desk.hears(told_at("03-01 09:12", 6, "agreement.terminated", in_effect_until="2026-12-31", last_day="2026-06-30"))
    assert desk.moments == {"agreement-end": ["04-01 04:00", "05-31 04:00", "06-23 04:00"]}
    told = purposes(desk.looks("05-31 04:00"))
    assert {person for partner in desk.reminder.facts["partners"] for person in partner["coordinators"]} == told[
        "agreement-ends-soon"
    ]


def test_an_older_event_does_not_overwrite_what_a_newer_one_said(desk: Desk) -> None:
    desk.hears(told_at("04-25 08:00", 3, "visit.cancelled"))
    desk.hears(BOOKED)
    assert desk.moments == {}


def test_nobody_is_reminded_twice_whatever_is_heard_afterwards(desk: Desk) -> None:
    desk.hears(BOOKED)
    assert desk.looks("04-20 04:00")
    desk.hears(told_at("04-21 08:00", 3, "visit.note-added", state="booked"))
    assert desk.moments == {"arrival-of-you": ["05-01 04:00", "05-03 04:00"], "arrival-at-host": ["05-01 01:00"]}
    assert desk.looks("04-21 08:00") == []


def test_what_comes_between_a_moment_and_its_worker_loses_nothing(desk: Desk) -> None:
    desk.hears(BOOKED)
    desk.hears(told_at("04-20 15:00", 3, "visit.note-added", state="booked"))
    assert purposes(desk.looks("04-20 16:00")) == {"arrival-near-for-you": VISITORS, "arrival-near": SENDING}


@pytest.mark.parametrize(
    ("looked", "told"),
    [
        ("04-21 04:00", {"arrival-near-for-you": 1, "arrival-near": 1}),
        ("05-03 15:59", {"arrival-near-for-you": 1, "arrival-near": 2}),
        ("05-03 16:00", {}),
    ],
    ids=["a day late", "when three are due, before it is the day of the arrival at the host", "when it is"],
)
def test_a_late_worker_reminds_once_and_only_where_it_still_makes_sense(
    desk: Desk, looked: str, told: dict[str, int]
) -> None:
    desk.hears(BOOKED)
    queued = desk.looks(looked)
    causes: dict[str, set[str]] = {}
    for each in queued:
        causes.setdefault(each.purpose, set()).add(each.cause.event)
    assert {purpose: len(events) for purpose, events in causes.items()} == told
    assert desk.looks(looked) == []


def test_of_two_workers_that_found_the_same_moment_the_slower_one_does_nothing(desk: Desk) -> None:
    desk.hears(BOOKED)
    assert desk.looks("04-20 04:00")
    queued, written = set(desk.notifications.kept), desk.reminders.load(desk.reminder.id).version
    remind(desk.reminder.id, Context("another", SYSTEM, at("04-20 04:00")), desk.reminders, desk.notifications)
    assert set(desk.notifications.kept) == queued
    assert desk.reminders.load(desk.reminder.id).version == written


def test_one_that_dies_before_it_notes_what_it_told_queues_nothing_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hears(BOOKED)

    def die(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(desk.reminders, "save", die)
        with pytest.raises(SystemExit):
            desk.looks("04-20 04:00")
    queued = set(desk.notifications.kept)
    assert len(queued) == len(VISITORS | SENDING)
    assert desk.looks("04-20 04:01") == []
    assert set(desk.notifications.kept) == queued


def test_a_reminder_stands_in_the_chain_of_the_last_event_and_is_caused_by_its_timer(desk: Desk) -> None:
    later = told_at("04-01 08:00", 3, "visit.note-added", state="booked")
    desk.hears(BOOKED, later)
    told = desk.looks("04-20 04:00")
    cause = next(each.cause for each in told if each.purpose == "arrival-near-for-you")
    assert cause.event == derived(desk.reminder.id, "arrival-of-you", "2026-04-20T04:00:00+00:00")
    assert (cause.correlation, cause.traceparent) == (later[0].correlationid, later[0].traceparent)
    assert (cause.about, cause.version) == (later[0].subject_id, later[0].subject_version)


def test_also_who_decided_it_is_reminded(desk: Desk) -> None:
    (mover,) = HOST
    desk.hears(told_at("02-10 08:00", 3, "visit.rescheduled", state="booked", by=mover))
    assert mover in purposes(desk.looks("05-08 01:00"))["arrival-near"]


@pytest.mark.parametrize(
    ("purpose", "facts", "presses"),
    [
        ("arrival-near-for-you", {"planned_arrival": "2026-05-04"}, "05-02 00:00"),
        ("departure-near", {"planned_departure": "2026-05-15"}, "05-13 00:00"),
        ("reply-awaited", {"reply_by": "2026-02-16T04:30:00Z"}, "02-14 04:30"),
        ("consultation-reply-awaited", {"reply_by": "2026-02-16T04:30:00Z"}, "02-14 04:30"),
        ("step-near", {"deadline": "2026-05-18"}, "05-16 00:00"),
    ],
)
def test_no_digest_holds_back_what_is_two_days_away(purpose: str, facts: dict[str, str], presses: str) -> None:
    assert is_urgent(purpose, facts, at(presses))
    assert not is_urgent(purpose, facts, at(presses) - timedelta(minutes=1))


def test_the_page_for_readers_has_the_same_table() -> None:
    page = (Path(__file__).parents[3] / "docs/notify/reminders.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)`: [^|]+\|[^|]+\|([^|]+)\|[^|]+\| `([a-z-]+)` \|$", page, re.MULTILINE)
    written = {kind: (tuple(map(int, re.findall(r"\d+", ahead))), purpose) for kind, ahead, purpose in rows}
    assert written == {kind: ((*row.days, *row.hours), row.line.purpose) for kind, row in BY_KIND.items()}
