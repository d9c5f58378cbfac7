"""Research's domain events as the events of its contract."""

from functools import singledispatch
from typing import Any

from contracts.envelope import EventData
from contracts.research import transfer, v2
from services.research.domain import events
from services.research.domain.adoption import Adoption
from services.research.domain.legal import events as legal
from services.research.domain.legal.clearance import Clearance
from services.research.domain.outcome import Origin, Outcome


@singledispatch
def published(event: Any) -> EventData:
    """The event of the contracts that tells of a domain event."""
    raise TypeError(f"no event of the contracts tells of {type(event).__name__}")


@published.register
def _(event: events.OutcomeExpected) -> v2.OutcomeExpected:
    return v2.OutcomeExpected.model_validate(_outcome(event.outcome))


@published.register
def _(event: events.OutcomeDueSoon) -> v2.OutcomeDueSoon:
    return v2.OutcomeDueSoon.model_validate(_outcome(event.outcome) | {"days_left": event.days_left})


@published.register
def _(event: events.OutcomeOverdue) -> v2.OutcomeOverdue:
    return v2.OutcomeOverdue.model_validate(_outcome(event.outcome))


@published.register
def _(event: events.OutcomeReported) -> v2.OutcomeReported:
    return v2.OutcomeReported.model_validate(_outcome(event.outcome) | {"by": event.by})


@published.register
def _(event: events.OutcomeWaived) -> v2.OutcomeWaived:
    return v2.OutcomeWaived.model_validate(_outcome(event.outcome) | {"reason": event.reason, "by": event.by})


@published.register
def _(event: events.OutcomeWithdrawn) -> v2.OutcomeWithdrawn:
    return v2.OutcomeWithdrawn.model_validate(_outcome(event.outcome) | {"reason": event.reason})


@published.register
def _(event: events.OutcomeQuestioned) -> v2.OutcomeQuestioned:
    return v2.OutcomeQuestioned.model_validate(_outcome(event.outcome) | {"reason": event.reason})


@published.register
def _(event: events.OutcomeSettled) -> v2.OutcomeSettled:
    facts = {"reason": event.reason, "by": event.by, "reported_at": event.reported_at}
    return v2.OutcomeSettled.model_validate(_outcome(event.outcome) | facts)


@published.register
def _(event: events.OutcomeAdvanced) -> v2.OutcomeAdvanced:
    gate = event.decided
    facts = {"gate": gate.gate, "decision": gate.decision, "reason": gate.reason, "by": gate.by}
    return v2.OutcomeAdvanced.model_validate(_outcome(event.outcome) | facts)


@published.register
def _(event: events.OutcomeGateDue) -> transfer.OutcomeGateDue:
    gate = event.deferred
    facts = {"gate": gate.gate, "back_on": gate.back_on, "reason": gate.reason, "deferred_by": gate.by}
    return transfer.OutcomeGateDue.model_validate(_outcome(event.outcome) | facts)


@published.register
def _(event: events.OutcomeAdopted) -> v2.OutcomeAdopted:
    adoption = event.adoption
    counts = {"patients": adoption.patients, "procedures": adoption.procedures, "guideline": adoption.guideline}
    facts = _adoption(adoption) | counts | {"by": adoption.by}
    return v2.OutcomeAdopted.model_validate(_outcome(event.outcome) | facts)


@published.register
def _(event: events.AdoptionEnded) -> transfer.OutcomeAdoptionEnded:
    adoption = event.adoption
    facts = {"ended_on": adoption.ended_on, "reason": adoption.end_reason, "by": event.by}
    return transfer.OutcomeAdoptionEnded.model_validate(_outcome(event.outcome) | _adoption(adoption) | facts)


@published.register
def _(event: events.FollowUpDue) -> transfer.OutcomeFollowUpDue:
    adoption, months = event.adoption, event.months
    facts = {"months": months, "follow_up_on": adoption.due_on(months), "confirmed_by": adoption.by}
    return transfer.OutcomeFollowUpDue.model_validate(_outcome(event.outcome) | _adoption(adoption) | facts)


@published.register
def _(event: legal.ClearanceExpiring) -> v2.OutcomeClearanceExpiring:
    return v2.OutcomeClearanceExpiring.model_validate(_outcome(event.outcome) | _clearance(event.clearance))


@published.register
def _(event: legal.ClearanceExpired) -> v2.OutcomeClearanceExpired:
    return v2.OutcomeClearanceExpired.model_validate(_outcome(event.outcome) | _clearance(event.clearance))


def _clearance(clearance: Clearance) -> dict[str, Any]:
    names = ("requirement", "kind", "from_end", "to_end", "reference", "authority", "expires_on")
    owner = {"owner": clearance.owner.person, "owner_site": clearance.owner.site}
    return {name: getattr(clearance, name) for name in names} | owner


def _adoption(adoption: Adoption) -> dict[str, Any]:
    return {"adopting_site": adoption.site, "adopted_on": adoption.adopted_on}


@published.register
def _(event: events.OutcomeMerged) -> v2.OutcomeMerged:
    facts = {"merged_into": event.into, "reason": event.reason, "by": event.by}
    return v2.OutcomeMerged.model_validate(_outcome(event.outcome) | facts)


def _outcome(outcome: Outcome) -> dict[str, Any]:
    first, *further = outcome.came_of
    return {
        "outcome": outcome.id,
        "outcome_type": outcome.type,
        "title": outcome.title,
        "field": outcome.field,
        "agreement": outcome.agreement,
        "condition": outcome.condition,
        "origin": _origin(first),
        "origin_year": first.year,
        "also_of": [_origin(each) for each in further],
        "sites": outcome.sites,
        "responsible": outcome.responsible,
        "followers": outcome.followers,
        "due_on": outcome.due_on,
        "stage": outcome.stage,
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {"kind": origin.kind, "id": origin.id, "slot": origin.slot}
