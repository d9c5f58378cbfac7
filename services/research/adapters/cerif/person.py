"""A person who is named by an ORCID iD."""

from xml.etree.ElementTree import Element

from services.research.adapters.cerif.parts import entity
from services.research.adapters.xml import element, maybe
from services.research.domain.harvesting.named import Named, fullest


def person(named: Named) -> Element:
    """One name alone has a place. Which part is the family's only a comma says: `Bano, Shahida`."""
    return entity("Person", named.id, _name(fullest(named.names)), maybe("ORCID", named.identifier))


def _name(name: str) -> Element:
    family, _, first = (part.strip() for part in name.partition(","))
    if not (family and first):
        return element("PersonName", element("OtherNames", name))
    return element("PersonName", element("FamilyNames", family), element("FirstNames", first))
