"""What the exchange needs of its shelves beyond keeping documents: in memory and in the database alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.kernel.actor import ADMINISTRATOR, OBSERVER, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import HoldTaken
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import derived, uuid7
from chassis.store import Edition, database_at
from contracts.envelope import EventData, sequence
from services.exchange.adapters.ledger_store import LedgerStore
from services.exchange.adapters.repositories import (
    AgreementStore,
    ClosedPlacesStore,
    PersonStore,
    SiteStore,
)
from services.exchange.adapters.shapes import (
    CLOSED_PLACES_SHAPE,
    SITE_SHAPE,
    agreement_shape,
    person_shape,
    visit_shape,
)
from services.exchange.adapters.visit_store import VisitStore
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.directory import Sites, Travellers
from services.exchange.application.ports.visits import ClosedPlaces, Visits
from services.exchange.domain.closing import TakenPlaces
from services.exchange.domain.ledger import Account, Amounts, CountedOutcome, Ledger, Move, opened
from services.exchange.domain.passport import Passport
from services.exchange.domain.refusals import QuotaClosed, QuotaExceeded
from services.exchange.domain.visit import BOOKED, CANCELLED, FULFILLED, PROPOSED, Visit, Visitor, holds
from tests.alliance import EXCHANGE_ALONE, START, StandingClock
from tests.fakes.exchange import FakeAgreements, FakeClosedPlaces, FakeLedgers, FakePeople, FakeSites, FakeVisits
from tests.fakes.memory import Memory
from tests.unit.exchange import given

ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))


@dataclass(frozen=True)
class Shelves:
    """Everything that the exchange keeps things on."""

    visits: Visits
    people: Travellers
    agreements: Agreements
    sites: Sites
    ledgers: Ledgers
    closed_places: ClosedPlaces


def tells_nobody(decided: Sequence[Any], _: Edition) -> list[EventData]:
    assert not decided
    return []


def in_memory() -> Shelves:
    memory = Memory()
    return Shelves(
        FakeVisits(memory),
        FakePeople(memory),
        FakeAgreements(memory),
        FakeSites(memory),
        FakeLedgers(memory),
        FakeClosedPlaces(memory),
    )


def in_the_database(request: pytest.FixtureRequest) -> Shelves:
    installation = request.getfixturevalue("make_installation")([EXCHANGE_ALONE])
    database = database_at(installation.mongo_url("exchange"))
    return Shelves(
        VisitStore(database["visits"], visit_shape(tells_nobody), StandingClock()),
        PersonStore(database["people"], person_shape(tells_nobody)),
        AgreementStore(database["agreements"], agreement_shape(tells_nobody)),
        SiteStore(database["sites"], SITE_SHAPE),
        LedgerStore(database["ledgers"], database["effects"]),
        ClosedPlacesStore(database["visits"], CLOSED_PLACES_SHAPE),
    )


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    return in_memory() if request.param == "in memory" else in_the_database(request)


def keep(shelf: Any, document: Any) -> Any:
    """Puts a document on its shelf as it is, told to nobody."""
    context = Context(derived("keep", document.id), ADMIN, given.NOW)
    return shelf.add(document.id, Decision(document, what="kept"), context)


def numbered(number: int, state: str = BOOKED, **different: Any) -> Visit:
    return given.visit(state, id=f"vis_{number}", visitors=(Visitor(f"per_{number}", number),), **different)


def test_of_the_keys_asked_for_those_that_some_visit_holds_are_told(shelves: Shelves) -> None:
    one, over = numbered(1), numbered(2, CANCELLED)
    for visit in (one, over, numbered(3, PROPOSED)):
        keep(shelves.visits, visit)
    asked = {*holds(one)[:2], *holds(replace(over, state=BOOKED)), "seat:dep_surgery:9:2026-04-06"}
    assert shelves.visits.held_keys(asked) == set(holds(one)[:2])
    assert shelves.visits.held_keys([]) == set()


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (SYSTEM, ["vis_3", "vis_2", "vis_1"]),
        (ADMIN, ["vis_3", "vis_2", "vis_1"]),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.GILGIT})), ["vis_2", "vis_1"]),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({"sit_hotan"})), ["vis_3", "vis_2"]),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({"sit_hotan", given.GILGIT})), ["vis_3", "vis_2", "vis_1"]),
        (Actor("per_3", frozenset({VISITOR})), ["vis_3"]),
        (Actor("per_x", frozenset({VISITOR})), []),
    ],
)
def test_each_sees_the_visits_of_their_sites_and_their_own_newest_first(
    shelves: Shelves, actor: Actor, seen: list[str]
) -> None:
    keep(shelves.visits, numbered(1))
    keep(shelves.visits, numbered(2, host_site="sit_hotan"))
    keep(shelves.visits, numbered(3, sending_site="sit_hotan"))
    assert [visit.id for visit in shelves.visits.page(actor, state=None, after=None, limit=10)] == seen


def test_a_list_is_asked_for_page_by_page_and_by_state(shelves: Shelves) -> None:
    for number in range(1, 6):
        keep(shelves.visits, numbered(number, PROPOSED if number % 2 else BOOKED))
    page: Callable[..., Any] = shelves.visits.page
    assert [visit.id for visit in page(SYSTEM, state=None, after=None, limit=2)] == ["vis_5", "vis_4"]
    assert [visit.id for visit in page(SYSTEM, state=None, after="vis_4", limit=9)] == ["vis_3", "vis_2", "vis_1"]
    assert [visit.id for visit in page(SYSTEM, state=PROPOSED, after="vis_5", limit=9)] == ["vis_3", "vis_1"]
    loaded = page(SYSTEM, state=BOOKED, after=None, limit=1)[0]
    assert (loaded.version, loaded.state) == (1, numbered(4))


AGO = (*(timedelta(hours=hours) for hours in (0, 1, 6, 7, 50, 54)), *(timedelta(days=days) for days in (19, 147, 900)))
"""About where one of the stretches ends in which a list looks back, and inside them."""


@pytest.mark.parametrize("state", [None, BOOKED])
def test_pages_join_without_a_gap_wherever_in_time_their_visits_were_made(shelves: Shelves, state: str | None) -> None:
    made = [f"vis_{uuid7(START - ago, bytes([number]) * 10)}" for ago in AGO for number in (0, 255)]
    imported = [f"vis_{derived(str(number))}" for number in range(3)]
    for number, visit_id in enumerate([*made, *imported]):
        keep(shelves.visits, replace(numbered(number), id=visit_id))
    manager = Actor("per_x", frozenset({OBSERVER}), frozenset({given.GILGIT}))
    for who, size in ((manager, 4), (manager, 50), (SYSTEM, 7)):
        pages: list[str] = []
        while page := shelves.visits.page(who, state=state, after=pages[-1] if pages else None, limit=size):
            pages += [visit.id for visit in page]
        assert pages == sorted([*made, *imported], reverse=True)


CLOSED = TakenPlaces(
    "clo_1",
    "dep_surgery",
    seats=2,
    first=date(2026, 4, 6),
    last=date(2026, 4, 7),
    left_to_visits=("seat:dep_surgery:1:2026-04-06", "seat:dep_surgery:1:2026-04-07"),
)


def test_a_closed_period_holds_what_is_free_and_is_seen_by_no_question_about_visits(shelves: Shelves) -> None:
    keep(shelves.visits, numbered(1))
    keep(shelves.closed_places, CLOSED)
    here = {f"seat:dep_surgery:{seat}:2026-04-0{day}" for seat in (2, 3) for day in (6, 7)}
    assert shelves.visits.held_keys(here) == {"seat:dep_surgery:2:2026-04-06", "seat:dep_surgery:2:2026-04-07"}
    assert [visit.id for visit in shelves.visits.page(SYSTEM, state=None, after=None, limit=9)] == ["vis_1"]
    assert [visit.id for visit in shelves.visits.page(SYSTEM, state=None, after="vis_9", limit=9)] == ["vis_1"]
    assert [visit.id for visit in shelves.visits.holding_places("dep_surgery")] == ["vis_1"]
    assert shelves.closed_places.load("clo_1").state == CLOSED


def test_what_a_closed_period_took_no_visit_takes_and_the_other_way_round(shelves: Shelves) -> None:
    keep(shelves.visits, numbered(1))
    with pytest.raises(HoldTaken):
        keep(shelves.closed_places, replace(CLOSED, left_to_visits=()))
    keep(shelves.closed_places, CLOSED)
    with pytest.raises(HoldTaken):
        keep(shelves.visits, numbered(2))


def test_the_visits_that_hold_a_place_of_a_department_are_found(shelves: Shelves) -> None:
    keep(shelves.visits, numbered(2))
    keep(shelves.visits, numbered(1))
    keep(shelves.visits, numbered(3, CANCELLED))
    keep(shelves.visits, numbered(4, host_department="dep_surgery-2"))
    assert [visit.id for visit in shelves.visits.holding_places("dep_surgery")] == ["vis_1", "vis_2"]
    assert shelves.visits.holding_places("dep_nowhere") == []


def test_every_seat_day_of_the_departments_that_is_held_within_the_days_is_told(shelves: Shelves) -> None:
    long = numbered(1, planned_arrival=date(2026, 4, 1), planned_departure=date(2026, 4, 30))
    elsewhere = numbered(2, host_department="dep_medicine")
    for visit in (
        long,
        elsewhere,
        numbered(3, host_department="dep_other"),
        numbered(4, CANCELLED),
        numbered(5, PROPOSED),
    ):
        keep(shelves.visits, visit)
    told = shelves.visits.seats_held(["dep_surgery", "dep_medicine"], date(2026, 4, 7), date(2026, 4, 8))
    assert told == {
        "seat:dep_surgery:1:2026-04-07",
        "seat:dep_surgery:1:2026-04-08",
        "seat:dep_medicine:2:2026-04-07",
        "seat:dep_medicine:2:2026-04-08",
    }
    assert shelves.visits.seats_held([], date(2026, 4, 7), date(2026, 4, 8)) == set()


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 4, 5), date(2026, 4, 5), []),
        (date(2026, 4, 5), date(2026, 4, 6), ["2026-04-06"]),
        (date(2026, 4, 8), date(2026, 4, 9), ["2026-04-08"]),
        (date(2026, 4, 9), date(2026, 4, 9), []),
        (date(2024, 2, 29), date(2200, 12, 31), ["2026-04-06", "2026-04-07", "2026-04-08"]),
    ],
)
def test_both_ends_of_the_days_asked_for_are_included(
    shelves: Shelves, first: date, last: date, days: list[str]
) -> None:
    keep(shelves.visits, numbered(1))
    told = shelves.visits.seats_held(["dep_surgery"], first, last)
    assert told == {f"seat:dep_surgery:1:{day}" for day in days}


def test_the_visits_of_people_are_those_that_hold_or_took_place_oldest_first(shelves: Shelves) -> None:
    both = (Visitor("per_9", 8), Visitor("per_1", 9))
    may = {"planned_arrival": date(2026, 5, 4), "planned_departure": date(2026, 5, 8)}
    visits = [
        numbered(1, FULFILLED),
        replace(numbered(2, BOOKED, **may), visitors=both),
        replace(numbered(3, PROPOSED), visitors=both),
        replace(numbered(4, CANCELLED), visitors=both),
        numbered(5, BOOKED),
    ]
    for visit in reversed(visits):
        keep(shelves.visits, visit)
    assert shelves.visits.of_people(["per_1", "per_9"]) == [visits[0], visits[1]]
    assert shelves.visits.of_people(["per_9"]) == [visits[1]]
    assert shelves.visits.of_people([]) == []


def test_people_are_found_by_their_ids_and_listed_by_name(shelves: Shelves) -> None:
    zhang, bano = given.person("per_1", passport_name="Zhang Min"), given.person("per_2", passport_name="Bano")
    for person in (zhang, bano):
        keep(shelves.people, person)
    assert shelves.people.named(["per_1", "per_9"]) == {"per_1": zhang}
    assert [person.state for person in shelves.people.all()] == [bano, zhang]


def test_those_of_whom_a_passport_is_kept_are_found_page_by_page(shelves: Shelves) -> None:
    kept = Passport("sealed", "4567", date(2030, 1, 1))
    for number in (1, 2, 3, 4):
        keep(shelves.people, given.person(f"per_{number}", passport=None if number == 2 else kept))
    page = shelves.people.with_passport
    assert [each.id for each in page(after=None, limit=2)] == ["per_1", "per_3"]
    assert [each.state.passport for each in page(after="per_3", limit=2)] == [kept]


def test_the_hosts_of_a_person_are_those_of_visits_that_hold_and_on_which_they_go(shelves: Shelves) -> None:
    keep(shelves.visits, numbered(1))
    assert shelves.visits.hosts_of("per_1") == {given.KASHGAR}
    assert shelves.visits.hosts_of("per_2") == set()
    keep(shelves.visits, numbered(2, CANCELLED))
    keep(shelves.visits, numbered(3, PROPOSED))
    keep(shelves.visits, given.visit(BOOKED, id="vis_4", visitors=(Visitor("per_4", 4, withdrawn=True),)))
    assert [shelves.visits.hosts_of(f"per_{number}") for number in (2, 3, 4)] == [set()] * 3


def test_agreements_are_listed_newest_first_and_sites_oldest_first(shelves: Shelves) -> None:
    for number in (1, 2):
        keep(shelves.agreements, given.agreement(id=f"agr_{number}"))
        keep(shelves.sites, given.site(id=f"sit_{number}"))
    assert [agreement.state.id for agreement in shelves.agreements.all()] == ["agr_2", "agr_1"]
    assert [site.state for site in shelves.sites.all()] == [given.site(id="sit_1"), given.site(id="sit_2")]


LEDGER = opened(given.agreement())[0].id
TWO_YEARS = given.agreement(in_effect_until=date(2027, 12, 31))
DAYS = {"arrival": date(2026, 4, 6), "departure": date(2026, 4, 8)}


def move(shelves: Shelves, *moves: Callable[[Any], None]) -> Ledger:
    """Does all of it in one transaction; returns what then stands."""

    def all_of_it(within: Any) -> None:
        for each in moves:
            each(within)

    shelves.visits.atomically(all_of_it)
    return shelves.ledgers.load(LEDGER)


def opening(shelves: Shelves, **terms: Any) -> Callable[[Any], None]:
    agreement = given.agreement(conditions=(given.condition(**terms),))
    return lambda within: shelves.ledgers.open(opened(agreement), within)


def hold(shelves: Shelves, days: int) -> Callable[[Any], None]:
    return moving(shelves, held=Amounts(1, days), covering=(DAYS["arrival"], DAYS["departure"]))


def moving(shelves: Shelves, **amounts: Any) -> Callable[[Any], None]:
    return lambda within: shelves.ledgers.move(Move(LEDGER, **amounts), within)


def test_a_ledger_is_opened_with_everything_left(shelves: Shelves) -> None:
    assert move(shelves, opening(shelves)) == opened(given.agreement())[0]
    assert shelves.ledgers.of_agreement("agr_1") == [opened(given.agreement())[0]]
    assert shelves.ledgers.of_agreement("agr_2") == []


def test_what_is_held_released_and_used_moves_both_accounts(shelves: Shelves) -> None:
    move(shelves, opening(shelves), hold(shelves, 5), hold(shelves, 7))
    held = shelves.ledgers.load(LEDGER)
    assert (held.visits, held.visitor_days) == (Account(12, held=2), Account(360, held=12))
    released = move(shelves, moving(shelves, held=Amounts(-1, -5)))
    assert (released.visits, released.visitor_days) == (Account(12, held=1), Account(360, held=7))
    used = move(shelves, moving(shelves, held=Amounts(-1, -7), used=Amounts(1, 9), planned_days=7))
    assert (used.visits, used.visitor_days) == (Account(12, used=1), Account(360, used=9))


@pytest.mark.parametrize(
    ("terms", "facts"),
    [
        ({"visits_per_year": 1}, {"of": "visits", "asked": 1, "left": 0, "promised": 1}),
        ({"visitor_days_per_year": 5}, {"of": "visitor-days", "asked": 3, "left": 2, "promised": 5}),
    ],
)
def test_no_more_is_held_than_is_promised(shelves: Shelves, terms: dict[str, Any], facts: dict[str, Any]) -> None:
    before = move(shelves, opening(shelves, **terms), hold(shelves, 3))
    with pytest.raises(QuotaExceeded) as refused:
        move(shelves, hold(shelves, 3))
    assert facts.items() <= refused.value.facts.items()
    assert shelves.ledgers.load(LEDGER) == before


def test_a_closed_ledger_takes_nothing(shelves: Shelves) -> None:
    closed = replace(opened(given.agreement())[0], closed=True)
    move(shelves, lambda within: shelves.ledgers.open([closed], within))
    with pytest.raises(QuotaClosed):
        move(shelves, hold(shelves, 1))


def test_what_has_happened_is_counted_even_where_nothing_is_left_or_all_is_closed(shelves: Shelves) -> None:
    closed = replace(opened(given.agreement())[0], closed=True, visitor_days=Account(2))
    move(shelves, lambda within: shelves.ledgers.open([closed], within))
    used = move(shelves, moving(shelves, used=Amounts(1, 5)))
    assert (used.visits.left, used.visitor_days.left) == (11, -3)
    back = move(shelves, moving(shelves, used=Amounts(-1, -5)))
    assert back == closed


def test_more_days_of_a_visit_that_holds_ask_for_days_alone(shelves: Shelves) -> None:
    move(shelves, opening(shelves, visits_per_year=1, visitor_days_per_year=5), hold(shelves, 3))
    extended = move(shelves, moving(shelves, held=Amounts(0, 2)))
    assert (extended.visits.left, extended.visitor_days.left) == (0, 0)
    with pytest.raises(QuotaExceeded) as refused:
        move(shelves, moving(shelves, held=Amounts(0, 1)))
    assert refused.value.facts["of"] == "visitor-days"


def test_an_outcome_counts_once_for_each_effect(shelves: Shelves) -> None:
    move(shelves, opening(shelves))
    for effect in ("one", "one", "two"):
        shelves.ledgers.count_outcome({LEDGER: CountedOutcome(effect, "cnd_1")})
    assert shelves.ledgers.load(LEDGER).outcomes_reported == 2


def test_the_outcomes_that_a_ledger_had_counted_by_a_moment_are_told(shelves: Shelves) -> None:
    move(shelves, opening(shelves))
    early = CountedOutcome("two", "cnd_1", "out_1", "publication", "vis_1", START)
    undated = CountedOutcome("one", "cnd_1")
    for counted in (early, undated, replace(early, effect="three", at=START + timedelta(hours=1))):
        shelves.ledgers.count_outcome({LEDGER: counted})
    assert shelves.ledgers.outcomes([LEDGER, "led_nowhere"], START) == [undated, early]
    assert len(shelves.ledgers.outcomes([LEDGER], START + timedelta(hours=1))) == 3
    assert shelves.ledgers.outcomes(["led_nowhere"], START) == []


def test_an_outcome_counts_in_all_of_its_ledgers_or_in_none(shelves: Shelves) -> None:
    move(shelves, lambda within: shelves.ledgers.open(opened(TWO_YEARS), within))
    this, next_year = (each.id for each in opened(TWO_YEARS))
    with pytest.raises(Unknown):
        shelves.ledgers.count_outcome({this: CountedOutcome("one", "cnd_1"), "led_z": CountedOutcome("two", "cnd_1")})
    assert shelves.ledgers.outcomes([this], START) == []
    both = {this: CountedOutcome("one", "cnd_1"), next_year: CountedOutcome("two", "cnd_1")}
    for _ in range(2):
        shelves.ledgers.count_outcome(both)
    assert [shelves.ledgers.load(each).outcomes_reported for each in (this, next_year)] == [1, 1]


def test_an_outcome_that_is_taken_off_counts_nowhere_from_then_on(shelves: Shelves) -> None:
    move(shelves, lambda within: shelves.ledgers.open(opened(TWO_YEARS), within))
    this, next_year = (each.id for each in opened(TWO_YEARS))
    first = CountedOutcome("one", "cnd_1", "out_1", "publication", "vis_1", START)
    other = replace(first, effect="three", outcome="out_2")
    shelves.ledgers.count_outcome({this: first, next_year: replace(first, effect="two")})
    shelves.ledgers.count_outcome({this: other})
    off = START + timedelta(hours=1)
    for later in range(2):
        shelves.ledgers.take_off_outcome("out_1", off + timedelta(hours=later), sequence(3, 0))
    assert [shelves.ledgers.load(each).outcomes_reported for each in (this, next_year)] == [1, 0]
    assert len(shelves.ledgers.outcomes([this], off - timedelta(seconds=1))) == 2
    assert shelves.ledgers.outcomes([this, next_year], off) == [other]


def test_what_an_outcome_is_counted_for_since_then_is_not_taken_off(shelves: Shelves) -> None:
    move(shelves, opening(shelves))
    again = CountedOutcome("again", "cnd_1", "out_1", "publication", "vis_2", START, sequence=sequence(4, 0))
    shelves.ledgers.count_outcome({LEDGER: again})
    with pytest.raises(Unknown):
        shelves.ledgers.take_off_outcome("out_1", START, sequence(3, 0))
    first = replace(again, effect="first", visit="vis_1", sequence=sequence(2, 0))
    shelves.ledgers.count_outcome({LEDGER: first})
    for _ in range(2):
        shelves.ledgers.take_off_outcome("out_1", START, sequence(3, 0))
    assert shelves.ledgers.outcomes([LEDGER], START) == [again]
    assert shelves.ledgers.load(LEDGER).outcomes_reported == 1


def test_what_was_never_counted_cannot_be_taken_off(shelves: Shelves) -> None:
    with pytest.raises(Unknown) as refused:
        shelves.ledgers.take_off_outcome("out_1", START, sequence(3, 0))
    assert refused.value.facts == {"kind": "outcome", "id": "out_1"}


def test_a_ledger_that_nobody_opened_is_unknown(shelves: Shelves) -> None:
    for ask in (
        lambda: shelves.ledgers.load("led_nowhere"),
        lambda: shelves.ledgers.count_outcome({"led_nowhere": CountedOutcome("one", "cnd_1")}),
    ):
        with pytest.raises(Unknown) as refused:
            ask()
        assert refused.value.facts == {"kind": "ledger", "id": "led_nowhere"}


def test_what_a_refused_transaction_held_is_given_back(shelves: Shelves) -> None:
    before = move(shelves, opening(shelves))

    def holds_and_fails(within: Any) -> None:
        shelves.ledgers.move(Move(LEDGER, Amounts(1, 3)), within)
        raise Unknown(kind="anything", id="at all")

    with pytest.raises(Unknown):
        shelves.visits.atomically(holds_and_fails)
    assert shelves.ledgers.load(LEDGER) == before


def test_a_day_is_kept_as_a_day(shelves: Shelves) -> None:
    keep(shelves.visits, numbered(1))
    assert shelves.visits.load("vis_1").state.planned_arrival == date(2026, 4, 6)


@pytest.mark.parametrize(
    ("department", "seats", "has"),
    [("dep_surgery", 2, True), ("dep_surgery", 3, True), ("dep_surgery", 4, False), ("dep_nowhere", 1, False)],
)
def test_a_site_says_whether_a_department_has_so_many_seats_and_stays_as_it_is(
    shelves: Shelves, department: str, seats: int, has: bool
) -> None:
    keep(shelves.sites, given.site())
    before = shelves.sites.load(given.KASHGAR)

    def asked(within: Any) -> bool:
        return shelves.sites.has_seats(given.KASHGAR, department, seats, within)

    assert shelves.sites.atomically(asked) is has
    assert shelves.sites.load(given.KASHGAR) == before
