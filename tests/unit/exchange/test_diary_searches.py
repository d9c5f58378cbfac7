"""What a search of the diary finds, for whom, page by page, and how it refuses."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.errors import InvalidCommand, NotAllowed, Refusal, Unknown
from services.exchange.application import queries
from services.exchange.application.diary import appointments
from services.exchange.application.diary.sought import MOST_ON_A_PAGE, PARAMETERS, USUALLY_ON_A_PAGE
from services.exchange.domain.calendar import Season
from services.exchange.domain.consultations.participants import CHAIR, Answer, Participant
from services.exchange.domain.diary.refusals import (
    InvalidParameter,
    ParameterNeeded,
    TooManyFound,
    UnknownParameter,
    UnknownResourceType,
)
from services.exchange.domain.holidays import Holiday
from services.exchange.domain.words import Names
from tests.fhir_judge import complaints
from tests.unit.exchange import given
from tests.unit.exchange.diary_desk import BASE, MEETS, Json, Reading

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
APRIL = (("date", "ge2026-04-01"), ("date", "lt2026-05-01"))


@pytest.fixture
def reading() -> Reading:
    return Reading()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([("date", "2026-04-06")], True),
        ([("date", "2026-04")], True),
        ([("date", "2026-04-05")], False),
        ([("date", "ge2026-04-06"), ("date", "le2026-04-06")], True),
        ([("date", "ge2026-04-07")], False),
        ([("date", "lt2026-04-06")], False),
        ([("date", "2026-04-05,2026-04-06")], True),
        ([("date", "ge2026-05"), ("date", "le2026-03")], False),
        ([("date", "2026-04-05T16:00Z")], True),
        ([("date", "2026-04-06T00:00+08:00")], True),
        ([("date", "2026-04-06T00:00 08:00")], True),
        ([("date", "2026-04-06T00:00+05:00")], False),
        ([("status", "booked")], True),
        ([("status", "http://hl7.org/fhir/appointmentstatus|booked")], True),
        ([("status", "cancelled,booked")], True),
        ([("status", "cancelled"), ("status", "booked")], False),
        ([("status", "checked-in")], False),
        ([("date", "2026-04-06"), ("status", "pending")], False),
    ],
)
def test_a_visit_is_found_by_the_day_on_which_it_begins_at_the_host_and_by_its_status(
    reading: Reading, asked: list[tuple[str, str]], found: bool
) -> None:
    name, _ = reading.book(arrival=date(2026, 4, 6))
    assert reading.names("Appointment", *asked) == [name] * found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["ge2026-03-05T09:00:00.250Z"], "moved"),
        (["gt2026-03-05T09:00:00.249Z"], "moved"),
        (["gt2026-03-05T09:00:00.250Z"], ""),
        (["2026-03-05T09:00:00.2Z"], "moved"),
        (["2026-03-05T09:00:00Z"], "moved"),
        (["ge2026-03-05T14:00"], "moved"),
        (["lt2026-03-05T09:00:00.250Z"], "left"),
        (["ge2026-03-01", "le2026-03-05"], "both"),
        (["2026-03-02", "ge2026-03-05"], ""),
    ],
)
def test_what_changed_since_a_moment_is_found_by_it(reading: Reading, asked: list[str], found: str) -> None:
    left, person = reading.book(arrival=date(2026, 4, 6))
    (moved,) = reading.confer(person, reading.alliance.person())
    shelf = reading.alliance.memory.fake_consultations.memory.shelf("consultation")
    ((key, kept),) = shelf.items()
    changed = replace(kept.history[-1], at=datetime(2026, 3, 5, 9, 0, 0, 250_000, tzinfo=UTC))
    shelf[key] = replace(kept, history=(*kept.history, changed))
    names = {"moved": [moved], "left": [left], "both": [left, moved], "": []}[found]
    by_change = [("_lastUpdated", each) for each in asked]
    assert reading.names("Appointment", *by_change) == names
    assert reading.names("Appointment", ("practitioner", reading.role(person)), *by_change) == names


def test_each_session_is_found_by_its_own_time(reading: Reading) -> None:
    sessions = reading.confer(reading.alliance.person(), times=3)
    assert reading.names("Appointment") == sessions
    assert reading.names("Appointment", ("date", "2026-04-21")) == sessions[1:2]
    assert reading.names("Appointment", ("date", "gt2026-04-20T10:00")) == sessions[1:], "ten where it is booked"
    assert reading.names("Appointment", ("date", "gt2026-04-20T10:00Z")) == sessions[1:]
    assert reading.names("Appointment", ("date", "lt2026-04-20T10:00")) == []
    assert reading.names("Appointment", ("date", "le2026-04-20T10:00")) == sessions[:1]
    assert reading.names("Appointment", ("date", "ne2026-04-21")) == [sessions[0], sessions[2]]


@pytest.mark.parametrize("parameter", ["actor", "practitioner"])
@pytest.mark.parametrize("form", ["{}", "PractitionerRole/{}", f"{BASE}/PractitionerRole/{{}}"])
def test_somebody_s_visits_and_sessions_are_found_in_every_form_of_a_reference(
    reading: Reading, parameter: str, form: str
) -> None:
    visit, person = reading.book()
    session, *_ = reading.confer(person, reading.alliance.person())
    reading.book(arrival=date(2026, 4, 27))
    role = form.format(reading.role(person))
    assert reading.names("Appointment", (parameter, role)) == [visit, session]
    assert reading.names("Appointment", (parameter, role), ("date", "2026-04-20")) == [session]
    assert reading.names("Appointment", (parameter, f"{role},PractitionerRole/nobody")) == [visit, session]
    assert reading.names("Appointment", (parameter, role), (parameter, "PractitionerRole/nobody")) == []
    assert reading.names("Appointment", (parameter, role), ("_id", visit)) == [visit]


@pytest.mark.parametrize("nobody", ["Patient/1", "nobody", "per-1.000000000000", "sit-1", "PractitionerRole/", "x.y.z"])
def test_who_is_not_there_has_no_appointments(reading: Reading, nobody: str) -> None:
    reading.book()
    assert reading.names("Appointment", ("actor", nobody)) == []


def test_a_person_is_found_at_the_site_for_which_they_take_part_and_at_no_other(reading: Reading) -> None:
    visit, person = reading.book()
    assert reading.names("Appointment", ("actor", reading.role(person))) == [visit]
    assert reading.names("Appointment", ("actor", reading.role(person, reading.alliance.host))) == []


def test_a_deputy_is_found_once_they_stand_in(reading: Reading) -> None:
    chair, deputy = reading.alliance.person(), reading.alliance.person("Karim Shah")
    at = reading.alliance.sending
    stands_in = {chair: Answer("accepted", chair, given.NOW, deputy=deputy)}
    participants = (Participant(chair, CHAIR, at, deputies=(deputy,)),)
    reading.confer(chair, participants=participants)
    assert reading.names("Appointment", ("actor", reading.role(deputy))) == []
    session, *_ = reading.confer(chair, participants=participants, answers=stands_in, at=MEETS + timedelta(days=7))
    assert reading.names("Appointment", ("actor", reading.role(deputy))) == [session]
    told = {each["actor"]["display"]: each["status"] for each in reading.read("Appointment", session)["participant"]}
    assert told == {"Shahida Bano": "declined", "Karim Shah": "accepted"}


def test_only_bookings_of_the_reader_s_sites_are_told(reading: Reading) -> None:
    visit, person = reading.book()
    session, *_ = reading.confer(person)
    for actor in (reading.sending, reading.host, ADMIN):
        assert reading.names("Appointment", actor=actor) == [visit, session]
    stranger = reading.system("sit_hotan")
    assert reading.names("Appointment", actor=stranger) == []
    assert reading.names("Appointment", *APRIL, actor=stranger) == []
    assert reading.names("Appointment", ("_id", f"{visit},{session}"), actor=stranger) == []
    assert reading.names("Appointment", ("actor", reading.role(person)), actor=stranger) == []
    assert reading.names("AppointmentResponse", ("appointment", visit), actor=stranger) == []
    slot = reading.read("Appointment", visit)["slot"][0]["reference"].removeprefix("Slot/")
    for type_, name in (("Appointment", visit), ("Appointment", session), ("Slot", slot),
                        ("AppointmentResponse", f"{visit}.host-department")):  # fmt: skip
        assert reading.read(type_, name)["id"] == name
        with pytest.raises(Unknown):
            reading.read(type_, name, stranger)
    with pytest.raises(NotAllowed):
        reading.search("Appointment", actor=Actor("per_x"))


def test_pages_follow_each_other_until_everything_is_told_once(reading: Reading) -> None:
    visits = [reading.book(arrival=date(2026, 4, 6) + timedelta(days=3 * number))[0] for number in range(3)]
    sessions = reading.confer(reading.alliance.person(), times=4)
    told: list[str] = []
    page = reading.search("Appointment", ("_count", "2"), ("status", "booked"))
    while True:
        assert complaints(page) == []
        assert page["total"] == 7
        told += [each["resource"]["id"] for each in page["entry"]]
        following = [each["url"] for each in page["link"] if each["relation"] == "next"]
        if not following:
            break
        page = reading.search("Appointment", *parse_qsl(urlsplit(following[0]).query))
        assert next(each["url"] for each in page["link"] if each["relation"] == "self") == following[0]
    assert told == [*visits, *sessions]


def test_a_count_of_nothing_is_the_total_and_one_of_too_much_is_a_page(reading: Reading) -> None:
    reading.confer(reading.alliance.person(), times=MOST_ON_A_PAGE + 1)
    page = reading.search("Appointment", ("_count", "0"))
    assert (page["total"], "entry" in page, len(page["link"])) == (MOST_ON_A_PAGE + 1, False, 1)
    assert len(reading.search("Appointment", ("_count", "100000"))["entry"]) == MOST_ON_A_PAGE
    assert len(reading.search("Appointment")["entry"]) == USUALLY_ON_A_PAGE


def test_what_was_said_is_found_by_the_appointment_by_who_said_it_and_by_what(reading: Reading) -> None:
    visit, person = reading.book()
    said = {person: Answer("tentative", person, given.NOW, begins=MEETS + timedelta(days=1))}
    session, *_ = reading.confer(person, reading.alliance.person(), answers=said)
    of_visit = f"{visit}.host-department"
    (of_session,) = reading.names("AppointmentResponse", ("appointment", f"Appointment/{session}"))
    assert reading.names("AppointmentResponse", ("appointment", visit)) == [of_visit]
    assert reading.names("AppointmentResponse", ("appointment", f"{visit},{session}")) == sorted([of_visit, of_session])
    assert reading.names("AppointmentResponse", ("actor", reading.role(person))) == [of_session]
    assert reading.names("AppointmentResponse", ("_id", of_visit)) == [of_visit]
    assert reading.names("AppointmentResponse", ("appointment", session), ("part-status", "accepted")) == []
    told = reading.read("AppointmentResponse", of_session)
    assert complaints(told) == []
    assert (told["participantStatus"], told["start"]) == ("tentative", "2026-04-21T10:00:00+05:00")
    with pytest.raises(ParameterNeeded):
        reading.search("AppointmentResponse", ("part-status", "accepted"))


def test_who_has_said_nothing_has_no_response(reading: Reading) -> None:
    visit, person = reading.book()
    slot = reading.read("Appointment", visit)["slot"][0]["reference"].removeprefix("Slot/")
    with pytest.raises(Unknown):
        reading.read("AppointmentResponse", slot)
    assert reading.read("Slot", slot)["status"] == "busy"
    assert reading.names("AppointmentResponse", ("actor", reading.role(person))) == []


def works_mornings(reading: Reading) -> str:
    """Somebody whose site works from nine to noon, Monday to Friday."""
    weekdays = dict.fromkeys(range(1, 6), (("09:00", "12:00"),))
    shelf = reading.alliance.memory.fake_sites.kept
    site = shelf[reading.alliance.sending]
    hours = (Season("All year", "01-01", "12-31", weekdays),)
    shelf[reading.alliance.sending] = replace(site, state=replace(site.state, hours=hours))
    return reading.alliance.person()


WEEK = (("start", "ge2026-04-20"), ("start", "lt2026-04-22"))


def slots(reading: Reading, person: str, *asked: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Status, beginning and end of each slot that is found."""
    page = reading.search("Slot", ("schedule", f"Schedule/{reading.role(person)}"), *asked)
    assert complaints(page) == []
    found = [each["resource"] for each in page.get("entry", [])]
    return [(each["status"], each["start"][5:16], each["end"][5:16]) for each in found]


