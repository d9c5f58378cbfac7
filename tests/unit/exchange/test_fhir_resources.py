"""Every booking as FHIR has it: valid, true to its invariants, the same in every value, and not a word more."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as whatever
from hypothesis import settings

from services.exchange.adapters.fhir import FhirResources
from services.exchange.application.diary.sought import PARAMETERS
from services.exchange.application.ports.diary import Entry, Known, Page
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.consultation import holds as consultation_holds
from services.exchange.domain.consultations.ending import as_it_met
from services.exchange.domain.consultations.participants import Participant, with_deputies
from services.exchange.domain.consultations.quarters import key_of, quarters
from services.exchange.domain.consultations.sessions import PLANNED, Session
from services.exchange.domain.diary.conferring import of_consultation, status_of
from services.exchange.domain.diary.meetings import Meeting, Stamp
from services.exchange.domain.diary.naming import role_name
from services.exchange.domain.diary.times import held
from services.exchange.domain.diary.visiting import of_visit
from services.exchange.domain.parties import Reply
from services.exchange.domain.visit import PENDING, Visit, person_key
from services.exchange.domain.visit import holds as visit_holds
from tests.fhir_judge import broken, complaints
from tests.unit.exchange import given
from tests.unit.exchange.diary_bookings import PEOPLE, SECRET, consultations, knowns, person, stamps, visits

FHIR = FhirResources()
a_while = settings(max_examples=60)
Json = dict[str, Any]


def everything_of(meeting: Meeting, known: Known) -> list[Json]:
    """All that is told of the meeting."""
    told = [FHIR.appointment(meeting, known)]
    for attendee in meeting.attendees:
        if attendee.said:
            told.append(FHIR.response(meeting, attendee, known))
        if attendee.site and (time := held(meeting, attendee, known.sites[attendee.site])):
            told.append(FHIR.slot(time))
    return told


def meeting_of(visit: Visit, known: Known, stamp: Stamp) -> Meeting:
    return of_visit(visit, known.sites[visit.host_site], stamp)


@a_while
@whatever(visits(), knowns, stamps)
def test_a_visit_in_whatever_state_is_told_validly_and_nothing_written_freely_is(
    visit: Visit, known: Known, stamp: Stamp
) -> None:
    told = everything_of(meeting_of(visit, known, stamp), known)
    assert [each for resource in told for each in complaints(resource)] == []
    assert SECRET not in json.dumps(told)


@a_while
@whatever(consultations(), knowns, stamps)
def test_a_consultation_in_whatever_state_is_told_validly_and_nothing_written_freely_is(
    consultation: Consultation, known: Known, stamp: Stamp
) -> None:
    told = [each for meeting in of_consultation(consultation, stamp) for each in everything_of(meeting, known)]
    assert [each for resource in told for each in complaints(resource)] == []
    assert SECRET not in json.dumps(told)


@a_while
@whatever(visits(), knowns, stamps)
def test_an_appointment_is_the_visit(visit: Visit, known: Known, stamp: Stamp) -> None:
    told = FHIR.appointment(meeting_of(visit, known, stamp), known)
    start, end = (datetime.fromisoformat(told[edge]) for edge in ("start", "end"))
    host = ZoneInfo(known.sites[visit.host_site].zone)
    first, behind = visit.planned_arrival, visit.planned_departure + timedelta(days=1)
    # As written, without any zone: whoever reads the text sees the host's calendar.
    assert (told["start"][:16], told["end"][:16]) == (f"{first}T00:00", f"{behind}T00:00")
    assert start == datetime(first.year, first.month, first.day, tzinfo=host)
    assert end == datetime(behind.year, behind.month, behind.day, tzinfo=host)
    assert told["status"] == visit.state
    assert datetime.fromisoformat(told["created"]) == stamp.made_at
    assert told["id"] == visit.id.replace("_", "-")
    assert told["meta"]["versionId"] == str(stamp.version)
    assert datetime.fromisoformat(told["meta"]["lastUpdated"]) == stamp.changed_at
    assert participants_of(told) == visitors_of(visit) | parties_of(visit)


def participants_of(told: Json) -> dict[str, str]:
    """Status by whom: a person's role, or the word for a party."""
    roles = [(each["type"][0]["coding"][0]["code"], each) for each in told["participant"]]
    return {each["actor"]["reference"] if role == "visitor" else role: each["status"] for role, each in roles}


