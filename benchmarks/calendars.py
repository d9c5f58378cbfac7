"""Writing a feed, and seeing that it has not changed."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from icalendar import Calendar, Event

from benchmarks.figures import Figure, at_most
from benchmarks.ground import Ground
from benchmarks.sizes import Sizes
from services.exchange.application.ports.calendar_files import OF_PERSON, OF_SITE, Feed, ListedConsultation, Revision
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.visit import BOOKED
from tests.unit.exchange.given import NOW
from tests.unit.exchange.given_consultation import BEGINS, consultation, directory, feed, feeds, session

AIM_MS, UNCHANGED_AIM_MS, RATIO = 200, 10, 1.5
CHANGED = 0.01
"""The part of the bookings that has changed since the feed was last asked for."""
PEOPLE = 200
Values = Sequence[tuple[str, Any, dict[str, str]]]


def calendars(_: Ground, sizes: Sizes) -> Iterator[Figure]:
    """A feed whose bookings were never written before, one of which a few have changed, and one that has not changed.

    Beside the library alone writing the same events from the same values, and the aims.
    """
    for kind in (OF_SITE, OF_PERSON):
        yield from _written(_feed(kind, sizes.fed), sizes)
    revisions = [Revision(f"con_{number}", 1) for number in range(sizes.fed)]
    unchanged = _milliseconds(lambda: feeds().tag(OF_SITE, "sit_kashgar", "en", revisions), sizes.rounds)
    name = f"feed of {sizes.fed:,} bookings: that nothing has changed (304)"
    yield at_most(name, unchanged, "ms", "the aim", UNCHANGED_AIM_MS, 1)


def _written(asked: Feed, sizes: Sizes) -> Iterator[Figure]:
    name = f"feed of {sizes.fed:,} bookings, of a {asked.kind}"
    values = list(_values(asked))
    alone = _milliseconds(lambda: _by_the_library_alone(values), sizes.rounds)
    cold = _milliseconds(lambda: feeds(sizes.fed).write(asked), sizes.rounds)
    writer, rounds = feeds(2 * sizes.fed), iter(range(2, sizes.rounds + 2))
    writer.write(asked)
    warm = _milliseconds(lambda: writer.write(_a_little_later(asked, next(rounds))), sizes.rounds)
    yield at_most(f"{name}, none written before", cold, "ms", "icalendar alone", alone, RATIO)
    yield at_most(f"{name}, none written before", cold, "ms", "the aim", AIM_MS, 1)
    yield at_most(f"{name}, {CHANGED:.0%} changed", warm, "ms", "the aim", AIM_MS, 1)


def _feed(kind: str, bookings: int) -> Feed:
    """Of an hour each, one after another, among 200 people in fours."""
    listed = tuple(ListedConsultation(_booked(number), 1, NOW) for number in range(bookings))
    known = directory()
    somebody = known.people[consultation().organiser]
    people = {_person(n): replace(somebody, id=_person(n), email=f"somebody{n}@kashgar.example") for n in range(PEOPLE)}
    return feed(kind, consultations=listed, visits=(), among=replace(known, people={**known.people, **people}))


def _booked(number: int) -> Consultation:
    plain = consultation(state=BOOKED)
    participants = tuple(
        replace(each, person=_person(4 * number + seat), deputies=()) for seat, each in enumerate(plain.participants)
    )
    begins = BEGINS + timedelta(hours=number)
    return replace(plain, id=f"con_{number}", participants=participants, sessions=(session(begins),))


def _person(number: int) -> str:
    return f"per_{number % PEOPLE}"


def _a_little_later(asked: Feed, version: int) -> Feed:
    changed = max(1, int(len(asked.consultations) * CHANGED))
    newer = tuple(replace(each, version=version) for each in asked.consultations[:changed])
    return replace(asked, consultations=(*newer, *asked.consultations[changed:]))


def _values(asked: Feed) -> Iterator[Values]:
    """What each event of the feed holds, as plain values."""
    for event in Calendar.from_ical(feeds().write(asked)).walk("VEVENT"):
        held: list[tuple[str, Any]] = event.property_items(recursive=False)
        yield [(name, _plain(value), dict(value.params)) for name, value in held if name not in ("BEGIN", "END")]


def _plain(value: Any) -> Any:
    for of in ("dt", "cats"):
        if hasattr(value, of):
            return getattr(value, of)
    return int(value) if isinstance(value, int) else str(value)


def _by_the_library_alone(events: Sequence[Values]) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", "-//Nobody//EN")
    calendar.add("VERSION", "2.0")
    for values in events:
        event = Event()
        for name, value, parameters in values:
            event.add(name, value, {key: each for key, each in parameters.items() if key != "TZID"})
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _milliseconds(act: Callable[[], object], rounds: int) -> float:
    """The median of so many rounds."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)