def test_free_time_is_what_meetings_leave_of_the_working_hours(reading: Reading) -> None:
    person = works_mornings(reading)
    reading.confer(person)
    taken = [("free", "04-20T09:00", "04-20T10:00"), ("busy", "04-20T10:00", "04-20T11:00"),
             ("free", "04-20T11:00", "04-20T12:00"), ("free", "04-21T09:00", "04-21T12:00")]  # fmt: skip
    assert slots(reading, person, *WEEK) == taken
    reading.confer(person, at=MEETS + timedelta(hours=6))
    reading.confer(person, at=MEETS + timedelta(days=1, hours=1, minutes=30))
    afternoon, late = ("busy", "04-20T16:00", "04-20T17:00"), ("busy", "04-21T11:30", "04-21T12:30")
    taken = [*taken[:3], afternoon, ("free", "04-21T09:00", "04-21T11:30"), late]
    assert slots(reading, person, *WEEK) == taken
    assert slots(reading, person, *WEEK, ("status", "busy")) == [taken[1], afternoon, late]
    assert slots(reading, person, *WEEK, ("status", "free,busy-tentative")) == [taken[0], taken[2], taken[4]]


def test_nobody_is_free_on_a_visit_on_a_weekend_on_a_holiday_or_in_the_past(reading: Reading) -> None:
    person = works_mornings(reading)
    days = [("start", "ge2026-04-17"), ("start", "lt2026-04-20")]
    assert slots(reading, person, *days) == [("free", "04-17T09:00", "04-17T12:00")], "a Friday"
    reading.alliance.memory.fake_calendars.countries["PK"] = {date(2026, 4, 17): Holiday("A day")}
    assert slots(reading, person, *days) == []
    assert slots(reading, person, ("start", "2026-02-27")) == [], "it is March"
    reading.alliance.accept(reading.alliance.propose(person, arrival=date(2026, 4, 20), days=2))
    assert slots(reading, person, ("start", "ge2026-04-19"), ("start", "lt2026-04-22")) == [
        ("busy", "04-19T21:00", "04-21T21:00")
    ]


