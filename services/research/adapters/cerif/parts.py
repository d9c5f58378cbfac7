"""Parts that several of CERIF's entities are made of.

Source: OpenAIRE Guidelines for CRIS Managers 1.2 (doi:10.5281/zenodo.8050936) and its XML Schema. Within an outcome's
entity people and organisations that have a record stand with its `id` and with no more than that says; the others with
their names alone and without an `id`.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from services.research.adapters.languages import language_of
from services.research.adapters.licences import SPDX, spdx_of
from services.research.adapters.telling import detail
from services.research.adapters.xml import element, maybe
from services.research.domain.contributors import Contributor
from services.research.domain.harvesting.formats import ORGANISATION, PERSON
from services.research.domain.harvesting.named import id_of
from services.research.domain.outcome import Outcome

NAMESPACE = "https://www.openaire.eu/cerif-profile/1.2/"
SCHEMA = "https://www.openaire.eu/schema/cris/1.2/openaire-cerif-profile.xsd"
VOCABULARIES = "https://www.openaire.eu/cerif-profile/vocab/"
_RESOURCE_TYPES = "http://purl.org/coar/resource_type/"
_ACCESS = "http://purl.org/coar/access_right"
OPEN, RESTRICTED, METADATA_ONLY = "c_abf2", "c_16ec", "c_14cb"


def entity(name: str, record_id: str, *parts: Element | None) -> Element:
    return element(f"{{{NAMESPACE}}}{name}", *parts, id=record_id)


def coar_type(vocabulary: str, code: str) -> Element:
    """`vocabulary`: `Publication`, `Product` or `Patent`; `code`: of COAR's resource types 3, such as `c_6501`."""
    return element(f"{{{VOCABULARIES}COAR_{vocabulary}_Types}}Type", f"{_RESOURCE_TYPES}{code}")


def worded(name: str, text: str) -> Element | None:
    """Text with its language, which CERIF wants of any."""
    return maybe(name, text, **{"xml:lang": language_of(text)})


def people(list_name: str, name: str, named: Iterable[Contributor]) -> Element | None:
    """`Authors` of `Author`, for instance; nothing of nobody."""
    each = [element(name, element("DisplayName", one.name), _person(one)) for one in named]
    return element(list_name, *each) if each else None


def _person(one: Contributor) -> Element:
    return element("Person", maybe("ORCID", one.orcid), **_known(PERSON, one.orcid))


def organisation(name: str, told: Mapping[str, Any]) -> Element:
    """An organisation in a role, `{name, ror}`."""
    ror = told.get("ror", "")
    unit = element("OrgUnit", worded("Name", told["name"]), maybe("RORID", ror), **_known(ORGANISATION, ror))
    return element(name, unit)


def _known(named_type: str, identifier: str) -> dict[str, str]:
    return {"id": id_of(named_type, identifier)} if identifier else {}


def named_organisation(name: str, text: str) -> Element | None:
    return organisation(name, {"name": text}) if text else None


def listed(list_name: str, *each: Element | None) -> Element | None:
    there = [one for one in each if one is not None]
    return element(list_name, *there) if there else None


def licence(outcome: Outcome) -> Element | None:
    known = spdx_of(detail(outcome, "licence"))
    return element("License", f"{SPDX}{known}", scheme=SPDX) if known else None


def access(code: str | None) -> Element | None:
    return element(f"{{{_ACCESS}}}Access", f"{_ACCESS}/{code}") if code else None
