"""Answers of OAI-PMH 2.0 in XML. Source: the protocol's text and schema (openarchives.org/OAI/2.0/OAI-PMH.xsd)."""

from xml.etree.ElementTree import Element

from services.research.adapters import dublin_core
from services.research.adapters.oai.bodies import body_of
from services.research.adapters.oai.parts import NAMESPACE, part
from services.research.adapters.xml import element, written
from services.research.application.ports.harvesting import Answer
from services.research.domain.harvesting.selecting import stamp

_SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
_SCHEMA_LOCATION = {
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{NAMESPACE} {_SCHEMA}",
}


class OaiAnswers:
    """`HarvestAnswers`."""

    def written(self, answer: Answer) -> str:
        parts = (part("responseDate", stamp(answer.now)), _request(answer), body_of(answer.body))
        whole = element(f"{{{NAMESPACE}}}OAI-PMH", *parts, **_SCHEMA_LOCATION)
        return written(whole, dublin_core.PREFIXES)


def _request(answer: Answer) -> Element:
    said = {} if answer.asked is None else {"verb": answer.asked.verb, **answer.asked.arguments}
    return part("request", answer.site.address, **said)
