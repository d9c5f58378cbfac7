"""Rows of the sheets of sites and of their departments."""

from chassis.commands import parsed
from services.exchange.application.commands.register_site import RegisterSite, register_site
from services.exchange.application.importing.knowing import Ambiguous, Known, name_cells, names_in, says_the_same
from services.exchange.application.importing.refusing import Differs
from services.exchange.application.importing.work import Work, in_column, planned
from services.exchange.domain.importing import NEW, UNCHANGED, Planned, Row
from services.exchange.domain.importing_text import joined, separated
from services.exchange.domain.site import Site

COLUMN_OF = {
    "UnknownZone": "zone",
    "names": "name_en",
    "names.en": "name_en",
    "names.zh": "name_zh",
    "names.ur": "name_ur",
}
"""Refusal or field -> column, where they are called differently."""


def key(row: Row) -> str:
    """What makes two rows the same site."""
    return f"{row.cells['name_en']} [{row.cells['country']}]"


def cells(site: Site, known: Known) -> dict[str, str]:
    """A site as a row, without its departments."""
    return {
        **name_cells(site.names),
        "country": site.country,
        "zone": site.zone,
        "coordinators": joined([known.person_text(person) for person in site.coordinators]),
    }


def stands(row: Row, known: Known) -> bool:
    """Whether a stored site is exactly this."""
    there = known.sites_called(row.cells["name_en"], row.cells["country"])
    return any(says_the_same(row, cells(each.state, known)) for each in there)


def plan(row: Row, known: Known, work: Work) -> Planned:
    """Registers a site that is not there. Raises `CellRefused` and whatever the command refuses."""
    there = known.sites_called(row.cells["name_en"], row.cells["country"])
    with in_column("coordinators"):
        coordinators = [known.person_id(text) for text in separated(row.cells.get("coordinators", ""))]
    fields = {"country": row.cells["country"], "zone": row.cells["zone"]}
    command = parsed(RegisterSite, {**fields, "names": names_in(row), "coordinators": coordinators})
    if not there:
        register_site(command, work.context(row.sheet, key(row)), work.sites)
        return planned(row, key(row), NEW)
    if len(there) > 1:
        raise Ambiguous(kind="site", id=key(row))
    raise Differs(columns=list(planned(row, key(row), UNCHANGED, cells(there[0].state, known)).what))
