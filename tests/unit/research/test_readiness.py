"""How ready an outcome is in four domains, and what a gate warns of."""

from dataclasses import replace

import pytest

from chassis.kernel.decision import Decision
from services.research.domain.gates import Verdict
from services.research.domain.outcome import STAGES, Outcome
from services.research.domain.rating import Rating, Warned
from services.research.domain.readiness import DOMAINS, LEVELS, levels, rate, warnings
from services.research.domain.refusals import WrongState
from services.research.domain.transfer import decide_gate
from services.research.domain.transfer_refusals import DoesNotTransfer
from tests.unit.research import given


def rating(outcome: Outcome, domain: str = "clinical", level: int = 4, ground: str = "A series") -> Decision[Outcome]:
    return rate(outcome, domain=domain, level=level, ground=ground, by="per_ali", now=given.NOW)


def ready(stage: str, **by_domain: int) -> Outcome:
    ratings = tuple(Rating(domain, level, "Seen", "per_ali", given.NOW) for domain, level in by_domain.items())
    return given.at(stage, ratings=ratings)


def evenly(level: int) -> dict[str, int]:
    return dict.fromkeys(DOMAINS, level)


def test_there_are_ten_levels_in_four_domains() -> None:
    assert (len(LEVELS), len(DOMAINS)) == (10, 4)


@pytest.mark.parametrize("outcome", given.EVERY_KIND, ids=lambda outcome: f"{outcome.state} {outcome.stage}")
def test_what_was_reported_is_rated_and_nothing_else(outcome: Outcome) -> None:
    if outcome.state in ("reported", "adopted"):
        assert rating(outcome).state.state == outcome.state
        return
    with pytest.raises(WrongState) as refused:
        rating(outcome)
    assert refused.value.facts["command"] == "rate_readiness"


def test_what_does_not_transfer_is_not_rated() -> None:
    with pytest.raises(DoesNotTransfer):
        rating(given.at("disclosure", type="award"))


def test_a_rating_may_go_down_and_those_before_it_are_kept() -> None:
    first = rating(given.at("terms"), level=6).state
    decision = rating(first, level=4, ground="The trial was stopped.")
    kept = [(each.level, each.ground) for each in decision.state.ratings]
    assert kept == [(6, "A series"), (4, "The trial was stopped.")]
    assert (decision.what, decision.why) == ("rated", "clinical 4: The trial was stopped.")
    assert levels(decision.state) == {"clinical": 4, "technology": 0, "regulatory": 0, "business": 0}


def test_three_levels_ahead_of_another_domain_are_far() -> None:
    level = ready("disclosure", **evenly(3) | {"technology": 5})
    assert list(warnings(level, "evaluation")) == []
    ahead = ready("disclosure", **evenly(3) | {"technology": 6, "business": 4})
    assert list(warnings(ahead, "evaluation")) == [
        Warned("far-ahead", "technology", 6, behind=("clinical", "regulatory"))
    ]


def test_a_domain_that_nobody_rated_is_behind_every_other() -> None:
    (warned,) = warnings(ready("disclosure", technology=3), "evaluation")
    assert warned == Warned("far-ahead", "technology", 3, behind=("clinical", "regulatory", "business"))


@pytest.mark.parametrize(("gate", "wanted"), [("pilot", 5), ("adoption", 8)])
def test_a_gate_wants_of_every_domain_what_comes_before_it(gate: str, wanted: int) -> None:
    before = STAGES[STAGES.index(gate) - 1]
    assert list(warnings(ready(before, **evenly(wanted)), gate)) == []
    short = ready(before, **evenly(wanted) | {"regulatory": wanted - 1})
    assert list(warnings(short, gate)) == [Warned("not-ready", "regulatory", wanted - 1, wanted=wanted)]


@pytest.mark.parametrize("gate", ["evaluation", "protection", "terms"])
def test_other_gates_want_no_level(gate: str) -> None:
    assert list(warnings(given.at("disclosure"), gate)) == []


def test_the_gate_keeps_what_it_warned_of_and_refuses_nothing_for_that() -> None:
    outcome = ready("disclosure", technology=9)
    verdict = Verdict("evaluation", "accepted", evidence=given.evidence("evaluation"))
    decided = decide_gate(outcome, verdict, by="per_ali", now=given.NOW).state
    assert decided.stage == "evaluation"
    assert decided.gates[-1].warned == tuple(warnings(outcome, "evaluation"))
    assert len(decided.gates[-1].warned) == 1
    later = replace(decided, ratings=())
    assert len(later.gates[-1].warned) == 1, "as it was just then"
