"""`Rendering` in FHIR R4."""

from collections.abc import Mapping, Sequence

from services.exchange.adapters.fhir import appointment, appointment_response, organization, slot
from services.exchange.adapters.fhir.bundle import bundle
from services.exchange.adapters.fhir.capability_statement import capability_statement
from services.exchange.adapters.fhir.practitioner_role import practitioner_role
from services.exchange.adapters.fhir.schedule import schedule
from services.exchange.application.ports.diary import Entry, Known, Page, Resource
from services.exchange.domain.diary.meetings import Attendee, Meeting
from services.exchange.domain.diary.times import Time
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site


class FhirResources:
    """Each resource from its file."""

    def appointment(self, meeting: Meeting, known: Known) -> Resource:
        return appointment.appointment(meeting, known)

    def response(self, meeting: Meeting, attendee: Attendee, known: Known) -> Resource:
        return appointment_response.appointment_response(meeting, attendee, known)

    def schedule(self, person: Entry[Person], site: Site) -> Resource:
        return schedule(person, site)

    def slot(self, time: Time) -> Resource:
        return slot.slot(time)

    def site(self, site: Entry[Site]) -> Resource:
        return organization.of_site(site)

    def department(self, site: Entry[Site], department: str) -> Resource:
        return organization.of_department(site, department)

    def role(self, person: Entry[Person], site: Site) -> Resource:
        return practitioner_role(person, site)

    def bundle(self, page: Page) -> Resource:
        return bundle(page)

    def capabilities(self, base: str, parameters: Mapping[str, Sequence[str]]) -> Resource:
        return capability_statement(base, parameters)
