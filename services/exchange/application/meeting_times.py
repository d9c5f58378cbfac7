"""Putting the times of a consultation to the rules: those that are new, and no others."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from chassis.apart import apart
from chassis.kernel.decision import Decision
from services.exchange.application.consultation_planning import ConsultationPlanning
from services.exchange.domain.consultations.consultation import UNDER_WAY, Consultation, holds
from services.exchange.domain.consultations.finding.judging import judge_each
from services.exchange.domain.consultations.finding.plan import Plan
from services.exchange.domain.consultations.finding.rules import BUSY, ROOM, ROOM_SIZE
from services.exchange.domain.consultations.finding.wish import wish_of
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.rules.rule import Finding
from services.exchange.domain.visit import Warned

MOST_WARNINGS = 100
"""How many a consultation keeps: a series of which each session lies outside somebody's hours has as many."""


class MeetingTimes:
    """What the rules say of when a consultation meets."""

    def __init__(self, planning: ConsultationPlanning) -> None:
        self._planning = planning

    def allowed(
        self, before: Consultation | None, decision: Decision[Consultation], now: datetime
    ) -> Decision[Consultation]:
        """The same decision, with the rules' warnings about new times. Raises the first refusal that forbids one.

        Where others take part at the same times, their rooms alone have to be large enough.
        """
        after = decision.state
        if after.state not in UNDER_WAY:
            return decision
        if new := _new_times(before, after):
            found = self._findings(before, after, new, now)
            _must_not_forbid(found)
            # Warned of are those that stay, too; what forbids them by now was no reason when they were planned.
            found += self._findings(before, after, [each for each in after.planned if each not in new], now)
        elif before is not None and before.participants != after.participants:
            found = self._findings(before, after, after.planned, now)
            _must_not_forbid(each for each in found if each.rule == ROOM_SIZE)
        else:
            return decision
        return replace(decision, state=replace(after, warnings=_kept(found)))

    def must_be_worth_waiting_for(self, wished: Consultation, now: datetime) -> None:
        """Raises the first refusal that forbids it for another reason than that something is taken."""
        found = self._findings(None, wished, wished.planned, now)
        _must_not_forbid(each for each in found if each.rule not in (BUSY, ROOM))

    def _findings(
        self, before: Consultation | None, after: Consultation, sessions: Sequence[Session], now: datetime
    ) -> list[Finding]:
        own = frozenset(holds(before)) if before else frozenset()
        found: list[Finding] = []
        # A plan is for sessions of one length; one that was moved may have another.
        for minutes in sorted({each.minutes for each in sessions}):
            alike = [each for each in sessions if each.minutes == minutes]
            first, last = min(each.begins for each in alike), max(each.ends for each in alike)
            plan = self._planning.plan(wish_of(after, alike[0]), first, last, now, own)
            # A year of weekly sessions takes long enough to keep others waiting.
            found += apart(_judged, plan, [session.begins for session in alike])
        return found


def _new_times(before: Consultation | None, after: Consultation) -> tuple[Session, ...]:
    were = {(each.begins, each.ends) for each in before.planned} if before else set()
    return tuple(each for each in after.planned if (each.begins, each.ends) not in were)


def _judged(plan: Plan, beginnings: Sequence[datetime]) -> list[Finding]:
    return list(judge_each(plan, beginnings))


def _must_not_forbid(findings: Iterable[Finding]) -> None:
    for finding in findings:
        if finding.forbids:
            raise finding.refusal(**finding.facts)


def _kept(findings: Iterable[Finding]) -> tuple[Warned, ...]:
    kept: list[Warned] = []
    for warning in (Warned(each.rule, each.facts) for each in findings if not each.forbids):
        if warning not in kept:
            kept.append(warning)
    return tuple(kept[:MOST_WARNINGS])
