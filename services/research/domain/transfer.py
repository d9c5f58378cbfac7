"""The way of a reported outcome into practice, gate after gate."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from chassis.kernel.decision import Decision
from services.research.domain.acceptance import against_acceptance, against_moving_on
from services.research.domain.events import OutcomeAdvanced
from services.research.domain.evidence import evidence_of
from services.research.domain.gates import ACCEPTED, DEFERRED, MOVES_ON, NOT_APPLICABLE, Gate, Verdict
from services.research.domain.legal.standing import Standing, hindrances
from services.research.domain.outcome import REPORTED, STAGES, Outcome, Reached
from services.research.domain.readiness import warnings
from services.research.domain.refusals import DateInTheFuture, WrongState
from services.research.domain.transfer_refusals import (
    BackOnNeeded,
    BackOnNotInFuture,
    DecidedTooEarly,
    DoesNotTransfer,
    GateOutOfOrder,
    ReasonNeeded,
)
from services.research.domain.transferring import FATES


def decide_gate(
    outcome: Outcome, verdict: Verdict, law: Iterable[Standing] = (), *, by: str | None, now: datetime
) -> Decision[Outcome]:
    """Decides the gate before the next stage; `accepted` and `not-applicable` let the outcome through.

    `law`: how it stands to what law asks of it, of which nothing may be open where it is let through.

    Raises `WrongState`, `DoesNotTransfer`, `GateOutOfOrder`, `ReasonNeeded`, `BackOnNeeded`, `BackOnNotInFuture`,
    `DateInTheFuture`, `DecidedTooEarly`, `EvidenceInvalid`, where it would be accepted whatever stands against it, and
    where it would be let through `GroundQuestioned`, `ClearanceMissing`, `ClearanceExpired`.
    """
    must_stand_at(STAGES[:-1], outcome, "decide_gate")
    if verdict.gate != outcome.next_gate:
        raise GateOutOfOrder(gate=verdict.gate, next=outcome.next_gate)
    today = outcome.latest_day(now)
    _must_be_explained(verdict, today)
    gate = _decided(outcome, verdict, today, by, now)
    if gate.decision == ACCEPTED:
        for refusal in against_acceptance(outcome, gate.gate, gate.evidence):
            raise refusal
    lets_through = gate.decision in MOVES_ON
    for refusal in (*against_moving_on(outcome, gate.gate), *hindrances(law, gate.gate)) if lets_through else ():
        raise refusal
    after = replace(outcome, gates=(*outcome.gates, gate), gate_due=False)
    if lets_through:
        came = Reached(gate.gate, now, applies=gate.decision != NOT_APPLICABLE)
        after = replace(after, stage=gate.gate, reached=(*outcome.reached, came))
    what = "advanced" if lets_through else gate.decision
    why = f"{gate.gate}: {gate.reason}" if gate.reason else gate.gate
    return Decision(after, what=what, events=(OutcomeAdvanced(after, gate),), why=why)


def must_stand_at(stages: tuple[str, ...], outcome: Outcome, command: str) -> None:
    """Raises `WrongState` where it was not reported, or stands at another stage; `DoesNotTransfer`."""
    if outcome.state != REPORTED:
        raise WrongState(state=outcome.state, command=command, fits=[REPORTED])
    if not (fate := FATES[outcome.type]).transfers:
        raise DoesNotTransfer(type=outcome.type, because=fate.because)
    if outcome.stage not in stages:
        raise WrongState(state=outcome.stage, command=command, fits=list(stages))


def _must_be_explained(verdict: Verdict, today: date) -> None:
    if verdict.decision != ACCEPTED and not verdict.reason:
        raise ReasonNeeded(gate=verdict.gate, decision=verdict.decision)
    if verdict.decision != DEFERRED:
        return
    if verdict.back_on is None:
        raise BackOnNeeded(gate=verdict.gate)
    if verdict.back_on <= today:
        raise BackOnNotInFuture(date=verdict.back_on.isoformat(), today=today.isoformat())


def _decided(outcome: Outcome, verdict: Verdict, today: date, by: str | None, now: datetime) -> Gate:
    earliest = _earliest(outcome, today)
    # Where the day was furthest on may be no site of it any more.
    today = max(today, earliest)
    day = verdict.decided_on or today
    if day > today:
        raise DateInTheFuture(date=day.isoformat(), today=today.isoformat())
    if day < earliest:
        raise DecidedTooEarly(date=day.isoformat(), earliest=earliest.isoformat())
    return Gate(
        gate=verdict.gate,
        decision=verdict.decision,
        reason=verdict.reason,
        evidence=evidence_of(verdict.evidence),
        by=by,
        at=now,
        body=verdict.body,
        decided_on=day,
        back_on=verdict.back_on,
        warned=tuple(warnings(outcome, verdict.gate)),
    )


def _earliest(outcome: Outcome, today: date) -> date:
    """The day of the decision before; there is nothing to decide on before anything began of which it came."""
    if outcome.gates:
        return outcome.gates[-1].day
    return min(today, *(each.began for each in outcome.came_of))
