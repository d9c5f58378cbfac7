"""Rows of the sheet of sites."""

from typing import Any

from chassis.kernel.cells import joined, separated
from services.exchange.application.commands.change_site import ChangeSite, change_site
from services.exchange.application.commands.register_site import RegisterSite, register_site
from services.exchange.application.importing.deciding import Rows
from services.exchange.application.importing.knowing import Ambiguous, Known, name_cells, names_in, says_the_same
from services.exchange.application.importing.reading import Reading
from services.exchange.application.importing.work import Work, changing, planned
from services.exchange.domain.importing_rows import NEW, UNCHANGED, Planned, Row
from services.exchange.domain.site import Site

COLUMN_OF = {
    "UnknownZone": "zone",
    "names": "name_en",
    "names.en": "name_en",
    "names.zh": "name_zh",
    "names.ur": "name_ur",
}
"""Refusal or field -> column, where they are called differently."""
_ROLES = ("coordinators", "managers")


def key(row: Row, _: Known) -> str:
    """What makes two rows the same site."""
    return f"{row.cells['name_en']} [{row.cells['country']}]"


def cells(site: Site, known: Known) -> dict[str, str]:
    """A site as a row, without its departments."""
    return {
        **name_cells(site.names),
        "country": site.country,
        "zone": site.zone,
        **{role: joined([known.person_text(person) for person in getattr(site, role)]) for role in _ROLES},
        "languages": joined(site.languages),
    }


def stands(row: Row, known: Known, _: Work) -> bool:
    """Whether a stored site is exactly this."""
    there = known.sites_called(row.cells["name_en"], row.cells["country"])
    return any(says_the_same(row, cells(each.state, known)) for each in there)


def plan(row: Row, named: str, known: Known, work: Work, reading: Reading) -> Planned:
    """Registers or changes the site. Raises `Unsound` and whatever the commands refuse."""
    there = known.sites_called(row.cells["name_en"], row.cells["country"])
    if len(there) > 1:
        raise Ambiguous(kind="site", id=named)
    if not there:
        new = reading.command(RegisterSite, _fields(row, known, reading))
        register_site(new, work.context(row.sheet, named), work.sites)
        return planned(row, named, NEW)
    site = there[0]
    seen = {"site_id": site.id, "expected_version": site.version}
    command = reading.command(ChangeSite, _standing(site.state) | _fields(row, known, reading, site.state) | seen)
    if all(getattr(site.state, name) == value for name, value in command.model_dump(exclude=set(seen)).items()):
        return planned(row, named, UNCHANGED)
    change_site(command, work.context(row.sheet, named, site.version), work.sites)
    after = work.sites.load(site.id).state
    return changing(row, named, cells(site.state, known), cells(after, known), site.version)


def _fields(row: Row, known: Known, reading: Reading, before: Site | None = None) -> dict[str, Any]:
    """The command's fields that the row speaks of: a column that is not there says nothing."""
    fields: dict[str, Any] = {"names": names_in(row, before.names if before else {})}
    fields |= {"country": row.cells["country"], "zone": row.cells["zone"]}
    for role in (each for each in _ROLES if each in row.cells):
        with reading.column(role):
            fields[role] = [known.person_id(text) for text in separated(row.cells[role])]
    if "languages" in row.cells:
        fields["languages"] = list(separated(row.cells["languages"]))
    return fields


def _standing(site: Site) -> dict[str, Any]:
    return {"coordinators": site.coordinators, "managers": site.managers, "languages": site.languages}


def stand_ins(row: Row, known: Known) -> dict[str, str]:
    """What the cells that have to be there might say."""
    there = known.sites_called(row.cells["name_en"], row.cells["country"])
    return {"name_en": "-", "country": "ZZ", "zone": there[0].state.zone if there else "Etc/UTC"}


ROWS = Rows(key, stands, plan, COLUMN_OF, stand_ins)
