"""From an expected outcome to one in use: every state and stage against every command."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from chassis.kernel.decision import Decision
from services.research.domain import events
from services.research.domain.adopting import Use, adopt
from services.research.domain.expecting import DUE_SOON, OVERDUE, due, expect, miss, overdue_at
from services.research.domain.gates import Verdict
from services.research.domain.outcome import ADOPTED, ADOPTION, EXPECTED, REPORTED, STAGES, Outcome
from services.research.domain.refusals import (
    InvalidDoi,
    WrongState,
)
from services.research.domain.reporting import Told, correct, report
from services.research.domain.transfer import decide_gate
from services.research.domain.transfer_refusals import GateOutOfOrder
from services.research.domain.waiving import waive
from tests.unit.research import given
from tests.unit.research.detailed import decimals

DECISIONS = ("accepted", "not-applicable", "deferred", "declined")
TOO_LATE = given.TOO_LATE


def reporting(outcome: Outcome, doi: str = "") -> Decision[Outcome]:
    return report(
        outcome, Told("A protocol", "How to stage cysts.", doi), decimals=decimals, by="per_bano", now=given.NOW
    )


def correcting(outcome: Outcome) -> Decision[Outcome]:
    return correct(outcome, Told(title="Another title"), decimals=decimals, reason="A slip.")


def waiving(outcome: Outcome) -> Decision[Outcome]:
    return waive(outcome, reason="The images may not leave Gilgit.", by="per_ali")


def deciding(outcome: Outcome, gate: str | None = None, decision: str = "accepted", why: str = "") -> Decision[Outcome]:
    asked = gate or outcome.next_gate or "evaluation"
    back_on = date(2026, 6, 1) if decision == "deferred" else None
    evidence = given.evidence(asked) if asked in given.EVIDENCE else ()
    verdict = Verdict(asked, decision, why, evidence, back_on=back_on)
    return decide_gate(outcome, verdict, by="per_ali", now=given.NOW)


def adopting(outcome: Outcome, site: str = given.KASHGAR, on: date = date(2026, 5, 15)) -> Decision[Outcome]:
    return adopt(outcome, Use(site, on, note="In the clinic"), by="per_hussain", now=given.NOW)


Act = Callable[[Outcome], Decision[Outcome]]
FITS: dict[str, tuple[Act, Callable[[Outcome], bool]]] = {
    "report_outcome": (reporting, lambda outcome: outcome.state == EXPECTED),
    "correct_outcome": (correcting, lambda outcome: outcome.state in (REPORTED, ADOPTED)),
    "waive_outcome": (waiving, lambda outcome: outcome.state == EXPECTED),
    "decide_gate": (deciding, lambda outcome: outcome.state == REPORTED and outcome.stage != ADOPTION),
    "confirm_adoption": (adopting, lambda outcome: outcome.state in (REPORTED, ADOPTED) and outcome.stage == ADOPTION),
}


@pytest.mark.parametrize("command", FITS)
@pytest.mark.parametrize("outcome", given.EVERY_KIND, ids=lambda outcome: f"{outcome.state} {outcome.stage}")
def test_each_command_fits_its_states_and_stages_and_is_refused_in_all_others(outcome: Outcome, command: str) -> None:
    act, fits = FITS[command]
    if fits(outcome):
        # That it is questioned is another matter than where it stands.
        act(replace(outcome, questioned=""))
        return
    with pytest.raises(WrongState) as refused:
        act(outcome)
    facts = refused.value.facts
    assert facts["command"] == command
    assert facts["state"] in (outcome.state, outcome.stage)
    assert facts["state"] not in facts["fits"]


def test_an_expected_outcome_is_told_and_waits_for_its_report() -> None:
    decision = expect(given.outcome(), now=given.NOW)
    assert decision.events == (events.OutcomeExpected(decision.state),)
    assert [(moment.name, moment.at) for moment in due(decision.state)] == [
        (DUE_SOON, datetime(2026, 7, 14, tzinfo=UTC)),
        (DUE_SOON, datetime(2026, 8, 6, tzinfo=UTC)),
        (OVERDUE, TOO_LATE),
    ]


def test_a_report_fills_it_in_and_its_transfer_begins() -> None:
    decision = reporting(given.outcome(), doi="10.1000/182")
    reported = decision.state
    assert (reported.state, reported.stage, reported.title, reported.doi) == (
        REPORTED, "disclosure", "A protocol", "10.1000/182",
    )  # fmt: skip
    assert decision.events == (events.OutcomeReported(reported, by="per_bano"),)
    assert due(reported) == ()


def test_a_late_report_ends_being_overdue() -> None:
    assert not reporting(given.outcome(overdue=True)).state.overdue


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1016/S0140-6736(23)01198-4", "10.1016/S0140-6736(23)01198-4"),
        ("http://dx.doi.org/10.1000.10/123", "10.1000.10/123"),
        ("DOI: 10.1000/a/b;c", "10.1000/a/b;c"),
        ("10.5281/zenodo.阿", "10.5281/zenodo.阿"),
    ],
)
def test_a_doi_is_kept_bare_however_it_is_typed(typed: str, kept: str) -> None:
    assert reporting(given.outcome(), doi=typed).state.doi == kept


@pytest.mark.parametrize(
    "typed", ["doi", "10.1000", "10.1000/", "11.1000/182", "10.1/x", "10.1000/a b", "https://example.org/10.1000/182"]
)
def test_what_is_no_doi_is_refused_as_it_was_typed(typed: str) -> None:
    with pytest.raises(InvalidDoi) as refused:
        reporting(given.outcome(), doi=typed)
    assert refused.value.facts == {"doi": typed}


def test_the_gates_are_passed_one_after_the_other_up_to_adoption() -> None:
    outcome = reporting(given.outcome()).state
    for stage in STAGES[1:]:
        assert outcome.next_gate == stage
        outcome = deciding(outcome).state
        assert outcome.stage == stage
    assert outcome.next_gate is None
    assert [gate.gate for gate in outcome.gates] == list(STAGES[1:])
    assert adopting(outcome).state.state == ADOPTED


@pytest.mark.parametrize(("decision", "moves"), list(zip(DECISIONS, (True, True, False, False), strict=True)))
def test_accepted_and_not_applicable_let_it_through_and_the_others_are_recorded(decision: str, moves: bool) -> None:
    decided = deciding(given.at("terms"), decision=decision, why="As the board said")
    assert decided.state.stage == ("pilot" if moves else "terms")
    gate = decided.state.gates[-1]
    assert (gate.gate, gate.decision, gate.reason) == ("pilot", decision, "As the board said")
    assert (gate.evidence, gate.by, gate.at) == (given.evidence("pilot"), "per_ali", given.NOW)
    assert decided.events == (events.OutcomeAdvanced(decided.state, gate),)
    assert (decided.what, decided.why) == ("advanced" if moves else decision, "pilot: As the board said")


def test_a_gate_that_was_deferred_or_declined_is_decided_again() -> None:
    outcome = given.at("terms")
    for decision in ("deferred", "declined", "accepted"):
        outcome = deciding(outcome, decision=decision, why="As the board said").state
    assert outcome.stage == "pilot"
    assert [gate.decision for gate in outcome.gates[-3:]] == ["deferred", "declined", "accepted"]


@pytest.mark.parametrize("stage", STAGES[:-1])
@pytest.mark.parametrize("gate", STAGES)
def test_only_the_next_gate_can_be_decided(stage: str, gate: str) -> None:
    outcome = given.at(stage)
    if gate == outcome.next_gate:
        assert deciding(outcome, gate).state.stage == gate
        return
    with pytest.raises(GateOutOfOrder) as refused:
        deciding(outcome, gate)
    assert refused.value.facts == {"gate": gate, "next": outcome.next_gate}


@hypothesis_given(st.lists(st.sampled_from(DECISIONS), max_size=20))
def test_the_stage_is_as_far_on_as_gates_let_it_through_and_never_beyond_adoption(decisions: list[str]) -> None:
    outcome = given.at("disclosure")
    for decision in decisions:
        if outcome.next_gate:
            outcome = deciding(outcome, decision=decision, why="Because").state
    passed = [gate for gate in outcome.gates if gate.decision in ("accepted", "not-applicable")]
    assert outcome.stage == STAGES[len(passed)]
    assert [gate.gate for gate in passed] == list(STAGES[1 : len(passed) + 1])


def test_what_nobody_reported_by_the_end_of_the_day_is_overdue() -> None:
    assert overdue_at(given.outcome()) == TOO_LATE
    assert miss(given.outcome(), now=TOO_LATE - timedelta(microseconds=1)) is None
    decision = miss(given.outcome(), now=TOO_LATE)
    assert decision is not None
    assert (decision.state, decision.what) == (replace(given.outcome(), overdue=True), "overdue")
    assert decision.events == (events.OutcomeOverdue(decision.state),)


@pytest.mark.parametrize("outcome", given.EVERY_KIND[1:], ids=lambda outcome: f"{outcome.state} {outcome.stage}")
def test_what_is_flagged_already_or_was_reported_meanwhile_is_not_overdue_again(outcome: Outcome) -> None:
    assert miss(outcome, now=TOO_LATE) is None
    assert due(outcome) == ()
