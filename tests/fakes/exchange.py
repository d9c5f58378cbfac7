"""The exchange's ports in memory, and the exchange put together on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any, cast

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded, Past, Transaction
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import uuid7
from services.exchange.adapters.fhir import FhirResources
from services.exchange.adapters.spreadsheets import SpreadsheetFiles
from services.exchange.application.ports.visits import Dice
from services.exchange.bootstrap import Exchange
from services.exchange.bootstrap.stores import Stores
from services.exchange.domain import letter as letters
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.closing import TakenPlaces, places
from services.exchange.domain.holidays import Calendar
from services.exchange.domain.ledger import Account, CountedOutcome, Ledger, Move
from services.exchange.domain.letter import Letter
from services.exchange.domain.permissions.visits import may_see
from services.exchange.domain.person import Person
from services.exchange.domain.reporting.report import AGREEMENT, Report, Subject
from services.exchange.domain.site import Site
from services.exchange.domain.uncovered import uncovered
from services.exchange.domain.visit import FULFILLED, HOLDING, Visit, holds, is_seat_within
from tests.alliance import Alliance, StandingClock
from tests.consulting import Consulting
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.exchange_calendars import FakeCalendarAddresses, FakeFeedLines
from tests.fakes.exchange_consultations import FakeConsultations
from tests.fakes.exchange_diary import FakeDiary
from tests.fakes.exchange_imports import FakeImportRows, FakeImports
from tests.fakes.exchange_money import FakeBudgets, FakeCurrencies, FakeRates
from tests.fakes.exchange_tracks import FakeTracks
from tests.fakes.memory import Memory
from tests.fakes.sealing import PlainPress, PlainPrinter, seals


class FakeVisits(InMemoryDocuments[Visit]):
    """`Visits` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "visit", lambda visit: visit.state, holds, beside=["closed-period"])

    def held_keys(self, keys: Iterable[str]) -> frozenset[str]:
        shelves = (self.kept, self.memory.shelf("closed-period"))
        return frozenset(keys) & {key for shelf in shelves for each in shelf.values() for key in each.holds}

    def hosts_of(self, person: str) -> frozenset[str]:
        visits = [kept.state for kept in self.kept.values() if kept.state.is_holding]
        return frozenset(visit.host_site for visit in visits if person in {each.person for each in visit.going})

    def holding_places(self, department: str, within: Transaction | None = None) -> list[Loaded[Visit]]:  # noqa: ARG002
        here = f"seat:{department}:"
        holding = [key for key, visit in self.kept.items() if any(held.startswith(here) for held in visit.holds)]
        return [self.load(visit_id) for visit_id in sorted(holding)]

    def beyond(self, agreement: Agreement, limit: int) -> list[Loaded[Visit]]:
        found = (self.load(visit_id) for visit_id in self.kept)
        beyond = [each for each in found if each.state.agreement == agreement.id and uncovered(each.state, agreement)]
        return sorted(beyond, key=lambda each: (each.state.planned_departure, each.id))[:limit]

    def seats_held(self, departments: Iterable[str], first: date, last: date) -> frozenset[str]:
        wanted = frozenset(departments)
        keys = {key for visit in self.kept.values() for key in visit.holds}
        return frozenset(key for key in keys if is_seat_within(key, wanted, first, last))

    def of_people(self, people: Iterable[str]) -> list[Visit]:
        wanted, counting = frozenset(people), HOLDING | {FULFILLED}
        visits = [self.kept[visit_id].state for visit_id in sorted(self.kept)]
        return [
            visit for visit in visits if visit.state in counting and wanted & {each.person for each in visit.visitors}
        ]

    def page(self, seen_by: Actor, *, state: str | None, after: str | None, limit: int) -> list[Loaded[Visit]]:
        found = [
            self.load(visit_id) for visit_id in sorted(self.kept, reverse=True) if after is None or visit_id < after
        ]
        fitting = [each for each in found if state in (None, each.state.state) and may_see(seen_by, each.state)]
        return fitting[:limit]

    def of_year(self, subject: Subject, year: int, moment: datetime, limit: int) -> list[Past[Visit]]:
        of = "agreement" if subject.kind == AGREEMENT else "site"
        found = [
            visit_id
            for visit_id, kept in sorted(self.kept.items())
            if subject.id in {"agreement": {kept.state.agreement}, "site": _ends(kept.state)}[of]
            and any(state.year == year for state in kept.states)
        ]
        return list(self.as_of(found, moment).values())[:limit]


def _ends(visit: Visit) -> set[str]:
    return {visit.sending_site, visit.host_site}


