"""What is asked of the shelf of consultations beyond keeping them: in memory and in the database alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.actor import ADMINISTRATOR, OBSERVER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import HoldTaken
from chassis.kernel.ids import derived
from chassis.store import database_at
from services.exchange.adapters.consultation_store import ConsultationStore
from services.exchange.adapters.shapes import consultation_shape
from services.exchange.application.ports.consultations import Consultations
from services.exchange.domain.consultations.cases import Action
from services.exchange.domain.consultations.consultation import (
    WAITLIST,
    Consultation,
    session_keys,
    with_actions,
    with_needs,
)
from services.exchange.domain.consultations.participants import CHAIR, PRESENTER, Answer, Participant
from services.exchange.domain.consultations.quarters import key_of
from services.exchange.domain.consultations.sessions import HELD, Session, planned
from services.exchange.domain.parties import ACCEPTED
from services.exchange.domain.visit import BOOKED, FULFILLED, PROPOSED
from tests.alliance import EXCHANGE_ALONE, START, StandingClock
from tests.contract.test_exchange_ports_contract import keep, tells_nobody
from tests.fakes.exchange_consultations import FakeConsultations
from tests.fakes.memory import Memory
from tests.unit.exchange import given

TEN = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADMIN = Actor("per_admin", frozenset({ADMINISTRATOR}))


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelf(request: pytest.FixtureRequest) -> Consultations:
    if request.param == "in memory":
        return FakeConsultations(Memory())
    installation = request.getfixturevalue("make_installation")([EXCHANGE_ALONE])
    collection = database_at(installation.mongo_url("exchange"))["consultations"]
    return ConsultationStore(collection, consultation_shape(tells_nobody), StandingClock())


def numbered(number: int, state: str = BOOKED, begins: datetime = TEN, **different: Any) -> Consultation:
    """Chen of Kashgar and Bano of Gilgit, whose deputy comes, meet for an hour in a room of Kashgar's."""
    usual = Consultation(
        id=f"con_{number}",
        state=state,
        agreement="agr_1",
        condition="cnd_1",
        field="telemedicine",
        title="Cyst of the liver",
        organiser="per_ali",
        sites=(given.KASHGAR, given.GILGIT),
        zone="Asia/Karachi",
        participants=(
            Participant("per_chen", CHAIR, given.KASHGAR),
            Participant("per_bano", PRESENTER, given.GILGIT, deputies=("per_karim",)),
        ),
        sessions=(planned(begins, 60, now=START),),
        reply_by=begins,
        rooms={given.KASHGAR: "rom_1"},
        answers={"per_bano": Answer(ACCEPTED, "per_karim", START, deputy="per_karim")},
    )
    return with_needs(replace(usual, **different))


def test_a_consultation_comes_back_as_it_was_kept(shelf: Consultations) -> None:
    consultation = numbered(1)
    keep(shelf, consultation)
    assert shelf.load("con_1").state == consultation


def test_what_is_taken_is_told_for_those_people_rooms_and_quarters_alone(shelf: Consultations) -> None:
    keep(shelf, numbered(1))
    keep(shelf, numbered(2, PROPOSED, TEN + HOUR))
    keep(shelf, numbered(3, begins=TEN + 2 * HOUR))
    taken = shelf.taken(["per_karim", "per_bano", "per_x"], ["rom_1"], TEN + HOUR / 2, TEN + 2 * HOUR + HOUR / 4)
    halves = [TEN + HOUR / 2, TEN + 3 * HOUR / 4, TEN + 2 * HOUR]
    assert taken == {key_of(kind, of, at) for kind, of in (("person", "per_karim"), ("room", "rom_1")) for at in halves}
    assert shelf.taken([], [], TEN, TEN + HOUR) == frozenset()


def test_nobody_and_no_room_is_held_twice_at_one_quarter(shelf: Consultations) -> None:
    keep(shelf, numbered(1))
    other = numbered(2, begins=TEN + 3 * HOUR / 4)
    with pytest.raises(HoldTaken) as taken:
        keep(shelf, other)
    assert taken.value.key in set(session_keys(other, other.sessions[0]))
    keep(shelf, replace(other, state=WAITLIST))
    assert [each.id for each in shelf.waiting()] == ["con_2"]


@pytest.mark.parametrize(
    ("actor", "found"),
    [
        (SYSTEM, ["con_3", "con_2", "con_1"]),
        (ADMIN, ["con_3", "con_2", "con_1"]),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({given.GILGIT})), ["con_2", "con_1"]),
        (Actor("per_karim"), ["con_3", "con_2", "con_1"]),
        (Actor("per_ali"), ["con_3", "con_2", "con_1"]),
        (Actor("per_x", frozenset({OBSERVER}), frozenset({"sit_elsewhere"})), []),
        (Actor("per_x", frozenset({OBSERVER})), []),
    ],
)
def test_who_may_see_them_finds_them_newest_first(shelf: Consultations, actor: Actor, found: list[str]) -> None:
    keep(shelf, numbered(1))
    keep(shelf, numbered(2, PROPOSED))
    keep(shelf, numbered(3, FULFILLED, sites=(given.KASHGAR, "sit_hotan")))
    assert [each.id for each in shelf.page(actor, state=None, after=None, limit=9)] == found
    pages = [shelf.page(actor, state=None, after=after, limit=1) for after in (None, *found)]
    assert [each.id for page in pages for each in page] == found
    booked = [each.id for each in shelf.page(actor, state=BOOKED, after=None, limit=9)]
    assert booked == [each for each in found if each == "con_1"]


