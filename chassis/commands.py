"""What commands and questions are made of: bounded fields, of no shape that a database could take for an operator."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from chassis.kernel.errors import InvalidCommand

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""One line of text that has to be there."""
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
"""Free text, possibly none."""
FullParagraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""Free text that has to be there."""
EmailAddress = Annotated[str, StringConstraints(pattern=r"^[^@\s<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}$")]


_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _only_a_day(value: object) -> object:
    # Pydantic takes seconds since 1970 and whole instants for days, too: a number on its way through text is no day.
    if (isinstance(value, str) and _ISO_DAY.fullmatch(value)) or type(value) is date:
        return value
    raise ValueError("a day is written as text, like 2026-12-31")


def _within_reason(day: date) -> date:
    if not 1970 <= day.year <= 2200:
        raise ValueError("a day between 1970 and 2200 is needed")
    return day


Day = Annotated[date, BeforeValidator(_only_a_day), AfterValidator(_within_reason)]
"""A calendar day, as ISO 8601 text."""


def _only_a_moment(value: object) -> object:
    if isinstance(value, str) or type(value) is datetime:
        return value
    raise ValueError("a moment is written as text, like 2026-12-31T09:15:00+08:00")


def _in_utc(moment: datetime) -> datetime:
    if not 1970 <= moment.year <= 2200:
        raise ValueError("a moment between 1970 and 2200 is needed")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, BeforeValidator(_only_a_moment), AfterValidator(_in_utc)]
"""An instant, as ISO 8601 text with its offset; UTC once it is read."""
Version = Annotated[int, Field(ge=1, strict=True)]
"""The version of a document that the caller saw."""
PageSize = Annotated[int, Field(ge=1, le=200, strict=True)]
"""How many items a list answers at once."""


class Command(BaseModel):
    """Base of every command and question: unknown fields are refused, nothing is guessed from a wrong type."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Change(Command):
    """Base of every command that changes a document: it names the version that the caller saw."""

    expected_version: Version


Asked = TypeVar("Asked", bound=Command)


def parsed(model: type[Asked], fields: Mapping[str, Any]) -> Asked:
    """The command that a caller's fields spell. Raises `InvalidCommand`, which names each field and what is wrong."""
    try:
        return model.model_validate(dict(fields))
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False, include_context=False)
        raise InvalidCommand(problems=[_problem(each["loc"], each["msg"]) for each in problems[:20]]) from None


def _problem(place: Iterable[int | str], message: str) -> dict[str, str]:
    # pydantic puts its own words before a sentence of ours.
    return {"field": ".".join(map(str, place)), "problem": message.removeprefix("Value error, ")}
