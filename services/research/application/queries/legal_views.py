"""Requirements, and how an outcome stands to each of its own, as answers show them."""

from collections.abc import Iterable, Mapping

from chassis.kernel.actor import Actor
from services.research.application.queries.views import View, text_of
from services.research.domain.legal.clearance import Clearance
from services.research.domain.legal.paper import Paper
from services.research.domain.legal.permissions import clears, waives
from services.research.domain.legal.requirement import BY_AGREEMENT, Owner, Requirement
from services.research.domain.legal.standing import WAIVED, Standing
from services.research.domain.outcome import Outcome

Names = Mapping[str, str]


def requirement_view(requirement: Requirement, names: Names) -> View:
    return {
        "state": requirement.state,
        "kind": requirement.kind,
        "from_end": requirement.from_end,
        "to_end": requirement.to_end,
        "from_gate": requirement.from_gate,
        "basis": requirement.basis,
        "owner": owner_view(requirement.owner, names),
        "outcome_types": list(requirement.outcome_types),
        "only_where": requirement.only_where,
    }


def clearances_view(outcome: Outcome, standing: Iterable[Standing], actor: Actor, names: Names) -> list[View]:
    """One for each requirement that the outcome has, and what the actor may do about it."""
    return [_standing(each, names) | {"may": _may(outcome, each, actor)} for each in standing]


def named_in(standing: Iterable[Standing]) -> set[str]:
    """Everybody whose name `clearances_view` shows."""
    people: set[str | None] = set()
    for each in standing:
        people |= {each.need.requirement.owner.person}
        people |= {each.clearance.owner.person} if each.clearance else set()
        people |= {each.waiver.by} if each.waiver else set()
    return {person for person in people if person}


def owner_view(owner: Owner, names: Names) -> View:
    return {"person": owner.person, "name": names.get(owner.person), "site": owner.site}


def paper_view(paper: Paper | None) -> View | None:
    return vars(paper) if paper else None


def _standing(standing: Standing, names: Names) -> View:
    requirement = standing.need.requirement
    ways = [{"from_site": way.from_site, "to_site": way.to_site} for way in standing.need.directions]
    waiver = standing.waiver
    return {
        "requirement": requirement.id,
        **{name: getattr(requirement, name) for name in ("kind", "from_end", "to_end", "from_gate", "basis")},
        "directions": ways,
        "owner": owner_view(standing.clearance.owner if standing.clearance else requirement.owner, names),
        "state": standing.state,
        "expires_on": text_of(standing.expires_on),
        "clearance": _clearance(standing.clearance),
        "tracks": [track.id for track in standing.tracks],
        "waived": {"reason": waiver.reason, "by": waiver.by, "by_name": names.get(waiver.by or "")} if waiver else None,
    }


def _clearance(clearance: Clearance | None) -> View | None:
    if clearance is None:
        return None
    return {
        "reference": clearance.reference,
        "authority": clearance.authority,
        "granted_on": clearance.granted_on.isoformat(),
        "expires_on": text_of(clearance.expires_on),
        "paper": paper_view(clearance.paper),
    }


def _may(outcome: Outcome, standing: Standing, actor: Actor) -> list[str]:
    requirement = standing.need.requirement
    may_clear = clears(actor, outcome, requirement)
    may = {
        "record_clearance": requirement.kind not in BY_AGREEMENT and may_clear,
        "waive_clearance": standing.state != WAIVED and waives(actor, requirement.owner),
        "revoke_clearance": bool(standing.clearance or standing.waiver) and may_clear,
    }
    return [command for command, is_offered in may.items() if is_offered and outcome.is_live]
