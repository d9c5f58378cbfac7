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
    next_stage,
)
from services.research.domain.refusals import (
    AdoptedBeforeTheVisit,
    DateInTheFuture,
    GateOutOfOrder,
    NotAPartner,
    ReasonNeeded,
    WrongState,
)


def decide_gate(
    outcome: Outcome, *, gate: str, decision: str, reason: str, evidence: str, by: str | None, now: datetime
) -> Decision[Outcome]:
    """Decides the gate at which the outcome stands; `accepted` and `not-applicable` lead to the next stage.

    Raises `WrongState`, `GateOutOfOrder`, `ReasonNeeded`.
    """
    stage = _stage_of(outcome, "decide_gate", STAGES[:-1])
    if gate != stage:
        raise GateOutOfOrder(gate=gate, next=stage)
    if decision == NOT_APPLICABLE and not reason:
        raise ReasonNeeded(gate=gate, decision=decision)
    decided = Gate(gate, decision, reason, evidence, by, now)
    moved = next_stage(stage) if decision in MOVES_ON else stage
    after = replace(outcome, stage=moved, gates=(*outcome.gates, decided))
    what = "advanced" if decision in MOVES_ON else decision
    why = f"{gate}: {reason}" if reason else gate
    return Decision(after, what=what, events=(OutcomeAdvanced(after, decided),), why=why)


def adopt(
    outcome: Outcome, *, site: str, adopted_on: date, note: str, by: str | None, now: datetime
) -> Decision[Outcome]:
    """A partner confirms that it has used the outcome since a day, which is a calendar day there.

    Raises `WrongState`, `NotAPartner`, `DateInTheFuture`, `AdoptedBeforeTheVisit`.
    """
    _stage_of(outcome, "confirm_adoption", (ADOPTION,))
    if site not in outcome.sites:
        raise NotAPartner(site=site, partners=list(outcome.sites))
    if adopted_on > (today := outcome.today(site, now)):
        raise DateInTheFuture(date=adopted_on.isoformat(), today=today.isoformat())
    if adopted_on < outcome.visit_began:
        raise AdoptedBeforeTheVisit(date=adopted_on.isoformat(), earliest=outcome.visit_began.isoformat())
    adopted = replace(outcome, state=ADOPTED, adopting_site=site, adopted_on=adopted_on)
    return Decision(adopted, what="adopted", events=(OutcomeAdopted(adopted, site, adopted_on, by),), why=note)


def _stage_of(outcome: Outcome, command: str, fits: tuple[str, ...]) -> str:
    """The stage of a reported outcome, where it is one of those that fit."""
    if outcome.state != REPORTED or outcome.stage is None:
        raise WrongState(state=outcome.state, command=command, fits=[REPORTED])
    if outcome.stage not in fits:
        raise WrongState(state=outcome.stage, command=command, fits=list(fits))
    return outcome.stage
