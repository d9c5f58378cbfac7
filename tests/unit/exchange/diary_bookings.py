"""Bookings in every state, made up: visits and consultations with whatever stands in them, and whom they name.

Whatever is written freely in them has `SECRET` in it, so that a test can see that nothing of it is told.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from services.exchange.application.ports.diary import Known
from services.exchange.domain.consultations import cases
from services.exchange.domain.consultations.consultation import STATES as CONSULTATION_STATES
from services.exchange.domain.consultations.consultation import Consultation, JointFinding, Waiver
from services.exchange.domain.consultations.participants import INTERPRETER, ROLES, Answer, Participant, Roster
from services.exchange.domain.consultations.sessions import CALLED_OFF, HELD, MISSED, PLANNED, Session
from services.exchange.domain.diary.meetings import Stamp
from services.exchange.domain.parties import ACCEPTED, DECLINED, NEEDS_ACTION, TENTATIVE, Note, Reply
from services.exchange.domain.person import Person
from services.exchange.domain.site import Department, Room, Site
from services.exchange.domain.visit import ARRIVED, FULFILLED, HOLDING, Visit, Visitor
from services.exchange.domain.words import Names
from tests.unit.exchange import given

SECRET = "SECRET"
ZONES = ("Asia/Shanghai", "Asia/Karachi", "Asia/Kathmandu", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland")
PARTIES = ("sending-site", "host-department", "international-office", "authority")
PEOPLE = tuple(f"per_{number:032x}" for number in range(1, 7))
REPLIES = (ACCEPTED, TENTATIVE, DECLINED)
MADE = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
T = TypeVar("T")

stamps = st.builds(
    lambda version, hours: Stamp(version, MADE, MADE + timedelta(hours=hours)), st.integers(1, 99), st.integers(0, 999)
)


def site(site_id: str, zone: str) -> Site:
    names: Names = {"en": f"Hospital of {site_id[4:].title()}", "zh": "医院"}
    departments = (Department(f"dep_{site_id[4:]}", {"en": "Surgery", "ur": "سرجری"}, 3),)
    rooms = (Room(f"rom_{site_id[4:]}", {"en": "Room 7"}, 12),)
    return Site(site_id, names, "CN", zone, (), departments, rooms=rooms)


def person(person_id: str) -> Person:
    name = f"Person {int(person_id[4:], 16)}"
    return given.person(person_id, passport_name=name, email=f"{SECRET}@hospital.example", sites=(given.GILGIT,))


def known(zones: Mapping[str, str]) -> Known:
    sites = {each: site(each, zone) for each, zone in zones.items()}
    return Known({each: person(each) for each in PEOPLE}, sites)


knowns = st.builds(
    lambda gilgit, kashgar: known({given.GILGIT: gilgit, given.KASHGAR: kashgar}),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
quarters = st.integers(0, 70_000).map(lambda number: datetime(2026, 1, 1, tzinfo=UTC) + number * timedelta(minutes=15))


def sometimes(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    status = draw(st.sampled_from(REPLIES))
    arrival = draw(days) if status == TENTATIVE else None
    departure = arrival + timedelta(days=draw(st.integers(0, 9))) if arrival else None
    return Reply(status, PEOPLE[0], MADE, reason=SECRET, arrival=arrival, departure=departure)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    state = draw(st.sampled_from(given.STATES))
    arrival = draw(days)
    departure = arrival + timedelta(days=draw(st.integers(0, 30)))
    over, there = state == FULFILLED, state in (ARRIVED, FULFILLED)
    going = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True))
    visitors = [_visitor(draw, each, state, arrival, departure) for each in going]
    return given.visit(
        state,
        id=f"vis_{draw(st.integers(0, 16**12)):032x}",
        kind=draw(st.sampled_from(("teaching", "training", "clinical-work", "research"))),
        purpose=SECRET,
        report=SECRET,
        notes=(Note(PEOPLE[0], MADE, SECRET),),
        host_department="dep_kashgar",
        leader=going[0],
        visitors=tuple(visitors),
        planned_arrival=arrival,
        planned_departure=departure,
        actual_arrival=arrival if there else None,
        actual_departure=departure if over else None,
        needs=tuple(draw(st.lists(st.sampled_from(PARTIES), min_size=1, unique=True))),
        replies=draw(st.dictionaries(st.sampled_from(PARTIES), replies())),
    )


def _visitor(draw: st.DrawFn, who: str, state: str, arrival: date, departure: date) -> Visitor:
    left = draw(st.dates(arrival, departure)) if state == ARRIVED and draw(st.booleans()) else None
    seat = draw(st.integers(1, 9)) if state in HOLDING else None
    return Visitor(who, seat, departed_on=left, withdrawn=draw(st.booleans()))


@st.composite
def answers(draw: st.DrawFn, deputies: tuple[str, ...] = ()) -> Answer:
    status = draw(st.sampled_from((*REPLIES, NEEDS_ACTION)))
    deputy = draw(st.sampled_from(deputies)) if deputies and status == ACCEPTED and draw(st.booleans()) else None
    begins = draw(quarters) if status == TENTATIVE and draw(st.booleans()) else None
    return Answer(status, PEOPLE[0], MADE, reason=SECRET, deputy=deputy, begins=begins)


@st.composite
def consultations(draw: st.DrawFn) -> Consultation:
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True))
    participants = tuple(_participant(draw, each, people) for each in people)
    slots = sorted(draw(st.sets(quarters, min_size=1, max_size=4)))
    sessions = tuple(_session(draw, slot, participants) for slot in slots)
    case = cases.Case("cas_1", SECRET, SECRET, cases.URGENT, people[0], sessions[0].slot, PEOPLE[0], MADE)
    return Consultation(
        id=f"con_{draw(st.integers(0, 16**12)):032x}",
        state=draw(st.sampled_from(CONSULTATION_STATES)),
        agreement="agr_1",
        condition="cnd_1",
        field="telemedicine",
        title=SECRET,
        organiser=PEOPLE[5],
        sites=(given.GILGIT, given.KASHGAR),
        zone=draw(st.sampled_from(ZONES)),
        participants=participants,
        sessions=sessions,
        reply_by=MADE,
        urgent=draw(st.booleans()),
        waiver=draw(sometimes(st.just(Waiver(("lead-time",), SECRET, PEOPLE[0])))),
        rooms=draw(st.dictionaries(st.just(given.KASHGAR), st.just("rom_kashgar"))),
        answers=_answers(draw, participants),
        cases=(case,),
        finding=draw(sometimes(st.just(JointFinding(SECRET, "publication", 30)))),
        notes=(Note(PEOPLE[0], MADE, SECRET),),
    )


def _participant(draw: st.DrawFn, who: str, people: list[str]) -> Participant:
    role = draw(st.sampled_from(ROLES))
    deputies = draw(st.lists(st.sampled_from(PEOPLE).filter(lambda each: each != who), max_size=2, unique=True))
    return Participant(
        who,
        role,
        draw(st.sampled_from((given.GILGIT, given.KASHGAR))),
        required=draw(st.booleans()) or who == people[0],
        languages=("zh", "ur") if role == INTERPRETER else (),
        deputies=tuple(deputies),
    )


def _session(draw: st.DrawFn, slot: datetime, participants: tuple[Participant, ...]) -> Session:
    begins, state = draw(st.just(slot) | quarters), draw(st.sampled_from((PLANNED, PLANNED, HELD, CALLED_OFF, MISSED)))
    return Session(
        slot,
        begins,
        begins + draw(st.integers(1, 32)) * timedelta(minutes=15),
        state=state,
        link=f"https://{SECRET}.example",
        answers=_answers(draw, participants),
        reason=SECRET,
        attended=draw(sometimes(st.just((participants[0].person,)))),
        roster=_roster(draw) if state in (HELD, MISSED) and draw(st.booleans()) else None,
    )


def _roster(draw: st.DrawFn) -> Roster:
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True))
    participants = tuple(_participant(draw, each, people) for each in people)
    return Roster(participants, (given.GILGIT,), _answers(draw, participants), {given.KASHGAR: "rom_kashgar"})


def _answers(draw: st.DrawFn, participants: tuple[Participant, ...]) -> dict[str, Any]:
    return {each.person: draw(answers(each.deputies)) for each in participants if draw(st.booleans())}
