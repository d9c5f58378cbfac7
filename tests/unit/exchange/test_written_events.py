"""The lines of an event are those that the library would write, but for where they are folded."""

import pytest
from icalendar import Event

from services.exchange.adapters.icalendar.addresses import Office
from services.exchange.adapters.icalendar.describing import Reader
from services.exchange.adapters.icalendar.events import Telling, vevents
from services.exchange.adapters.icalendar.visits import VisitReader, visit_event
from services.exchange.adapters.icalendar.written import written
from services.exchange.application.ports.calendar_files import ListedVisit
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.parties import ACCEPTED, DECLINED
from tests.unit.exchange.given import NOW, visit
from tests.unit.exchange.given_consultation import (
    BANO,
    DEPUTY,
    KHAN,
    WEBSITE,
    answer,
    consultation,
    directory,
    feed,
    weekly,
)

OFFICE = Office.at(WEBSITE, "consultations@khunjerab.example")
FOR_TWO = {each: answer(ACCEPTED, deputy=DEPUTY) for each in (BANO, KHAN)}
ANSWERED = {BANO: answer(ACCEPTED, deputy=DEPUTY), KHAN: answer(DECLINED)}


def unfolded(lines: bytes) -> bytes:
    """The library folds a line of 75 octets, too."""
    return lines.replace(b"\r\n ", b"")


@pytest.mark.parametrize("language", ["en", "zh", "ur"])
@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    "of", [consultation(), consultation(answers=ANSWERED), consultation(answers=FOR_TWO), weekly()]
)
def test_a_consultation_is_written_as_the_library_would(of: Consultation, private: bool, language: str) -> None:
    for event in vevents(of, Telling(OFFICE, directory(), Reader(language, "Europe/Berlin"), NOW, private)):
        assert unfolded(written(event)) == unfolded(event.to_ical(sorted=False))


def test_a_visit_is_written_as_the_library_would() -> None:
    event = visit_event(ListedVisit(visit(), 2, NOW), VisitReader("en", goes=True), feed().among, OFFICE)
    assert unfolded(written(event)) == unfolded(event.to_ical(sorted=False))


def test_a_line_has_up_to_75_octets() -> None:
    for length, lines in ((66, [74]), (67, [75]), (68, [75, 2]), (141, [75, 75]), (142, [75, 75, 2])):
        event = Event()
        event.add("SUMMARY", "x" * length)
        assert [len(line) for line in written(event).split(b"\r\n")[1:-2]] == lines


def test_parameters_of_one_person_are_not_given_to_another() -> None:
    accepted, declined = (consultation(answers={BANO: answer(status)}) for status in (ACCEPTED, DECLINED))
    told = Telling(OFFICE, directory(), Reader("en"), NOW)
    for of in (accepted, declined, accepted):
        (event,) = vevents(of, told)
        assert unfolded(written(event)) == unfolded(event.to_ical(sorted=False))
        assert f"PARTSTAT={of.answers[BANO].status.upper()}".encode() in unfolded(written(event))
