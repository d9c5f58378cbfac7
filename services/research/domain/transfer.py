"""The way of a reported outcome into practice: gate after gate, then a partner that uses it."""

from dataclasses import replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.research.domain.events import OutcomeAdopted, OutcomeAdvanced
from services.research.domain.outcome import (
    ADOPTED,
    ADOPTION,
    MOVES_ON,
    NOT_APPLICABLE,
    REPORTED,
    STAGES,
    Gate,
    Outcome,
    Reached,
)
from services.research.domain.refusals import (
    AdoptedTooEarly,
    DateInTheFuture,
    GateOutOfOrder,
    NotOfTheOutcome,
    ReasonNeeded,
    WrongState,
)


def decide_gate(
    outcome: Outcome, *, gate: str, decision: str, reason: str, evidence: str, by: str | None, now: datetime
) -> Decision[Outcome]:
    """Decides the gate before the next stage; `accepted` and `not-applicable` let the outcome through.

    Raises `WrongState`, `GateOutOfOrder`, `ReasonNeeded`.
    """
    _must_stand_at(STAGES[:-1], outcome, "decide_gate")
    if gate != outcome.next_gate:
        raise GateOutOfOrder(gate=gate, next=outcome.next_gate)
    if decision == NOT_APPLICABLE and not reason:
        raise ReasonNeeded(gate=gate, decision=decision)
    decided = Gate(gate, decision, reason, evidence, by, now)
    lets_through = decision in MOVES_ON
    after = replace(outcome, gates=(*outcome.gates, decided))
    if lets_through:
        came = Reached(gate, now, applies=decision != NOT_APPLICABLE)
        after = replace(after, stage=gate, reached=(*outcome.reached, came))
    what = "advanced" if lets_through else decision
    why = f"{gate}: {reason}" if reason else gate
    return Decision(after, what=what, events=(OutcomeAdvanced(after, decided),), why=why)


def adopt(
    outcome: Outcome, *, site: str, adopted_on: date, note: str, by: str | None, now: datetime
) -> Decision[Outcome]:
    """A partner confirms that it has used the outcome since a day, which is a calendar day there.

    Raises `WrongState`, `NotOfTheOutcome`, `DateInTheFuture`, `AdoptedTooEarly`.
    """
    _must_stand_at((ADOPTION,), outcome, "confirm_adoption")
    if site not in outcome.sites:
        raise NotOfTheOutcome(site=site, partners=list(outcome.sites))
    if adopted_on > (today := outcome.today(site, now)):
        raise DateInTheFuture(date=adopted_on.isoformat(), today=today.isoformat())
    if adopted_on < (earliest := min(each.began for each in outcome.came_of)):
        raise AdoptedTooEarly(date=adopted_on.isoformat(), earliest=earliest.isoformat())
    adopted = replace(outcome, state=ADOPTED, adopting_site=site, adopted_on=adopted_on)
    return Decision(adopted, what="adopted", events=(OutcomeAdopted(adopted, site, adopted_on, by),), why=note)


def _must_stand_at(stages: tuple[str, ...], outcome: Outcome, command: str) -> None:
    if outcome.state != REPORTED:
        raise WrongState(state=outcome.state, command=command, fits=[REPORTED])
    if outcome.stage not in stages:
        raise WrongState(state=outcome.stage, command=command, fits=list(stages))
