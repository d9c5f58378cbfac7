"""Random gates, ratings, adoptions and follow-ups while time passes: what has to hold of them holds at every moment."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from services.research.application import commands
from services.research.domain import events
from services.research.domain.coming_back import GATE_DUE
from services.research.domain.evidence import KINDS
from services.research.domain.following_up import FOLLOW_UP
from services.research.domain.gates import MOVES_ON
from services.research.domain.needed_evidence import needed
from services.research.domain.outcome import STAGES, Outcome
from services.research.domain.readiness import DOMAINS
from services.research.domain.waiting import due
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.test_commands import expected, go, standing

PEOPLE = {given.GILGIT: given.COORDINATOR_THERE, given.KASHGAR: given.COORDINATOR_HERE}
SITE = st.sampled_from(sorted(PEOPLE))
DAYS = st.integers(-3, 1)
"""Around today: some are still to come."""


class Way(RuleBasedStateMachine):
    """One reported outcome; every timer runs as soon as it is due, and once more, as after a crash."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = StandingClock(given.NOW)
        self.research = ResearchInMemory(self.clock)
        self.id = expected(self.research)
        go(self.research, self.id, 1)

    @initialize(steps=st.sampled_from([1, 3, 6, 7, 7, 7]))
    def it_has_come_some_way(self, steps: int) -> None:
        go(self.research, self.id, steps)

    @property
    def outcome(self) -> Outcome:
        return standing(self.research, self.id)

    def day(self, days: int) -> str:
        return (self.clock.now().date() + timedelta(days=days)).isoformat()

    def give(self, who: Actor, act: Callable[[Any, Context], Any], kind: type[Any], **fields: Any) -> None:
        loaded = self.research.fake_outcomes.load(self.id)
        asked = parsed(kind, {"outcome_id": self.id, "expected_version": loaded.version, **fields})
        command_id = derived(kind.__name__, str(loaded.version))
        try:
            act(asked, Context(command_id, who, self.clock.now(), loaded.version))
        except Refusal:
            assert self.research.fake_outcomes.load(self.id) == loaded

    @rule(
        decision=st.sampled_from(["accepted"] * 4 + ["deferred", "deferred", "declined", "not-applicable"]),
        other=st.sampled_from([None] * 6 + list(STAGES)),
        kind=st.sampled_from([None] * 6 + list(KINDS)),
        decided=st.none() | DAYS,
        back=st.integers(0, 40),
    )
    def decide(self, decision: str, other: str | None, kind: str | None, decided: int | None, back: int) -> None:
        gate = other or self.outcome.next_gate or "evaluation"
        kind = kind or given.EVIDENCE.get(gate, "other")
        self.give(
            given.MANAGER,
            self.research.decide_gate,
            commands.DecideGate,
            gate=gate,
            decision=decision,
            reason="" if decision == "accepted" else "So it is.",
            evidence=[{"kind": kind, "title": "Seen", "reference": "Shelf 4"}],
            decided_on=None if decided is None else self.day(decided),
            back_on=self.day(back) if decision == "deferred" else None,
        )

    @rule(domain=st.sampled_from(DOMAINS), level=st.integers(1, 10))
    def rate(self, domain: str, level: int) -> None:
        fields = {"domain": domain, "level": level, "ground": "Seen"}
        self.give(given.MANAGER, self.research.rate_readiness, commands.RateReadiness, **fields)

    @rule(site=SITE, days=DAYS)
    def adopt(self, site: str, days: int) -> None:
        fields = {"adopting_site": site, "adopted_on": self.day(days)}
        self.give(PEOPLE[site], self.research.confirm_adoption, commands.ConfirmAdoption, **fields)

    @rule(site=SITE, days=DAYS, really=st.sampled_from([True, False, False, False]))
    def stop(self, site: str, days: int, really: bool) -> None:
        if not really:
            return
        fields = {"adopting_site": site, "ended_on": self.day(days), "reason": "It broke."}
        self.give(PEOPLE[site], self.research.end_adoption, commands.EndAdoption, **fields)

    @rule(
        site=SITE,
        months=st.sampled_from([6, 12]),
        ends=st.sampled_from([None, None, None, -3, 0, 1]),
        stops=st.sampled_from([None, -1, -1]),
    )
    def half_a_year_later(self, site: str, months: int, ends: int | None, stops: int | None) -> None:
        """A hospital that was asked, if one was, or any other; it may think better of it at once."""
        self.wait(190)
        asked = [(use.site, each) for use in self.outcome.adoptions for each in use.asked]
        site, months = asked[months % len(asked)] if asked else (site, months)
        fields: dict[str, Any] = {"adopting_site": site, "months": months, "still_in_use": ends is None, "note": "So."}
        if ends is not None:
            fields["ended_on"] = self.day(ends)
        self.give(PEOPLE[site], self.research.record_follow_up, commands.RecordFollowUp, **fields)
        if stops is not None:
            self.stop(site, stops, really=True)

    @rule(days=st.sampled_from([1, 5, 20, 190, 190]))
    def wait(self, days: int) -> None:
        self.clock.advance(timedelta(days=days))
        fires = {GATE_DUE: self.research.mark_gate_due, FOLLOW_UP: self.research.ask_follow_up}
        for timer in due(self.outcome):
            if timer.at <= self.clock.now():
                context = Context(derived(timer.name, timer.at.isoformat()), SYSTEM, self.clock.now())
                for _ in range(2):
                    fires[timer.name](self.id, context)

    @invariant()
    def it_is_as_far_on_as_its_gates_let_it_through_on_the_evidence_that_they_need(self) -> None:
        outcome = self.outcome
        passed = [gate for gate in outcome.gates if gate.decision in MOVES_ON]
        assert [gate.gate for gate in passed] == list(STAGES[1 : len(passed) + 1])
        assert outcome.stage == STAGES[len(passed)]
        assert all(before.day <= after.day <= outcome.latest_day(self.clock.now()) for before, after in self.in_turn())
        for gate in (gate for gate in passed if gate.decision == "accepted"):
            assert all({each.kind for each in gate.evidence} & set(any_of) for any_of in needed(outcome, gate.gate))

    def in_turn(self) -> Any:
        return pairwise(self.outcome.gates)

    @invariant()
    def what_was_deferred_is_back_once_its_day_has_come_and_not_before(self) -> None:
        last = self.outcome.gates[-1] if self.outcome.gates else None
        waits = last is not None and last.decision == "deferred"
        assert waits or not self.outcome.gate_due
        if waits and last and last.back_on:
            assert self.outcome.gate_due == (last.back_on <= self.outcome.latest_day(self.clock.now()))

    @invariant()
    def everything_is_told_once(self) -> None:
        told = self.research.fake_outcomes.told
        back = Counter(each.deferred.at.isoformat() for each in told if isinstance(each, events.OutcomeGateDue))
        asked = Counter(
            (each.adoption.site, each.adoption.at, each.months) for each in told if isinstance(each, events.FollowUpDue)
        )
        assert set((back + Counter(map(str, asked.elements()))).values()) <= {1}
        assert sum(asked.values()) == sum(len(each.asked) for each in self.outcome.adoptions)

    @invariant()
    def a_hospital_uses_it_once_at_a_time_and_is_asked_of_each_use_in_time(self) -> None:
        outcome = self.outcome
        for site in PEOPLE:
            uses = [each for each in outcome.adoptions if each.site == site]
            assert all(before.ended_on and before.ended_on <= after.adopted_on for before, after in pairwise(uses))
            today = outcome.today(site, self.clock.now())
            for use in uses:
                assert not [each for each in use.awaited if use.due_on(each) <= today and each not in use.asked]
                assert len({each.months for each in use.follow_ups}) == len(use.follow_ups)
                assert all(outcome.today(site, each.at) >= use.due_on(each.months) for each in use.follow_ups)
                assert [each.months for each in use.follow_ups] == sorted({each.months for each in use.follow_ups})
                seen = [outcome.today(site, each.at) for each in use.follow_ups if each.in_use]
                assert use.ended_on is None or all(day <= use.ended_on for day in seen)
        first = outcome.adoptions[0] if outcome.adoptions else None
        assert (outcome.adopting_site, outcome.adopted_on) == (
            (first.site, first.adopted_on) if first else (None, None)
        )
        assert (outcome.state == "adopted") == bool(first)


def test_what_has_to_hold_on_the_way_into_practice_holds_at_every_moment() -> None:
    run_state_machine_as_test(
        Way,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
