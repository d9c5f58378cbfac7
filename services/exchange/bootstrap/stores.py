"""What the exchange keeps, opened on a database."""

from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.store import Publish
from services.exchange.adapters import shapes
from services.exchange.adapters.calendar_address_store import CalendarAddressStore
from services.exchange.adapters.consultation_store import ConsultationStore
from services.exchange.adapters.currencies import IsoCurrencies
from services.exchange.adapters.diary_store import DiaryStore
from services.exchange.adapters.feed_store import FeedStore
from services.exchange.adapters.fhir import FhirResources
from services.exchange.adapters.holidays import NationalCalendars
from services.exchange.adapters.import_store import ImportRowStore, ImportStore
from services.exchange.adapters.ledger_store import LedgerStore
from services.exchange.adapters.letter_store import LetterStore
from services.exchange.adapters.money_store import BudgetStore, RateStore
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.adapters.report_store import ReportStore
from services.exchange.adapters.reports import PrintedReports
from services.exchange.adapters.repositories import (
    AgreementStore,
    ClosedPlacesStore,
    PersonStore,
    SiteStore,
)
from services.exchange.adapters.spreadsheets import SpreadsheetFiles
from services.exchange.adapters.track_store import TrackStore
from services.exchange.adapters.visit_store import VisitStore
from services.exchange.application.importing.ports import ImportRows, Imports, Spreadsheets
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.calendar_feeds import CalendarAddresses, FeedLines
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.diary import Diary, Rendering
from services.exchange.application.ports.directory import Calendars, Sites, Travellers
from services.exchange.application.ports.letters import Letters
from services.exchange.application.ports.money import Budgets, Currencies, Rates
from services.exchange.application.ports.reports import Press, Reports
from services.exchange.application.ports.tracks import Tracks
from services.exchange.application.ports.visits import ClosedPlaces, Visits
from services.exchange.bootstrap.calendar_office import HERE, CalendarOffice


@dataclass(frozen=True)
class Stores:
    """Every kind of document, behind its port."""

    sites: Sites
    people: Travellers
    agreements: Agreements
    visits: Visits
    closed_places: ClosedPlaces
    consultations: Consultations
    ledgers: Ledgers
    tracks: Tracks
    budgets: Budgets
    rates: Rates
    currencies: Currencies
    calendars: Calendars
    imports: Imports
    import_rows: ImportRows
    spreadsheets: Spreadsheets
    letters: Letters
    reports: Reports
    press: Press
    diary: Diary
    rendering: Rendering
    calendar_addresses: CalendarAddresses
    feed_lines: FeedLines


def stores_on(database: Database[dict[str, Any]], clock: Clock, office: CalendarOffice = HERE) -> Stores:
    """Those of a MongoDB database. `office`: in whose name calendar files are sent."""
    sites, people, publish = _directory(database, clock, office)
    return Stores(
        sites=sites,
        people=people,
        agreements=AgreementStore(database["agreements"], shapes.agreement_shape(publish)),
        visits=VisitStore(database["visits"], shapes.visit_shape(publish), clock),
        closed_places=ClosedPlacesStore(database["visits"], shapes.CLOSED_PLACES_SHAPE),
        consultations=ConsultationStore(database["consultations"], shapes.consultation_shape(publish), clock),
        ledgers=LedgerStore(database["ledgers"], database["effects"]),
        tracks=TrackStore(database["tracks"], shapes.track_shape(publish)),
        budgets=BudgetStore(database["budgets"], shapes.BUDGET_SHAPE),
        rates=RateStore(database["rates"], shapes.RATE_SHAPE),
        currencies=IsoCurrencies(),
        calendars=NationalCalendars(),
        imports=ImportStore(database["imports"], shapes.IMPORT_SHAPE),
        import_rows=ImportRowStore(database["import_rows"]),
        spreadsheets=SpreadsheetFiles(),
        letters=LetterStore(database["letters"], shapes.letter_shape(publish)),
        reports=ReportStore(database["reports"], shapes.report_shape(publish)),
        press=PrintedReports(),
        diary=DiaryStore(database),
        rendering=FhirResources(),
        calendar_addresses=CalendarAddressStore(database["calendar_addresses"], shapes.CALENDAR_ADDRESS_SHAPE),
        feed_lines=FeedStore(database),
    )


def _directory(
    database: Database[dict[str, Any]], clock: Clock, office: CalendarOffice
) -> tuple[SiteStore, PersonStore, Publish]:
    """Sites and people, and how what is decided is told: with their names."""
    sites = SiteStore(database["sites"], shapes.SITE_SHAPE)
    people = PersonStore(database["people"], shapes.person_shape(PublishedEvents(sites).publish))
    return sites, people, PublishedEvents(sites, office.inviting(people, clock), office.visits(people)).publish
