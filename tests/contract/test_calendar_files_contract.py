"""Other programs read in our calendar files what the consultation says: ical.js (Thunderbird's parser) and vobject.

Every method, after every change of a consultation's life, field by field.
"""

from datetime import UTC, date, datetime
from functools import cache
from random import Random
from typing import Any

import pytest
import vobject

from services.exchange.adapters.icalendar.series import series_of
from services.exchange.application.ports.calendar_files import ListedConsultation
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.sessions import CALLED_OFF, Session
from services.exchange.domain.visit import CANCELLED
from tests.contract.calendar_lives import Told, lives
from tests.contract.other_parsers import read_by_ical_js
from tests.contract.random_series import EVERY_KIND, random_series, series_by
from tests.unit.exchange.given import NOW
from tests.unit.exchange.given_consultation import (
    QUESTION,
    REFERENCE,
    REPLIES,
    directory,
    feed,
    feeds,
    invitations,
    people,
)

TOLD = lives()
NAMES = sorted(TOLD)
REQUESTS = [name for name in NAMES if TOLD[name].method == "REQUEST"]
OTHERS = [name for name in NAMES if TOLD[name].method != "REQUEST"]
SERIES = 200
"""So many by chance, the same in each run."""
UID = "con_1@khunjerab.example"
ROLES = {"per_zhang": "CHAIR", "per_khan": "OPT-PARTICIPANT", "per_deputy": "OPT-PARTICIPANT"}
STATES = {"waitlist": "TENTATIVE", "proposed": "TENTATIVE", "pending": "TENTATIVE", CANCELLED: "CANCELLED"}


@cache
def by_ical_js() -> dict[str, Any]:
    return read_by_ical_js({name: each.file for name, each in TOLD.items()})


def meets(of: Consultation) -> list[list[float]]:
    """When people really meet."""
    there = [each for each in of.sessions if each.state != CALLED_OFF]
    return sorted([each.begins.timestamp(), each.ends.timestamp()] for each in there)


def attending(of: Consultation, session: Session | None = None) -> dict[str, tuple[str, str]]:
    """Role and PARTSTAT of everybody that an event names, by address."""
    known: dict[str, tuple[str, str]] = {}
    for each in of.participants:
        answer = of.answer(each.person, session) if session else of.answers.get(each.person)
        status = answer.status.upper() if answer else "NEEDS-ACTION"
        role = ROLES.get(each.person, "REQ-PARTICIPANT")
        known[f"mailto:{people()[each.person].email}"] = role, "DELEGATED" if answer and answer.deputy else status
        if answer and answer.deputy:
            known.setdefault(f"mailto:{people()[answer.deputy].email}", (role, status))
    return known


def the_session(each: Told, event: dict[str, Any]) -> Session | None:
    """Which session the event is of; `None` where it is of all."""
    if event["recurrence_id"] is not None:
        return each.of.session(datetime.fromtimestamp(event["recurrence_id"], UTC))
    return each.of.sessions[0] if len(each.of.sessions) == 1 else None


@pytest.mark.parametrize("name", NAMES)
def test_ical_js_reads_what_the_consultation_says(name: str) -> None:
    each, read = TOLD[name], by_ical_js()[name]
    assert read["method"] == each.method
    assert read["zones"] == ([] if each.of.zone == "UTC" else [each.of.zone])
    for event in read["events"]:
        assert (event["uid"], event["sequence"]) == (UID, each.of.sequence)
        assert event["summary"] == each.of.title
        assert event["dtstamp"] == NOW.timestamp()
        assert (event["organizer"]["address"], event["organizer"]["cn"][:2]) in (
            (f"mailto:{REPLIES}", "Zh"),
            (f"mailto:{REPLIES}", "张伟"),
        )


@pytest.mark.parametrize("name", REQUESTS)
def test_the_occurrences_that_ical_js_works_out_are_the_sessions(name: str) -> None:
    each, read = TOLD[name], by_ical_js()[name]
    assert sorted(read["occurrences"]) == meets(each.of)
    for event in read["events"]:
        attendees = {person["address"]: (person["role"], person["partstat"]) for person in event["attendees"]}
        assert attendees == attending(each.of, the_session(each, event))
        assert len(event["attendees"]) == len(attendees)
        assert event["status"] == STATES.get(each.of.state, "CONFIRMED")
        assert event["priority"] == (1 if each.of.urgent else 5)
        assert event["categories"] == [each.of.field]
        link = (the_session(each, event) or each.of.sessions[0]).link
        assert event["url"] == event["conference"] == link


@pytest.mark.parametrize("name", OTHERS)
def test_a_cancellation_or_refusal_is_of_whom_and_what_it_is_about(name: str) -> None:
    each, read = TOLD[name], by_ical_js()[name]
    [event] = read["events"]
    assert event["recurrence_id"] == (each.slot.timestamp() if each.slot else None)
    addresses = {person["address"] for person in event["attendees"]}
    everybody = set(attending(each.of))
    assert addresses == ({f"mailto:{people()[each.only].email}"} if each.only else everybody)
    # An event that goes on without somebody is not cancelled (RFC 5546, 3.2.5).
    assert event["status"] == (None if each.only else "CANCELLED")


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("series in spring", []),
        ("one moved", [1]),
        ("one called off", []),
        ("one with a link of its own", [1]),
        ("one with an answer of its own", [1]),
        ("first moved", [0]),
    ],
)
def test_a_session_that_differs_has_an_event_of_its_own(name: str, numbers: list[int]) -> None:
    slots = [TOLD[name].of.sessions[number].slot.timestamp() for number in numbers]
    assert [event["recurrence_id"] for event in by_ical_js()[name]["events"]] == [None, *slots]