def visitors_of(visit: Visit) -> dict[str, str]:
    return {
        f"PractitionerRole/{role_name(each.person, visit.sending_site)}": "declined" if each.withdrawn else "accepted"
        for each in visit.visitors
    }


def parties_of(visit: Visit) -> dict[str, str]:
    return dict.fromkeys(visit.needs, "needs-action") | {party: each.status for party, each in visit.replies.items()}


@a_while
@whatever(visits(), knowns, stamps)
def test_a_response_is_a_party_s_reply_with_the_days_that_it_asks_for(visit: Visit, known: Known, stamp: Stamp) -> None:
    meeting = meeting_of(visit, known, stamp)
    told = {each.key: FHIR.response(meeting, each, known) for each in meeting.attendees if each.said}
    assert {party: each["participantStatus"] for party, each in told.items()} == {
        party: each.status for party, each in visit.replies.items()
    }
    for party, reply in visit.replies.items():
        asked = (reply.arrival, reply.departure and reply.departure + timedelta(days=1))
        assert tuple(told[party].get(edge, "")[:10] for edge in ("start", "end")) == tuple(
            each.isoformat() if each else "" for each in asked
        )


@a_while
@whatever(visits(), knowns, stamps)
def test_slots_of_a_visit_are_the_days_that_it_holds(visit: Visit, known: Known, stamp: Stamp) -> None:
    meeting = meeting_of(visit, known, stamp)
    host = ZoneInfo(known.sites[visit.host_site].zone)
    keys = set()
    for slot in slots_of(meeting, known):
        begins, ends = (datetime.fromisoformat(slot[edge]).astimezone(host).date() for edge in ("start", "end"))
        keys |= {person_key(holder_of(slot), begins + timedelta(days=number)) for number in range((ends - begins).days)}
        assert slot["status"] == ("busy-tentative" if visit.state == PENDING else "busy")
    assert keys == {key for key in visit_holds(visit) if key.startswith("person:")}


@a_while
@whatever(consultations(), knowns, stamps)
def test_slots_of_a_session_are_the_quarters_that_it_holds(
    consultation: Consultation, known: Known, stamp: Stamp
) -> None:
    keys = [
        key_of("person", holder_of(slot), quarter)
        for meeting in of_consultation(consultation, stamp)
        for slot in slots_of(meeting, known)
        for quarter in quarters(*(datetime.fromisoformat(slot[edge]) for edge in ("start", "end")))
    ]
    assert sorted(set(keys)) == sorted(key for key in consultation_holds(consultation) if key.startswith("person:"))


def slots_of(meeting: Meeting, known: Known) -> list[Json]:
    told = everything_of(meeting, known)
    named = {each["reference"] for each in told[0].get("slot", [])}
    slots = [each for each in told if each["resourceType"] == "Slot"]
    assert {f"Slot/{each['id']}" for each in slots} == named, "an appointment names each of its slots, and no other"
    return slots


def holder_of(slot: Json) -> str:
    role = slot["schedule"]["reference"].removeprefix("Schedule/")
    sites = (given.GILGIT, given.KASHGAR)
    return next(each for each in PEOPLE if role in {role_name(each, site) for site in sites})


@a_while
@whatever(consultations(), knowns, stamps)
def test_an_appointment_is_the_session(consultation: Consultation, known: Known, stamp: Stamp) -> None:
    meetings = of_consultation(consultation, stamp)
    told = [FHIR.appointment(meeting, known) for meeting in meetings]
    assert len({each["id"] for each in told}) == len(consultation.sessions)
    for session, each in zip(consultation.sessions, told, strict=True):
        assert datetime.fromisoformat(each["start"]) == session.begins
        assert datetime.fromisoformat(each["end"]) == session.ends
        assert each["start"][:16] == session.begins.astimezone(ZoneInfo(consultation.zone)).isoformat()[:16]
        assert each["minutesDuration"] == (session.ends - session.begins).total_seconds() / 60
        assert each["id"].endswith(f".{session.slot:%Y%m%dT%H%MZ}")
        assert ("priority" in each) == consultation.urgent


