"""Why a visit is not possible, and what is possible instead."""

from dataclasses import replace
from datetime import date, datetime
from typing import Self

from pydantic import model_validator

from chassis.apart import apart
from chassis.commands import Command, Day, Paragraph
from chassis.kernel.actor import Actor
from contracts.words import VisitId
from services.exchange.application.acquaintance import known
from services.exchange.application.commands.propose_visit import ProposeVisit
from services.exchange.application.planning import Planning, short_view
from services.exchange.application.ports.directory import People
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.views import View, warnings_view
from services.exchange.application.wishes import Wish, wish_of
from services.exchange.domain.alternatives import Alternative, alternatives
from services.exchange.domain.dates import days_must_be_in_order
from services.exchange.domain.permissions.visits import may_propose, must_see
from services.exchange.domain.proposing import visitors_must_be_of
from services.exchange.domain.rules import Finding, Plan, judged
from services.exchange.domain.visit_refusals import NotAnExtension


class WishedVisit(ProposeVisit):
    """The fields of `propose_visit`; what for may be left out."""

    purpose: Paragraph = ""


class AskWhyNot(Command):
    """Either what `propose_visit` would be asked, or a visit as it stands, perhaps with a later `planned_departure`."""

    request: WishedVisit | None = None
    visit_id: VisitId | None = None
    planned_departure: Day | None = None

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if (self.request is None) == (self.visit_id is None):
            raise ValueError("either request or visit_id is needed")
        if self.request and self.planned_departure:
            raise ValueError("planned_departure is for a visit that stands")
        return self


def why_not(asked: AskWhyNot, actor: Actor, now: datetime, visits: Visits, people: People, planning: Planning) -> View:
    """`{allowed, blocking, warnings, alternatives}`; alternatives are there only where something blocks.

    Raises `Unknown` also for a visit that the actor may not see; for what no date could make right, what
    `propose_visit` raises.
    """
    if asked.request:
        plan = _of_request(asked.request, actor, now, people, planning)
    else:
        plan = _of_visit(asked.visit_id or "", asked.planned_departure, actor, now, visits, planning)
    findings = judged(plan)
    blocking = [finding for finding in findings if finding.forbids]
    return {
        "allowed": not blocking,
        "blocking": [_finding(finding) for finding in blocking],
        "warnings": warnings_view(finding for finding in findings if not finding.forbids),
        "alternatives": [_alternative(each) for each in apart(alternatives, plan)] if blocking else [],
    }


def _of_visit(
    visit_id: str, departure: date | None, actor: Actor, now: datetime, visits: Visits, planning: Planning
) -> Plan:
    visit = visits.load(visit_id).state
    must_see(actor, visit)
    if departure is None:
        return planning.plan_and_around(wish_of(visit), now)
    if departure <= visit.planned_departure:
        raise NotAnExtension(departure=departure.isoformat(), planned_departure=visit.planned_departure.isoformat())
    return planning.plan_and_around(wish_of(replace(visit, planned_departure=departure), visit), now)


def _of_request(request: WishedVisit, actor: Actor, now: datetime, people: People, planning: Planning) -> Plan:
    days_must_be_in_order(request.planned_arrival, request.planned_departure)
    visitors = known(people, *request.visitors)
    plan = planning.plan_and_around(_wish(request), now)
    may_propose(actor, plan.condition.sending_site, plan.condition.host_site)
    visitors_must_be_of(plan.condition.sending_site, request.leader, visitors)
    return plan


def _wish(request: WishedVisit) -> Wish:
    return Wish(
        agreement=request.agreement_id,
        condition=request.condition_id,
        department=request.host_department,
        people=tuple(sorted(request.visitors, key=lambda person: person != request.leader)),
        arrival=request.planned_arrival,
        departure=request.planned_departure,
    )


def _finding(finding: Finding) -> View:
    return {"rule": finding.rule, "refusal": finding.refusal.__name__, "facts": dict(finding.facts)}


def _alternative(alternative: Alternative) -> View:
    plan = alternative.plan
    return {
        **short_view(alternative),
        "days": plan.length,
        "visitors": [guest.person for guest in plan.guests],
        "waives": alternative.waives,
        "warnings": warnings_view(alternative.warnings),
    }