def test_a_delegation_is_told_at_both_ends() -> None:
    [event] = by_ical_js()["a deputy comes"]["events"]
    by_address = {each["address"]: each for each in event["attendees"]}
    assert by_address["mailto:bano@gilgit.example"]["delegated_to"] == "mailto:noor@gilgit.example"
    assert by_address["mailto:noor@gilgit.example"]["delegated_from"] == "mailto:bano@gilgit.example"


@pytest.mark.parametrize("name", NAMES)
def test_vobject_reads_the_same(name: str) -> None:
    each = TOLD[name]
    calendar = vobject.readOne(each.file.decode())
    assert calendar.method.value == each.method
    assert len(calendar.vevent_list) == len(by_ical_js()[name]["events"])
    for event, other in zip(calendar.vevent_list, by_ical_js()[name]["events"], strict=True):
        assert (event.uid.value, int(event.sequence.value)) == (UID, each.of.sequence)
        assert event.summary.value == each.of.title
        if "dtstart" in event.contents:
            assert [event.dtstart.value.timestamp(), event.dtend.value.timestamp()] == [other["start"], other["end"]]
        states = {(person.value, person.params.get("PARTSTAT", [None])[0]) for person in event.attendee_list}
        assert states == {(person["address"], person["partstat"]) for person in other["attendees"]}


def occurrences_by_vobject(file: bytes) -> list[list[float]]:
    """It expands the rule; that a session with an event of its own takes the place of the rule's is done here."""
    main, *different = vobject.readOne(file.decode()).vevent_list
    length = main.dtend.value - main.dtstart.value
    rules = main.getrruleset(addRDate=True)
    begins = {at.timestamp() for at in rules} if rules else {main.dtstart.value.timestamp()}
    spans = {at: [at, at + length.total_seconds()] for at in begins}
    for other in different:
        slot = other.recurrence_id.value.timestamp()
        assert slot in spans
        spans[slot] = [other.dtstart.value.timestamp(), other.dtend.value.timestamp()]
    return sorted(spans.values())


@pytest.mark.parametrize("name", REQUESTS)
def test_the_occurrences_that_vobject_works_out_are_the_sessions(name: str) -> None:
    assert occurrences_by_vobject(TOLD[name].file) == meets(TOLD[name].of)


@pytest.mark.parametrize("name", NAMES)
def test_no_file_tells_anything_of_a_case(name: str) -> None:
    # Lines are unfolded first: a secret may not hide over two of them.
    unfolded = TOLD[name].file.decode().replace("\r\n ", "")
    assert QUESTION not in unfolded
    assert REFERENCE not in unfolded


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_longer_than_75_octets_and_none_ends_otherwise_than_in_crlf(name: str) -> None:
    file = TOLD[name].file
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    file.decode()


def test_a_feed_is_read_by_both() -> None:
    file = feeds().write(feed(consultations=(ListedConsultation(TOLD["one moved"].of, 1, NOW),)))
    read = read_by_ical_js({"feed": file})["feed"]
    assert (read["method"], read["name"], read["color"], read["zones"]) == (
        None,
        "Kashgar; surgery",
        "teal",
        ["Europe/Berlin"],
    )
    assert (read["refresh"], read["source"]) == ("PT1H", "https://khunjerab.example/feeds/secret.ics")
    assert sorted(read["occurrences"]) == meets(TOLD["one moved"].of)
    stay = next(event for event in read["events"] if event["all_day"])
    assert stay["uid"] == "vis_1@khunjerab.example"
    by_vobject = next(event for event in vobject.readOne(file.decode()).vevent_list if event.uid.value == stay["uid"])
    assert (by_vobject.dtstart.value, by_vobject.dtend.value) == (date(2026, 4, 6), date(2026, 4, 9))


def test_of_any_series_both_work_out_the_sessions() -> None:
    chance = Random(5546)
    series = {f"{number}": random_series(chance) for number in range(SERIES)}
    files = {name: invitations().request(of, people()["per_yusuf"], directory(), NOW) for name, of in series.items()}
    read = read_by_ical_js(files)
    assert [name for name, of in series.items() if sorted(read[name]["occurrences"]) != meets(of)] == []
    assert [name for name, of in series.items() if occurrences_by_vobject(files[name]) != meets(of)] == []


def test_of_any_kind_of_rule_both_work_out_the_sessions() -> None:
    series = {rule: series_by(rule) for rule in EVERY_KIND}
    files = {rule: invitations().request(of, people()["per_yusuf"], directory(), NOW) for rule, of in series.items()}
    read = read_by_ical_js(files)
    assert [rule for rule, of in series.items() if sorted(read[rule]["occurrences"]) != meets(of)] == []
    assert [rule for rule, of in series.items() if occurrences_by_vobject(files[rule]) != meets(of)] == []


@pytest.mark.parametrize(
    ("name", "left_out", "added"),
    [("the rest weeks later", 13, 0), ("the rest weeks later at another hour", 0, 1), ("the rest years later", 0, 1)],
)
def test_what_took_place_before_costs_few_exceptions(name: str, left_out: int, added: int) -> None:
    series = series_of(TOLD[name].of)
    assert series.rule is not None
    assert (len(series.left_out), len(series.added)) == (left_out, added)