@a_while
@whatever(consultations(), knowns, stamps)
def test_whoever_takes_part_in_a_session_has_said_what_they_said(
    consultation: Consultation, known: Known, stamp: Stamp
) -> None:
    for session, meeting in zip(consultation.sessions, of_consultation(consultation, stamp), strict=True):
        told = {each.person: each for each in meeting.attendees if each.person}
        met = as_it_met(consultation, session)
        for participant in met.participants:
            answer = met.answer(participant.person, session)
            stands_in = answer.deputy if answer and answer.status != "declined" else None
            status = "declined" if stands_in else answer.status if answer else "needs-action"
            assert told[participant.person].status == status
            assert (told[participant.person].said is None) == (status == "needs-action")
            assert stands_in is None or stands_in in told
        coming = {met.comes(each, session) for each in met.participants} - {None}
        came = set(session.attended or ()) & {*with_deputies(met.participants)}
        assert told.keys() == coming | came | {each.person for each in met.participants}
        assert meeting.sites == set(met.sites)


@a_while
@whatever(consultations(), stamps)
def test_a_session_has_its_own_word_once_it_has_one(consultation: Consultation, stamp: Stamp) -> None:
    for session, meeting in zip(consultation.sessions, of_consultation(consultation, stamp), strict=True):
        if consultation.state == "entered-in-error":
            assert meeting.status == "entered-in-error"
        elif session.state != PLANNED:
            assert meeting.status == session.state
        elif consultation.state == "arrived":
            assert meeting.status == ("booked" if session.attended is None else "arrived")
        else:
            assert meeting.status == consultation.state


def test_of_a_consultation_under_way_only_the_session_of_which_attendance_is_recorded_is() -> None:
    at = given.NOW
    sessions = [
        Session(at, at, at + timedelta(hours=1), state, attended=attended)
        for state, attended in (("fulfilled", (PEOPLE[0],)), (PLANNED, None), (PLANNED, ()), (PLANNED, None))
    ]
    assert [status_of("arrived", each) for each in sessions] == ["fulfilled", "booked", "arrived", "booked"]
    assert [status_of("pending", each) for each in sessions] == ["fulfilled", "pending", "pending", "pending"]
    assert [status_of("entered-in-error", each) for each in sessions] == ["entered-in-error"] * 4


def test_a_party_is_the_place_where_it_is_or_a_kind_alone() -> None:
    visit = given.visit(needs=("sending-site", "host-department", "authority"), replies={})
    known = Known({}, {given.KASHGAR: given.site(), given.GILGIT: given.site(id=given.GILGIT, names={"en": "Gilgit"})})
    told = FHIR.appointment(of_visit(visit, given.site(), Stamp(1, given.NOW, given.NOW)), known)
    places = {each["id"]: each["managingOrganization"]["reference"] for each in told["contained"]}
    assert places == {"sending-site": "Organization/sit-gilgit", "host-department": "Organization/dep-surgery"}
    actors = [each.get("actor", {}).get("display") for each in told["participant"]]
    assert actors == [None, "Gilgit", "Surgery", None]


def test_an_hour_that_a_clock_goes_through_twice_is_an_hour() -> None:
    begins = datetime(2027, 10, 31, 0, 45, tzinfo=UTC)
    session = Session(begins, begins, begins + timedelta(minutes=30))
    board = Consultation(
        "con_1", "booked", "agr_1", "cnd_1", "telemedicine", "Board", "per_ali", (given.GILGIT,), "Europe/Berlin",
        (Participant("per_ali", "chair", given.GILGIT),), (session,), begins,
    )  # fmt: skip
    (meeting,) = of_consultation(board, Stamp(1, given.NOW, given.NOW))
    told = FHIR.appointment(meeting, Known({}, {}))
    assert (told["start"], told["end"]) == ("2027-10-31T02:45:00+02:00", "2027-10-31T02:15:00+01:00")
    assert told["minutesDuration"] == 30


def test_who_declined_is_told_of_a_visit_that_was_called_off_and_of_no_other() -> None:
    declined = {"host-department": Reply("declined", "per_ali", given.NOW, SECRET)}
    called_off = given.visit("cancelled", replies=declined)
    stamp = Stamp(3, given.NOW, given.NOW)
    known = Known({}, {given.KASHGAR: given.site(), given.GILGIT: given.site(id=given.GILGIT)})
    told = FHIR.appointment(of_visit(called_off, given.site(), stamp), known)
    assert told["cancelationReason"]["text"] == "host department"
    pending = given.visit("proposed", replies=declined)
    assert "cancelationReason" not in FHIR.appointment(of_visit(pending, given.site(), stamp), known)


