"""The diary as other hospital systems read it: FHIR R4, one resource or a page of those that a search means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.commands import Command
from services.exchange.application.diary.appointments import read_appointment, search_appointments
from services.exchange.application.diary.desk import Desk, Found
from services.exchange.application.diary.directory import (
    read_organization,
    read_role,
    search_organizations,
    search_roles,
)
from services.exchange.application.diary.responses import read_response, search_responses
from services.exchange.application.diary.sought import PARAMETERS, Sought, sought
from services.exchange.application.diary.times import read_schedule, read_slot, search_schedules, search_slots
from services.exchange.application.ports.diary import Page
from services.exchange.application.queries.views import View
from services.exchange.domain.diary.refusals import UnknownResourceType
from services.exchange.domain.permissions.diary import may_read

CAPABILITIES = "CapabilityStatement"
Word = Annotated[str, StringConstraints(max_length=64)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]{1,190}[^\s?#/]$")]
Pair = tuple[
    Annotated[str, StringConstraints(max_length=200)],
    Annotated[str, StringConstraints(max_length=2000)],
]
_LOCAL = "http://localhost/fhir"


class AskFhirRead(Command):
    """`base`: the address under which resources are read, without a slash at its end."""

    resource_type: Word
    id: Annotated[str, StringConstraints(max_length=200)]
    base: Address = _LOCAL


class AskFhirSearch(Command):
    """`parameters`: pairs of name and value, in their order. `lenient`: those that are not known are left off."""

    resource_type: Word
    parameters: Annotated[tuple[Pair, ...], Field(max_length=50)] = ()
    base: Address = _LOCAL
    lenient: bool = False


@dataclass(frozen=True)
class _Told:
    """How resources of a type are read and searched."""

    read: Callable[[str, Desk], View]
    search: Callable[[Sought, Desk], Found]


_TYPES: Mapping[str, _Told] = {
    "Appointment": _Told(read_appointment, search_appointments),
    "AppointmentResponse": _Told(read_response, search_responses),
    "Schedule": _Told(read_schedule, search_schedules),
    "Slot": _Told(read_slot, search_slots),
    "Organization": _Told(read_organization, search_organizations),
    "PractitionerRole": _Told(read_role, search_roles),
}


def fhir_read(asked: AskFhirRead, desk: Desk) -> View:
    """The resource. What can be asked at all is read as `CapabilityStatement`, by whoever asks, whatever the id.

    Raises `UnknownResourceType`, `NotAllowed`, and `Unknown` also for what the actor may not see.
    """
    if asked.resource_type == CAPABILITIES:
        return desk.rendering.capabilities(asked.base, PARAMETERS)
    may_read(desk.actor)
    return _told(asked.resource_type).read(asked.id, desk)


def fhir_search(asked: AskFhirSearch, desk: Desk) -> View:
    """A Bundle with a page of what the actor may see of it.

    Raises `UnknownResourceType`, `UnknownParameter`, `InvalidParameter`, `ParameterNeeded`, `TooManyFound`,
    `NotAllowed`.
    """
    may_read(desk.actor)
    told = _told(asked.resource_type)
    meant = sought(asked.resource_type, asked.parameters, lenient=asked.lenient)
    found = told.search(meant, desk)
    return desk.rendering.bundle(
        Page(asked.base, meant.type, meant.asked, found.resources, found.total, found.following)
    )


def _told(resource_type: str) -> _Told:
    told = _TYPES.get(resource_type)
    if told is None:
        raise UnknownResourceType(type=resource_type, known=list(_TYPES))
    return told
