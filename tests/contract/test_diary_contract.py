"""What reading the diary asks of what is kept: in memory and in the database alike."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.store import database_at
from services.exchange.adapters.diary_store import DiaryStore
from services.exchange.application.ports.diary import ConsultationLine, Diary, VisitLine
from services.exchange.domain.consultations.consultation import Consultation, with_needs
from services.exchange.domain.consultations.ending import sites_at, with_ended
from services.exchange.domain.consultations.participants import CHAIR, SPECIALIST, Answer, Participant
from services.exchange.domain.consultations.sessions import CALLED_OFF, HELD, Session
from services.exchange.domain.diary.meetings import Stamp
from services.exchange.domain.visit import PROPOSED, Visit
from tests.alliance import EXCHANGE_ALONE
from tests.contract.shelves import Shelves, in_database, in_memory
from tests.contract.test_exchange_ports_contract import ADMIN
from tests.fakes.exchange_diary import FakeDiary
from tests.fakes.memory import Memory
from tests.unit.exchange import given

FIRST = datetime(2026, 12, 1, 3, 15, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
HOTAN = "sit_hotan"


@dataclass
class Kept(Shelves):
    """The diary, and what it is read off."""

    diary: Diary


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "in memory":
        memory = Memory()
        return Kept(in_memory(memory), FakeDiary(memory))
    installation = request.getfixturevalue("make_installation")([EXCHANGE_ALONE])
    database = database_at(installation.mongo_url("exchange"))
    return Kept(in_database(database), DiaryStore(database))


def visit(number: int, arrival: date, **different: Any) -> Visit:
    stay = {"planned_arrival": arrival, "planned_departure": arrival + timedelta(days=2)}
    return given.visit(PROPOSED, id=f"vis_{number}", **stay | different)


def consultation(number: int, *begins: datetime, **different: Any) -> Consultation:
    board = Consultation(
        id=f"con_{number}",
        state="proposed",
        agreement="agr_1",
        condition="cnd_1",
        field="telemedicine",
        title="Board",
        organiser="per_ali",
        sites=(given.GILGIT, given.KASHGAR),
        zone="Asia/Karachi",
        participants=(
            Participant("per_ali", CHAIR, given.GILGIT, deputies=("per_bano", "per_karim")),
            Participant("per_zhang", SPECIALIST, given.KASHGAR, required=False),
        ),
        sessions=tuple(Session(each, each, each + HOUR) for each in begins),
        reply_by=FIRST,
        answers={"per_zhang": Answer("tentative", "per_zhang", FIRST, begins=FIRST + HOUR)},
    )
    return with_needs(replace(board, **different))


EARLY, MIDDLE, LATE = date(2026, 4, 6), date(2026, 4, 20), date(2026, 5, 4)
ARRIVALS: list[tuple[list[str], date | None, date | None, list[int]]] = [
    ([given.GILGIT], None, None, [1, 2, 3]),
    ([given.KASHGAR], None, None, [1, 2]),
    ([HOTAN], None, None, [3]),
    ([HOTAN, given.GILGIT], None, None, [1, 2, 3]),
    ([given.GILGIT], MIDDLE, None, [2, 3]),
    ([given.GILGIT], None, MIDDLE, [1, 2]),
    ([given.GILGIT], MIDDLE, MIDDLE, [2]),
    ([given.GILGIT], LATE, EARLY, []),
    ([], None, None, []),
]
BEGINNINGS: list[tuple[datetime | None, datetime | None, list[int]]] = [
    (None, None, [1, 2]),
    (FIRST, None, [1, 2]),
    (FIRST + WEEK, None, [1, 2]),
    (FIRST + WEEK + HOUR, None, [2]),
    (None, FIRST, [1]),
    (None, FIRST - HOUR, []),
    (FIRST + 2 * WEEK, FIRST + 2 * WEEK, [2]),
]


def test_visits_are_found_from_either_end_by_their_arrival(kept: Kept) -> None:
    kept.keep("visits", visit(1, EARLY), visit(2, MIDDLE), visit(3, LATE, host_site=HOTAN))
    for sites, first, last, found in ARRIVALS:
        lines = kept.diary.visit_lines(sites, first, last, 10)
        assert sorted(each.id for each in lines) == [f"vis_{number}" for number in found], (sites, first, last)
        assert VisitLine("vis_1", PROPOSED, given.KASHGAR, EARLY, given.NOW) in lines or 1 not in found


def test_no_more_are_told_than_are_asked_for_and_so_many_where_there_are(kept: Kept) -> None:
    kept.keep("visits", *(visit(number, EARLY) for number in range(5)))
    kept.keep("consultations", *(consultation(number, FIRST) for number in range(5)))
    both = [given.GILGIT, given.KASHGAR]
    assert len(kept.diary.visit_lines(both, None, None, 3)) == 3
    assert len(kept.diary.visit_lines(both, EARLY, None, 3)) == 3
    assert len(kept.diary.visit_lines(both, None, None, 10)) == 5
    assert len(kept.diary.consultation_lines(both, None, None, 3)) == 3
    assert len(kept.diary.consultation_lines(both, FIRST, None, 3)) == 3


def test_consultations_of_a_site_are_found_by_when_their_sessions_begin(kept: Kept) -> None:
    one, two = consultation(1, FIRST, FIRST + WEEK), consultation(2, FIRST + WEEK, FIRST + 2 * WEEK)
    kept.keep("consultations", one, two, consultation(3, FIRST, FIRST + 2 * WEEK, sites=(HOTAN,)))
    for first, last, found in BEGINNINGS:
        lines = kept.diary.consultation_lines([given.GILGIT], first, last, 10)
        ids = sorted(each.id for each in lines if given.GILGIT in each.sites)
        assert ids == [f"con_{number}" for number in found], (first, last)


def test_a_line_has_each_session_as_it_stands(kept: Kept) -> None:
    moved = Session(FIRST, FIRST + HOUR, FIRST + 2 * HOUR, CALLED_OFF)
    kept.keep("consultations", consultation(1, sessions=(moved,)))
    (line,) = kept.diary.consultation_lines([given.KASHGAR], None, None, 10)
    sites = frozenset({given.GILGIT, given.KASHGAR})
    assert line == ConsultationLine("con_1", "proposed", sites, "Asia/Karachi", (moved,), given.NOW)


def test_a_session_that_is_over_is_found_by_who_was_to_take_part_in_it(kept: Kept) -> None:
    were = (Participant("per_bano", CHAIR, HOTAN, deputies=("per_khan",)), Participant("per_zhang", SPECIALIST, HOTAN))
    before = consultation(1, FIRST, FIRST + WEEK, participants=were, sites=(HOTAN,))
    held = replace(before.sessions[0], state=HELD, attended=("per_bano",))
    now = consultation(1).participants
    kept.keep("consultations", replace(with_ended(before, held), participants=now, sites=(given.GILGIT,)))
    for person in ("per_bano", "per_khan", "per_zhang"):
        assert [each.state.id for each in kept.diary.consultations_of(person)] == ["con_1"], person
    for site in (HOTAN, given.GILGIT):
        (line,) = kept.diary.consultation_lines([site], None, None, 10)
        told = [(each.attended, sites_at(each, line.sites)) for each in line.sessions]
        assert told == [(("per_bano",), frozenset({HOTAN})), (None, frozenset({given.GILGIT}))]


def test_somebody_s_bookings_are_all_in_which_they_take_part_or_may_have_to(kept: Kept) -> None:
    kept.keep("visits", visit(1, EARLY), visit(2, MIDDLE))
    kept.keep("consultations", consultation(1, FIRST), consultation(2, FIRST, participants=()))
    assert sorted(each.state.id for each in kept.diary.visits_of("per_bano")) == ["vis_1", "vis_2"]
    assert kept.diary.visits_of("per_zhang") == []
    for person in ("per_ali", "per_zhang", "per_bano", "per_karim"):
        assert [each.state.id for each in kept.diary.consultations_of(person)] == ["con_1"], person
    assert kept.diary.consultations_of("per_nobody") == []


def test_what_is_kept_comes_back_as_it_is_with_its_stamp(kept: Kept) -> None:
    documents: dict[str, Any] = {
        "visits": visit(1, EARLY),
        "consultations": consultation(1, FIRST, FIRST + WEEK),
        "people": given.person(),
        "sites": given.site(),
    }
    for shelf, document in documents.items():
        kept.keep(shelf, document)
        (entry,) = getattr(kept.diary, shelf)([document.id, "nobody"])
        assert entry.state == document
        assert entry.stamp == Stamp(1, given.NOW, given.NOW)
        assert getattr(kept.diary, shelf)([]) == []


def test_many_are_told_at_once_each_of_them_once(kept: Kept) -> None:
    kept.keep("visits", *(visit(number, EARLY) for number in range(120)))
    ids = [f"vis_{number}" for number in range(130)]
    found = [each.state.id for each in kept.diary.visits([*ids, *ids[:9]])]
    assert sorted(found) == sorted(ids[:120])


def test_a_stamp_tells_of_the_last_change(kept: Kept) -> None:
    kept.keep("visits", visit(1, EARLY))
    shelf = kept.shelves["visits"]
    for number in (1, 2):
        context = Context(f"command-{number}", ADMIN, given.NOW + number * HOUR)
        loaded = shelf.load("vis_1")
        shelf.save(loaded, Decision(replace(loaded.state, report=str(number)), "changed"), context)
    (entry,) = kept.diary.visits(["vis_1"])
    assert entry.stamp == Stamp(3, given.NOW, given.NOW + 2 * HOUR)
    (line,) = kept.diary.visit_lines([given.GILGIT], None, None, 10)
    assert line.changed_at == entry.stamp.changed_at
