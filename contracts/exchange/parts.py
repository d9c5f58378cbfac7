"""What several events of the exchange are made of."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contracts.words import Country, DepartmentId, Names, OutcomeType, PersonId, SiteId

Text = Annotated[str, StringConstraints(max_length=2000)]


class Part(BaseModel):
    """Base of what events are made of: unknown fields are let through, as in the events themselves."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Site(Part):
    """A partner hospital or commission, as a reader of an event needs it."""

    id: SiteId
    names: Names
    zone: str = Field(description="IANA time zone that the site keeps, such as Asia/Shanghai")
    coordinators: tuple[PersonId, ...] = Field(description="people who act for the site in this exchange")
    country: Country | None = Field(default=None, description="ISO 3166-1 alpha-2; absent in earlier events")


class Department(Part):
    """The department that hosts a visit."""

    id: DepartmentId
    names: Names


class ExpectedOutcome(Part):
    """What the agreement expects of a fulfilled visit."""

    type: OutcomeType
    due_on: date
