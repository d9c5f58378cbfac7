"""Who answers, as OpenAIRE wants it told: the form of the records' identifiers, and the service itself."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from services.research.adapters.cerif import NAMESPACE as CERIF
from services.research.adapters.languages import UNKNOWN
from services.research.adapters.xml import element
from services.research.application.ports.harvesting import Site

_IDENTIFIERS = "http://www.openarchives.org/OAI/2.0/oai-identifier"
_SAMPLE = "out_019c0000000071118aaa000000000001"


def descriptions(site: Site) -> Iterator[Element]:
    yield element(
        f"{{{_IDENTIFIERS}}}oai-identifier",
        element("scheme", "oai"),
        element("repositoryIdentifier", site.repository),
        element("delimiter", ":"),
        element("sampleIdentifier", site.identifier(_SAMPLE)),
    )
    yield element(
        f"{{{CERIF}}}Service",
        element("Acronym", site.repository),
        element("Name", site.repository, **{"xml:lang": UNKNOWN}),
        element("OAIPMHBaseURL", site.address),
        id=f"services/{site.repository}"[:128],
    )