class FakeClosedPlaces(InMemoryDocuments[TakenPlaces]):
    """`ClosedPlaces` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(
            memory, "closed-period", lambda taken: "reopened" if taken.reopened else "closed", places, beside=["visit"]
        )


class FakePeople(InMemoryDocuments[Person]):
    """`People` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "person", lambda _: "registered")

    def all(self) -> list[Loaded[Person]]:
        return sorted((self.load(person_id) for person_id in self.kept), key=lambda each: each.state.passport_name)

    def with_passport(self, *, after: str | None, limit: int) -> list[Loaded[Person]]:
        found = [self.load(each) for each in sorted(self.kept) if after is None or each > after]
        return [each for each in found if each.state.passport][:limit]


class FakeAgreements(InMemoryDocuments[Agreement]):
    """`Agreements` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "agreement", lambda agreement: agreement.state)

    def all(self) -> list[Loaded[Agreement]]:
        return [self.load(agreement_id) for agreement_id in sorted(self.kept, reverse=True)]


class FakeSites(InMemoryDocuments[Site]):
    """`Sites` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "site", lambda _: "registered")

    def all(self) -> list[Loaded[Site]]:
        return [self.load(site_id) for site_id in sorted(self.kept)]

    def has_seats(self, site_id: str, department: str, seats: int, within: Transaction) -> bool:  # noqa: ARG002
        return any(each.id == department and each.seats >= seats for each in self.kept[site_id].state.departments)


class FakeLetters(InMemoryDocuments[Letter]):
    """`Letters` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "letter", lambda letter: letter.state, letters.holds)

    def of_visit(self, visit_id: str) -> list[Loaded[Letter]]:
        found = [each for each in map(self.load, self.kept) if each.state.visit == visit_id]
        return sorted(found, key=lambda each: (each.state.asked_at, each.state.number))

    def standing(self, visit_id: str, person: str) -> Loaded[Letter] | None:
        return next((each for each in self._to(visit_id, person) if each.state.stands), None)

    def count(self, visit_id: str, person: str) -> int:
        return len(self._to(visit_id, person))

    def with_pdf(self, *, after: str | None, limit: int) -> list[Loaded[Letter]]:
        found = [self.load(each) for each in sorted(self.kept) if after is None or each > after]
        return [each for each in found if each.state.pdf][:limit]

    def with_code(self, code: str) -> Letter | None:
        return next((each.state for each in self.kept.values() if each.state.code == code), None)

    def _to(self, visit_id: str, person: str) -> list[Loaded[Letter]]:
        return [each for each in self.of_visit(visit_id) if each.state.person == person]


class FakeReports(InMemoryDocuments[Report]):
    """`Reports` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "report", lambda report: report.state)


