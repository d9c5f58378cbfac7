"""From a session that is closed with a finding to the outcome, and back into the agreement's balance: as it is told."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import NotYet
from chassis.kernel.ids import derived
from chassis.store.stamping import stamp
from contracts.catalogue import parse, read
from contracts.envelope import CloudEvent, EventData
from contracts.research.versions import earlier
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.application import queries
from services.research.adapters.published_events import published
from services.research.application import commands
from tests.alliance import StandingClock
from tests.consulting import ADMIN, TUESDAY, Consulting
from tests.fakes.exchange import ExchangeInMemory
from tests.fakes.research import ResearchInMemory
from tests.unit.exchange.given import EDITION
from tests.unit.research import given

NEXT_DAY, LAST_DAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)
ENTERED: dict[str, Any] = {"type": "software", "title": "A viewer", "summary": "It shows cysts."}
FINDING = {"summary": "Stages are read differently.", "outcome_type": "publication", "due_days": 90}


class Round:
    """Both services in memory; what one of them told since it was asked last, the other hears, twice."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.exchange, self.research = ExchangeInMemory(self.clock), ResearchInMemory(self.clock)
        self.there = Consulting(self.exchange, self.clock)
        self._told = {"exchange": 0, "research": 0}

    def exchange_tells(self) -> None:
        happened = self.exchange.fake_consultations.told
        told = PublishedEvents(self.exchange.stores.sites).publish(happened, EDITION)
        for event in self._new("exchange", told):
            self._hear(self.research, event)

    def research_tells(self) -> None:
        self.exchange_hears(self.research_told())

    def research_told(self) -> Iterator[CloudEvent]:
        told = [published(each) for each in self.research.fake_outcomes.told]
        return self._new("research", told)

    def exchange_hears(self, told: Iterable[CloudEvent]) -> None:
        """In that order; what is too early comes again after the rest."""
        early: list[CloudEvent] = []
        for event in told:
            try:
                self._hear(self.exchange, event)
            except NotYet:
                early.append(event)
        if early:
            self.exchange_hears(early)

    def _new(self, service: str, told: Sequence[EventData]) -> Iterator[CloudEvent]:
        for number in range(self._told[service], len(told)):
            data = told[number]
            kind = data.type.split(".")[1]
            about = f"{kind}/{getattr(data, kind)}"
            place = {"service": service, "subject": about, "version": number + 1, "number": 0}
            context = Context(derived(str(number)), SYSTEM, self.clock.now())
            for version in (data, *earlier(data)):
                yield parse(stamp(version, **place, context=context)["body"].encode())  # type: ignore[arg-type]
        self._told[service] = len(told)

    def _hear(self, service: Any, event: CloudEvent) -> None:
        for _ in range(2):
            if handler := service.handlers().get(event.type):
                handler(event, read(event))

    def reported(self) -> int:
        asked = parsed(queries.AskAgreement, {"agreement_id": self.there.agreement})
        balance = self.exchange.agreement(asked, ADMIN)["conditions"][0]["balance"][0]
        count: int = balance["outcomes"]["reported"]
        return count


@pytest.fixture
def tour() -> Round:
    return Round()


@pytest.fixture
def consultation(tour: Round) -> str:
    """Held and closed with a finding; research has heard of it."""
    booked = tour.there.booked()
    tour.clock.moment = TUESDAY
    attended = [tour.there.people[name] for name in ("chair", "presenter", "interpreter")]
    tour.there.give("close_session", booked, attended=attended, finding=FINDING)
    tour.exchange_tells()
    return booked


def the_outcome(tour: Round) -> str:
    (outcome,) = tour.research.fake_outcomes.kept
    return outcome


def report(tour: Round) -> None:
    fields = {"outcome_id": the_outcome(tour), "expected_version": 1, "title": "A protocol", "summary": "How to stage."}
    chair = Actor(tour.there.people["chair"])
    context = Context(derived("report"), chair, tour.clock.now(), 1)
    tour.research.report_outcome(parsed(commands.ReportOutcome, fields), context)
    tour.research_tells()


def test_a_finding_opens_one_outcome_that_the_chair_owes(tour: Round, consultation: str) -> None:
    outcome = tour.research.fake_outcomes.load(the_outcome(tour)).state
    (origin,) = outcome.came_of
    assert (origin.id, origin.slot, origin.year) == (consultation, TUESDAY, 2026)
    assert (outcome.responsible, outcome.type) == (tour.there.people["chair"], "publication")
    assert outcome.due_on.isoformat() == "2026-06-08"
    assert set(outcome.sites) == set(tour.there.sites.values())


def test_its_report_counts_in_the_agreements_balance_until_the_consultation_was_a_mistake(
    tour: Round, consultation: str
) -> None:
    report(tour)
    assert tour.reported() == 1
    tour.there.give("mark_consultation_entered_in_error", consultation, ADMIN, reason="Entered twice.")
    tour.exchange_tells()
    tour.research_tells()
    assert tour.research.fake_outcomes.load(the_outcome(tour)).state.questioned == "Entered twice."
    assert tour.reported() == 0