def test_free_time_that_is_over_is_neither_found_nor_read(reading: Reading) -> None:
    person = works_mornings(reading)
    (first, _) = (
        each["resource"] for each in reading.search("Slot", ("schedule", reading.role(person)), *WEEK)["entry"]
    )
    reading.alliance.clock.moment = MEETS + timedelta(hours=1, minutes=59)
    assert reading.read("Slot", first["id"]) == first, "it is not over before noon"
    reading.alliance.clock.moment += timedelta(minutes=1)
    with pytest.raises(Unknown):
        reading.read("Slot", first["id"])
    assert len(slots(reading, person, *WEEK)) == 1


def test_free_time_is_read_by_its_name_until_it_is_taken(reading: Reading) -> None:
    person = works_mornings(reading)
    page = reading.search("Slot", ("schedule", reading.role(person)), *WEEK)
    first, second = (each["resource"] for each in page["entry"])
    assert reading.read("Slot", first["id"]) == first
    assert "meta" not in first
    reading.confer(person, at=MEETS - timedelta(hours=1))
    with pytest.raises(Unknown):
        reading.read("Slot", first["id"])
    assert reading.read("Slot", second["id"]) == second
    with pytest.raises(NotAllowed):
        reading.read("Slot", second["id"], reading.host)


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ([("start", "2026-04")], ParameterNeeded),
        ([("schedule", "{}")], ParameterNeeded),
        ([("schedule", "{}"), ("start", "ge2026-04-01")], ParameterNeeded),
        ([("schedule", "{}"), ("start", "lt2026-04-01")], ParameterNeeded),
        ([("schedule", "{}"), ("start", "ge2026-04-01"), ("start", "lt2026-05-03")], ParameterNeeded),
        ([("schedule", "{},{}"), ("start", "2026-04")], InvalidParameter),
        ([("schedule", "{}"), ("schedule", "{}"), ("start", "2026-04")], InvalidParameter),
        ([("schedule", "nobody"), ("start", "2026-04")], Unknown),
    ],
)
def test_slots_are_those_of_one_schedule_in_a_month_at_most(
    reading: Reading, asked: list[tuple[str, str]], refused: type[Refusal]
) -> None:
    role = reading.role(reading.alliance.person())
    with pytest.raises(refused):
        reading.search("Slot", *[(name, value.replace("{}", role)) for name, value in asked])
    assert reading.search("Slot", ("schedule", role), ("start", "2026-05"))["total"] == 0


