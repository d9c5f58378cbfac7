"""The events that carry calendar files: who shares one, in which languages, and that each stays below what travels."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from contracts.envelope import LARGEST_EVENT
from contracts.exchange.invitations import ConsultationInvited
from services.exchange.adapters.icalendar.invited import Inviting
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.domain.consultations import events
from services.exchange.domain.consultations.participants import CHAIR, SPECIALIST, Participant
from services.exchange.domain.consultations.sessions import HELD, Session
from services.exchange.domain.person import Person
from services.exchange.domain.visit import BOOKED
from tests.contract.test_exchange_ports_contract import keep
from tests.fakes.exchange import FakePeople, FakeSites
from tests.fakes.memory import Memory
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
    invitations,
    people,
    sites,
    weekly,
)

MOST = 60
"""Participants, and sessions."""


class CountedPeople(FakePeople):
    """Counts how often it is asked."""

    asked = 0

    def named(self, ids: Any) -> dict[str, Person]:
        self.asked += 1
        return super().named(ids)


def publishing(*more: Person) -> tuple[PublishedEvents, CountedPeople]:
    kept, known = FakeSites(Memory()), CountedPeople(Memory())
    for site in sites().values():
        keep(kept, site)
    for person in (*people().values(), *more):
        keep(known, person)
    return PublishedEvents(kept, Inviting(invitations, known, REPLIES, lambda: NOW)), known


def invited(*decided: object, more: tuple[Person, ...] = ()) -> list[ConsultationInvited]:
    told = publishing(*more)[0].publish(decided, EDITION)
    assert len(told) > len(decided) or not any(isinstance(each, ConsultationInvited) for each in told)
    return [each for each in told if isinstance(each, ConsultationInvited)]


def test_who_is_in_a_sites_zone_shares_an_event_and_who_is_elsewhere_has_their_own() -> None:
    together, apart = invited(events.ConsultationBooked(consultation(state=BOOKED)))
    assert (together.recipients, set(together.calendars)) == ((ZHANG, BANO, KHAN), {"en", "zh", "ur"})
    assert (apart.recipients, set(apart.calendars)) == ((YUSUF,), {"en"})
    assert "You: " in str(event_in(apart.calendars["en"])["DESCRIPTION"])
    assert "You: " not in str(event_in(together.calendars["en"])["DESCRIPTION"])


def test_an_event_tells_what_a_mail_needs() -> None:
    together, _ = invited(events.ConsultationBooked(consultation(state=BOOKED, sequence=3)))
    assert (together.method, together.announcement, together.begins) == ("REQUEST", 3, BEGINS)
    assert (together.reply_to, together.title) == (REPLIES, "Cysts, staging; 肝包虫病")
    assert event_in(together.calendars["zh"])["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("happening", "method", "recipients"),
    [
        (events.ConsultationCancelled(consultation(), ZHANG, "Ill.", BOOKED), "CANCEL", [(ZHANG, BANO, KHAN, YUSUF)]),
        (events.CounterDeclined(consultation(), BANO, BEGINS, None, ZHANG, "No."), "DECLINECOUNTER", [(BANO,)]),
        (
            events.ConsultationReplied(consultation(), BANO, answer(by=BANO), None, (DEPUTY,)),
            "CANCEL",
            [(DEPUTY,)],
        ),
    ],
)
def test_each_kind_has_its_method(happening: Any, method: str, recipients: list[tuple[str, ...]]) -> None:
    if isinstance(happening, events.ConsultationCancelled):
        off = tuple(replace(each, state="cancelled") for each in happening.consultation.sessions)
        happening = replace(happening, consultation=replace(happening.consultation, sessions=off))
    sent = invited(happening)
    assert [each.method for each in sent] == [method] * len(recipients)
    assert [each.recipients for each in sent] == recipients
    for each in sent:
        assert {str(Calendar.from_ical(file)["METHOD"]) for file in each.calendars.values()} == {method}


def test_a_session_that_is_called_off_is_told_by_its_slot() -> None:
    series = weekly(state=BOOKED)
    sent = invited(events.SessionCancelled(series, series.sessions[1], ZHANG, "Ill."))
    (event,) = {each.begins for each in sent}
    assert event == series.sessions[1].begins
    assert event_in(sent[0].calendars["en"])["RECURRENCE-ID"].dt == series.sessions[1].slot


def test_what_is_called_off_of_a_series_is_told_with_when_it_was_to_begin() -> None:
    series = weekly(state=BOOKED)
    slots = tuple(each.slot for each in series.sessions[1:])
    for event in invited(
        *(events.SessionCancelled(series, each, ZHANG, "Ill.", slots) for each in series.sessions[1:])
    ):
        assert (event.method, event.called_off, event.begins, event.reason) == ("REQUEST", slots, slots[0], "Ill.")


def test_an_invitation_speaks_of_what_is_to_come_and_not_of_what_is_over() -> None:
    first, *others = weekly(state=BOOKED).sessions
    series = weekly(state=BOOKED, sessions=(replace(first, state=HELD), *others))
    assert {event.begins for event in invited(events.ConsultationBooked(series))} == {others[0].begins}


def test_people_are_asked_for_only_where_something_is_sent() -> None:
    published, known = publishing()
    published.publish([events.ConsultationFulfilled(consultation()), events.ConsultationReplied(
        consultation(), BANO, answer(by=BANO), None
    )], EDITION)  # fmt: skip
    assert known.asked == 0
    published.publish([events.ConsultationBooked(consultation())], EDITION)
    assert known.asked == 1


def test_an_organiser_whom_nobody_registered_stops_no_invitation() -> None:
    (together, _) = invited(events.ConsultationBooked(consultation(organiser="per_elsewhere")))
    assert event_in(together.calendars["en"])["ORGANIZER"].params["CN"] == "Zhang Wei"


def many() -> tuple[Person, ...]:
    """In three languages, with names and addresses that are long."""
    return tuple(
        Person(
            id=f"per_{number:032x}", passport_name=f"Muhammad Abdullah Karimov the {number}th",
            local_name="محمد عبداللہ کریموف", language=("en", "zh", "ur")[number % 3], zone="Asia/Karachi",
            email=f"muhammad.abdullah.karimov.{number}@provincial-hospital.gilgit.example", sites=(GILGIT,),
        )
        for number in range(MOST)
    )  # fmt: skip


def moved(session: Session) -> Session:
    """As if everybody had been asked anew of this session."""
    by = timedelta(hours=1)
    asked_again = {each.id: answer("needs-action") for each in many()}
    return replace(session, begins=session.begins + by, ends=session.ends + by, answers=asked_again)


def test_sixty_people_and_sixty_sessions_that_all_differ_still_travel() -> None:
    everybody = many()
    participants = tuple(
        Participant(each.id, SPECIALIST if at else CHAIR, GILGIT if at else KASHGAR)
        for at, each in enumerate(everybody)
    )
    series = weekly(MOST, participants=participants, organiser=everybody[0].id, state=BOOKED)
    series = replace(series, sessions=tuple(map(moved, series.sessions)))
    (event,) = invited(events.ConsultationBooked(series), more=everybody)
    assert len(event.recipients) == MOST
    assert len(event.model_dump_json().encode()) < LARGEST_EVENT - 10_000
    master, *occurrences = Calendar.from_ical(event.calendars["ur"]).walk("VEVENT")
    assert (len(list(master["ATTENDEE"])), len(occurrences)) == (MOST, MOST)  # type: ignore[arg-type]
    assert all(event["ATTENDEE"].params["ROLE"] == CHAIR.upper() for event in occurrences)


def event_in(file: str) -> Any:
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    return event
