"""Rows of the sheet of departments."""

from chassis.kernel.errors import Unknown
from services.exchange.application.importing.knowing import Ambiguous, Known, name_cells, says_the_same
from services.exchange.application.importing.refusing import Differs
from services.exchange.application.importing.work import Work, in_column, planned
from services.exchange.domain.importing import UNCHANGED, Planned, Row
from services.exchange.domain.site import Department, Site

COLUMN_OF = {"names": "name_en", "names.en": "name_en", "names.zh": "name_zh", "names.ur": "name_ur"}
"""Field of the command -> column, where they are called differently."""


def key(row: Row) -> str:
    """What makes two rows the same department."""
    return f"{row.cells['name_en']} at {row.cells['site']}"


def cells(department: Department, site: Site, known: Known) -> dict[str, str]:
    """A department as a row."""
    return {"site": known.site_text(site.id), **name_cells(department.names), "seats": str(department.seats)}


def stands(row: Row, known: Known) -> bool:
    """Whether a stored department is exactly this."""
    try:
        site = known.site(row.cells["site"]).state
    except (Unknown, Ambiguous):
        return False
    return any(says_the_same(row, cells(department, site, known)) for department in site.departments)


def plan(row: Row, known: Known, _: Work) -> Planned:
    """Raises `CellRefused`."""
    with in_column("site"):
        known.site(row.cells["site"])
    raise Differs(columns=list(planned(row, key(row), UNCHANGED, {}).what))
