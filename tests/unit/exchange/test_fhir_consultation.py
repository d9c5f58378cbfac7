"""A consultation's life as another hospital's system reads it, from the first answer to the session that was missed."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import OBSERVER, Actor
from services.exchange.application import queries
from services.exchange.domain.diary.naming import name_of, role_name
from tests.consulting import TUESDAY, Consulting
from tests.fhir_judge import complaints

WEEK = timedelta(days=7)
FIRST, SECOND, THIRD = (TUESDAY + number * WEEK for number in range(3))
Json = dict[str, Any]


def read(there: Consulting, type_: str, *asked: tuple[str, str], site: str = "hotan") -> list[Json]:
    """What a system of the site finds, each judged."""
    system = Actor("sys_his", frozenset({OBSERVER}), frozenset({there.sites[site]}))
    fields = {"resource_type": type_, "parameters": asked, "base": "https://khunjerab.example/fhir"}
    page = there.exchange.fhir_search(parsed(queries.AskFhirSearch, fields), system)
    assert complaints(page) == []
    return [each["resource"] for each in page.get("entry", [])]


def statuses(there: Consulting) -> list[str]:
    return [each["status"] for each in read(there, "Appointment")]


def people(appointment: Json) -> dict[str, str]:
    """Status by the name of who takes part."""
    return {each["actor"]["display"]: each["status"] for each in appointment["participant"]}


def busy(there: Consulting, who: str, site: str) -> list[tuple[str, str]]:
    schedule = ("schedule", role_name(there.people[who], there.sites[site]))
    found = read(there, "Slot", schedule, ("start", "2026-03-10"), ("status", "busy,busy-tentative"), site=site)
    return [(each["status"], each["start"]) for each in found]


def test_answers_make_it_pending_then_booked_and_hold_the_time_of_who_comes(there: Consulting) -> None:
    made = there.propose(by=there.coordinator).id
    (proposed,) = read(there, "Appointment")
    assert (proposed["status"], "slot" in proposed) == ("proposed", False)
    assert set(people(proposed).values()) == {"needs-action"}
    there.reply(made, "chair")
    (pending,) = read(there, "Appointment", ("status", "pending"))
    assert people(pending)["Chair"] == "accepted"
    assert busy(there, "interpreter", "kashgar") == [("busy-tentative", "2026-03-10T14:00:00+08:00")]
    assert busy(there, "specialist", "hotan") == [], "an optional one's time is held once they accept"
    presenter = there.people["presenter"]
    there.give("reply_to_consultation", made, there.actor("deputy"), participant=presenter, status="accepted")
    there.reply(made, "interpreter")
    (booked,) = read(there, "Appointment", ("status", "booked"))
    assert people(booked) == {
        "Chair": "accepted", "Presenter": "declined", "Deputy": "accepted", "Interpreter": "accepted",
        "Specialist": "needs-action",
    }  # fmt: skip
    assert busy(there, "deputy", "gilgit") == [("busy", "2026-03-10T11:00:00+05:00")]
    assert busy(there, "presenter", "gilgit") == []
    said = read(there, "AppointmentResponse", ("appointment", booked["id"]))
    assert {each["actor"]["display"]: each["participantStatus"] for each in said} == {
        "Chair": "accepted", "Presenter": "declined", "Interpreter": "accepted",
    }  # fmt: skip
    assert read(there, "Appointment", site="kashgar") == read(there, "Appointment", site="gilgit") == [booked]


@pytest.mark.parametrize(("asked", "ends"), [({}, "13:30"), ({"minutes": 45}, "13:15")], ids=str)
def test_another_time_that_somebody_asks_for_is_told_with_its_end(
    there: Consulting, asked: dict[str, int], ends: str
) -> None:
    made = there.propose().id
    there.reply(made, "chair", "tentative", begins="2026-03-10T07:30:00Z", **asked)
    (booked,) = read(there, "Appointment")
    said = read(there, "AppointmentResponse", ("appointment", booked["id"]))
    assert {(each.get("start"), each.get("end")) for each in said if each["participantStatus"] == "tentative"} == {
        ("2026-03-10T12:30:00+05:00", f"2026-03-10T{ends}:00+05:00")
    }


def test_each_session_of_a_series_goes_its_own_way_under_the_name_that_it_always_had(there: Consulting) -> None:
    made = there.booked(recurrence="FREQ=WEEKLY;COUNT=3")
    names = [f"{name_of(made)}.{each:%Y%m%dT%H%MZ}" for each in (FIRST, SECOND, THIRD)]
    assert [each["id"] for each in read(there, "Appointment")] == names
    later = (SECOND + timedelta(hours=1)).isoformat()
    there.give("move_session", made, slot=SECOND.isoformat(), begins=later, reason="The theatre.")
    told = {each["id"]: each for each in read(there, "Appointment", ("date", "2026-03-17"))}
    assert told.keys() == {names[1]}
    assert told[names[1]]["start"] == "2026-03-17T12:00:00+05:00"
    there.give("cancel_session", made, slot=THIRD.isoformat(), reason="A holiday.")
    assert [each["id"] for each in read(there, "Appointment", ("status", "cancelled"))] == [names[2]]
    there.pass_time(WEEK + timedelta(days=2))
    there.give("mark_session_missed", made, slot=FIRST.isoformat(), reason="Nobody came.")
    assert [each["id"] for each in read(there, "Appointment", ("status", "noshow"))] == [names[0]]


def test_one_that_is_called_off_holds_nothing_any_more(there: Consulting) -> None:
    made = there.booked()
    assert busy(there, "chair", "kashgar")
    there.give("cancel_consultation", made, reason="Nobody can come.")
    assert (statuses(there), busy(there, "chair", "kashgar")) == (["cancelled"], [])
    assert "Nobody can come" not in str(read(there, "Appointment"))
    assert "Cyst" not in str(read(there, "Appointment"))


def test_one_that_waits_for_a_time_is_on_the_waiting_list_and_holds_nothing(there: Consulting) -> None:
    there.booked()
    waiting = there.propose(wait=True).id
    assert statuses(there) == ["booked", "waitlist"]
    (waits,) = read(there, "Appointment", ("status", "waitlist"))
    assert (waits["id"].startswith(name_of(waiting)), "slot" in waits) == (True, False)
    assert len(busy(there, "chair", "kashgar")) == 1


def deputy_instead_of_others(there: Consulting) -> list[Json]:
    deputy = {"person_id": there.people["deputy"], "role": "presenter", "site_id": there.sites["gilgit"]}
    return [*there.participants("chair", "observer"), deputy]


def change(there: Consulting, made: str, what: str) -> None:
    """What others do of the sessions that are still to come."""
    match what:
        case "they are asked again":
            later: Json = {"begins": (SECOND + timedelta(hours=1)).isoformat(), "minutes": 60, "zone": "Asia/Karachi"}
            there.give(
                "reschedule_consultation", made, **later, recurrence="FREQ=WEEKLY;COUNT=2", reason="The theatre."
            )
        case "others take part":
            participants = deputy_instead_of_others(there)
            there.give("change_participants", made, participants=participants, reason="They are away.")
        case "one declines":
            there.reply(made, "chair", "declined")


def ended(there: Consulting, how: str) -> str:
    """A series of which the first session is over."""
    made = there.booked(recurrence="FREQ=WEEKLY;COUNT=3")
    there.pass_time(FIRST + timedelta(hours=2) - there.clock.now())
    if how == "fulfilled":
        attended = [there.people["chair"], there.people["presenter"]]
        there.give("close_session", made, slot=FIRST.isoformat(), attended=attended)
    else:
        there.give("mark_session_missed", made, slot=FIRST.isoformat(), reason="Nobody came.")
    return made


@pytest.mark.parametrize("how", ["fulfilled", "noshow"])
@pytest.mark.parametrize("what", ["they are asked again", "others take part", "one declines"])
def test_a_session_that_is_over_keeps_who_took_part_whatever_becomes_of_the_others(
    there: Consulting, how: str, what: str
) -> None:
    made = ended(there, how)
    (before,) = read(there, "Appointment", ("status", how))
    said = read(there, "AppointmentResponse", ("appointment", before["id"]))
    change(there, made, what)
    system = ("status", how), ("date", "2026-03-10")
    (after,) = read(there, "Appointment", *system)
    same = ("participant", "contained", "start", "status")
    assert [after.get(each) for each in same] == [before.get(each) for each in same]
    answers = read(there, "AppointmentResponse", ("appointment", before["id"]))
    assert [each["participantStatus"] for each in answers] == [each["participantStatus"] for each in said]
    assert read(there, "Appointment", ("status", how)) == [after], "also where no date is named"


def test_whoever_was_at_a_session_finds_it_when_they_take_part_no_more_and_who_came_later_does_not(
    there: Consulting,
) -> None:
    change(there, ended(there, "fulfilled"), "others take part")
    for who, site, found in (("presenter", "gilgit", 1), ("specialist", "hotan", 1), ("observer", "kashgar", 0)):
        role = role_name(there.people[who], there.sites[site])
        assert len(read(there, "Appointment", ("practitioner", role), ("status", "fulfilled"), site=site)) == found, who
    assert statuses(there) == ["fulfilled"], "Hotan is told of no session to which nobody of it is to come"


def test_the_session_is_under_way_of_which_attendance_is_recorded(there: Consulting) -> None:
    made = there.booked(recurrence="FREQ=WEEKLY;COUNT=2")
    there.give("move_session", made, slot=FIRST.isoformat(), begins=THIRD.isoformat(), reason="The theatre.")
    there.pass_time(SECOND + timedelta(minutes=30) - there.clock.now())
    there.give("record_attendance", made, slot=SECOND.isoformat(), attended=[there.people["chair"]])
    told = [(each["start"], each["status"]) for each in read(there, "Appointment")]
    assert told == [("2026-03-17T11:00:00+05:00", "arrived"), ("2026-03-24T11:00:00+05:00", "booked")]


def test_whoever_is_asked_again_has_said_nothing_yet(there: Consulting) -> None:
    made = there.booked(recurrence="FREQ=WEEKLY;COUNT=2")
    begins = (FIRST + timedelta(days=1)).isoformat()
    there.give("move_session", made, there.actor("chair"), slot=FIRST.isoformat(), begins=begins, reason="The theatre.")
    moved, *_ = read(there, "Appointment")
    said = read(there, "AppointmentResponse", ("appointment", moved["id"]))
    assert [(each["actor"]["display"], each["participantStatus"]) for each in said] == [("Chair", "accepted")]


def test_what_is_said_of_the_rest_while_a_session_is_under_way_is_not_said_of_it(there: Consulting) -> None:
    made = there.booked(recurrence="FREQ=WEEKLY;COUNT=2")
    there.pass_time(FIRST + timedelta(minutes=30) - there.clock.now())
    for who in ("chair", "specialist"):
        there.reply(made, who, "declined")
    under_way, later = read(there, "Appointment")
    assert (people(under_way)["Chair"], people(later)["Chair"]) == ("accepted", "declined")
    there.give("close_session", made, slot=FIRST.isoformat(), attended=[there.people["chair"]])
    held, _ = read(there, "Appointment")
    assert (people(held)["Chair"], people(held)["Specialist"]) == ("accepted", "needs-action")
    said = read(there, "AppointmentResponse", ("appointment", held["id"]))
    assert "Specialist" not in {each["actor"]["display"] for each in said}


def test_a_deputy_whom_nobody_announced_takes_part_once_they_were_there(there: Consulting) -> None:
    made = there.booked()
    deputy = ("practitioner", role_name(there.people["deputy"], there.sites["gilgit"]))
    assert read(there, "Appointment", deputy) == []
    there.pass_time(FIRST + timedelta(minutes=30) - there.clock.now())
    there.give("close_session", made, attended=[there.people["chair"], there.people["deputy"]])
    (held,) = read(there, "Appointment", deputy)
    assert people(held)["Deputy"] == "accepted"
