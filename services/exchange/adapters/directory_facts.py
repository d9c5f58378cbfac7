"""What events tell of people and sites."""

from typing import Any

from contracts.exchange import v1
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site


def person_fact(person: Person) -> v1.PersonChanged:
    """What others need of a person: birth date, sex and passport are nobody else's business."""
    return v1.PersonChanged.model_validate(
        {
            "person": person.id,
            "passport_name": person.passport_name,
            "local_name": person.local_name,
            "language": person.language,
            "zone": person.zone,
            "email": person.email,
            "sites": person.sites,
            "fields": person.fields,
            "languages": person.languages,
            "home_department": person.home_department,
        }
    )


def site_fact(site: Site) -> dict[str, Any]:
    """A site as every event names it."""
    return {
        "id": site.id,
        "names": site.names,
        "zone": site.zone,
        "country": site.country,
        "coordinators": site.coordinators,
        "managers": site.managers,
    }
