"""The columns of a sheet of outcomes: what one has by its own name is its own place."""

from services.research.adapters.references.places import KindOf, Place, Table
from services.research.domain.details.types import FIELDS_OF

LABEL, TYPE, CONTRIBUTORS, ORGANISATIONS = "label", "type", "contributors", "organisations"
DETAIL = "details."
ALWAYS = (LABEL, TYPE, "title", "summary", "doi", CONTRIBUTORS, ORGANISATIONS)
"""The columns that every sheet of ours has."""
DETAILS = tuple(dict.fromkeys(DETAIL + name for fields in FIELDS_OF.values() for name in fields))

TABLE = Table(
    prefix="sheet",
    kind_name=TYPE,
    kinds=tuple(KindOf(each, each, "") for each in FIELDS_OF),
    texts=tuple(Place(name, (name,)) for name in ("title", "summary", "doi")),
    details={each: tuple(Place(name, (DETAIL + name,)) for name in fields) for each, fields in FIELDS_OF.items()},
)
