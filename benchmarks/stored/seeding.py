"""Very many visits as the store itself writes them.

The hospitals, a person, a visit that took place and one that is booked are made by the exchange's own commands. All
others are those documents again (`copies`), written in bulk; the quota ledgers count every one of them.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any

from pymongo.database import Database

from benchmarks.stored.copies import Document, Stay, Template, visit_of
from benchmarks.stored.counting import Counted
from benchmarks.stored.hospitals import DAYS, Hospital
from benchmarks.stored.templates import FOUNDED, SEATS, alliance, templates
from chassis.kernel.ids import document_id, uuid7
from services.exchange.domain.person import Person
from services.exchange.domain.visit import Visit
from tests.alliance import START, Alliance

TO_COME = 10
"""Of so many visits one is still to come, as 100,000 are of 1,000,000."""
HORIZON = timedelta(days=300)
NEXT = START + timedelta(days=35)
"""The first day of the visits to come."""
AT_ONCE = 2_000
GUESTS = 500
"""How many of a hospital's people, of the half that has no visit to come, may be sent while it is measured."""

People = Sequence[Sequence[str]]


def seed(database: Database[Document], visits: int, hosts: int) -> tuple[list[Hospital], int]:
    """Stores so many visits at so many hospitals; answers which, and how many were written. A tenth is to come, booked.

    Indexes are for afterwards: what is written without any, and indexed at the end, takes a quarter of the time.
    """
    founded = [alliance(database) for _ in range(hosts)]
    person, past, booked = templates(founded[0])
    people = [_people_of_one(visits // TO_COME // hosts) for _ in range(hosts)]
    hospitals = [_hospital(one, theirs) for one, theirs in zip(founded, people, strict=True)]
    _write(database, "people", _people(person, hospitals, people))
    counted = Counted()
    made = database["visits"].count_documents({})
    took_place = _again(past, _stays_of_the_past(hospitals, people, visits - visits // TO_COME - made), counted)
    to_come = _again(booked, _stays_to_come(hospitals, people), counted)
    written = _write(database, "visits", chain(took_place, to_come))
    counted.book(founded[0].exchange)
    return hospitals, made + written


def _people_of_one(many: int) -> list[str]:
    """The ids of so many people of one hospital."""
    return [document_id("per", uuid7(FOUNDED, random.randbytes(10))) for _ in range(many)]


def _hospital(founded: Alliance, people: Sequence[str]) -> Hospital:
    return replace(Hospital.of(founded), guests=tuple(people[len(people) // 2 :][:GUESTS]))


def _people(template: Template[Person], hospitals: Sequence[Hospital], people: People) -> Iterator[Document]:
    for hospital, theirs in zip(hospitals, people, strict=True):
        for person in theirs:
            state = replace(template.state, id=person, sites=(hospital.sending,), email=f"{person}@gilgit.example")
            yield template.again(state, person, timedelta())


def _stays_of_the_past(hospitals: Sequence[Hospital], people: People, wanted: int) -> Iterator[tuple[Stay, datetime]]:
    """Everybody goes again and again, all of them in turn, until today; each stay with the moment it was asked for."""
    first, days = FOUNDED + timedelta(days=40), (START - FOUNDED).days - 50
    everybody = [(number, person) for each in zip(*people, strict=True) for number, person in enumerate(each)]
    for number in range(wanted):
        index, person = everybody[number % len(everybody)]
        arrival = first + timedelta(days=days * number // wanted)
        yield Stay(hospitals[index], person, arrival.date(), number % SEATS + 1), arrival - timedelta(days=34)


def _stays_to_come(hospitals: Sequence[Hospital], people: People) -> Iterator[tuple[Stay, datetime]]:
    """Half of a hospital's people go twice, half a year apart; no two of them on the same seat and day."""
    slots = [_slots(len(theirs), number) for number, theirs in enumerate(people)]
    for turn, now in enumerate(zip(*slots, strict=True)):
        for hospital, theirs, (period, seat) in zip(hospitals, people, now, strict=True):
            arrival = NEXT + timedelta(days=period * DAYS)
            person = theirs[turn % (len(theirs) // 2)]
            yield (
                Stay(hospital, person, arrival.date(), seat + 1),
                START - timedelta(days=60) * (1 - turn / len(theirs)),
            )


def _slots(wanted: int, number: int) -> list[tuple[int, int]]:
    """So many periods of some days, each on one seat, in the order of the days; always the same ones."""
    all_of_them = range(HORIZON.days // DAYS * SEATS)
    return [divmod(slot, SEATS) for slot in sorted(random.Random(number).sample(all_of_them, wanted))]


def _again(template: Template[Visit], stays: Iterable[tuple[Stay, datetime]], counted: Counted) -> Iterator[Document]:
    made_at = template.document["made_at"]
    for stay, asked in stays:
        visit_id = document_id("vis", uuid7(asked, random.randbytes(10)))
        visit = visit_of(template.state, visit_id, stay, asked - made_at)
        counted.count(visit)
        yield template.again(visit, visit_id, asked - made_at)


def _write(database: Database[Any], collection: str, documents: Iterator[Document]) -> int:
    """How many there were."""
    written = 0
    while some := list(islice(documents, AT_ONCE)):
        written += len(database[collection].insert_many(some, ordered=False).inserted_ids)
    return written
