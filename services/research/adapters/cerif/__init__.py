"""Outcomes in CERIF XML, as the OpenAIRE Guidelines for CRIS Managers 1.2 have it: one element of each."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from services.research.adapters.cerif.funding import funding
from services.research.adapters.cerif.parts import NAMESPACE, SCHEMA
from services.research.adapters.cerif.patent import patent
from services.research.adapters.cerif.product import product
from services.research.adapters.cerif.publication import publication
from services.research.domain.outcome import Outcome

__all__ = ["NAMESPACE", "SCHEMA", "cerif"]

_WRITERS: Mapping[str, Callable[[Outcome], Element]] = {
    "publication": publication,
    "dataset-or-model": product,
    "software": product,
    "research-tool": product,
    "creative-work": product,
    "intellectual-property": patent,
    "further-funding": funding,
}


def cerif(outcome: Outcome) -> Element:
    """The outcome's entity. Raises `KeyError` for one that is none of CERIF's, see `domain.harvesting.formats`."""
    return _WRITERS[outcome.type](outcome)
