"""A session that is over stays in people's calendars with who was to take part in it, whoever does so later."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from contracts.exchange.invitations import ConsultationInvited
from services.exchange.adapters.icalendar.invited import Inviting
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.application.ports.calendar_files import OF_PERSON, Directory
from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.ending import with_ended
from services.exchange.domain.consultations.sessions import HELD
from services.exchange.domain.visit import BOOKED
from tests.consulting import TUESDAY, Consulting
from tests.unit.exchange.given import EDITION, GILGIT, KASHGAR, NOW
from tests.unit.exchange.given_consultation import (
    BANO,
    BEGINS,
    DEPUTY,
    KHAN,
    REPLIES,
    YUSUF,
    ZHANG,
    answer,
    consultation,
    directory,
    feed,
    feeds,
    invitations,
    people,
    sites,
    weekly,
)
from tests.unit.exchange.test_consultation_lives import told
from tests.unit.exchange.test_invited import invited
from tests.unit.exchange.test_unchanged_feeds import Subscribed

WEEKLY = "FREQ=WEEKLY;COUNT=3"
WEEK, QUARTER = timedelta(weeks=1), timedelta(minutes=15)


def files(there: Consulting, since: int) -> list[ConsultationInvited]:
    """What was sent of what was decided after the first so many events."""
    stores = there.exchange.stores
    inviting = Inviting(invitations, stores.people, REPLIES, there.clock.now)
    sent = PublishedEvents(stores.sites, inviting).publish(told(there)[since:], EDITION)
    return [each for each in sent if isinstance(each, ConsultationInvited)]


def decided(there: Consulting, name: str, consultation: str, **fields: Any) -> list[ConsultationInvited]:
    since = len(told(there))
    there.give(name, consultation, **fields)
    return files(there, since)


def hold_the_first(there: Consulting, booked: str, *attended: str) -> None:
    there.pass_time(TUESDAY + QUARTER - there.clock.now())
    fields: dict[str, Any] = {
        "slot": TUESDAY.isoformat(),
        "attended": [there.people[each] for each in attended],
        "opinions": {},
    }
    there.give("close_session", booked, **fields)


def held_with_the_deputy(there: Consulting) -> str:
    """The first of three sessions; to the others the presenter comes."""
    booked = there.booked(recurrence=WEEKLY)
    there.reply(booked, "deputy", participant=there.people["presenter"], slot=TUESDAY.isoformat())
    hold_the_first(there, booked, "chair", "deputy")
    return booked


def with_deputies(there: Consulting, **deputies: str) -> list[dict[str, Any]]:
    """The usual participants, and those whom these may stand in for."""
    usual = zip(("chair", "presenter", "interpreter", "specialist"), there.participants(), strict=True)
    named = {name: [there.people[deputy]] for name, deputy in deputies.items()}
    return [each | {"deputies": named.get(name, [])} for name, each in usual]


def test_a_deputy_who_came_once_and_is_none_any_more_stops_nobody_s_calendar(there: Consulting) -> None:
    booked = held_with_the_deputy(there)
    sent = decided(there, "change_participants", booked, participants=with_deputies(there), reason="He left.")
    own = Subscribed(there).read()["content"]
    assert sent
    for file in (own, *(each.calendars["en"] for each in sent)):
        assert "deputy@" in str(attendees(file, TUESDAY))


def test_another_deputy_may_answer_once_the_first_is_none_any_more(there: Consulting) -> None:
    booked = held_with_the_deputy(there)
    others = with_deputies(there, chair="observer")
    there.give("change_participants", booked, participants=others, reason="He left.")
    accepted = {"participant": there.people["chair"], "status": "accepted"}
    sent = decided(there, "reply_to_consultation", booked, by=there.actor("observer"), **accepted)
    assert there.people["observer"] in {each for event in sent for each in event.recipients}


def test_who_takes_part_from_now_on_is_not_named_in_a_session_that_is_over(there: Consulting) -> None:
    booked = there.booked(recurrence=WEEKLY)
    hold_the_first(there, booked, "chair", "specialist")
    others = there.participants("chair", "presenter", "interpreter", "observer")
    sent = decided(there, "change_participants", booked, participants=others, reason="She moved.")
    for file in (Subscribed(there).read()["content"], *(each.calendars["en"] for each in sent if is_asked(each))):
        assert has(attendees(file, TUESDAY)) == ["chair", "interpreter", "presenter", "specialist"]
        assert has(attendees(file, TUESDAY + WEEK)) == ["chair", "interpreter", "observer", "presenter"]


def test_a_session_that_is_over_keeps_its_sites_and_its_rooms() -> None:
    series = weekly(state=BOOKED, rooms={KASHGAR: "rom_1"})
    met = replace(with_ended(series, replace(series.sessions[0], state=HELD)), sites=(GILGIT,), rooms={})
    first, later = (told_of(met, each.slot) for each in met.sessions[:2])
    assert ["LOCATION" in each for each in (first, later)] == [True, False]
    assert ["(Asia/Shanghai" in each["DESCRIPTION"] for each in (first, later)] == [True, False]


def test_who_is_in_the_zone_of_a_former_site_alone_has_a_file_of_their_own() -> None:
    series = weekly(state=BOOKED)
    met = replace(with_ended(series, replace(series.sessions[0], state=HELD)), sites=(GILGIT,), rooms={})
    assert [each.recipients for each in invited(events.ConsultationBooked(met))] == [(BANO, KHAN), (ZHANG,), (YUSUF,)]


@pytest.mark.parametrize("missing", [ZHANG, BANO, KHAN, DEPUTY])
def test_who_is_missing_from_the_directory_makes_no_file_unwritable(missing: str) -> None:
    of = consultation(answers={BANO: answer(deputy=DEPUTY)})
    among = Directory({each: person for each, person in people().items() if each != missing}, sites())
    feeds().write(replace(feed(OF_PERSON), among=among))
    invitations().request(of, people()[KHAN], among, NOW)
    file = invitations().cancel_session(of, BEGINS, people()[KHAN], among, NOW)
    assert people()[missing].email.lower() not in file.decode().replace("\r\n ", "").lower()


def test_who_is_missing_from_the_directory_is_sent_nothing(there: Consulting) -> None:
    asked = events.ConsultationProposed(consultation())
    stores = there.exchange.stores
    inviting = Inviting(invitations, stores.people, REPLIES, there.clock.now)
    assert not inviting.invited([asked], lambda _ids: sites())


def is_asked(sent: ConsultationInvited) -> bool:
    return sent.method == "REQUEST" and sent.audience != "leavers"


def attendees(file: str, slot: datetime) -> list[str]:
    return [str(each) for each in told_in(file, slot)["ATTENDEE"]]


def has(addresses: list[str]) -> list[str]:
    """Their names."""
    return sorted(each.removeprefix("mailto:").partition("@")[0] for each in addresses)


def told_of(consultation: Consultation, slot: datetime) -> Any:
    return told_in(invitations().request(consultation, people()[BANO], directory(), NOW).decode(), slot)


def told_in(file: str, slot: datetime) -> Any:
    """The session's own event, else that of the series."""
    told: list[Any] = Calendar.from_ical(file).walk("VEVENT")
    return next((each for each in told[1:] if each["RECURRENCE-ID"].dt == slot), told[0])
