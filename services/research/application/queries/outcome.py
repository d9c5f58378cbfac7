"""One outcome, whole."""

from datetime import datetime

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Recorded
from chassis.kernel.errors import Unknown
from contracts.words import OutcomeId
from services.research.application.delegating import in_place_of
from services.research.application.law import Law
from services.research.application.merged import where_it_went
from services.research.application.ports.copies import People
from services.research.application.ports.delegations import Delegations
from services.research.application.ports.outcomes import Outcomes
from services.research.application.queries.legal_views import clearances_view, named_in
from services.research.application.queries.transfer_views import givers, transfer_view
from services.research.application.queries.views import View, history_view, line_view, told_view
from services.research.domain.legal.directions import directions_of
from services.research.domain.legal.offers import offered_by_law
from services.research.domain.legal.permissions import clears
from services.research.domain.offers import offered
from services.research.domain.outcome import Outcome
from services.research.domain.permissions import may_see


class AskOutcome(Command):
    outcome_id: OutcomeId


def outcome(
    asked: AskOutcome,
    actor: Actor,
    now: datetime,
    outcomes: Outcomes,
    law: Law,
    people: People,
    delegations: Delegations,
) -> View:
    """The outcome with its gates and history, and what the actor may do with it now.

    Who owns what law asks of it sees it, too. Raises `Unknown` also for an outcome that the actor may not see.
    """
    found = outcomes.recorded(asked.outcome_id)
    standing = law.standing(found.state, now)
    if not (may_see(actor, found.state) or any(clears(actor, found.state, each.need.requirement) for each in standing)):
        raise Unknown(kind="outcome", id=asked.outcome_id)
    state, names = found.state, people.names(_named(found) | named_in(standing))
    behalf = in_place_of(state.responsible, actor, state.sites, now, delegations)
    return {
        "id": found.id,
        "version": found.version,
        **line_view(state, names),
        "summary": state.summary,
        "doi": state.doi,
        **told_view(state),
        **transfer_view(state, names),
        "directions": [vars(each) for each in directions_of(state)],
        "clearances": clearances_view(state, standing, actor, names),
        "history": history_view(found.history, names),
        "read_by": state.read_by or None,
        "merged_into": where_it_went(state, outcomes),
        "may": [*offered(state, actor, behalf), *offered_by_law(state, actor)],
    }


def _named(found: Recorded[Outcome]) -> set[str]:
    """Everybody whose name the answer shows."""
    people = {person for line in found.history for person in (line.by, line.on_behalf_of)} | givers(found.state)
    return {found.state.responsible} | {person for person in people if person}
