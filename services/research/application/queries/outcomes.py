"""The list of outcomes."""

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from contracts.words import OutcomeId, TransferStage, VisitId
from services.research.application.ports import Outcomes, People, Sought
from services.research.application.queries.views import View, line_view


class AskOutcomes(Command):
    """`after` is the `next` of the page before."""

    visit_id: VisitId | None = None
    stage: TransferStage | None = None
    after: OutcomeId | None = None
    limit: PageSize = 50


def outcomes(asked: AskOutcomes, actor: Actor, kept: Outcomes, people: People) -> View:
    """`{items, next}`: outcomes that the actor may see, newest first."""
    page = kept.page(actor, Sought(visit=asked.visit_id, stage=asked.stage), after=asked.after, limit=asked.limit)
    names = people.names({outcome.state.responsible for outcome in page})
    items = [{"id": outcome.id, "version": outcome.version, **line_view(outcome.state, names)} for outcome in page]
    return {"items": items, "next": page[-1].id if len(page) == asked.limit else None}
