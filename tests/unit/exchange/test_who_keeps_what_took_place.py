"""Who comes to something that is planned is told how it stands; others keep what took place with them, and no more."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from chassis.kernel.actor import Actor
from services.exchange.domain.consultations.inviting import (
    CANCEL,
    CANCEL_SESSION,
    KEEP,
    REMOVE,
    REQUEST,
    invitations,
)
from tests.consulting import TUESDAY, Consulting
from tests.unit.exchange.test_consultation_lives import told
from tests.unit.exchange.test_unchanged_feeds import Subscribed
from tests.unit.exchange.test_what_took_place_in_calendars import (
    WEEK,
    WEEKLY,
    files,
    held_with_the_deputy,
    hold_the_first,
    with_deputies,
)

HOUR = timedelta(hours=1)


def sent(there: Consulting, name: str, consultation: str, by: Actor | None = None, **fields: Any) -> dict[str, str]:
    """Whom a decision sends which kind of file."""
    since = len(told(there))
    there.give(name, consultation, by, **fields)
    names = {person: name for name, person in there.people.items()}
    return {names[each]: file.kind for file in invitations(told(there)[since:]) for each in file.people}


def with_the_deputy(there: Consulting) -> str:
    """The first of three sessions is held with the deputy, who is to come to the others as well."""
    made = there.propose(by=there.coordinator, recurrence=WEEKLY).id
    there.reply(made, "deputy", participant=there.people["presenter"])
    for name in ("chair", "interpreter"):
        there.reply(made, name)
    hold_the_first(there, made, "chair", "deputy")
    return made


def in_their_feed(there: Consulting, name: str) -> list[Any]:
    calendar = Calendar.from_ical(Subscribed(there, subject=name).read()["content"])
    return list(calendar.walk("VEVENT"))


MOVED: dict[str, Any] = {"begins": (TUESDAY + WEEK + HOUR).isoformat(), "reason": "Snow."}
ACCEPTED: dict[str, Any] = {"status": "accepted"}


def test_a_deputy_who_is_not_to_come_any_more_keeps_what_took_place_with_them(there: Consulting) -> None:
    made = with_the_deputy(there)
    since = len(told(there))
    assert "deputy" not in sent(there, "add_consultation_note", made, text="The images are there.")
    there.reply(made, "presenter")
    (kept,) = (each for each in files(there, since) if each.audience == "leavers")
    assert (kept.method, kept.recipients) == ("REQUEST", (there.people["deputy"],))
    (event,) = Calendar.from_ical(kept.calendars["en"]).walk("VEVENT")
    for each in (event, *in_their_feed(there, "deputy")):
        assert (each["DTSTART"].dt, each["RRULE"]["UNTIL"]) == (TUESDAY, [TUESDAY])
        assert "mailto:deputy@gilgit.example" in each["ATTENDEE"]


def test_who_takes_part_no_longer_keeps_what_took_place_with_them(there: Consulting) -> None:
    made = with_the_deputy(there)
    stay = there.participants("chair", "presenter", "interpreter", "observer")
    kinds = sent(there, "change_participants", made, participants=stay, reason="She moved.")
    assert (kinds["specialist"], kinds["observer"], kinds["deputy"]) == (KEEP, REQUEST, REQUEST)
    assert [each["DTSTART"].dt for each in in_their_feed(there, "specialist")] == [TUESDAY]
    assert in_their_feed(there, "observer")


def test_who_was_to_come_to_nothing_that_is_over_keeps_nothing(there: Consulting) -> None:
    booked = there.booked(recurrence=WEEKLY)
    later = (TUESDAY + WEEK).isoformat()
    there.reply(booked, "deputy", participant=there.people["presenter"], slot=later)
    hold_the_first(there, booked, "chair")
    fields = {"participant": there.people["presenter"], "slot": later} | ACCEPTED
    assert sent(there, "reply_to_consultation", booked, there.actor("presenter"), **fields)["deputy"] == REMOVE
    assert in_their_feed(there, "deputy") == []


def test_a_deputy_whose_session_is_over_hears_nothing_of_the_others(there: Consulting) -> None:
    booked = held_with_the_deputy(there)
    slot = (TUESDAY + WEEK).isoformat()
    assert "deputy" not in sent(there, "move_session", booked, slot=slot, **MOVED)
    others = with_deputies(there)
    assert "deputy" not in sent(there, "change_participants", booked, participants=others, reason="He left.")
    assert "deputy" not in sent(there, "cancel_session", booked, slot=slot, reason="Snow.")
    assert sent(there, "mark_consultation_entered_in_error", booked, reason="Twice.")["deputy"] == CANCEL


def test_a_deputy_whose_session_is_called_off_hears_of_that_and_of_nothing_more(there: Consulting) -> None:
    booked = there.booked(recurrence=WEEKLY)
    first, second = (TUESDAY.isoformat(), (TUESDAY + WEEK).isoformat())
    there.reply(booked, "deputy", participant=there.people["presenter"], slot=first)
    assert sent(there, "cancel_session", booked, slot=first, reason="Snow.")["deputy"] == CANCEL_SESSION
    assert "deputy" not in sent(there, "move_session", booked, slot=second, **MOVED)
    assert "deputy" not in sent(there, "cancel_consultation", booked, reason="Snow.")


@pytest.mark.parametrize(("hold", "kind"), [(False, CANCEL), (True, REQUEST)])
def test_a_deputy_hears_that_what_they_were_to_come_to_is_called_off(there: Consulting, hold: bool, kind: str) -> None:
    booked = there.booked(recurrence=WEEKLY)
    there.reply(booked, "deputy", participant=there.people["presenter"])
    if hold:
        hold_the_first(there, booked, "chair", "deputy")
    assert sent(there, "cancel_consultation", booked, reason="Snow.")["deputy"] == kind


def test_a_deputy_who_takes_part_themselves_from_now_on_is_invited(there: Consulting) -> None:
    made = there.propose(by=there.coordinator, participants=with_deputies(there, chair="observer")).id
    there.reply(made, "observer", participant=there.people["chair"])
    others = there.participants("chair", "presenter", "interpreter", "observer")
    kinds = sent(there, "change_participants", made, participants=others, reason="She is needed.")
    assert kinds["observer"] == REQUEST
