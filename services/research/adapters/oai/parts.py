"""Elements of the protocol's own namespace."""

from xml.etree.ElementTree import Element

from services.research.adapters.xml import Content, element

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"


def part(name: str, *content: Content, **attributes: str) -> Element:
    return element(f"{{{NAMESPACE}}}{name}", *content, **attributes)
