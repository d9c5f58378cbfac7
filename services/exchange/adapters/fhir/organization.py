"""Organization: a site, or a department as a part of it."""

from services.exchange.adapters.fhir.parts import Json, concept, resource, site_reference
from services.exchange.application.ports.diary import Entry
from services.exchange.domain.diary.naming import name_of
from services.exchange.domain.site import Site
from services.exchange.domain.words import Names

_TYPES = "http://terminology.hl7.org/CodeSystem/organization-type"


def of_site(site: Entry[Site]) -> Json:
    state = site.state
    return resource(
        "Organization",
        name_of(state.id),
        site.stamp,
        active=True,
        type=[concept(_TYPES, "prov", "Healthcare Provider")],
        **_names(state.names),
        address=[{"country": state.country}],
    )


def of_department(site: Entry[Site], department_id: str) -> Json:
    """With its site's stamp: a department changes as a part of it."""
    department = site.state.department(department_id)
    return resource(
        "Organization",
        name_of(department.id),
        site.stamp,
        active=True,
        type=[concept(_TYPES, "dept", "Hospital Department")],
        **_names(department.names),
        partOf=site_reference(site.state),
    )


def _names(names: Names) -> Json:
    return {"name": names["en"], "alias": [name for language, name in names.items() if language != "en"]}
