"""When an outcome came to each stage: kept from the decision that took it there, read of those kept before."""

from datetime import timedelta
from typing import Any

from services.research.adapters.shapes import OUTCOME_SHAPE
from services.research.domain.adopting import Use, adopt
from services.research.domain.gates import Verdict
from services.research.domain.outcome import DISCLOSURE, STAGES, Outcome, Reached
from services.research.domain.reporting import Told, correct, report
from services.research.domain.transfer import decide_gate
from tests.unit.research import given
from tests.unit.research.detailed import decimals
from tests.unit.research.test_kept_before import BEFORE

DAY = timedelta(days=1)
REPORTED_AT = given.NOW - 9 * DAY


def reported() -> Outcome:
    return report(given.outcome(), Told("A", "B"), decimals=decimals, by="per_bano", now=REPORTED_AT).state


def decided(outcome: Outcome, decision: str, days: int) -> Outcome:
    gate, now = outcome.next_gate or "", REPORTED_AT + days * DAY
    back_on = (now + DAY).date() if decision == "deferred" else None
    verdict = Verdict(gate, decision, "Because", given.evidence(gate), back_on=back_on)
    return decide_gate(outcome, verdict, by="per_ali", now=now).state


def test_the_report_brings_it_to_the_first_stage_and_each_gate_that_lets_it_through_to_the_next() -> None:
    outcome = reported()
    for days, decision in enumerate(("deferred", "accepted", "declined", "not-applicable"), 1):
        outcome = decided(outcome, decision, days)
    assert outcome.reached == (
        Reached("disclosure", REPORTED_AT),
        Reached("evaluation", REPORTED_AT + 2 * DAY),
        Reached("protection", REPORTED_AT + 4 * DAY, applies=False),
    )


def test_what_does_not_transfer_is_disclosed_by_its_report_too_and_stands_at_no_stage() -> None:
    award = report(given.outcome(type="award"), Told("A", "B"), decimals=decimals, by="per_bano", now=REPORTED_AT).state
    assert (award.stage, award.reached) == (None, (Reached("disclosure", REPORTED_AT),))


def test_what_it_came_to_stays_when_it_is_corrected_and_adopted() -> None:
    outcome = reported()
    for days, _ in enumerate(STAGES[1:], 1):
        outcome = decided(outcome, "accepted", days)
    assert [each.stage for each in outcome.reached] == list(STAGES)
    corrected = correct(outcome, Told(title="Another"), decimals=decimals, reason="A slip.").state
    day = given.NOW.date()
    adopted = adopt(outcome, Use(given.GILGIT, day), by="per_hussain", now=given.NOW).state
    assert corrected.reached == adopted.reached == outcome.reached


def test_one_kept_before_came_to_the_first_stage_when_it_was_reported_and_to_the_others_as_its_gates_say() -> None:
    assert OUTCOME_SHAPE.state(reported_before()).reached == (
        Reached(DISCLOSURE, REPORTED_AT),
        Reached("evaluation", REPORTED_AT + 2 * DAY),
        Reached("protection", REPORTED_AT + 3 * DAY, applies=False),
    )
    assert OUTCOME_SHAPE.state(BEFORE | {"history": []}).reached == ()


def reported_before() -> dict[str, Any]:
    """A document of the version before, at the stage of protection, with its history."""
    passed = (("evaluation", "deferred"), ("evaluation", "accepted"), ("protection", "not-applicable"))
    gates = [
        {"gate": gate, "decision": decision, "reason": "", "evidence": "", "by": "per_ali", "at": at.isoformat()}
        for days, (gate, decision) in enumerate(passed, 1)
        if (at := REPORTED_AT + days * DAY)
    ]
    told = ("expected", REPORTED_AT - DAY), ("reported", REPORTED_AT), *(("advanced", given.NOW),) * 3
    history = [
        {"what": what, "at": at, "by": "per_ali", "why": "", "version": version, "state": "", "command": ""}
        for version, (what, at) in enumerate(told, 1)
    ]
    return BEFORE | {"state": "reported", "stage": "protection", "version": 5, "gates": gates, "history": history}
