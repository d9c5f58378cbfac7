"""The lives of outcomes at random: expected, read from files, entered; answered for by whoever may; and mistakes.

A command is a line of `COMMANDS`: with it it is given to any outcome, by anybody, at any time.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from chassis.kernel.actor import SYSTEM, VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from contracts.exchange.consultations import ConsultationEnteredInError
from contracts.exchange.v1 import VisitEnteredInError
from services.research.domain import events
from services.research.domain.offers import offered
from services.research.domain.outcome import ADOPTED, REJECTED, REPORTED, UNCLAIMED, Outcome
from services.research.domain.settling import REPORTS
from services.research.domain.waiting import due
from tests.alliance import StandingClock
from tests.fakes.documents import Kept
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.attributing import HOTAN, SESSION, give, person, session, visit
from tests.unit.research.mistakes import event_of, told
from tests.unit.research.test_commands import site

MET = [site(given.GILGIT, "Asia/Karachi"), site(HOTAN, "Asia/Shanghai")]
SLOTS = {f"con_{number}": f"2026-05-0{number}T06:00:00+00:00" for number in (1, 2)}
THINGS: dict[str, dict[str, Any]] = {
    **{f"vis_{number}": {"visit_id": f"vis_{number}"} for number in (1, 2, 3)},
    **{each: {"consultation_id": each, "slot": slot} for each, slot in SLOTS.items()},
}
"""What may have taken place, as commands name it."""
KARIM = Actor("per_karim", frozenset({VISITOR}), frozenset({given.GILGIT}))
MANAGERS = [given.MANAGER, given.MANAGER, given.COORDINATOR_HERE, given.COORDINATOR_THERE]
WHO = st.sampled_from([*MANAGERS, given.RESPONSIBLE, KARIM])

THING = st.sampled_from(sorted(THINGS)).map(THINGS.__getitem__)
SOME = st.lists(THING, min_size=1, max_size=2)
REASON = {"reason": st.just("So it is.")}
SAID = {"title": st.just("A protocol"), "summary": st.just("How to stage.")}
PUBLISHED = st.sampled_from([None, *[{"kind": "journal-article"}] * 3])
COMMANDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "report_outcome": SAID,
    "correct_outcome": {"title": st.sampled_from(["Another", "One more"]), **REASON},
    "waive_outcome": REASON,
    "attribute_outcome": {"add": SOME, "remove": st.just([]) | st.lists(THING, max_size=1), **REASON},
    "claim_outcome": {"came_of": SOME, "details": PUBLISHED},
    "reject_outcome": REASON,
    "settle_outcome": {"came_of": st.none() | THING, **REASON},
}
"""By name, with its fields beside `outcome_id` and `expected_version`."""
EVERY_STATE = {"unclaimed", "rejected", "expected", "reported", "waived", "withdrawn", "questioned"}


@dataclass
class Seen:
    """What all the lives came to, so that none of it is only thought of."""

    states: set[str] = field(default_factory=set)
    commands: set[str] = field(default_factory=set)


class Lives(RuleBasedStateMachine):
    """Five things may take place, and be mistakes, at any moment; up to five outcomes come of them or of files."""

    seen = Seen()

    def __init__(self) -> None:
        super().__init__()
        self.clock = StandingClock(given.NOW)
        self.research = ResearchInMemory(self.clock)
        self.mistakes: set[str] = set()
        for name in ("per_bano", "per_karim", "per_ali"):
            told(self.research, person(name, given.GILGIT))

    @initialize(expected=st.sampled_from([True, True, False]), later=st.sampled_from(sorted(THINGS)))
    def it_begins(self, expected: bool, later: str) -> None:
        """All but one have taken place, and somebody has read a file."""
        self.takes_place("vis_1", expected)
        for thing in sorted(THINGS.keys() - {later}):
            self.takes_place(thing, expected=False)
        self.is_imported()

    @property
    def kept(self) -> dict[str, Kept[Outcome]]:
        return self.research.fake_outcomes.kept

    def some(self, number: int, command: str) -> str:
        """Mostly one of those on which the command fits, where there are any."""
        fits = [each for each in sorted(self.kept) if command in offered(self.kept[each].state, given.MANAGER)]
        among = fits if fits and number % 4 else sorted(self.kept)
        return among[number % len(among)]

    @rule(thing=st.sampled_from(sorted(THINGS)), expected=st.booleans())
    def takes_place(self, thing: str, expected: bool) -> None:
        """Or is told of once more."""
        opens = {"type": "publication", "due_on": "2026-08-13"} if expected and len(self.kept) < 5 else None
        if thing in SLOTS:
            at = {"slot": SLOTS[thing], "sessions": [{**SESSION["sessions"][0], "slot": SLOTS[thing]}], "sites": MET}
            told(self.research, session(consultation=thing, agreement="agr_1", expected_outcome=opens, **at))
        else:
            told(self.research, visit(visit=thing, expected_outcome=opens))

    @rule(thing=st.sampled_from([*sorted(THINGS), "vis_1"]))
    def was_a_mistake(self, thing: str) -> None:
        subject = "consultation" if thing in SLOTS else "visit"
        model: Any = ConsultationEnteredInError if thing in SLOTS else VisitEnteredInError
        in_error = {"previous_state": "fulfilled", "state": "entered-in-error", "reason": "Entered twice."}
        told(self.research, event_of(model, subject, **{subject: thing, **in_error}))
        self.mistakes.add(thing)

    @rule()
    def is_imported(self) -> None:
        if len(self.kept) < 5:
            record = given.unclaimed(id=f"out_{len(self.kept)}")
            context = Context(derived(record.id), SYSTEM, self.clock.now())
            self.research.fake_outcomes.add(record.id, Decision(record, what="imported"), context)

    @rule(who=WHO, things=SOME, behalf=st.sampled_from([None, "per_bano"]))
    def is_entered(self, who: Actor, things: list[Any], behalf: str | None) -> None:
        if len(self.kept) < 5:
            software = {"type": "software", "title": f"Viewer {len(self.kept)}", "summary": "It shows."}
            self.given(None, "enter_outcome", who, came_of=things, on_behalf_of=behalf, **software)

    @rule(who=st.sampled_from([given.RESPONSIBLE, given.MANAGER]), days=st.integers(0, 40))
    def somebody_answers_for_bano(self, who: Actor, days: int) -> None:
        until = (self.clock.now().date() + timedelta(days=days)).isoformat()
        give(self.research, "name_delegate", who, person_id="per_bano", delegate_id="per_karim", until=until)

    @rule(days=st.sampled_from([1, 30, 100]))
    def time_passes(self, days: int) -> None:
        self.clock.advance(timedelta(days=days))
        fires = {"overdue": self.research.mark_overdue, "due-soon": self.research.remind_of_due}
        for outcome_id in self.kept:
            for timer in due(self.kept[outcome_id].state):
                if timer.at <= self.clock.now():
                    context = Context(derived(timer.name, timer.at.isoformat()), SYSTEM, self.clock.now())
                    fires[timer.name](outcome_id, context)

    def given(self, outcome_id: str | None, command: str, who: Actor, **fields: Any) -> None:
        """Either refused, and nothing is as it was not; or one decision, that is not made again."""
        before, version = dict(self.kept), None
        if outcome_id:
            version = before[outcome_id].version
            fields = {"outcome_id": outcome_id, **fields}
        try:
            receipt = give(self.research, command, who, version, **fields)
        except Refusal:
            assert self.kept == before
            return
        self.seen.commands.add(command)
        assert receipt.version == (version or 0) + 1 == self.kept[receipt.id].version
        after = dict(self.kept)
        assert {each for each in after if after[each] is not before.get(each)} == {receipt.id}
        assert give(self.research, command, who, version, **fields) == receipt
        assert self.kept == after

    @invariant()
    def every_decision_is_one_version_and_one_line(self) -> None:
        for kept in self.kept.values():
            assert [line.version for line in kept.history] == list(range(1, kept.version + 1))
            self.seen.states |= {kept.state.state} | ({"questioned"} if kept.state.questioned else set())

    @invariant()
    def nothing_is_told_of_a_record_before_its_claim(self) -> None:
        for kept in self.kept.values():
            claims = [line.what for line in kept.history if line.what in REPORTS]
            is_record = kept.state.state in (UNCLAIMED, REJECTED)
            assert not (is_record and (kept.told or claims or kept.state.came_of))
            assert len(claims) <= 1

    @invariant()
    def it_counts_once_while_it_is_reported_and_nobody_questions_it(self) -> None:
        worth = {events.OutcomeReported: 1, events.OutcomeSettled: 1, events.OutcomeQuestioned: -1}
        for kept in self.kept.values():
            counts = sum(worth.get(type(each), 0) for each in kept.told)
            assert counts == (kept.state.state in (REPORTED, ADOPTED) and not kept.state.questioned)

    @invariant()
    def nothing_came_of_a_mistake_that_nobody_sees(self) -> None:
        for outcome in (kept.state for kept in self.kept.values()):
            assert not {each.id for each in outcome.also_of} & self.mistakes
            if outcome.origin and outcome.origin.id in self.mistakes:
                assert outcome.questioned or outcome.state in ("withdrawn", "waived")

    @invariant()
    def its_sites_are_those_that_took_part_in_all_of_it(self) -> None:
        for outcome in (kept.state for kept in self.kept.values() if kept.state.came_of):
            assert list(outcome.sites) == list(dict.fromkeys(site for each in outcome.came_of for site in each.sites))
            assert outcome.zones.keys() == set(outcome.sites)


def _rule_of(command: str) -> Any:
    def is_decided(self: Lives, number: int, who: Actor, **fields: Any) -> None:
        self.given(self.some(number, command), command, who, **fields)

    is_decided.__name__ = command
    decorated: Any = rule
    return decorated(number=st.integers(0, 11), who=WHO, **COMMANDS[command])(is_decided)


for each in COMMANDS:
    setattr(Lives, each, _rule_of(each))


def test_what_has_to_hold_of_outcomes_holds_at_every_moment_of_every_life() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=80,
            stateful_step_count=25,
            derandomize=True,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Lives.seen.states == EVERY_STATE
    assert Lives.seen.commands == {*COMMANDS, "enter_outcome"}
