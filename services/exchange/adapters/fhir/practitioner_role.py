"""PractitionerRole: a person at a site.

There is no Practitioner to read: of the person no more is told than the name that the role shows.
"""

from services.exchange.adapters.fhir.parts import Json, given, resource, site_reference
from services.exchange.application.ports.diary import Entry
from services.exchange.domain.diary.naming import role_name
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site


def practitioner_role(person: Entry[Person], site: Site) -> Json:
    """Not `active` where they have left the site: bookings of before still name them there."""
    state = person.state
    return resource(
        "PractitionerRole",
        role_name(state.id, site.id),
        person.stamp,
        active=site.id in state.sites,
        practitioner={"display": state.passport_name},
        organization=site_reference(site),
        specialty=[given(text=field) for field in state.fields],
    )
