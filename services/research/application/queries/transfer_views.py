"""Parts of answers that tell how far an outcome has come into practice."""

from collections.abc import Mapping

from services.research.application.queries.adoption_views import adoption_view
from services.research.application.queries.views import View, text_of
from services.research.domain.gates import Gate
from services.research.domain.needed_evidence import needed
from services.research.domain.outcome import Outcome
from services.research.domain.rating import Rating, Warned
from services.research.domain.readiness import LEVELS, levels, warnings

Names = Mapping[str, str]


def transfer_view(outcome: Outcome, names: Names) -> View:
    """What the next gate needs and would warn of; its gates, ratings and adoptions, each oldest first."""
    gate = outcome.next_gate
    return {
        "next_gate": gate,
        "gate_needs": [list(any_of) for any_of in needed(outcome, gate)] if gate else [],
        "gate_warnings": [_warned(each) for each in warnings(outcome, gate)] if gate else [],
        "gates": [_gate(each, names) for each in outcome.gates],
        "readiness": levels(outcome),
        "ratings": [_rating(each, names) for each in outcome.ratings],
        "adopting_site": outcome.adopting_site,
        "adopted_on": text_of(outcome.adopted_on),
        "adoptions": [adoption_view(each, names) for each in outcome.adoptions],
    }


def givers(outcome: Outcome) -> set[str | None]:
    """Everybody whose name stands there."""
    follow_ups = [each for adoption in outcome.adoptions for each in adoption.follow_ups]
    deciders = {gate.by for gate in outcome.gates} | {rating.by for rating in outcome.ratings}
    return deciders | {adoption.by for adoption in outcome.adoptions} | {each.by for each in follow_ups}


def _gate(gate: Gate, names: Names) -> View:
    """One decision: what, when (`decided_on`) and by whom (`body`); `by` recorded it `at` a moment."""
    return {
        "gate": gate.gate,
        "decision": gate.decision,
        "reason": gate.reason,
        "evidence": [vars(each) for each in gate.evidence],
        "body": gate.body,
        "decided_on": gate.day.isoformat(),
        "back_on": text_of(gate.back_on),
        "warned": [_warned(each) for each in gate.warned],
        "by": gate.by,
        "by_name": names.get(gate.by or ""),
        "at": gate.at.isoformat(),
    }


def _warned(warned: Warned) -> View:
    return vars(warned) | {"behind": list(warned.behind)}


def _rating(rating: Rating, names: Names) -> View:
    return {
        "domain": rating.domain,
        "level": rating.level,
        "name": LEVELS[rating.level - 1],
        "ground": rating.ground,
        "by": rating.by,
        "by_name": names.get(rating.by or ""),
        "at": rating.at.isoformat(),
    }