def test_sites_departments_and_people_are_told_validly() -> None:
    stamp = Stamp(2, given.NOW, given.NOW)
    site = given.site(names={"en": "Kashgar", "zh": "喀什"})
    who = Entry(stamp, person(PEOPLE[0]))
    told = [
        FHIR.site(Entry(stamp, site)),
        FHIR.department(Entry(stamp, site), "dep_surgery"),
        FHIR.role(who, given.site(id=given.GILGIT)),
        FHIR.schedule(who, given.site(id=given.GILGIT)),
    ]
    assert [each for resource in told for each in complaints(resource)] == []
    organization, department, role, schedule = told
    assert (organization["name"], organization["alias"]) == ("Kashgar", ["喀什"])
    assert department["partOf"]["reference"] == f"Organization/{organization['id']}" == "Organization/sit-kashgar"
    assert role["practitioner"] == {"display": "Person 1"}
    assert role["active"] is schedule["active"] is True
    assert schedule["actor"][0]["reference"] == f"PractitionerRole/{role['id']}"
    assert FHIR.role(who, site)["active"] is False, "they have left, or never were there"
    assert SECRET not in json.dumps(told)


def test_what_can_be_asked_is_told_validly() -> None:
    told = FHIR.capabilities("https://khunjerab.example/fhir", PARAMETERS)
    assert complaints(told) == []
    assert [each["type"] for each in told["rest"][0]["resource"]] == list(PARAMETERS)
    assert told["fhirVersion"] == "4.0.1"
    asked = {each["type"]: [one["name"] for one in each["searchParam"]] for each in told["rest"][0]["resource"]}
    assert asked == {type_: list(names) for type_, names in PARAMETERS.items()}


def test_a_page_is_told_validly_with_and_without_more() -> None:
    resources = [FHIR.site(Entry(Stamp(1, given.NOW, given.NOW), given.site()))]
    asked = [("name", "Kashgar,喀什"), ("_after", "x"), ("_count", "1")]
    told = FHIR.bundle(Page("https://k.example/fhir", "Organization", asked, resources, 7, "sit-kashgar"))
    assert complaints(told) == []
    assert told["entry"][0]["fullUrl"] == "https://k.example/fhir/Organization/sit-kashgar"
    assert [each["relation"] for each in told["link"]] == ["self", "next"]
    assert told["link"][1]["url"].endswith("&_count=1&_after=sit-kashgar")
    nothing = FHIR.bundle(Page("https://k.example/fhir", "Slot", [], [], 0))
    assert complaints(nothing) == []
    assert nothing == {
        "resourceType": "Bundle", "type": "searchset", "total": 0,
        "link": [{"relation": "self", "url": "https://k.example/fhir/Slot"}],
    }  # fmt: skip


GOOD: Json = {
    "resourceType": "Appointment",
    "id": "vis-1",
    "status": "booked",
    "start": "2026-04-06T00:00:00+08:00",
    "end": "2026-04-09T00:00:00+08:00",
    "participant": [{"status": "accepted", "type": [{"text": "visitor"}]}],
}


@pytest.mark.parametrize(
    ("different", "seen"),
    [
        ({"participant": [{"status": "accepted"}]}, "app-1"),
        ({"end": None}, "app-2"),
        ({"start": None, "end": None}, "app-3"),
        ({"cancelationReason": {"text": "x"}}, "app-4"),
        ({"contained": [{"resourceType": "Location", "id": "x"}]}, "dom-3"),
        ({"status": "begun"}, "status"),
        ({"start": "2026-04-06"}, "start"),
        ({"id": "vis_1"}, "id"),
        ({"purpose": "x"}, "purpose"),
    ],
)
def test_the_judge_sees_what_is_wrong(different: Json, seen: str) -> None:
    assert complaints(GOOD) == []
    wrong = {name: value for name, value in (GOOD | different).items() if value is not None}
    assert any(seen in each for each in complaints(wrong))
    assert seen in {*broken(wrong), "status", "start", "id", "purpose"}


def test_a_visit_s_days_are_the_host_s_even_where_a_clock_is_changed() -> None:
    changing = given.site(zone="Europe/Berlin")
    visit = given.visit("booked", planned_arrival=date(2026, 3, 28), planned_departure=date(2026, 3, 29))
    meeting = of_visit(visit, changing, Stamp(1, given.NOW, given.NOW))
    known = Known({}, {given.KASHGAR: changing, given.GILGIT: given.site(id=given.GILGIT)})
    told = FHIR.appointment(meeting, known)
    assert (told["start"], told["end"]) == ("2026-03-28T00:00:00+01:00", "2026-03-30T00:00:00+02:00")
