"""The exchange's commands, on documents in memory: load, decide, save, and what becomes of quota and seats."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.commands import Change, Command, parsed
from chassis.kernel.actor import OBSERVER, SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import InvalidCommand, NotAllowed, StaleVersion, Unknown
from services.exchange.application import commands
from services.exchange.domain.refusals import (
    HostFull,
    PartnerNamedTwice,
    QuotaClosed,
    QuotaExceeded,
    UnknownSite,
    VisitorDoubleBooked,
)
from services.exchange.domain.visit import BOOKED, CANCELLED, FULFILLED, PENDING, Visit
from tests.alliance import ADMIN
from tests.fakes.exchange import AllianceInMemory, FixedDice, alliance_in_memory

ARRIVAL = date(2026, 4, 6)
TO_THE_ARRIVAL = timedelta(days=35)


@pytest.fixture
def alliance() -> AllianceInMemory:
    return alliance_in_memory()


def standing(alliance: AllianceInMemory, visit: Receipt) -> Visit:
    return alliance.memory.fake_visits.load(visit.id).state


def change(alliance: AllianceInMemory, visit: Receipt, intent: str, actor: Actor, **fields: Any) -> Receipt:
    """Gives the command, such as `cancel_visit`, as a new call would."""
    kind = getattr(commands, "".join(part.capitalize() for part in intent.split("_")))
    command = parsed(kind, {"visit_id": visit.id, "expected_version": visit.version, **fields})
    receipt: Receipt = getattr(alliance.exchange, intent)(command, alliance.context(actor, visit.version))
    return receipt


def cancelled(alliance: AllianceInMemory, visit: Receipt) -> Receipt:
    return change(alliance, visit, "cancel_visit", alliance.manager, reason="The road is closed.")


def arrived(alliance: AllianceInMemory, visit: Receipt, on: date = ARRIVAL) -> Receipt:
    return change(alliance, visit, "record_arrival", alliance.coordinator, arrived_on=on.isoformat())


def fulfilled(alliance: AllianceInMemory, visit: Receipt, on: date) -> Receipt:
    departure = {"departed_on": on.isoformat(), "report": "Went well."}
    return change(alliance, visit, "fulfil_visit", alliance.coordinator, **departure)


def balance(alliance: AllianceInMemory) -> tuple[dict[str, int], dict[str, int]]:
    """What is used and held of visits, and of visitor-days."""
    found = alliance.balance()
    visits, days = ({part: found[account][part] for part in ("used", "held")} for account in ("visits", "visitor_days"))
    return visits, days


NOTHING = {"used": 0, "held": 0}


def test_a_proposal_holds_no_seat_and_no_quota(alliance: AllianceInMemory) -> None:
    visit = alliance.propose()
    assert not alliance.memory.fake_visits.kept[visit.id].holds
    assert balance(alliance) == (NOTHING, NOTHING)


def test_a_booked_visit_holds_a_visit_its_days_and_a_seat(alliance: AllianceInMemory) -> None:
    visit = alliance.accept(alliance.propose())
    assert visit.state == BOOKED
    assert balance(alliance) == ({"used": 0, "held": 1}, {"used": 0, "held": 3})
    assert [visitor.seat for visitor in standing(alliance, visit).visitors] == [1]


def test_a_cancelled_visit_gives_everything_back(alliance: AllianceInMemory) -> None:
    visit = cancelled(alliance, alliance.accept(alliance.propose()))
    assert visit.state == CANCELLED
    assert balance(alliance) == (NOTHING, NOTHING)
    assert not alliance.memory.fake_visits.kept[visit.id].holds


def test_a_party_that_takes_its_acceptance_back_gives_everything_back() -> None:
    alliance = alliance_in_memory(acceptance=("sending-site", "host-department"))
    pending = alliance.accept(alliance.propose())
    assert pending.state == PENDING
    assert balance(alliance)[0]["held"] == 1
    alliance.reply(pending, "tentative")
    assert balance(alliance) == (NOTHING, NOTHING)


def test_a_fulfilled_visit_uses_the_days_that_it_really_took(alliance: AllianceInMemory) -> None:
    visit = alliance.accept(alliance.propose())
    alliance.clock.advance(timedelta(days=60))
    visit = fulfilled(alliance, arrived(alliance, visit), ARRIVAL + timedelta(days=9))
    assert visit.state == FULFILLED
    assert balance(alliance) == ({"used": 1, "held": 0}, {"used": 10, "held": 0})


def test_an_overstay_is_counted_even_where_nothing_is_left() -> None:
    alliance = alliance_in_memory(visitor_days_per_year=3)
    visit = alliance.accept(alliance.propose())
    alliance.clock.advance(timedelta(days=60))
    fulfilled(alliance, arrived(alliance, visit), ARRIVAL + timedelta(days=4))
    assert alliance.balance()["visitor_days"] == {"promised": 3, "used": 5, "held": 0, "left": -2}


def test_two_visits_at_once_sit_on_two_seats(alliance: AllianceInMemory) -> None:
    first, second = alliance.accept(alliance.propose()), alliance.accept(alliance.propose())
    assert [standing(alliance, visit).visitors[0].seat for visit in (first, second)] == [1, 2]


def test_a_full_department_is_refused_when_it_is_accepted_and_nothing_is_written() -> None:
    alliance = alliance_in_memory(seats=1)
    first, second = alliance.propose(), alliance.propose()
    alliance.accept(first)
    with pytest.raises(HostFull) as refused:
        alliance.accept(second)
    assert refused.value.facts == {
        "department": alliance.department,
        "arrival": "2026-04-06",
        "departure": "2026-04-08",
        "seats": 1,
        "free": 0,
        "asked": 1,
        "alternatives": [
            {"kind": "dates", "cost": cost, "arrival": first, "departure": last, "department": alliance.department}
            for cost, first, last in (
                (3, "2026-04-09", "2026-04-11"),
                (3, "2026-04-03", "2026-04-05"),
                (4, "2026-04-10", "2026-04-12"),
            )
        ],
    }
    assert alliance.memory.fake_visits.load(second.id).version == 1
    assert balance(alliance)[0]["held"] == 1


def test_a_quota_used_up_meanwhile_is_refused_when_it_is_accepted_and_holds_no_seat() -> None:
    alliance = alliance_in_memory(visits_per_year=1)
    first, second = alliance.propose(), alliance.propose()
    alliance.accept(first)
    with pytest.raises(QuotaExceeded):
        alliance.accept(second)
    assert not alliance.memory.fake_visits.kept[second.id].holds


def test_a_closed_quota_takes_no_booking(alliance: AllianceInMemory) -> None:
    visit = alliance.propose()
    ledgers = alliance.memory.fake_ledgers.kept
    ledgers.update({key: replace(ledger, closed=True) for key, ledger in ledgers.items()})
    with pytest.raises(QuotaClosed):
        alliance.accept(visit)
    assert standing(alliance, visit).state == "proposed"


def test_a_visitor_booked_elsewhere_meanwhile_is_refused_with_the_first_day(alliance: AllianceInMemory) -> None:
    visitor = alliance.person()
    first, second = alliance.propose(visitor), alliance.propose(visitor, arrival=date(2026, 4, 8), days=2)
    alliance.accept(first)
    with pytest.raises(VisitorDoubleBooked) as refused:
        alliance.accept(second)
    assert refused.value.facts == {"person": visitor, "date": "2026-04-08"}


class Beaten(FixedDice):
    """Somebody else takes the seat between the look and the write, so many times."""

    def __init__(self, times: int) -> None:
        self.times = times

    def shuffled(self, seats: Any) -> list[int]:
        self.times -= 1
        return [1] if self.times >= 0 else [number for number in seats if number != 1]


def beaten(times: int) -> tuple[AllianceInMemory, Receipt]:
    """Seat 1 is held, though nobody sees it: who picks it is beaten to it."""
    alliance = alliance_in_memory()
    alliance.accept(alliance.propose())
    visits = alliance.memory.fake_visits
    visits.held_keys = lambda keys: frozenset()  # type: ignore[method-assign] # noqa: ARG005
    alliance.memory.booking._dice = Beaten(times)
    return alliance, alliance.propose()


def test_who_is_beaten_to_a_seat_picks_another() -> None:
    alliance, visit = beaten(times=5)
    assert standing(alliance, alliance.accept(visit)).visitors[0].seat == 2


def test_who_is_beaten_every_time_is_told_that_it_is_full_and_holds_nothing() -> None:
    alliance, visit = beaten(times=99)
    with pytest.raises(HostFull):
        alliance.accept(visit)
    assert balance(alliance)[0]["held"] == 1


@dataclass(frozen=True)
class Given:
    """A command as somebody gives it, to a method of the exchange."""

    who: Actor
    to: Callable[[Any, Context], Receipt]
    command: Command

    @property
    def seen(self) -> int | None:
        return self.command.expected_version if isinstance(self.command, Change) else None

    def give(self, context: Context) -> Receipt:
        return self.to(self.command, context)


def every_command(alliance: AllianceInMemory) -> list[Given]:
    """Each command once; given in this order, on the day of the arrival, each fits."""
    exchange = alliance.exchange
    site = {"names": {"en": "Hotan"}, "country": "CN", "zone": "Asia/Shanghai"}
    person = {"passport_name": "A", "local_name": "B", "language": "en", "zone": "Asia/Karachi",
              "email": "a@hotan.example", "sites": [alliance.host]}  # fmt: skip
    on = {"visit_id": alliance.propose().id}
    reply = {**on, "party": "host-department", "status": "accepted", "expected_version": 1}
    arrival = {**on, "arrived_on": ARRIVAL.isoformat(), "expected_version": 2}
    departure = {**on, "departed_on": ARRIVAL.isoformat(), "report": "Good.", "expected_version": 3}
    cancel = {"visit_id": alliance.propose().id, "reason": "Ill.", "expected_version": 1}
    return [
        Given(ADMIN, exchange.register_site, parsed(commands.RegisterSite, site)),
        Given(ADMIN, exchange.register_person, parsed(commands.RegisterPerson, person)),
        Given(alliance.manager, exchange.propose_visit, alliance.proposal(arrival=date(2026, 5, 4))),
        Given(alliance.coordinator, exchange.reply_to_visit, parsed(commands.ReplyToVisit, reply)),
        Given(alliance.coordinator, exchange.record_arrival, parsed(commands.RecordArrival, arrival)),
        Given(alliance.coordinator, exchange.fulfil_visit, parsed(commands.FulfilVisit, departure)),
        Given(alliance.manager, exchange.cancel_visit, parsed(commands.CancelVisit, cancel)),
    ]


def trail(alliance: AllianceInMemory) -> dict[str, int]:
    shelves = (alliance.memory.fake_visits, alliance.memory.fake_people, alliance.memory.fake_sites)
    return {key: len(kept.history) for shelf in shelves for key, kept in shelf.kept.items()}


def test_every_command_given_again_answers_as_the_first_time_and_changes_nothing(alliance: AllianceInMemory) -> None:
    alliance.clock.advance(TO_THE_ARRIVAL)
    answers = []
    for given in every_command(alliance):
        context = alliance.context(given.who, given.seen)
        answers.append((given, context, given.give(context)))
    before = trail(alliance), balance(alliance)
    for given, context, answer in answers:
        assert given.give(context) == answer
    assert (trail(alliance), balance(alliance)) == before


def test_every_change_that_saw_an_older_version_is_stale(alliance: AllianceInMemory) -> None:
    alliance.clock.advance(TO_THE_ARRIVAL)
    for given in every_command(alliance):
        given.give(alliance.context(given.who, given.seen))
        if given.seen is not None:
            with pytest.raises(StaleVersion) as refused:
                given.give(alliance.context(given.who, given.seen))
            assert refused.value.facts["expected"] == given.seen


@pytest.mark.parametrize("role", [OBSERVER, VISITOR])
def test_who_only_looks_on_may_give_no_command_and_nothing_is_written(alliance: AllianceInMemory, role: str) -> None:
    onlooker = Actor("per_onlooker", frozenset({role}), frozenset({alliance.sending, alliance.host}))
    given_by_others = every_command(alliance)
    before = trail(alliance)
    for given in given_by_others:
        with pytest.raises(NotAllowed) as refused:
            given.give(alliance.context(onlooker))
        assert refused.value.facts.keys() == {"action", "needs"}
    assert trail(alliance) == before


def test_an_unanswered_visit_lapses_and_a_repeat_of_the_timer_changes_nothing() -> None:
    alliance = alliance_in_memory(acceptance=("sending-site", "host-department"))
    pending = alliance.accept(alliance.propose())
    alliance.clock.advance(timedelta(days=14))
    timer = alliance.context(SYSTEM)
    for _ in range(2):
        alliance.exchange.lapse_visit(pending.id, timer)
    assert standing(alliance, pending).state == CANCELLED
    assert balance(alliance) == (NOTHING, NOTHING)
    assert trail(alliance)[pending.id] == 3


def test_a_visit_booked_in_time_does_not_lapse(alliance: AllianceInMemory) -> None:
    booked = alliance.accept(alliance.propose())
    alliance.clock.advance(timedelta(days=14))
    alliance.exchange.lapse_visit(booked.id, alliance.context(SYSTEM))
    assert standing(alliance, booked).state == BOOKED


@pytest.mark.parametrize("of", ["visitor", "agreement", "visit"])
def test_what_nobody_knows_is_refused_by_name(alliance: AllianceInMemory, of: str) -> None:
    proposal = alliance.proposal()
    unknown: dict[str, Callable[[], object]] = {
        "visitor": lambda: alliance.propose("per_nobody"),
        "agreement": lambda: alliance.exchange.propose_visit(
            proposal.model_copy(update={"agreement_id": "agr_nowhere"}), alliance.context(alliance.manager)
        ),
        "visit": lambda: alliance.accept(Receipt("vis_nowhere", 1, "proposed")),
    }
    with pytest.raises(Unknown) as refused:
        unknown[of]()
    assert refused.value.facts["kind"] == {"visitor": "person"}.get(of, of)


def draft(alliance: AllianceInMemory, **different: Any) -> Receipt:
    condition = {
        "kind": "training", "field": "imaging", "sending_site": alliance.sending, "host_site": alliance.host,
        "visits_per_year": 1, "visitor_days_per_year": 1, "outcomes_per_year": 0,
        "acceptance": ["host-department"], "reply_within_days": 1, **different.pop("condition", {}),
    }  # fmt: skip
    fields = {
        "names": {"en": "Memorandum"}, "partners": [alliance.sending, alliance.host], "fields": [],
        "in_effect_from": "2026-01-01", "in_effect_until": "2026-12-31", "conditions": [condition], **different,
    }  # fmt: skip
    return alliance.exchange.draft_agreement(
        parsed(commands.DraftAgreement, fields), alliance.context(alliance.manager)
    )


def test_an_agreement_binds_partners_that_are_registered(alliance: AllianceInMemory) -> None:
    with pytest.raises(Unknown) as refused:
        draft(alliance, partners=[alliance.sending, "sit_nowhere"])
    assert refused.value.facts == {"kind": "site", "id": "sit_nowhere"}


def test_nobody_drafts_an_agreement_with_themselves(alliance: AllianceInMemory) -> None:
    with pytest.raises(PartnerNamedTwice):
        draft(alliance, partners=[alliance.sending, alliance.host, alliance.sending])


@pytest.mark.parametrize("end", ["sending_site", "host_site"])
def test_a_condition_binds_none_but_the_partners(alliance: AllianceInMemory, end: str) -> None:
    with pytest.raises(UnknownSite) as refused:
        draft(alliance, condition={end: "sit_elsewhere"})
    assert refused.value.facts == {"site": "sit_elsewhere"}


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"visitors": []}, "visitors"),
        ({"visitors": ["per_1"] * 21}, "visitors"),
        ({"visitors": "per_1"}, "visitors"),
        ({"leader": {"$ne": 1}}, "leader"),
        ({"leader": "$where"}, "leader"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": " \n "}, "purpose"),
        ({"purpose": "x" * 2001}, "purpose"),
        ({"planned_arrival": 20260406}, "planned_arrival"),
        ({"planned_arrival": "6 April"}, "planned_arrival"),
        ({"planned_arrival": "9999-01-01"}, "planned_arrival"),
        ({"state": "booked"}, "state"),
        ({"condition_id": None}, "condition_id"),
    ],
)
def test_fields_of_the_wrong_shape_are_refused_by_the_field(different: dict[str, Any], field: str) -> None:
    proposal = {
        "agreement_id": "agr_1", "condition_id": "cnd_1", "host_department": "dep_1", "visitors": ["per_1"],
        "leader": "per_1", "planned_arrival": "2026-04-06", "planned_departure": "2026-04-08", "purpose": "Staging",
    }  # fmt: skip
    assert parsed(commands.ProposeVisit, proposal)
    with pytest.raises(InvalidCommand) as refused:
        parsed(commands.ProposeVisit, {**proposal, **different})
    assert [problem["field"].partition(".")[0] for problem in refused.value.facts["problems"]] == [field]
