"""Outcomes in the shapes in which they were kept before, read as they would be kept now."""

from collections.abc import Iterator
from typing import Any

from services.research.domain.evidence import OTHER
from services.research.domain.gates import MOVES_ON, NOT_APPLICABLE
from services.research.domain.outcome import DISCLOSURE, VISIT

Document = dict[str, Any]


def with_origin(document: Document) -> Document:
    """Before consultations had outcomes, too, these named their visit in fields of their own."""
    if "origin" in document:
        return document
    visit = {"id": document["visit"], "year": document["visit_year"], "began": document["visit_began"]}
    return document | {"origin": {"kind": VISIT, **visit}}


def with_sites(document: Document) -> Document:
    """Before an outcome came of several things its sites were those of the one that it came of."""
    if document["origin"] is None:
        return document
    return document | {"origin": {"sites": document["sites"]} | document["origin"]}


def with_reached(document: Document) -> Document:
    """Before it was kept when an outcome came to each stage, its history told of the report, and its gates of the rest.

    Where a document is read without its history the report's moment is missing.
    """
    if "reached" in document:
        return document
    return document | {"reached": [*_reported(document), *_let_through(document)]}


def with_evidence(document: Document) -> Document:
    """Before each gate needed evidence of some kind, what a decision rested on was a line of text."""
    return document | {"gates": [_in_pieces(gate) for gate in document["gates"]]}


def with_adoptions(document: Document) -> Document:
    """Before several sites could adopt an outcome, it named the one that did."""
    if "adoptions" in document or not document.get("adopting_site"):
        return document
    return document | {"adoptions": [{"site": document["adopting_site"], "adopted_on": document["adopted_on"]}]}


def _in_pieces(gate: Document) -> Document:
    told = gate["evidence"]
    if not isinstance(told, str):
        return gate
    return gate | {"evidence": [{"kind": OTHER, "title": told, "reference": ""}] if told else []}


def _reported(document: Document) -> Iterator[Document]:
    for line in document.get("history", ()):
        if line["what"] == "reported":
            yield {"stage": DISCLOSURE, "at": line["at"]}


def _let_through(document: Document) -> Iterator[Document]:
    for gate in document["gates"]:
        if gate["decision"] in MOVES_ON:
            yield {"stage": gate["gate"], "at": gate["at"], "applies": gate["decision"] != NOT_APPLICABLE}