class FakeLedgers:
    """`Ledgers` in memory."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    @property
    def kept(self) -> dict[str, Ledger]:
        return self.memory.shelf("ledger")

    def open(self, ledgers: Sequence[Ledger], within: Transaction) -> None:  # noqa: ARG002
        self.kept.update({ledger.id: ledger for ledger in ledgers})

    def load(self, ledger_id: str) -> Ledger:
        if ledger_id not in self.kept:
            raise Unknown(kind="ledger", id=ledger_id)
        return self.kept[ledger_id]

    def of_agreement(self, agreement_id: str) -> list[Ledger]:
        return [self.kept[key] for key in sorted(self.kept) if self.kept[key].agreement == agreement_id]

    def promise(self, wanted: Ledger, within: Transaction) -> None:  # noqa: ARG002
        stands = self.load(wanted.id)
        stands.must_allow(wanted)
        self.kept[wanted.id] = replace(
            wanted,
            visits=replace(stands.visits, promised=wanted.visits.promised),
            visitor_days=replace(stands.visitor_days, promised=wanted.visitor_days.promised),
            outcomes_reported=stands.outcomes_reported,
            planned_days=stands.planned_days,
            closed=False,
        )

    def close(self, ledger_id: str, within: Transaction) -> None:  # noqa: ARG002
        self.kept[ledger_id] = replace(self.load(ledger_id), closed=True)

    def move(self, move: Move, within: Transaction) -> None:  # noqa: ARG002
        ledger = self.load(move.ledger)
        ledger.must_take(move.held, move.covering)
        self.kept[move.ledger] = replace(
            ledger,
            visits=_moved(ledger.visits, move.held.visits, move.used.visits),
            visitor_days=_moved(ledger.visitor_days, move.held.visitor_days, move.used.visitor_days),
            planned_days=ledger.planned_days + move.planned_days,
        )

    def outcomes(self, ledger_ids: Iterable[str], until: datetime) -> list[CountedOutcome]:
        wanted = set(ledger_ids)
        counted = [(on, each) for _, (on, each) in sorted(self.memory.shelf("effect").items())]
        off = self.memory.shelf("taken-off")
        stood = [(on, each) for on, each in counted if each.effect not in off or off[each.effect] > until]
        return [each for on, each in stood if on in wanted and (each.at is None or each.at <= until)]

    def count_outcome(self, counts: Mapping[str, CountedOutcome]) -> None:
        with self.memory.lock:
            effects, ledgers = self.memory.shelf("effect"), {on: self.load(on) for on in counts}
            for on, counted in counts.items():
                if counted.effect not in effects:
                    effects[counted.effect] = (on, counted)
                    self.kept[on] = replace(ledgers[on], outcomes_reported=ledgers[on].outcomes_reported + 1)

    def take_off_outcome(self, outcome: str, at: datetime, told: str) -> None:
        with self.memory.lock:
            of_it = [(on, each) for on, each in self.memory.shelf("effect").values() if each.outcome == outcome]
            found = [(on, each) for on, each in of_it if each.sequence < told]
            if not found:
                raise Unknown(kind="outcome", id=outcome)
            off = self.memory.shelf("taken-off")
            for on, each in found:
                if each.effect not in off:
                    off[each.effect] = at
                    self.kept[on] = replace(self.load(on), outcomes_reported=self.load(on).outcomes_reported - 1)


def _moved(account: Account, held: int, used: int) -> Account:
    return replace(account, held=account.held + held, used=account.used + used)


class CountedCodes:
    """`Codes` that anybody can guess."""

    def __init__(self) -> None:
        self._given = 0

    def fresh(self) -> str:
        self._given += 1
        return f"{self._given:016d}"


class FixedDice:
    """`Dice` that always fall the same way: the lowest number first."""

    def shuffled(self, seats: Sequence[int]) -> list[int]:
        return sorted(seats)


class FakeCalendars:
    """`Calendars` that a test writes: by country, every holiday that it is to have."""

    def __init__(self, **countries: Calendar) -> None:
        self.countries = dict(countries)

    def days(self, country: str, year: int) -> Calendar:
        return {day: each for day, each in self.countries.get(country, {}).items() if day.year == year}


class ExchangeInMemory(Exchange):
    """The exchange on fakes: everything that it can be asked, without a database."""

    def __init__(self, clock: Clock, dice: Dice | None = None) -> None:
        memory = Memory()
        self.fake_calendars = FakeCalendars()
        self.fake_sites, self.fake_people = FakeSites(memory), FakePeople(memory)
        self.fake_agreements, self.fake_visits = FakeAgreements(memory), FakeVisits(memory)
        self.fake_letters, self.fake_reports = FakeLetters(memory), FakeReports(memory)
        self.fake_budgets, self.fake_rates = FakeBudgets(memory), FakeRates(memory)
        self.fake_ledgers, self.fake_closed_places = FakeLedgers(memory), FakeClosedPlaces(memory)
        self.fake_imports = FakeImports(memory)
        self.fake_tracks, self.fake_consultations = FakeTracks(memory), FakeConsultations(memory)
        self.fake_calendar_addresses = FakeCalendarAddresses(memory)
        stores = Stores(
            sites=self.fake_sites,
            people=self.fake_people,
            agreements=self.fake_agreements,
            visits=self.fake_visits,
            closed_places=self.fake_closed_places,
            consultations=self.fake_consultations,
            ledgers=self.fake_ledgers,
            tracks=self.fake_tracks,
            budgets=self.fake_budgets,
            rates=self.fake_rates,
            currencies=FakeCurrencies(),
            calendars=self.fake_calendars,
            imports=self.fake_imports,
            import_rows=FakeImportRows(memory),
            spreadsheets=SpreadsheetFiles(),
            letters=self.fake_letters,
            reports=self.fake_reports,
            press=PlainPress(),
            diary=FakeDiary(memory),
            rendering=FhirResources(),
            calendar_addresses=self.fake_calendar_addresses,
            feed_lines=FakeFeedLines(memory),
        )
        self.put_together(stores, clock, dice or FixedDice(), CountedCodes(), seals(), PlainPrinter())


class AllianceInMemory(Alliance):
    """The small alliance, without a database. `memory` shows what became of it."""

    memory: ExchangeInMemory

    def __post_init__(self) -> None:
        self.numbers = count()
        super().__post_init__()

    def fresh_id(self) -> str:
        """One after the other, so that what happens twice in the same way happens in the same order."""
        return uuid7(self.clock.now(), next(self.numbers).to_bytes(10))

    def opened(self) -> Exchange:
        self.memory = ExchangeInMemory(self.clock)
        return self.memory


def alliance_in_memory(**terms: Any) -> AllianceInMemory:
    """An alliance of so many `seats`, `visits_per_year` and so on."""
    return AllianceInMemory(database=cast("Any", None), **terms)


def consulting_in_memory(**terms: Any) -> Consulting:
    """Hospitals that consult each other, so many `sessions_a_year` and so on."""
    clock = StandingClock()
    return Consulting(ExchangeInMemory(clock), clock, **terms)