def test_when_somebody_is_busy_is_told_to_their_own_site_alone(reading: Reading) -> None:
    role = reading.role(reading.alliance.person())
    with pytest.raises(NotAllowed):
        reading.search("Slot", ("schedule", role), ("start", "2026-04"), actor=reading.host)


def test_people_of_the_reader_s_sites_are_listed_and_others_only_by_name(reading: Reading) -> None:
    role = reading.role(reading.alliance.person())
    for type_ in ("PractitionerRole", "Schedule"):
        assert reading.names(type_) == [role]
        assert reading.names(type_, actor=reading.host) == []
        assert reading.names(type_, ("_id", role), actor=reading.host) == [role]
        assert reading.read(type_, role, reading.host)["id"] == role
    assert reading.names("Schedule", ("actor", f"PractitionerRole/{role}")) == [role]
    site = reading.alliance.sending.replace("_", "-")
    assert reading.names("PractitionerRole", ("organization", f"Organization/{site}")) == [role]
    assert reading.names("PractitionerRole", ("organization", "sit-other")) == []


def test_sites_and_their_departments_are_organizations(reading: Reading) -> None:
    gilgit, kashgar = (each.replace("_", "-") for each in (reading.alliance.sending, reading.alliance.host))
    department = reading.alliance.department.replace("_", "-")
    assert reading.search("Organization")["total"] == 4
    assert reading.names("Organization", ("name", "kash")) == [kashgar]
    assert reading.names("Organization", ("name", "ashgar")) == []
    assert reading.names("Organization", ("partof", f"Organization/{kashgar}")) == [department]
    assert reading.names("Organization", ("_id", f"{gilgit},{department}")) == sorted([gilgit, department])
    assert reading.read("Organization", department)["partOf"]["reference"] == f"Organization/{kashgar}"
    with pytest.raises(Unknown):
        reading.read("Organization", "sit-nowhere")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (r"Aga Khan\, Gilgit", True),
        (r"x,Aga Khan\, G", True),
        (r"Aga Khan, Hotan", True),
        (r"Aga Khan\, Hotan", False),
        (r"Aga Khan\\, Hotan", False),
        (r"\$ \| \\ \x", True),
        (r"$ | \ \x", True),
        (r"\$ \| \\ x", False),
        ("\\", False),
    ],
)
def test_a_sign_behind_a_backslash_stands_for_itself(reading: Reading, written: str, found: bool) -> None:
    shelf = reading.alliance.memory.fake_sites.kept
    site = shelf[reading.alliance.sending]
    names: Names = {"en": "Aga Khan, Gilgit", "zh": r"$ | \ \x"}
    shelf[reading.alliance.sending] = replace(site, state=replace(site.state, names=names))
    assert reading.search("Organization", ("name", written))["total"] == found


