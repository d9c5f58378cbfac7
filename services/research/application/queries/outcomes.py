"""The list of outcomes."""

from typing import Self

from pydantic import model_validator

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from contracts.words import ConsultationId, OutcomeId, OutcomeState, OutcomeType, PersonId, TransferStage, VisitId
from services.research.application.ports.copies import People
from services.research.application.ports.outcomes import Outcomes, Sought
from services.research.application.queries.views import View, line_view


class AskOutcomes(Command):
    """What one visit or one consultation led to, what one person answers for, or any.

    `after` is the `next` of the page before.
    """

    visit_id: VisitId | None = None
    consultation_id: ConsultationId | None = None
    responsible: PersonId | None = None
    stage: TransferStage | None = None
    state: OutcomeState | None = None
    type: OutcomeType | None = None
    after: OutcomeId | None = None
    limit: PageSize = 50

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        if self.visit_id and self.consultation_id:
            raise ValueError("an outcome comes of one thing: ask for visit_id or for consultation_id")
        return self

    @model_validator(mode="after")
    def _of_one_kind(self) -> Self:
        is_narrow = self.visit_id or self.consultation_id or self.responsible
        if not is_narrow and sum(each is not None for each in (self.stage, self.state, self.type)) > 1:
            raise ValueError("of all outcomes, ask by stage, by state or by type")
        return self


def sought_by(asked: AskOutcomes) -> Sought:
    origin = asked.visit_id or asked.consultation_id
    return Sought(origin, asked.stage, asked.state, asked.type, asked.responsible)


def outcomes(asked: AskOutcomes, actor: Actor, kept: Outcomes, people: People) -> View:
    """`{items, next}`: outcomes that the actor may see, newest first."""
    page = kept.page(actor, sought_by(asked), after=asked.after, limit=asked.limit)
    names = people.names({outcome.state.responsible for outcome in page})
    items = [{"id": outcome.id, "version": outcome.version, **line_view(outcome.state, names)} for outcome in page]
    return {"items": items, "next": page[-1].id if len(page) == asked.limit else None}
