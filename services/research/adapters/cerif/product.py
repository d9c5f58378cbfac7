"""Data, software, tools and works: all that CERIF calls a product."""

from xml.etree.ElementTree import Element

from services.research.adapters.cerif.parts import (
    METADATA_ONLY,
    OPEN,
    RESTRICTED,
    access,
    coar_type,
    entity,
    licence,
    listed,
    named_organisation,
    people,
    worded,
)
from services.research.adapters.telling import day, detail, makers
from services.research.adapters.xml import element, maybe
from services.research.domain.outcome import Outcome

_OTHER, _DATASET, _SOFTWARE, _WORKFLOW, _VIDEO, _IMAGE = (
    "c_1843", "c_ddb1", "c_5ce6", "c_393c", "c_12ce", "c_ecc8"
)  # fmt: skip
_BY_KIND = {
    **dict.fromkeys(("dataset", "database", "patient-registry", "image-collection"), _DATASET),
    **dict.fromkeys(("data-analysis-method", "laboratory-protocol"), _WORKFLOW),
    **dict.fromkeys(("image", "artwork"), _IMAGE),
    "film-video-or-animation": _VIDEO,
}
_ACCESS = {"open": OPEN, "on-request": RESTRICTED, "restricted": RESTRICTED, "closed": METADATA_ONLY}


def product(outcome: Outcome) -> Element:
    return entity(
        "Product",
        outcome.id,
        coar_type("Product", _type(outcome)),
        worded("Name", outcome.title),
        worded("VersionInfo", detail(outcome, "version")),
        maybe("DOI", outcome.doi),
        maybe("URL", detail(outcome, "address")),
        people("Creators", "Creator", makers(outcome)),
        listed("Publishers", named_organisation("Publisher", detail(outcome, "repository"))),
        licence(outcome),
        worded("Description", outcome.summary),
        worded("Keyword", outcome.field),
        access(_ACCESS.get(detail(outcome, "access"))),
        _dates(outcome),
    )


def _type(outcome: Outcome) -> str:
    if outcome.type == "software":
        return _SOFTWARE
    return _BY_KIND.get(detail(outcome, "kind"), _OTHER)


def _dates(outcome: Outcome) -> Element | None:
    since = day(outcome)
    return element("Dates", element("Issued", startDate=since)) if since else None