def references(part: object) -> set[tuple[str, str]]:
    if isinstance(part, dict):
        own = str(part.get("reference", "#"))
        found = set() if own.startswith("#") else {(own.partition("/")[0], own.partition("/")[2])}
        return found.union(*(references(each) for each in part.values()))
    return set().union(*(references(each) for each in part)) if isinstance(part, list) else set()


def test_every_reference_leads_to_a_resource_that_is_read(reading: Reading) -> None:
    visit, person = reading.book()
    session, *_ = reading.confer(person, reading.alliance.person())
    for actor in (reading.sending, reading.host):
        waiting, seen = {("Appointment", visit), ("Appointment", session)}, set[tuple[str, str]]()
        while waiting:
            place = waiting.pop()
            told = reading.read(*place, actor)
            assert (told["resourceType"], told["id"]) == place
            assert complaints(told) == []
            seen.add(place)
            waiting |= references(told) - seen
        assert {type_ for type_, _ in seen} == {"Appointment", "Organization", "PractitionerRole", "Schedule", "Slot"}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (("patient", "1"), "patient"),
        (("status:not", "booked"), "status:not"),
        (("_sort", "date"), "_sort"),
        (("_lastUpdated:above", "ge2026"), "_lastUpdated:above"),
        (("actor.name", "Li"), "actor.name"),
    ],
)
def test_a_parameter_that_is_not_known_is_refused_by_name_or_passed_over(
    reading: Reading, asked: tuple[str, str], named: str
) -> None:
    with pytest.raises(UnknownParameter) as refused:
        reading.search("Appointment", asked)
    assert refused.value.facts["parameter"] == named
    assert "date" in refused.value.facts["known"]
    page = reading.search("Appointment", asked, ("status", "booked"), lenient=True)
    assert page["link"][0]["url"] == f"{BASE}/Appointment?status=booked", "self says what was heeded"


