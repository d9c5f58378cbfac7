"""Rows of the sheet of departments."""

from contextlib import suppress
from typing import Any

from chassis.kernel.cells import joined, separated
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from services.exchange.application.commands.add_department import AddDepartment, add_department
from services.exchange.application.commands.change_department import ChangeDepartment, change_department
from services.exchange.application.importing.cells import number
from services.exchange.application.importing.deciding import Rows
from services.exchange.application.importing.knowing import (
    Ambiguous,
    Known,
    department_called,
    name_cells,
    names_in,
    says_the_same,
)
from services.exchange.application.importing.reading import Reading, Unsound
from services.exchange.application.importing.work import Work, changing, planned
from services.exchange.domain.importing_rows import NEW, UNCHANGED, Planned, Row
from services.exchange.domain.site import Department, Site

COLUMN_OF = {
    "SeatsHeld": "seats",
    "department.seats": "seats",
    "department.names": "name_en",
    "department.names.en": "name_en",
    "department.names.zh": "name_zh",
    "department.names.ur": "name_ur",
    "department.fields": "fields",
}
"""Refusal or field -> column, where they are called differently."""


def key(row: Row, known: Known) -> str:
    """What makes two rows the same department, however they name its site."""
    name, text = row.cells["name_en"], row.cells["site"]
    with suppress(Unknown, Ambiguous):
        site = known.site(text)
        text = known.site_text(site.id)
        found = department_called(site.state, name)
        name = found.names["en"] if found else name
    return f"{name} at {text}"


def cells(department: Department, site: Site, known: Known) -> dict[str, str]:
    """A department as a row."""
    return {
        "site": known.site_text(site.id),
        **name_cells(department.names),
        "seats": str(department.seats),
        "fields": joined(department.fields),
    }


def stands(row: Row, known: Known, _: Work) -> bool:
    """Whether a stored department is exactly this."""
    try:
        site = known.site(row.cells["site"]).state
    except (Unknown, Ambiguous):
        return False
    return any(says_the_same(row, cells(department, site, known)) for department in site.departments)


def plan(row: Row, named: str, known: Known, work: Work, reading: Reading) -> Planned:
    """Adds or changes the department. Raises `Unsound` and whatever the commands refuse."""
    site = _site(row, known, work, reading)
    before = None
    with reading.column("name_en"):
        before = department_called(site.state, row.cells["name_en"])
    context = work.context(row.sheet, named, site.version)
    if before is None:
        add_department(reading.command(AddDepartment, _of(site) | _fields(row)), context, work.sites)
        return planned(row, named, NEW)
    command = reading.command(ChangeDepartment, _of(site) | _fields(row, before) | {"department_id": before.id})
    new = command.department
    if (new.names, new.seats, new.fields) == (before.names, before.seats, before.fields):
        return planned(row, named, UNCHANGED)
    change_department(command, context, work.sites, work.shelves.visits)
    after = work.sites.load(site.id).state
    was, will = cells(before, site.state, known), cells(after.department(before.id), after, known)
    return changing(row, named, was, will, site.version)


def _site(row: Row, known: Known, work: Work, reading: Reading) -> Loaded[Site]:
    """The department's site. Raises `Unsound`, after a look at what the row says of the department itself."""
    with reading.column("site"):
        return work.sites.load(known.site(row.cells["site"]).id)
    reading.checked(AddDepartment, _fields(row))
    raise Unsound


def _of(site: Loaded[Site]) -> dict[str, Any]:
    return {"site_id": site.id, "expected_version": site.version}


def _fields(row: Row, before: Department | None = None) -> dict[str, Any]:
    """The command's fields; a column that is not there says nothing."""
    fields = list(before.fields) if before else []
    if "fields" in row.cells:
        fields = list(separated(row.cells["fields"]))
    names = names_in(row, before.names if before else {})
    return {"department": {"names": names, "seats": number(row.cells["seats"]), "fields": fields}}


def stand_ins(row: Row, known: Known) -> dict[str, str]:
    """What the cells that have to be there might say; for a site that nobody knows nothing does."""
    seats = "1"
    with suppress(Unknown, Ambiguous):
        found = department_called(known.site(row.cells["site"]).state, row.cells["name_en"])
        seats = str(found.seats) if found else seats
    return {"name_en": "-", "seats": seats}


ROWS = Rows(key, stands, plan, COLUMN_OF, stand_ins)
