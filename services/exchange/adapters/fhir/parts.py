"""What several resources are made of. FHIR knows no empty lists and no nulls: what there is none of is left out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chassis.kernel.zones import zone_named
from services.exchange.domain.diary.meetings import Stamp
from services.exchange.domain.diary.naming import name_of, role_name
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site

Json = dict[str, Any]

OWN = "urn:khunjerab"
"""Where our own words are from: visit kinds, roles and parties."""


def resource(type_: str, name: str, stamp: Stamp | None, /, **elements: Any) -> Json:
    """The resource with those elements that there are. What is made up when it is asked for has no stamp."""
    return given(resourceType=type_, id=name, meta=_meta(stamp) if stamp else None, **elements)


def given(**elements: Any) -> Json:
    """Those elements that there are."""
    return {name: value for name, value in elements.items() if value not in (None, [], {}, "")}


def reference(type_: str, name: str, display: str | None = None) -> Json:
    """A reference to a resource that is read here."""
    return given(reference=f"{type_}/{name}", type=type_, display=display)


def concept(system: str, code: str, text: str | None = None) -> Json:
    """A CodeableConcept of one code."""
    return given(coding=[{"system": system, "code": code}], text=text)


def own_concept(kind: str, code: str) -> Json:
    """A concept in the programme's own words, such as `host-department` of the kind `role`."""
    return concept(f"{OWN}:{kind}", code, code.replace("-", " "))


def instant(moment: datetime, zone: str) -> str:
    """With the offset that the zone has then, to the second."""
    return moment.astimezone(zone_named(zone)).isoformat(timespec="seconds")


def role_reference(person: str, site: str, people: Mapping[str, Person]) -> Json:
    """A reference to the person at the site, with their name as in the passport where it is known."""
    known = people.get(person)
    return reference("PractitionerRole", role_name(person, site), known.passport_name if known else None)


def site_reference(site: Site) -> Json:
    return reference("Organization", name_of(site.id), site.names["en"])


def _meta(stamp: Stamp) -> Json:
    changed_at = stamp.changed_at.astimezone(UTC).isoformat(timespec="milliseconds")
    return {"versionId": str(stamp.version), "lastUpdated": changed_at}
