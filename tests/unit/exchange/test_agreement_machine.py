"""Agreements, departments and visits, changed at random under each other: every ledger stays right, nothing breaks."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.errors import Refusal, Unknown
from services.exchange.application import commands, queries
from services.exchange.application import quota as following
from services.exchange.domain.agreement import IN_EFFECT, Agreement
from services.exchange.domain.claims import claim, ledger_of
from services.exchange.domain.quota_plan import plan
from services.exchange.domain.refusals import NoSuchCondition
from services.exchange.domain.rules import RULES
from services.exchange.domain.uncovered import uncovered
from services.exchange.domain.visit import Visit, parts_of_seat_key
from tests.alliance import ADMIN
from tests.amending import amend, approve, put_in_force, shown, terminate, texts
from tests.fakes.exchange import AllianceInMemory, FakeLedgers, alliance_in_memory
from tests.unit.exchange.test_visit_machine import SHORT, UNPLANNED

BEGIN = datetime(2026, 12, 14, 6, tzinfo=UTC)
FIRST = BEGIN.date()
ENDS = ("2026-12-31", "2027-01-31", "2027-06-30", "2028-01-31")
OF_RULES = {refusal for each in RULES for refusal in each.refusals}
SHELVES = ("visit", "ledger", "agreement", "site", "closed-period", "budget", "letter")

WHICH = st.integers(0, 20)
DAY = st.integers(0, 30)
"""Days after the machine's first."""
LENGTH = st.integers(1, 9)

LIFE: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "extend_visit": {"planned_departure": st.integers(1, 40)},
    "reschedule_visit": {"planned_arrival": DAY, "planned_departure": LENGTH},
    "record_arrival": {"arrived_on": DAY},
    "record_departure": {"departed_on": DAY},
    "fulfil_visit": {"departed_on": DAY},
    "cancel_visit": {},
    "mark_entered_in_error": {},
}
OFTEN = [*LIFE, "extend_visit", "record_arrival", "record_arrival", "extend_visit"]
NO_REASON = ("record_arrival", "record_departure")


