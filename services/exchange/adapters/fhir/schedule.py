"""Schedule: the diary of a person at a site."""

from services.exchange.adapters.fhir.parts import Json, resource, role_reference
from services.exchange.application.ports.diary import Entry
from services.exchange.domain.diary.naming import role_name
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site


def schedule(person: Entry[Person], site: Site) -> Json:
    """Not `active` where they have left the site."""
    state = person.state
    return resource(
        "Schedule",
        role_name(state.id, site.id),
        person.stamp,
        active=site.id in state.sites,
        actor=[role_reference(state.id, site.id, {state.id: state})],
    )
