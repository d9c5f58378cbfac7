"""One outcome, whole."""

from datetime import datetime

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Recorded
from chassis.kernel.errors import Unknown
from contracts.words import OutcomeId
from services.research.application.law import Law
from services.research.application.ports.copies import People
from services.research.application.ports.outcomes import Outcomes
from services.research.application.queries.legal_views import clearances_view, named_in
from services.research.application.queries.transfer_views import gate_view
from services.research.application.queries.views import View, history_view, line_view, text_of, told_view
from services.research.domain.evidence import lacking
from services.research.domain.legal.directions import directions_of
from services.research.domain.legal.offers import offered_by_law
from services.research.domain.legal.permissions import owns
from services.research.domain.offers import offered
from services.research.domain.outcome import Outcome
from services.research.domain.permissions import may_see


class AskOutcome(Command):
    outcome_id: OutcomeId


def outcome(asked: AskOutcome, actor: Actor, now: datetime, outcomes: Outcomes, law: Law, people: People) -> View:
    """The outcome with its gates and history, and what the actor may do with it now.

    Who owns what law asks of it sees it, too. Raises `Unknown` also for an outcome that the actor may not see.
    """
    found = outcomes.recorded(asked.outcome_id)
    standing = law.standing(found.state, now)
    if not (may_see(actor, found.state) or any(owns(actor, each.need.requirement.owner) for each in standing)):
        raise Unknown(kind="outcome", id=asked.outcome_id)
    state, names = found.state, people.names(_named(found) | named_in(standing))
    return {
        "id": found.id,
        "version": found.version,
        **line_view(state, names),
        "summary": state.summary,
        "doi": state.doi,
        **told_view(state),
        "next_gate": state.next_gate,
        "gate_needs": [list(any_of) for any_of in lacking(state.next_gate, ())] if state.next_gate else [],
        "adopting_site": state.adopting_site,
        "adopted_on": text_of(state.adopted_on),
        "gates": [gate_view(gate, names) for gate in state.gates],
        "directions": [vars(each) for each in directions_of(state)],
        "clearances": clearances_view(state, standing, actor, names),
        "history": history_view(found.history, names),
        "may": [*offered(state, actor), *offered_by_law(state, actor)],
    }


def _named(found: Recorded[Outcome]) -> set[str]:
    """Everybody whose name the answer shows."""
    givers = {line.by for line in found.history} | {gate.by for gate in found.state.gates}
    return {found.state.responsible} | {person for person in givers if person}
