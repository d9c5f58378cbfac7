"""What several events of the exchange are made of."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from contracts.envelope import Instant
from contracts.words import ConditionId, Country, DepartmentId, Language, Names, OutcomeType, PersonId, SiteId

Text = Annotated[str, StringConstraints(max_length=2000)]


def _has_english(calendars: dict[Language, str]) -> dict[Language, str]:
    if "en" not in calendars:
        raise ValueError("a calendar file in English is needed beside the others")
    return calendars


Calendars = Annotated[dict[Language, str], AfterValidator(_has_english), Field(json_schema_extra={"required": ["en"]})]


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
    managers: tuple[PersonId, ...] = Field(
        default=(), description="the site's programme managers; absent in earlier events"
    )


class Department(Part):
    """The department that hosts a visit."""

    id: DepartmentId
    names: Names


class OutcomesOfYear(Part):
    """So many outcomes of one year."""

    year: int = Field(ge=1, le=9999)
    promised: int = Field(ge=0)


class PromisedOutcomes(Part):
    """What one cooperation condition of an agreement promises of outcomes."""

    condition: ConditionId
    kind: str
    field: str
    sending_site: SiteId
    host_site: SiteId
    outcomes: tuple[OutcomesOfYear, ...] = Field(description="a year gone by keeps what was promised in it")
    since: Instant = Field(description="when the first text that has the condition came into force")
    until: Instant | None = Field(default=None, description="when a text without it did; null while it stands")


class ExpectedOutcome(Part):
    """What the agreement expects of a fulfilled visit."""

    type: OutcomeType
    due_on: date
