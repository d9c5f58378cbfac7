"""Every question of a store about many documents has an index: what is stored beside them costs nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.store import database_at
from services.exchange.bootstrap.stores import Stores, stores_on
from services.exchange.domain.reporting.report import AGREEMENT, SITE, Subject
from services.exchange.manifest import MANIFEST as EXCHANGE
from services.notify.adapters.announcement_store import AnnouncementStore
from services.notify.adapters.brought_calendar_store import BroughtCalendarStore
from services.notify.adapters.escalation_store import EscalationStore
from services.notify.adapters.notification_store import NotificationStore
from services.notify.adapters.people_copies import PeopleCopies
from services.notify.adapters.reminder_store import ReminderStore
from services.notify.adapters.reply_link_store import ReplyLinkStore
from services.notify.adapters.webhook_stores import WebhookDeliveryStore
from services.notify.application.searching import SoughtNotifications
from services.notify.manifest import MANIFEST as NOTIFY
from services.research.adapters.agreement_track_store import AgreementTrackStore
from services.research.adapters.cells import Cells
from services.research.adapters.counting_anew import CountingAnew
from services.research.adapters.delegations import DELEGATION_SHAPE, DelegationStore
from services.research.adapters.import_store import ImportFileStore, ImportStore
from services.research.adapters.legal_shapes import AGREEMENT_TRACK_SHAPE, REQUIREMENT_SHAPE
from services.research.adapters.legal_stores import RequirementStore, SiteCopies
from services.research.adapters.measures_store import MeasuresStore
from services.research.adapters.naming import Naming
from services.research.adapters.promise_copies import PromiseCopies
from services.research.adapters.public_names import PublicNameStore
from services.research.adapters.public_outcomes import PublicOutcomeStore
from services.research.adapters.repositories import OutcomeStore
from services.research.adapters.shapes import IMPORT_SHAPE, OUTCOME_SHAPE
from services.research.application.ports.agreement_tracks import SoughtTracks
from services.research.application.ports.outcomes import Owing, Sought
from services.research.domain.harvesting.formats import NAMED, PERSON
from services.research.domain.harvesting.named import Named
from services.research.domain.harvesting.tokens import Mark
from services.research.manifest import MANIFEST as RESEARCH
from tests.alliance import START, StandingClock
from tests.fixtures.installations import MakeInstallation
from tests.fixtures.questions import Question, Questions, is_served
from tests.unit.exchange import given
from tests.unit.notify.samples import one_of_each_purpose

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))
MANAGER = Actor("per_manager", frozenset({PROGRAMME_MANAGER}), frozenset({given.GILGIT, given.KASHGAR}))
EVERYBODY = (ADMIN, MANAGER)
AMENDED = given.agreement(superseded=(given.agreement().standing,))
REDUCED = given.agreement(superseded=(given.agreement(conditions=(given.condition(id="cnd_old"),)).standing,))
ID = "vis_019c0000000071118aaa000000000001"
DAYS = tuple(product((None, date(2026, 4, 6)), (None, date(2026, 4, 8))))
EDGES = tuple(product((None, START), (None, START)))

NARROW = (
    "visitors.person",
    "deputies.person",
    "responsible",
    "followers",
    "origin.id",
    "also_of.id",
    "found_by",
    "visit",
    "on",
    "owner",
    "outcomes",
    "waiting.site",
    "widenings.site",
    "due.at",
)
"""One person's, one visit's, one consultation's, one outcome's or one ledger's; what waits for one site; what is
called alike; what is due by now."""
OWING = (Owing(), Owing(responsible="per_1"), Owing(since=date(2026, 8, 1), until=date(2026, 8, 9)))
MOVED = "history.was.planned_arrival.was"
"""Only visits that were moved have it, and the index is sparse."""
WHOLE = {
    "sites": "as many as hospitals",
    "people": "a list of everybody to choose from, or to announce something to",
    "announcements": "an administrator's list, by its moment",
    "agreements": "as many as were made between hospitals",
    "imports": "the last hundred, by id",
    "rates": "as many as were entered by hand, by id",
    "calendar_addresses": "an administrator's list, by id",
    "requirements": "as few as there are laws to heed",
    "budgets": "totals for those who see all",
}
"""Collections that are asked for whole, and why."""

EXCHANGE_ASKS: Mapping[str, Callable[[Stores], Any]] = {
    "sites.all": lambda on: on.sites.all(),
    "people.all": lambda on: on.people.all(),
    "agreements.all": lambda on: on.agreements.all(),
    "visits.holding_places": lambda on: on.visits.holding_places("dep_surgery"),
    "visits.hosts_of": lambda on: on.visits.hosts_of("per_1"),
    "visits.held_keys": lambda on: on.visits.held_keys(["seat:dep_surgery:1:2026-04-06"]),
    "visits.seats_held": lambda on: on.visits.seats_held(["dep_surgery"], date(2026, 4, 6), date(2026, 4, 8)),
    "visits.of_people": lambda on: on.visits.of_people(["per_1"]),
    "visits.page": lambda on: [
        on.visits.page(who, state=state, after=after, limit=50)
        for who in EVERYBODY
        for state in (None, "booked")
        for after in (None, ID)
    ],
    "visits.beyond": lambda on: [on.visits.beyond(each, 200) for each in (given.agreement(), AMENDED, REDUCED)],
    "visits.of_year": lambda on: [
        on.visits.of_year(Subject(kind, "some_1"), 2026, START, 1001) for kind in (AGREEMENT, SITE)
    ],
    "consultations.taken": lambda on: on.consultations.taken(["per_1"], ["rom_1"], START, START),
    "consultations.waiting": lambda on: on.consultations.waiting(),
    "consultations.page": lambda on: [
        on.consultations.page(who, state=state, after=after, limit=50)
        for who in EVERYBODY
        for state in (None, "booked")
        for after in (None, "con_019c0000000071118aaa000000000001")
    ],
    "consultations.owing": lambda on: [
        on.consultations.owing(who, after=after, limit=50) for who in EVERYBODY for after in (None, "con_1")
    ],
    "consultations.of_year": lambda on: on.consultations.of_year(["agr_1"], 2026, START),
    "diary.visit_lines": lambda on: [on.diary.visit_lines(["sit_1"], *days, 9) for days in DAYS],
    "diary.consultation_lines": lambda on: [on.diary.consultation_lines(["sit_1"], *edges, 9) for edges in EDGES],
    "diary.visits": lambda on: on.diary.visits(["vis_1"]),
    "diary.consultations": lambda on: on.diary.consultations(["con_1"]),
    "diary.people": lambda on: on.diary.people(["per_1"]),
    "diary.sites": lambda on: on.diary.sites(["sit_1"]),
    "diary.visits_of": lambda on: on.diary.visits_of("per_1"),
    "diary.consultations_of": lambda on: on.diary.consultations_of("per_1"),
    "tracks.awaiting": lambda on: [
        on.tracks.awaiting(who, after=after, limit=50) for who in EVERYBODY for after in (None, "trk_1")
    ],
    "budgets.among": lambda on: [
        on.budgets.among(agreement=agreement, sites=sites)
        for agreement in (None, "agr_1")
        for sites in (None, MANAGER.sites)
    ],
    "rates.into": lambda on: on.rates.into("CNY", ["PKR"]),
    "rates.page": lambda on: on.rates.page(after=None, limit=50),
    "letters.of_visit": lambda on: on.letters.of_visit("vis_1"),
    "letters.standing": lambda on: on.letters.standing("vis_1", "per_1"),
    "letters.count": lambda on: on.letters.count("vis_1", "per_1"),
    "letters.with_code": lambda on: on.letters.with_code("ABCD"),
    "calendar_addresses.with_secret": lambda on: on.calendar_addresses.with_secret("hash"),
    "calendar_addresses.page": lambda on: [
        on.calendar_addresses.page(owner, after=after, limit=50)
        for owner, after in ((None, None), ("per_1", None), ("per_1", "cal_019c0000000071118aaa000000000001"))
    ],
    "calendar_addresses.open_of": lambda on: on.calendar_addresses.open_of("per_1"),
    "feed_lines.visits": lambda on: [
        on.feed_lines.visits(kind, "some_1", START.date(), 9) for kind in ("person", "site", "department", "agreement")
    ],
    "feed_lines.consultations": lambda on: [
        on.feed_lines.consultations(kind, "some_1", 9) for kind in ("person", "site", "department", "agreement")
    ],
    "feed_lines.named": lambda on: on.feed_lines.named(["per_1"], ["sit_1"]),
    "feed_lines.changed": lambda on: on.feed_lines.changed(START, 9),
    "imports.all": lambda on: on.imports.all(),
    "import_rows.of": lambda on: on.import_rows.of("imp_1"),
    "ledgers.of_agreement": lambda on: on.ledgers.of_agreement("agr_1"),
    "ledgers.outcomes": lambda on: on.ledgers.outcomes(["led_1"], START),
}
"""Each method of a store of the exchange that asks for more than one document by its id."""

WALKED = {"people.with_passport", "letters.with_pdf"}
"""Asked when keys are rotated, which goes through everything in any case."""
WRITES = {
    "sites.has_seats", "import_rows.keep", "import_rows.drop", "ledgers.open", "ledgers.load", "ledgers.promise",
    "ledgers.close", "ledgers.move", "ledgers.count_outcome", "ledgers.take_off_outcome", "tracks.must_stand",
}  # fmt: skip


def opened(questions: Questions) -> Stores:
    return stores_on(questions, StandingClock())  # type: ignore[arg-type]


def asked_by_the_exchange() -> list[Question]:
    questions = Questions()
    for ask in EXCHANGE_ASKS.values():
        ask(opened(questions))
    return questions.asked


SOUGHT = (
    Sought(),
    Sought(stage="pilot"),
    Sought(origin="vis_1"),
    Sought(origin="con_1", stage="pilot"),
    Sought(state="unclaimed"),
    Sought(type="software"),
    Sought(responsible="per_1"),
    Sought(responsible="per_1", state="unclaimed", type="software"),
)


def asked_by_research() -> list[Question]:
    questions = Questions(found={"made_at": START, "due_on": "2026-08-13", "done": True, "rules": 1})
    store = OutcomeStore(questions["outcomes"], OUTCOME_SHAPE, StandingClock())
    for who in EVERYBODY:
        for sought in SOUGHT:
            for after in (None, "out_1"):
                store.page(who, sought, after=after, limit=50)
    for who, owing, after in product(EVERYBODY, OWING, (None, "out_1")):
        store.owed(who, owing, after=after, limit=50)
    cells, naming = Cells(questions["cells"], questions["outcomes"]), Naming(questions["named"])
    naming.tell("out_1", [Named("prs_1", PERSON)], START, None)  # type: ignore[arg-type]
    counting = CountingAnew(questions["marks"], store, cells, naming, StandingClock())
    measures = MeasuresStore(questions["cells"], questions["outcomes"], counting)
    measures.delivered("agr_1")
    measures.is_complete()
    PromiseCopies(questions["promises"]).agreements_of(["sit_1"])
    ask_of_tracks(AgreementTrackStore(questions["agreement_tracks"], AGREEMENT_TRACK_SHAPE, StandingClock()))
    ask_of_the_public(PublicOutcomeStore(questions["outcomes"], OUTCOME_SHAPE), PublicNameStore(questions["named"]))
    RequirementStore(questions["requirements"], REQUIREMENT_SHAPE).all()
    SiteCopies(questions["sites"]).known(["sit_1"])
    store.described_by_each([["doi:10.1/a", "t:AAAABBBB"]], limit=50)
    store.common(["doi:10.1/a", "t:AAAABBBB"])
    store.come_since(START, brought_until=START)
    ImportStore(questions["imports"], IMPORT_SHAPE).seen_by(Actor("per_1"))
    ImportStore(questions["imports"], IMPORT_SHAPE).being_applied()
    ImportFileStore(questions["import_files"]).of("imp_1")
    DelegationStore(questions["delegations"], DELEGATION_SHAPE).with_person("per_1", limit=9)
    return questions.asked


def ask_of_the_public(public: PublicOutcomeStore, names: PublicNameStore) -> None:
    public.earliest()
    names.earliest()
    for since, before in EDGES:
        for after in (None, Mark(START, "out_1")):
            for types in (None, ("publication", "software")):
                public.page(types, since=since, before=before, after=after, limit=50)
            names.page(NAMED, since=since, before=before, after=after, limit=50)


def ask_of_tracks(tracks: AgreementTrackStore) -> None:
    tracks.serving("out_1")
    narrowed = (SoughtTracks(outcome="out_1"), SoughtTracks(waiting_site="sit_1"), SoughtTracks("out_1", "sit_1"))
    for who, sought, after in product(EVERYBODY, (SoughtTracks(), *narrowed), (None, "tra_1")):
        tracks.page(who, sought, after=after, limit=50)


def asked_by_notify() -> list[Question]:
    questions = Questions(found={"made_at": START, "webhook": "whk_1"})
    store = NotificationStore(questions["notifications"])
    for after in (None, "ntf_1"):
        store.inbox("per_1", after=after, limit=50)
    store.unread("per_1")
    store.unseen("per_1", None)
    store.unseen("per_1", START)
    store.due("email", START, 50)
    store.forget(START, 50)
    store.overtaken([one_of_each_purpose()["visit-booked"]])
    store.awaiting_digest("per_1", "email", START)
    named = ("about", "vis_1"), ("recipient", "per_1"), ("state", "bounced"), ("purpose", "visit-booked")
    for asked, (since, until), after in product(
        ({}, *({each: value} for each, value in named)), EDGES, (None, "ntf_1")
    ):
        store.search(SoughtNotifications(**asked, since=since, until=until), after=after, limit=50)
    store.how_far("ann_1")
    for shelf in ("notifications", "digests"):
        NotificationStore(questions[shelf]).waiting(50)
    ReplyLinkStore(questions["reply_links"]).forget(START, 50)
    calendars = BroughtCalendarStore(questions["calendars"])
    calendars.about("vis_1")
    calendars.forget(START, 50)
    ReminderStore(questions["reminders"]).about(["vis_1"])
    ask_of_webhook_deliveries(WebhookDeliveryStore(questions["webhook_deliveries"]))
    PeopleCopies(questions["people"]).everybody()
    for sites in (None, {"sit_1"}):
        AnnouncementStore(questions["announcements"]).newest(sites, 50)
    escalations = EscalationStore(questions["escalations"])
    escalations.about(["vis_1"])
    escalations.open_ones()
    # The one it begins behind is looked up by its id, whoever else has to fit.
    return [each for each in questions.asked if each.where.keys() != {"_id", "recipient"}]


def ask_of_webhook_deliveries(deliveries: WebhookDeliveryStore) -> None:
    deliveries.is_any_due(START)
    deliveries.due("whk_1", START, 20)
    for state, after in product((None, "delivered"), (None, "whd_1")):
        deliveries.of_webhook("whk_1", state=state, after=after, limit=50)
    deliveries.forget("delivered", START, 200)


SERVICES = {
    "exchange": (asked_by_the_exchange, EXCHANGE),
    "research": (asked_by_research, RESEARCH),
    "notify": (asked_by_notify, NOTIFY),
}


def of_the_exchange() -> set[str]:
    """`store.method` for each public method that a store has of its own."""
    stores = {name: store for name, store in vars(opened(Questions())).items() if name != "closed_places"}
    of_stores = {name: type(store) for name, store in stores.items() if "store" in type(store).__module__}
    of_stores |= {name: type(stores[name]) for name in ("sites", "people", "agreements")}
    return {f"{name}.{each}" for name, store in of_stores.items() for each in vars(store) if not each.startswith("_")}


@pytest.mark.parametrize("service", SERVICES)
def test_every_question_about_many_documents_has_an_index(service: str) -> None:
    asked, manifest = SERVICES[service]
    questions = [each for each in asked() if each.where or each.collection not in WHOLE]
    assert questions
    without = [each for each in questions if not is_served(each, manifest, (*NARROW, MOVED))]
    assert without == [], "no index finds this alone: ask otherwise, or declare one in the service's manifest"


def test_every_method_of_a_store_that_asks_is_among_them() -> None:
    assert of_the_exchange() - WRITES - WALKED == EXCHANGE_ASKS.keys()


@pytest.mark.broker
@pytest.mark.parametrize("service", SERVICES)
def test_the_database_itself_says_that_it_uses_one(service: str, make_installation: MakeInstallation) -> None:
    asked, manifest = SERVICES[service]
    alone = replace(manifest, subscribes_to=())
    database = database_at(make_installation([alone]).mongo_url(service))
    plans = {
        str(each): str(database[each.collection].find(_widest(each.where)).explain()["queryPlanner"]["winningPlan"])
        for each in asked()
        if each.where
    }
    assert {question: plan for question, plan in plans.items() if "COLLSCAN" in plan} == {}


def _widest(where: dict[str, Any]) -> dict[str, Any]:
    """Of a question with a field that alone leaves few, that field."""
    narrow = [name for name in (*NARROW, MOVED) if name in where]
    return {narrow[0]: where[narrow[0]]} if narrow else where


@pytest.mark.parametrize(
    "where",
    [
        {"$or": [{"sending_site": "sit_1"}, {"host_site": "sit_1"}]},
        {"host_site": {"$in": ["sit_1"]}, "_id": {"$lt": "vis_1"}},
        {"host_site": "sit_1", "purpose": "Ultrasound"},
        {"purpose": "Ultrasound"},
        {"_id": {"$lt": "vis_1"}},
        {},
    ],
    ids=str,
)
def test_a_question_without_an_index_is_seen(where: dict[str, Any]) -> None:
    assert not is_served(Question("visits", where), EXCHANGE, NARROW)


INDEXES = [(each.name, index.keys) for each in EXCHANGE.collections[3:5] for index in each.indexes]
"""Those of visits and of consultations."""


@pytest.mark.parametrize(("name", "dropped"), INDEXES, ids=str)
def test_no_index_of_bookings_is_there_for_nothing(name: str, dropped: tuple[tuple[str, int], ...]) -> None:
    bookings = next(each for each in EXCHANGE.collections if each.name == name)
    left = replace(bookings, indexes=tuple(index for index in bookings.indexes if index.keys != dropped))
    manifest = replace(EXCHANGE, collections=(left,))
    asked = [each for each in asked_by_the_exchange() if each.collection == name]
    assert [each for each in asked if not is_served(each, manifest, (*NARROW, MOVED))]
