"""The few documents that the exchange's own commands make, for all others to be written after."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pymongo.database import Database

from benchmarks.stored.copies import Template
from benchmarks.stored.hospitals import DAYS
from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from chassis.store import DocumentStore
from services.exchange.application import commands
from services.exchange.domain.person import Person
from services.exchange.domain.visit import Visit
from tests.alliance import Alliance, StandingClock

SEATS, MOST = 30, 100_000
FOUNDED = datetime(2022, 1, 3, 6, 0, tzinfo=UTC)
YEARS = 6


def alliance(database: Database[dict[str, Any]]) -> Alliance:
    """Two hospitals and their agreement, some years ago."""
    clock = StandingClock(FOUNDED)
    return Alliance(database, SEATS, visits_per_year=MOST, visitor_days_per_year=MOST, clock=clock, years=YEARS)


def templates(first: Alliance) -> tuple[Template[Person], Template[Visit], Template[Visit]]:
    """A person, a visit of theirs that took place and one that is booked."""
    person, arrival = first.person(), (FOUNDED + timedelta(days=60)).date()
    past = _took_place(first, person, arrival)
    booked = first.accept(first.propose(person, arrival=arrival + timedelta(days=100), days=DAYS))
    people, visits = first.exchange.stores.people, first.exchange.stores.visits
    assert isinstance(people, DocumentStore)
    assert isinstance(visits, DocumentStore)
    return (
        Template.read(people.collection, person, people.shape),
        Template.read(visits.collection, past.id, visits.shape),
        Template.read(visits.collection, booked.id, visits.shape),
    )


def _took_place(first: Alliance, person: str, arrival: date) -> Receipt:
    departure = arrival + timedelta(days=DAYS - 1)
    visit = first.accept(first.propose(person, arrival=arrival, days=DAYS))
    first.clock.moment = datetime(departure.year, departure.month, departure.day, 12, tzinfo=UTC)
    visit = _given(first, visit, "record_arrival", commands.RecordArrival, {"arrived_on": arrival.isoformat()})
    departed = {"departed_on": departure.isoformat(), "report": "Twelve staged; two sent on to surgery."}
    return _given(first, visit, "fulfil_visit", commands.FulfilVisit, departed)


def _given(first: Alliance, visit: Receipt, name: str, command: type[Any], fields: Mapping[str, str]) -> Receipt:
    asked = parsed(command, {"visit_id": visit.id, "expected_version": visit.version, **fields})
    receipt: Receipt = getattr(first.exchange, name)(asked, first.context(first.coordinator, visit.version))
    return receipt