def test_what_nobody_reported_is_withdrawn_with_the_consultation(tour: Round, consultation: str) -> None:
    tour.there.give("mark_consultation_entered_in_error", consultation, ADMIN, reason="Entered twice.")
    tour.exchange_tells()
    tour.research_tells()
    assert tour.research.fake_outcomes.load(the_outcome(tour)).state.state == "withdrawn"
    assert tour.reported() == 0


def test_what_is_waived_counts_for_nothing_and_is_waived_still_when_the_consultation_was_a_mistake(
    tour: Round, consultation: str
) -> None:
    kept = tour.research.fake_outcomes
    manager = Actor("per_manager", frozenset({PROGRAMME_MANAGER}), frozenset(kept.load(the_outcome(tour)).state.sites))
    fields = {"outcome_id": the_outcome(tour), "expected_version": 1, "reason": "It was found elsewhere before."}
    context = Context(derived("waive"), manager, tour.clock.now(), 1)
    tour.research.waive_outcome(parsed(commands.WaiveOutcome, fields), context)
    tour.research_tells()
    tour.there.give("mark_consultation_entered_in_error", consultation, ADMIN, reason="Entered twice.")
    tour.exchange_tells()
    tour.research_tells()
    assert kept.load(the_outcome(tour)).state.state == "waived"
    assert tour.reported() == 0


def answering(tour: Round, method: str, **fields: Any) -> None:
    """The coordinator of Kashgar, where the chair works, gives a command about the one outcome that there is."""
    kashgar = Actor("per_coordinator", frozenset({COORDINATOR}), frozenset({tour.there.sites["kashgar"]}))
    kind: Any = getattr(commands, "".join(word.capitalize() for word in method.split("_")))
    version = None
    if tour.research.fake_outcomes.kept:
        version = tour.research.fake_outcomes.load(the_outcome(tour)).version
        fields |= {"outcome_id": the_outcome(tour), "expected_version": version}
    context = Context(derived(method, str(version)), kashgar, tour.clock.now(), version)
    getattr(tour.research, method)(parsed(kind, fields), context)


def named(consultation: str, slot: datetime = TUESDAY) -> dict[str, Any]:
    return {"consultation_id": consultation, "slot": slot.isoformat()}


def closed(tour: Round, begins: datetime) -> str:
    """Held then, and closed; nothing is expected of it."""
    booked = tour.there.booked(begins=begins.isoformat())
    tour.clock.moment = begins
    attended = [tour.there.people[name] for name in ("chair", "presenter", "interpreter")]
    tour.there.give("close_session", booked, attended=attended)
    tour.exchange_tells()
    return booked


@pytest.fixture
def held(tour: Round) -> str:
    return closed(tour, NEXT_DAY)


def test_what_nobody_expected_counts_in_the_agreements_balance_once(tour: Round, held: str) -> None:
    answering(tour, "enter_outcome", **ENTERED, came_of=[named(held, NEXT_DAY)])
    for _ in range(2):
        tour.research_tells()
    assert tour.reported() == 1


def test_a_claimed_record_counts_in_the_agreements_balance_and_nothing_is_told_of_it_before(
    tour: Round, held: str
) -> None:
    record = given.unclaimed(sites=(tour.there.sites["kashgar"],))
    imported = Decision(record, what="imported")
    tour.research.fake_outcomes.add(record.id, imported, Context(derived("x"), SYSTEM, tour.clock.now()))
    tour.research_tells()
    assert tour.reported() == 0
    answering(tour, "claim_outcome", came_of=[named(held, NEXT_DAY)], details={"kind": "journal-article"})
    tour.research_tells()
    assert tour.reported() == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_is_settled_counts_again_once_in_whatever_order_that_is_told(
    tour: Round, held: str, order: tuple[int, ...]
) -> None:
    mistaken = closed(tour, LAST_DAY)
    answering(tour, "enter_outcome", **ENTERED, came_of=[named(mistaken, LAST_DAY)])
    tour.there.give("mark_consultation_entered_in_error", mistaken, ADMIN, reason="Entered twice.")
    tour.exchange_tells()
    answering(tour, "settle_outcome", came_of=named(held, NEXT_DAY), reason="It was the day before.")
    told = list(tour.research_told())
    assert [each.type.split(".")[2] for each in told] == ["reported", "questioned", "settled"]
    tour.exchange_hears([told[number] for number in order])
    assert tour.reported() == 1
    ledger = f"led_{tour.there.agreement}_{tour.there.condition}_2026"
    (counted,) = tour.exchange.stores.ledgers.outcomes([ledger], tour.clock.now())
    assert counted.consultation == held


def test_what_is_settled_by_taking_it_back_counts_for_nothing(tour: Round, held: str) -> None:
    answering(tour, "enter_outcome", **ENTERED, came_of=[named(held, NEXT_DAY)])
    tour.there.give("mark_consultation_entered_in_error", held, ADMIN, reason="Entered twice.")
    tour.exchange_tells()
    answering(tour, "settle_outcome", reason="Nothing came of it.")
    tour.exchange_hears(tour.research_told())
    assert tour.research.fake_outcomes.load(the_outcome(tour)).state.state == "withdrawn"
    assert tour.reported() == 0
