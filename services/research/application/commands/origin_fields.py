"""What commands say of what an outcome came of."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from chassis.commands import Command, Moment
from contracts.words import ConsultationId, VisitId
from services.research.domain.occurrence import Named
from services.research.domain.outcome import CONSULTATION, VISIT


class OriginFields(Command):
    """A visit, or the session of a consultation that `slot` names."""

    visit_id: VisitId | None = None
    consultation_id: ConsultationId | None = None
    slot: Moment | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.visit_id is None) == (self.consultation_id is None):
            raise ValueError("an outcome comes of a visit_id or of a consultation_id")
        if (self.slot is None) != (self.consultation_id is None):
            raise ValueError("the slot says which session of the consultation_id it is")
        return self

    def named(self) -> Named:
        if self.consultation_id is not None:
            return Named(CONSULTATION, self.consultation_id, self.slot)
        return Named(VISIT, self.visit_id or "")


SomeOrigins = Annotated[tuple[OriginFields, ...], Field(max_length=50)]
Origins = Annotated[tuple[OriginFields, ...], Field(min_length=1, max_length=50)]
