"""What is told of one session, or of several of a series: by who comes to them, and by which are meant."""

from datetime import timedelta
from typing import Any

import pytest

from services.exchange.adapters.published_events import PublishedEvents
from tests.consulting import TUESDAY, Consulting
from tests.fakes.exchange import ExchangeInMemory, consulting_in_memory
from tests.unit.exchange import given

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


@pytest.fixture
def there() -> Consulting:
    return consulting_in_memory()


def published(there: Consulting, kind: str) -> list[Any]:
    """The events of this kind, as others read them."""
    assert isinstance(there.exchange, ExchangeInMemory)
    publish = PublishedEvents(there.exchange.stores.sites).publish
    events = [event for each in there.exchange.fake_consultations.told for event in publish([each], given.EDITION)]
    return [event for event in events if event.type == f"exchange.consultation.{kind}.v1"]


def named(there: Consulting, people: tuple[str, ...]) -> set[str]:
    return {name for name, person in there.people.items() if person in people}


def twice(there: Consulting) -> str:
    return there.booked(recurrence="FREQ=WEEKLY;COUNT=2")


def for_the_presenter(there: Consulting, consultation: str, **fields: Any) -> None:
    there.reply(consultation, "deputy", participant=there.people["presenter"], **fields)


def of_a_deputy(there: Consulting, consultation: str) -> None:
    for_the_presenter(there, consultation, slot=TUESDAY.isoformat())


def of_a_deputy_for_the_other(there: Consulting, consultation: str) -> None:
    there.reply(consultation, "presenter", slot=TUESDAY.isoformat())
    for_the_presenter(there, consultation, slot=(TUESDAY + WEEK).isoformat())


def of_who_cannot_come_to_it(there: Consulting, consultation: str) -> None:
    there.reply(consultation, "specialist", "declined", slot=TUESDAY.isoformat())


def of_who_comes_to_it_alone(there: Consulting, consultation: str) -> None:
    there.reply(consultation, "specialist", "declined")
    there.reply(consultation, "specialist", slot=TUESDAY.isoformat())


ANSWERS = [
    (of_a_deputy, {"chair", "deputy", "interpreter", "specialist"}),
    (of_a_deputy_for_the_other, {"chair", "presenter", "interpreter", "specialist"}),
    (of_who_cannot_come_to_it, {"chair", "presenter", "interpreter"}),
    (of_who_comes_to_it_alone, {"chair", "presenter", "interpreter", "specialist"}),
]


@pytest.mark.parametrize(("answered", "come"), ANSWERS, ids=[each.__name__ for each, _ in ANSWERS])
def test_a_session_tells_who_comes_to_it(there: Consulting, answered: Any, come: set[str]) -> None:
    consultation = twice(there)
    answered(there, consultation)
    there.pass_time(TUESDAY + HOUR / 4 - there.clock.now())
    there.give("close_session", consultation, slot=TUESDAY.isoformat(), attended=[there.people["chair"]], opinions={})
    soon, held = published(there, "session-soon")[-1], published(there, "session-held")[-1]
    assert (named(there, soon.coming), named(there, held.coming)) == (come, come)


def test_who_chaired_a_session_is_told_that_nobody_closed_it(there: Consulting) -> None:
    people = there.participants()
    people[0]["deputies"] = [there.people["observer"]]
    consultation = there.booked(recurrence="FREQ=WEEKLY;COUNT=2", participants=people)
    there.reply(consultation, "observer", participant=there.people["chair"], slot=TUESDAY.isoformat())
    there.pass_time(timedelta(days=30))
    chaired_by = [event.chaired_by for event in published(there, "closing-overdue")]
    assert chaired_by == [there.people["observer"], there.people["chair"]]


def begun(there: Consulting, times: int) -> str:
    """A series of which the first session is under way."""
    consultation = there.booked(recurrence=f"FREQ=WEEKLY;COUNT={times}")
    there.pass_time(TUESDAY + HOUR / 4 - there.clock.now())
    return consultation


def test_each_session_that_is_called_off_with_others_names_them_all(there: Consulting) -> None:
    consultation = begun(there, 4)
    for name in ("chair", "interpreter", "presenter"):
        there.reply(consultation, name, "declined")
    rest = tuple(TUESDAY + WEEK * n for n in (1, 2, 3))
    told = published(there, "session-cancelled")
    assert [(event.slot, event.called_off) for event in told] == [(slot, rest) for slot in rest]


def test_one_session_that_is_called_off_names_itself_alone(there: Consulting) -> None:
    consultation = twice(there)
    there.give("cancel_session", consultation, slot=TUESDAY.isoformat(), reason="The scanner broke.")
    (told,) = published(there, "session-cancelled")
    assert told.called_off == (TUESDAY,)
    there.give("cancel_session", consultation, reason="It is not mended.")
    (told,) = published(there, "cancelled")
    assert told.called_off == (TUESDAY + WEEK,)


def test_the_rest_that_is_called_off_is_named_without_what_took_place(there: Consulting) -> None:
    consultation = begun(there, 3)
    there.give("close_session", consultation, slot=TUESDAY.isoformat(), attended=[there.people["chair"]], opinions={})
    there.give("cancel_consultation", consultation, reason="The scanner broke.")
    (told,) = published(there, "cancelled")
    assert told.called_off == (TUESDAY + WEEK, TUESDAY + WEEK * 2)


def test_of_sessions_that_are_called_off_the_earliest_comes_first_wherever_it_was_moved(there: Consulting) -> None:
    consultation = twice(there)
    there.give(
        "move_session", consultation, slot=TUESDAY.isoformat(), begins=(TUESDAY + WEEK * 2).isoformat(), reason="Snow."
    )
    there.give("cancel_consultation", consultation, reason="The scanner broke.")
    (told,) = published(there, "cancelled")
    assert told.called_off == (TUESDAY + WEEK, TUESDAY)