@st.composite
def turns(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    intent = draw(st.sampled_from(OFTEN))
    return intent, {name: draw(values) for name, values in LIFE[intent].items()}


class Changes(RuleBasedStateMachine):
    """One agreement with two conditions that prolongs into a second year, a department, and visits around New Year."""

    def __init__(self) -> None:
        super().__init__()
        self.alliance: AllianceInMemory = alliance_in_memory(visits_per_year=6, visitor_days_per_year=80)
        first = texts(self.alliance)[-1]["text"]["conditions"][0]
        other = {name: value for name, value in first.items() if name != "id"} | {"field": "imaging"}
        put_in_force(self.alliance, conditions=[first, other], in_effect_until="2027-01-31")
        self.terms: list[dict[str, Any]] = texts(self.alliance)[-1]["text"]["conditions"]
        self.people = [self.alliance.person(f"Visitor {number}") for number in range(4)]
        self.alliance.clock.moment = BEGIN
        for number, arrival in enumerate((0, 6)):
            self.propose(number, number, arrival, 9)
            self.accept(number)
        self.live(0, ("record_arrival", {"arrived_on": 0}))

    @property
    def visits(self) -> list[Visit]:
        return [kept.state for kept in self.alliance.memory.fake_visits.kept.values()]

    @property
    def standing(self) -> Agreement:
        return self.alliance.memory.fake_agreements.load(self.alliance.agreement).state

    @property
    def today(self) -> date:
        return self.alliance.memory.fake_sites.load(self.alliance.host).state.today(self.alliance.clock.now())

    def visit(self, which: int) -> Visit:
        return self.visits[which % len(self.visits)]

    @rule(who=st.integers(0, 3), which=st.integers(0, 1), arrival=DAY, days=LENGTH)
    def propose(self, who: int, which: int, arrival: int, days: int) -> None:
        wish = self.alliance.proposal(self.people[who], arrival=FIRST + timedelta(days=arrival), days=days)
        wish = wish.model_copy(update={"condition_id": self.terms[which]["id"]})
        context = self.alliance.context(self.alliance.manager)
        asked = {"request": wish.model_dump(mode="json")}
        self.agreeing(asked, lambda: self.alliance.exchange.propose_visit(wish, context))

    @rule(which=WHICH)
    def accept(self, which: int) -> None:
        fields = {"party": "host-department", "status": "accepted"}
        self.agreeing({"visit_id": self.visit(which).id}, self.ordered(which, "reply_to_visit", fields))

    @rule(several=st.lists(st.tuples(WHICH, turns()), min_size=2, max_size=6))
    def lives(self, several: list[tuple[int, tuple[str, dict[str, Any]]]]) -> None:
        for which, turn in several:
            self.live(which, turn)

    def live(self, which: int, turn: tuple[str, dict[str, Any]]) -> None:
        intent, drawn = turn
        fields = {name: self.day(name, value, self.visit(which)) for name, value in drawn.items()}
        if intent == "reschedule_visit":
            arrival = date.fromisoformat(fields["planned_arrival"])
            fields["planned_departure"] = (arrival + timedelta(days=drawn["planned_departure"])).isoformat()
        said = {"report": "So it was."} if intent == "fulfil_visit" else {"reason": "So it is."}
        act = self.ordered(which, intent, fields | ({} if intent in NO_REASON else said))
        if intent == "extend_visit":
            self.agreeing({"visit_id": self.visit(which).id, **fields}, act)
        else:
            self.given(act)

    def day(self, name: str, number: int, visit: Visit) -> str:
        """What is reported is no later than today; a later departure is counted from the planned one."""
        begin = visit.planned_departure if name == "planned_departure" else FIRST
        day = begin + timedelta(days=number)
        return (min(day, self.today) if name.endswith("_on") else day).isoformat()

    def ordered(self, which: int, intent: str, fields: dict[str, Any]) -> Callable[[], Any]:
        visit = self.visit(which)
        version = self.alliance.memory.fake_visits.load(visit.id).version
        kind = getattr(commands, "".join(part.capitalize() for part in intent.split("_")))
        command = parsed(kind, {"visit_id": visit.id, "expected_version": version, **fields})
        context = self.alliance.context(self.who(intent), version)
        return lambda: getattr(self.alliance.exchange, intent)(command, context)

    def who(self, intent: str) -> Actor:
        return self.alliance.host_manager if intent == "mark_entered_in_error" else self.alliance.coordinator

    @rule(which=WHICH)
    def spend(self, which: int) -> None:
        line = {"visit_id": self.visit(which).id, "kind": "travel", "currency": "PKR", "budgeted": "10"}
        self.alliance.exchange.add_money_line(
            parsed(commands.AddMoneyLine, line), self.alliance.context(self.alliance.manager)
        )

    @rule(who=st.integers(0, 3), which=st.integers(0, 1), back=st.integers(0, 20))
    def enter_past(self, who: int, which: int, back: int) -> None:
        day = (self.today - timedelta(days=back)).isoformat()
        fields = {
            "agreement_id": self.alliance.agreement, "condition_id": self.terms[which]["id"], "purpose": "Staging",
            "host_department": self.alliance.department, "visitors": [self.people[who]], "leader": self.people[who],
            "actual_arrival": day, "actual_departure": day, "reason": "By telephone.",
        }  # fmt: skip
        command, context = parsed(commands.EnterPastVisit, fields), self.alliance.context(self.alliance.manager)
        self.given(lambda: self.alliance.exchange.enter_past_visit(command, context))

    @rule(
        kept=st.sampled_from([(0,), (1,), (0, 1), (0, 1)]),
        until=st.sampled_from(ENDS),
        visits=st.integers(2, 6),
        approvals=st.sampled_from([0, 1, 2, 2, 2]),
    )
    def change_the_text(self, kept: tuple[int, ...], until: str, visits: int, approvals: int) -> None:
        conditions = [self.terms[which] | {"visits_per_year": visits} for which in kept]
        self.given(lambda: amend(self.alliance, conditions=conditions, in_effect_until=until))
        for who in (self.alliance.manager, self.alliance.host_manager)[:approvals]:
            self.given(partial(approve, self.alliance, who))

    @precondition(lambda self: self.today > FIRST + timedelta(days=14))
    @rule(days=st.integers(0, 60))
    def end_early(self, days: int) -> None:
        self.given(lambda: terminate(self.alliance, self.today + timedelta(days=days)))

    @rule(first=DAY, days=LENGTH)
    def close(self, first: int, days: int) -> None:
        begin = FIRST + timedelta(days=first)
        last = begin + timedelta(days=days - 1)
        self.change_site("close_department", first=begin.isoformat(), last=last.isoformat(), reason="Painting.")

    @rule(seats=st.integers(1, 4))
    def change_seats(self, seats: int) -> None:
        self.change_site("change_department", department={"names": {"en": "Surgery"}, "seats": seats})

    def change_site(self, intent: str, **fields: Any) -> None:
        version = self.alliance.memory.fake_sites.load(self.alliance.host).version
        named = {"site_id": self.alliance.host, "department_id": self.alliance.department, "expected_version": version}
        kind = getattr(commands, "".join(part.capitalize() for part in intent.split("_")))
        command, context = parsed(kind, named | fields), self.alliance.context(ADMIN, version)
        self.given(lambda: getattr(self.alliance.exchange, intent)(command, context))

    @rule(days=st.integers(1, 12))
    def time_passes(self, days: int) -> None:
        self.alliance.clock.advance(timedelta(days=days))
        for visit in self.visits:
            self.alliance.exchange.lapse_visit(visit.id, self.alliance.context(SYSTEM))
        self.alliance.exchange.end_agreement(self.alliance.agreement, self.alliance.context(SYSTEM))

    def given(self, act: Callable[[], Any]) -> Refusal | None:
        """What is refused changes nothing, and is not refused for want of something that there is."""
        before, refused = self.books(), None
        try:
            act()
        except (NoSuchCondition, Unknown) as broken:
            raise AssertionError(broken) from broken
        except Refusal as refusal:
            refused = refusal
        assert refused is None or self.books() == before
        return refused

    def books(self) -> dict[str, dict[str, Any]]:
        return {name: dict(self.alliance.memory.fake_visits.memory.shelf(name)) for name in SHELVES}

    def agreeing(self, asked: dict[str, Any], act: Callable[[], Any]) -> None:
        """`why_not` and the command say the same: what is done was allowed, and what a rule forbids was named."""
        try:
            found = self.alliance.exchange.why_not(parsed(queries.AskWhyNot, asked), self.alliance.manager)
        except Refusal as answer:
            found = {"allowed": False, "blocking": [{"refusal": type(answer).__name__}]}
        refused = self.given(act)
        if refused is None:
            assert found["allowed"], found
        elif type(refused) in OF_RULES:
            assert type(refused).__name__ in [each["refusal"] for each in found["blocking"]], (refused, found)

    @invariant()
    def every_ledger_says_what_its_visits_say(self) -> None:
        visits = self.visits
        for ledger in self.alliance.memory.fake_ledgers.kept.values():
            own = [visit for visit in visits if ledger_of(visit) == ledger.id]
            claims = [claim(visit) for visit in own]
            assert ledger.visits.held == sum(each.held.visits for each in claims)
            assert ledger.visits.used == sum(each.used.visits for each in claims)
            assert ledger.visitor_days.held == sum(each.held.visitor_days for each in claims)
            assert ledger.visitor_days.used == sum(each.used.visitor_days for each in claims)
            assert ledger.planned_days == sum(each.planned_days for each in claims)
            if not any(UNPLANNED & set(visit.flags) for visit in own):
                assert min(ledger.visits.left, ledger.visitor_days.left) >= 0

    @invariant()
    def ledgers_are_open_for_the_days_and_conditions_in_force(self) -> None:
        agreement = self.standing
        in_force = {each.id for each in agreement.conditions} if agreement.state == IN_EFFECT else set()
        for ledger in self.alliance.memory.fake_ledgers.kept.values():
            assert ledger.closed == (ledger.condition not in in_force or ledger.year not in agreement.years)
            if not ledger.closed:
                assert (ledger.first_day, ledger.last_day) == (agreement.in_effect_from, agreement.last_day)

    @invariant()
    def nothing_is_held_twice_and_no_seat_is_held_that_there_is_not(self) -> None:
        memory = self.alliance.memory.fake_visits.memory
        shelves = [memory.shelf(name).values() for name in ("visit", "closed-period")]
        held = Counter(key for shelf in shelves for kept in shelf for key in kept.holds)
        assert not [key for key, times in held.items() if times > 1]
        seats = self.alliance.memory.fake_sites.load(self.alliance.host).state.departments[0].seats
        own = [key for kept in memory.shelf("visit").values() for key in kept.holds if key.startswith("seat:")]
        assert all(seat <= seats for seat, day in map(parts_of_seat_key, own) if day >= self.today.isoformat())

    @rule()
    def look(self) -> None:
        """What is not covered any more is listed, and the scorecard is told."""
        listed = {each["id"]: each["because"] for each in shown(self.alliance)["booked_after_end"]}
        assert listed == {each.id: why for each in self.visits if (why := uncovered(each, self.standing))}
        asked = parsed(queries.AskScorecard, {"agreement_id": self.alliance.agreement})
        assert self.alliance.exchange.scorecard(asked, self.alliance.manager)["years"]


WALK = settings(SHORT, max_examples=60, stateful_step_count=30)
FOUND = settings(WALK, phases=[Phase.generate], max_examples=400)


def test_whatever_changes_the_ledgers_stay_right_and_nothing_breaks() -> None:
    run_state_machine_as_test(Changes, settings=WALK)


def _only_the_standing_text_is_known(patch: pytest.MonkeyPatch) -> None:
    def standing_only(agreement: Agreement, condition_id: str, _at: datetime | None = None) -> Any:
        if found := agreement.standing.condition(condition_id):
            return found
        raise NoSuchCondition(agreement=agreement.id, condition=condition_id)

    patch.setattr(Agreement, "condition", standing_only)


def _ledgers_of_past_years_stay(patch: pytest.MonkeyPatch) -> None:
    def stale(agreement: Agreement, ledgers: Any, this_year: int) -> Any:
        planned = plan(agreement, ledgers, this_year)
        return replace(planned, promise=tuple(each for each in planned.promise if each.year >= this_year))

    patch.setattr(following, "plan", stale)


def _why_not_asks_no_rule(patch: pytest.MonkeyPatch) -> None:
    asking = import_module(queries.AskWhyNot.__module__)
    patch.setattr(asking, "judged", lambda _plan: ())


def _dropped_ledgers_stay_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(FakeLedgers, "close", lambda *_: None)


PLANTED = [
    _only_the_standing_text_is_known,
    _ledgers_of_past_years_stay,
    _why_not_asks_no_rule,
    _dropped_ledgers_stay_open,
]


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_fault_is_found(plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises((AssertionError, NoSuchCondition)):
        run_state_machine_as_test(Changes, settings=FOUND)
