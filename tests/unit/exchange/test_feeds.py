"""What a calendar to subscribe to says, to whom, and when it has changed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from services.exchange.adapters.icalendar.blocks import Blocks
from services.exchange.adapters.icalendar.feeds import FeedFiles
from services.exchange.application.ports.calendar_files import (
    OF_AGREEMENT,
    OF_DEPARTMENT,
    OF_PERSON,
    OF_SITE,
    Directory,
    Feed,
    ListedConsultation,
    ListedVisit,
    Revision,
)
from services.exchange.domain.visit import CANCELLED, PENDING
from tests.unit.exchange.given import KASHGAR, NOW, visit
from tests.unit.exchange.given_consultation import BANO, consultation, feed, feeds, people, sites, weekly

OTHERS = (OF_SITE, OF_DEPARTMENT, OF_AGREEMENT)


def events(of: Feed, by: FeedFiles | None = None) -> dict[str, Any]:
    """By UID and, of a session that differs, its slot."""
    calendar = Calendar.from_ical((by or feeds()).write(of))
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_a_feed_says_whose_it_is_and_when_to_ask_again_and_invites_nobody() -> None:
    calendar = Calendar.from_ical(feeds().write(feed()))
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Kashgar; surgery"
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"PT1H"
    assert calendar["SOURCE"] == "https://khunjerab.example/feeds/secret.ics"
    assert calendar["COLOR"] == "teal"
    assert "METHOD" not in calendar


def test_each_zone_is_explained_once_however_many_bookings_are_in_it() -> None:
    many = tuple(
        ListedConsultation(replace(consultation(), id=f"con_{number}", zone=zone), 1, NOW)
        for number, zone in enumerate(["Asia/Shanghai", "Europe/Berlin", "Asia/Shanghai", "UTC"])
    )
    calendar = Calendar.from_ical(feeds().write(feed(consultations=many)))
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai", "Europe/Berlin"]


@pytest.mark.parametrize("kind", OTHERS)
def test_what_others_read_has_no_address_and_no_link_in_it(kind: str) -> None:
    file = feeds().write(feed(kind)).decode().replace("\r\n ", "")
    for each in people().values():
        assert each.email.lower() not in file.lower()
    assert "mailto" not in file.lower()
    assert "meet.example" not in file


def test_one_s_own_feed_has_both() -> None:
    file = feeds().write(feed(OF_PERSON)).decode().replace("\r\n ", "")
    assert "mailto:bano@gilgit.example" in file
    assert "https://meet.example/a" in file


def test_a_feed_that_was_written_for_a_person_is_not_shown_to_others() -> None:
    writer = feeds()
    writer.write(feed(OF_PERSON))
    assert b"mailto" not in writer.write(feed(OF_SITE)).lower()


def test_a_visit_lasts_whole_days_the_last_one_included() -> None:
    event = events(feed(visits=(ListedVisit(visit(), 2, NOW),)))[f"{visit().id}@khunjerab.example"]
    assert event["DTSTART"].dt == visit().planned_arrival
    assert event["DTEND"].dt == visit().planned_departure + timedelta(days=1)
    assert isinstance(event["DTSTART"].dt, date)
    assert event["SUMMARY"] == "Visit to Kashgar: liver echinococcosis"
    assert event["DESCRIPTION"] == "Visitors: Shahida Bano\nFrom: Gilgit"
    assert event["LOCATION"] == "Surgery, Kashgar"


def test_a_visit_s_purpose_is_not_told() -> None:
    assert visit().purpose.encode() not in feeds().write(feed()).replace(b"\r\n ", b"")


@pytest.mark.parametrize(
    ("state", "status"), [(PENDING, "TENTATIVE"), ("booked", "CONFIRMED"), (CANCELLED, "CANCELLED")]
)
def test_a_booking_says_how_far_it_has_come(state: str, status: str) -> None:
    of = feed(
        consultations=(ListedConsultation(consultation(state=state), 1, NOW),),
        visits=(ListedVisit(replace(visit(), state=state), 2, NOW),),
    )
    assert {str(event["STATUS"]) for event in events(of).values()} == {status}


def test_the_traveller_is_away_and_the_host_is_not() -> None:
    uid = f"{visit().id}@khunjerab.example"
    assert [str(events(feed(kind))[uid]["TRANSP"]) for kind in (OF_PERSON, OF_SITE)] == ["OPAQUE", "TRANSPARENT"]


def test_an_empty_feed_is_a_calendar_all_the_same() -> None:
    file = feeds().write(feed(consultations=(), visits=(), among=Directory({}, {})))
    assert not Calendar.from_ical(file).walk("VEVENT")


def test_no_line_is_longer_than_75_octets_and_none_ends_within_a_sign() -> None:
    for length in range(75):
        title = "x" * length + "肝包虫病" * 30 + "شاہدہ"
        file = feeds().write(feed(consultations=(ListedConsultation(consultation(title=title), 1, NOW),)))
        lines = file.split(b"\r\n")
        assert max(len(line) for line in lines) == 75
        assert title in file.replace(b"\r\n ", b"").decode()
        for line in lines:
            line.decode()


def title_in(of: Feed, by: FeedFiles) -> str:
    return str(events(of, by)["con_1@khunjerab.example"]["SUMMARY"])


def test_another_version_is_written_anew_and_the_same_one_is_not() -> None:
    writer = feeds()
    renamed = weekly(title="Another title")
    assert title_in(feed(), writer) != "Another title"
    # Kept: nobody renames without a new version.
    assert title_in(feed(consultations=(ListedConsultation(renamed, 3, NOW),)), writer) != "Another title"
    assert title_in(feed(consultations=(ListedConsultation(renamed, 4, NOW),)), writer) == "Another title"


@pytest.mark.parametrize("language", ["zh", "ur"])
def test_each_language_has_its_own(language: str) -> None:
    writer = feeds()
    assert writer.write(feed()) != writer.write(feed(language=language))


def test_a_person_or_site_with_another_name_is_written_anew_though_the_booking_is_not() -> None:
    writer = feeds()
    writer.write(feed())
    married = {**people(), BANO: replace(people()[BANO], passport_name="Shahida Khan")}
    moved = {**sites(), KASHGAR: replace(sites()[KASHGAR], names={"en": "Kashgar First People's Hospital"})}
    file = writer.write(feed(among=Directory(married, moved))).decode().replace("\r\n ", "")
    assert "Shahida Bano" not in file
    assert "Kashgar First People's Hospital: Tuesday" in file


def test_what_was_not_asked_for_longest_goes_first() -> None:
    blocks = Blocks(2)
    asked = []

    def write(key: str) -> bytes:
        return blocks.of(key, lambda: asked.append(key) or [])  # type: ignore[func-returns-value]

    for key in ("a", "b", "a", "c", "a", "b"):
        write(key)
    assert asked == ["a", "b", "c", "b"]
    assert len(blocks) == 2


REVISIONS = (Revision("con_1", 3), Revision("per_bano", 1), Revision("sit_kashgar", 12))


def tag(*revisions: Revision, kind: str = OF_PERSON, subject: str = "per_bano", language: str = "en") -> str:
    return feeds().tag(kind, subject, language, revisions)


def test_a_tag_stays_while_the_versions_do_in_whatever_order_they_come() -> None:
    assert tag(*REVISIONS) == tag(*reversed(REVISIONS))
    assert tag(*REVISIONS).startswith('"')


@pytest.mark.parametrize(
    "different",
    [
        tag(Revision("con_1", 4), *REVISIONS[1:]),
        tag(*REVISIONS[1:]),
        tag(*REVISIONS, Revision("con_2", 1)),
        tag(Revision("con_13", 1), *REVISIONS[1:]),
        tag(*REVISIONS, kind=OF_SITE),
        tag(*REVISIONS, subject="per_khan"),
        tag(*REVISIONS, language="ur"),
    ],
)
def test_a_tag_changes_with_anything_that_the_feed_tells(different: str) -> None:
    assert different != tag(*REVISIONS)