@pytest.mark.parametrize(
    "asked",
    [
        ("date", "yesterday"), ("date", "sa2026-04-06"), ("date", "ap2026"), ("date", "2026-02-30"), ("date", ""),
        ("date", "2026-13"), ("date", "0001"), ("date", "9999"), ("date", "2026-04-06T25:00"), ("date", "2026-04-06,"),
        ("date", "2026-04-06T10"), ("status", "begun"), ("status", "urn:x|booked"), ("status", ""), ("_count", "-1"),
        ("_count", "many"), ("_after", "$ne"), ("date", "2026-04-06T10:00+99:99"), ("date", "2026-04-06T10:00:61"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_understood_is_refused_by_name_even_leniently(
    reading: Reading, asked: tuple[str, str]
) -> None:
    for lenient in (False, True):
        with pytest.raises(InvalidParameter) as refused:
            reading.search("Appointment", asked, lenient=lenient)
        assert refused.value.facts["parameter"] == asked[0]


def test_more_than_is_looked_through_at_once_is_refused(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    reading.confer(reading.alliance.person())
    reading.confer(reading.alliance.person())
    monkeypatch.setattr(appointments, "MOST", 2)
    with pytest.raises(TooManyFound):
        reading.search("Appointment")
    assert reading.search("Appointment", ("date", "2026-05"))["total"] == 0


@pytest.mark.parametrize("type_", ["Patient", "Practitioner", "Encounter", "", "$export"])
def test_other_types_are_refused_by_name(reading: Reading, type_: str) -> None:
    with pytest.raises(UnknownResourceType):
        reading.search(type_)
    with pytest.raises(UnknownResourceType):
        reading.read(type_, "x")


@pytest.mark.parametrize("type_", PARAMETERS)
@pytest.mark.parametrize(
    "name",
    ["x", "vis-1", "con-1.20260101T0000Z", "con-1.never", "per-1.x", "vis-1.x.y", "..", "vis_1", "per-1.x.y"],
)
def test_what_is_not_there_is_not_found(reading: Reading, type_: str, name: str) -> None:
    with pytest.raises(Unknown):
        reading.read(type_, name)


@pytest.mark.parametrize(
    "fields",
    [
        {"parameters": [["date"]]},
        {"parameters": [["date", {"$ne": 1}]]},
        {"parameters": [["date", "x" * 3000]]},
        {"parameters": [["date", "2026"]] * 60},
        {"base": "javascript:alert(1)"},
        {"other": 1},
    ],
)
def test_a_call_that_is_no_search_is_refused(fields: Json) -> None:
    with pytest.raises(InvalidCommand):
        parsed(queries.AskFhirSearch, {"resource_type": "Appointment"} | fields)
