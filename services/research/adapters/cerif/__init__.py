"""Outcomes and those whom they name in CERIF XML, as the OpenAIRE Guidelines for CRIS Managers 1.2 have it: one element
of each."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from services.research.adapters.cerif.event import event
from services.research.adapters.cerif.funding import funding
from services.research.adapters.cerif.org_unit import org_unit
from services.research.adapters.cerif.parts import NAMESPACE, SCHEMA
from services.research.adapters.cerif.patent import patent
from services.research.adapters.cerif.person import person
from services.research.adapters.cerif.product import product
from services.research.adapters.cerif.publication import publication
from services.research.domain.harvesting.formats import ORGANISATION, PERSON
from services.research.domain.harvesting.named import Named
from services.research.domain.outcome import Outcome

__all__ = ["NAMESPACE", "SCHEMA", "cerif"]

_WRITERS: Mapping[str, Callable[[Any], Element]] = {
    "publication": publication,
    "dataset-or-model": product,
    "software": product,
    "research-tool": product,
    "creative-work": product,
    "intellectual-property": patent,
    "further-funding": funding,
    "engagement": event,
    PERSON: person,
    ORGANISATION: org_unit,
}


def cerif(told: Outcome | Named) -> Element:
    """Its entity. Raises `KeyError` for an outcome that is none of CERIF's, see `domain.harvesting.formats`."""
    return _WRITERS[told.type](told)
