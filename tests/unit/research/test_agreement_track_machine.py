"""Two sides and whoever else, giving any command in any order: nobody signs for the other, and one side is awaited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from chassis.commands import parsed
from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.errors import Refusal
from chassis.kernel.ids import derived
from services.research.application.commands import agreement_tracks
from services.research.domain.agreement_tracks.definitions import PROVIDER, STEPS
from services.research.domain.agreement_tracks.events import TrackInForce
from services.research.domain.agreement_tracks.track import AgreementTrack
from services.research.domain.permissions import acts_for
from tests.alliance import StandingClock
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given, given_legal
from tests.unit.research.given import GILGIT, KASHGAR

PEOPLE = (
    Actor("per_ali", frozenset({PROGRAMME_MANAGER}), frozenset({GILGIT})),
    Actor("per_gulnar", frozenset({PROGRAMME_MANAGER}), frozenset({KASHGAR})),
    Actor("per_zhang", frozenset({COORDINATOR}), frozenset({KASHGAR})),
    Actor("per_hussain", frozenset({COORDINATOR}), frozenset({GILGIT})),
    Actor("per_admin", frozenset({ADMINISTRATOR}), frozenset({KASHGAR, GILGIT})),
    given_legal.MANAGER_OF_BOTH,
)
WHO = st.sampled_from(PEOPLE)
SIGNING = (*PEOPLE[:2], *PEOPLE[-1:] * 2)
"""Those who may sign at all, so that it comes to that."""
WIDENING = st.sampled_from((*PEOPLE[:2], *PEOPLE[3:4], *PEOPLE[-1:]))
"""Two of one side, one of the other and one of both, so that it comes to an answer."""
STEP = st.sampled_from(sorted({step.name for steps in STEPS.values() for step in steps}))
MORE = ("out_2", "out_3")
"""What may be served, too."""
TEXTS = ("1" * 64, "2" * 64)


class TwoSides(RuleBasedStateMachine):
    """One agreement from Kashgar to Gilgit."""

    @initialize(kind=st.sampled_from(sorted(STEPS)), who=st.sampled_from(PEOPLE[:4]))
    def begin(self, kind: str, who: Actor) -> None:
        self.clock = StandingClock(given.NOW)
        self.research = ResearchInMemory(self.clock)
        outcome = given.at("protection")
        for number in ("out_1", *MORE):
            decision = Decision(replace(outcome, id=number), what="reported")
            self.research.fake_outcomes.add(number, decision, self.context(SYSTEM))
        fields = {
            "kind": kind, "title": "Cyst fluid", "outcome_ids": ["out_1"],
            "provider_site": KASHGAR, "recipient_site": GILGIT,
        }  # fmt: skip
        opened = self.research.open_track(parsed(agreement_tracks.OpenTrack, fields), self.context(who))
        self.id = opened.id

    def context(self, actor: Actor) -> Context:
        self.number = getattr(self, "number", 0) + 1
        return Context(derived("machine", str(self.number)), actor, self.clock.now())

    @property
    def standing(self) -> AgreementTrack:
        return self.research.fake_tracks.load(self.id).state

    def given(self, kind: type[Any], command: Callable[..., Any], who: Actor, **fields: Any) -> None:
        """What is refused changes nothing."""
        before = self.research.fake_tracks.load(self.id)
        asked = parsed(kind, {"track_id": self.id, "expected_version": before.version, **fields})
        try:
            command(asked, self.context(who))
        except Refusal:
            assert self.research.fake_tracks.load(self.id) == before

    @rule(who=WHO, text=st.sampled_from(TEXTS), days=st.sampled_from([None, 20, 400]))
    def take_what_is_awaited(self, who: Actor, text: str, days: int | None) -> None:
        if self.standing.is_open:
            step = self.standing.left[0].definition
            expires = (self.clock.now() + timedelta(days=days)).date().isoformat() if days else None
            drafted = {"address": "https://files.example/a.pdf", "sha256": text, "expires_on": expires}
            self.take(who, step.name, drafted if step.drafts else None)

    @rule(who=WHO, step=STEP)
    def take_any(self, who: Actor, step: str) -> None:
        self.take(who, step, None)

    def take(self, who: Actor, step: str, text: dict[str, Any] | None) -> None:
        self.given(agreement_tracks.TakeStep, self.research.take_step, who, step=step, text=text)

    @rule(who=st.sampled_from((*PEOPLE, *SIGNING)), other=st.integers(0, 4), times=st.integers(1, 2))
    def sign(self, who: Actor, other: int, times: int) -> None:
        """Mostly the text that stands; once, or both signatures."""
        stands = self.standing.text.sha256 if self.standing.is_open and self.standing.text else TEXTS[0]
        for _ in range(times):
            text = TEXTS[0] if other == 0 else stands
            self.given(agreement_tracks.SignTrack, self.research.sign_track, who, sha256=text)

    @rule(text=st.sampled_from(TEXTS))
    def go_on_to_the_signatures(self, text: str) -> None:
        """Each side in its turn takes what is left before them."""
        for step in [] if not self.standing.is_open else [each.definition for each in self.standing.left]:
            if not step.signs:
                self.take_what_is_awaited(PEOPLE[1] if step.side == PROVIDER else PEOPLE[0], text, None)

    @rule(who=WHO, which=st.integers(0, 9))
    def send_back(self, who: Actor, which: int) -> None:
        steps = [step.definition.name for step in self.standing.steps]
        to_step = steps[which % len(steps)]
        self.given(agreement_tracks.ReturnStep, self.research.return_step, who, to_step=to_step, reason="Too vague.")

    @rule(who=WHO, outcome=st.sampled_from(MORE))
    def propose(self, who: Actor, outcome: str) -> None:
        about = {"outcome_id": outcome, "reason": "The same fluid."}
        self.given(agreement_tracks.WidenTrack, self.research.widen_track, who, **about)

    @rule(who=WHO, outcome=st.sampled_from(MORE), declines=st.booleans())
    def answer(self, who: Actor, outcome: str, declines: bool) -> None:
        about = {"outcome_id": outcome}
        if declines:
            why = {"reason": "Another fluid."}
            self.given(agreement_tracks.DeclineWidening, self.research.decline_widening, who, **about, **why)
        else:
            self.given(agreement_tracks.AgreeToWidening, self.research.agree_to_widening, who, **about)

    @rule(who=WIDENING, other=WIDENING, outcome=st.sampled_from(MORE))
    def propose_and_agree(self, who: Actor, other: Actor, outcome: str) -> None:
        self.propose(who, outcome)
        self.answer(other, outcome, declines=False)

    @rule(who=st.sampled_from(PEOPLE[:3]), often=st.integers(0, 4))
    def end(self, who: Actor, often: int) -> None:
        if often == 0:
            self.given(agreement_tracks.EndTrack, self.research.end_track, who, reason="Given up.")

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.clock.advance(timedelta(days=days))
        self.research.look_at_track(self.id, self.context(SYSTEM))

    @invariant()
    def nothing_is_in_force_without_the_signature_of_each_side(self) -> None:
        track = self.standing
        signed = {step.definition.side: step.taken_by for step in track.taken if step.definition.signs}
        if track.was_signed:
            assert len(set(signed.values())) == 2, "two people, one for each side"
            assert track.left == ()
        for side, person in signed.items():
            site = KASHGAR if side == PROVIDER else GILGIT
            signer = next(each for each in PEOPLE if each.person == person)
            assert signer.has(PROGRAMME_MANAGER, at=site)

    @invariant()
    def one_side_is_awaited_while_it_is_open_and_nobody_after(self) -> None:
        track = self.standing
        assert bool(track.waiting) == track.is_open
        if track.waiting:
            step = track.left[0].definition
            assert (track.waiting.step, track.waiting.side) == (step.name, step.side)
            assert track.waiting.site == (KASHGAR if step.side == PROVIDER else GILGIT)

    @invariant()
    def each_step_was_taken_by_somebody_of_its_side(self) -> None:
        for step in self.standing.taken:
            taker = next(each for each in PEOPLE if each.person == step.taken_by)
            assert acts_for(taker, KASHGAR if step.definition.side == PROVIDER else GILGIT)

    @invariant()
    def what_was_taken_is_taken_without_a_gap(self) -> None:
        track = self.standing
        assert track.steps[: len(track.taken)] == track.taken

    @invariant()
    def nothing_is_served_but_by_the_word_of_both_sides_and_nobody_signed_for_less(self) -> None:
        track, history = self.standing, self.research.fake_tracks.recorded(self.id).history
        said: dict[str, list[str | None]] = {each: [] for each in track.outcomes if each in MORE}
        signed = 0
        for line in history:
            signed = 0 if "returned" in line.what else signed + ("signature taken" in line.what)
            assert not (signed and line.what.startswith("widening")), "what was signed is not widened"
            for outcome, people in said.items():
                if line.why.startswith(f"+ {outcome}"):
                    people.append(line.by)
        for people in said.values():
            *_, proposed, agreed = (next(each for each in PEOPLE if each.person == person) for person in people)
            assert proposed != agreed
            assert any(
                acts_for(proposed, one) and acts_for(agreed, other) for one, other in permutations((KASHGAR, GILGIT))
            )
        assert set(said) | {"out_1"} == set(track.outcomes)

    @invariant()
    def it_comes_into_force_once(self) -> None:
        told = [each for each in self.research.fake_tracks.told if isinstance(each, TrackInForce)]
        assert len(told) <= 1
        assert not self.standing.was_signed or told


def test_no_order_of_commands_breaks_it() -> None:
    run_state_machine_as_test(TwoSides, settings=settings(max_examples=25, stateful_step_count=30))