def test_what_is_owed_is_found_by_its_owner_and_their_sites(shelf: Consultations) -> None:
    owed = (Action("act_1", "Send the images", "per_karim", TEN.date(), TEN),)
    done = tuple(replace(each, done_on=TEN.date()) for each in owed)
    keep(shelf, with_actions(numbered(1, FULFILLED), owed))
    keep(shelf, with_actions(numbered(2, FULFILLED), done))
    keep(shelf, numbered(3, FULFILLED))
    for actor in (SYSTEM, ADMIN, Actor("per_karim"), Actor("per_x", sites=frozenset({given.GILGIT}))):
        assert [each.id for each in shelf.owing(actor, after=None, limit=9)] == ["con_1"]
    assert shelf.owing(Actor("per_bano"), after=None, limit=9) == []
    assert shelf.owing(ADMIN, after="con_1", limit=9) == []


def change(shelf: Consultations, consultation_id: str, hours: int, **different: Any) -> None:
    """What somebody decides so many hours after it was kept."""
    loaded = shelf.load(consultation_id)
    decision = Decision(replace(loaded.state, **different), what="changed")
    shelf.save(loaded, decision, Context(derived(f"{consultation_id} {hours}"), ADMIN, START + hours * HOUR))


def of_year(shelf: Consultations, hours: int, year: int = 2026, agreements: tuple[str, ...] = ("agr_1",)) -> list[str]:
    return [past.id for past in shelf.of_year(agreements, year, START + hours * HOUR)]


def at(begins: datetime) -> tuple[Session, ...]:
    return (planned(begins, 60, now=START),)


NEXT_YEAR, AFTER_THAT = datetime(2027, 1, 12, 6, 0, tzinfo=UTC), datetime(2028, 1, 11, 6, 0, tzinfo=UTC)


def test_those_of_a_year_are_those_of_which_a_session_lay_in_it_then(shelf: Consultations) -> None:
    keep(shelf, numbered(1))
    keep(shelf, numbered(2, begins=NEXT_YEAR))
    keep(shelf, numbered(3, begins=TEN + HOUR, agreement="agr_2"))
    change(shelf, "con_1", 2, sessions=at(NEXT_YEAR + HOUR), sequence=1)
    change(shelf, "con_1", 3, sessions=at(AFTER_THAT), sequence=2)
    change(shelf, "con_2", 4, sessions=(*at(TEN), *at(NEXT_YEAR)), sequence=1)
    assert of_year(shelf, -1) == []
    assert (of_year(shelf, 0), of_year(shelf, 0, 2027)) == (["con_1"], ["con_2"])
    assert (of_year(shelf, 2), of_year(shelf, 2, 2027)) == ([], ["con_1", "con_2"])
    assert (of_year(shelf, 3, 2027), of_year(shelf, 3, 2028)) == (["con_2"], ["con_1"])
    assert (of_year(shelf, 4), of_year(shelf, 4, 2027)) == (["con_2"], ["con_2"])
    assert of_year(shelf, 4, agreements=("agr_2", "agr_1")) == ["con_2", "con_3"]
    assert of_year(shelf, 4, agreements=()) == []


@pytest.mark.parametrize(
    ("begins", "zone", "year"),
    [
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "Asia/Shanghai", 2027),
        (datetime(2026, 12, 31, 18, 45, tzinfo=UTC), "Asia/Karachi", 2026),
        (datetime(2027, 1, 1, 7, 45, tzinfo=UTC), "America/Los_Angeles", 2026),
        (datetime(2026, 12, 31, 10, 0, tzinfo=UTC), "Pacific/Kiritimati", 2027),
    ],
)
def test_the_year_is_that_of_the_day_where_it_is_organised(
    shelf: Consultations, begins: datetime, zone: str, year: int
) -> None:
    keep(shelf, numbered(1, begins=begins, zone=zone))
    assert [each for each in (2025, 2026, 2027, 2028) if of_year(shelf, 1, each)] == [year]


def test_they_come_as_they_stood_then(shelf: Consultations) -> None:
    consultation = numbered(1)
    keep(shelf, consultation)
    change(shelf, "con_1", 2, state=FULFILLED, sessions=(replace(at(TEN)[0], state=HELD, found="award"),))
    before, after = (shelf.of_year(["agr_1"], 2026, START + hours * HOUR)[0] for hours in (1, 2))
    assert (before.state, before.exact) == (consultation, True)
    assert (after.state.state, after.state.sessions[0].found) == (FULFILLED, "award")
