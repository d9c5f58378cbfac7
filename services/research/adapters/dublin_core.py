"""Outcomes as unqualified Dublin Core in XML. Source: ISO 15836-1; OAI-PMH 2.0, `oai_dc`."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from services.research.adapters.telling import day, detail, helpers, makers
from services.research.adapters.xml import element
from services.research.domain.outcome import Outcome

NAMESPACE, ELEMENTS = "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://purl.org/dc/elements/1.1/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
PREFIXES = (("oai_dc", NAMESPACE), ("dc", ELEMENTS))
_SCHEMA_LOCATION = {
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
}
_TYPES = {
    "publication": "Text",
    "intellectual-property": "Text",
    "dataset-or-model": "Dataset",
    "software": "Software",
    "engagement": "Event",
}
"""Of DCMI's own. The kind of an outcome stands beside it."""
_OPEN = {"gold", "green", "hybrid", "bronze", "open"}


def dublin_core(outcome: Outcome) -> Element:
    """One `oai_dc:dc` of any outcome."""
    told = [element(f"{{{ELEMENTS}}}{name}", value) for name, value in _told(outcome) if value]
    return element(f"{{{NAMESPACE}}}dc", *told, **_SCHEMA_LOCATION)


def _told(outcome: Outcome) -> Iterator[tuple[str, str]]:
    yield "title", outcome.title
    yield from (("creator", each.name) for each in makers(outcome))
    yield "subject", outcome.field
    yield "description", outcome.summary
    yield "publisher", detail(outcome, "publisher") or detail(outcome, "repository") or detail(outcome, "office")
    yield from (("contributor", name) for name in _contributors(outcome))
    yield "date", day(outcome)
    yield "type", _TYPES.get(outcome.type, "")
    yield "type", detail(outcome, "kind") or outcome.type
    yield "identifier", f"https://doi.org/{outcome.doi}" if outcome.doi else ""
    yield "identifier", detail(outcome, "reference")
    yield "identifier", detail(outcome, "address")
    yield "source", detail(outcome, "published_in")
    yield "rights", "info:eu-repo/semantics/openAccess" if _is_open(outcome) else ""
    yield "rights", detail(outcome, "licence")


def _contributors(outcome: Outcome) -> Iterable[str]:
    return [each.name for each in helpers(outcome)] + [each.name for each in outcome.organisations]


def _is_open(outcome: Outcome) -> bool:
    return detail(outcome, "open_access") in _OPEN or detail(outcome, "access") in _OPEN
