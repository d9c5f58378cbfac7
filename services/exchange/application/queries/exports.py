"""The directory as files that an import reads again."""

import base64
from collections.abc import Callable, Mapping, Sequence

from pydantic import Field

from chassis.apart import apart
from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.cells import writable
from services.exchange.application.importing import departments, people, sites, visits
from services.exchange.application.importing.agreed import Agreed
from services.exchange.application.importing.agreement_cells import condition_cells, text_cells
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.limits import MOST_ROWS
from services.exchange.application.importing.ports import Page, Spreadsheets
from services.exchange.application.importing.sheets import (
    AGREEMENTS,
    DEPARTMENTS,
    PEOPLE,
    SHEETS,
    SITES,
    VISITS,
    SheetName,
)
from services.exchange.application.importing.work import Shelves
from services.exchange.application.queries.views import View
from services.exchange.domain.permissions.directory import sees_particulars
from services.exchange.domain.permissions.imports import may_export
from services.exchange.domain.visit import FULFILLED, Visit

_PAGE = 200
Lines = Sequence[Mapping[str, str]]


class ExportXlsx(Command):
    """Which sheets are wanted; none means all."""

    sheets: tuple[SheetName, ...] = Field(default=(), max_length=20)


class ExportCsv(Command):
    """The one sheet that is wanted."""

    sheet: SheetName


def export_xlsx(asked: ExportXlsx, actor: Actor, shelves: Shelves, spreadsheets: Spreadsheets) -> View:
    """`{file, content}`: an XLSX file in base64, a sheet for each kind of row. Passport numbers are in none."""
    may_export(actor)
    wanted = [name for name in SHEETS if name in (asked.sheets or SHEETS)]
    return _file("khunjerab.xlsx", apart(spreadsheets.write_xlsx, _pages(wanted, shelves, actor)))


def export_csv(asked: ExportCsv, actor: Actor, shelves: Shelves, spreadsheets: Spreadsheets) -> View:
    """`{file, content}`: one sheet as CSV in base64."""
    may_export(actor)
    page = _pages([asked.sheet], shelves, actor)[0]
    return _file(f"{asked.sheet.lower()}.csv", apart(spreadsheets.write_csv, page))


def _pages(wanted: Sequence[str], shelves: Shelves, actor: Actor) -> list[Page]:
    known = Known(shelves.sites, shelves.people)
    return [_page(name, known, shelves, actor) for name in wanted]


def _page(name: str, known: Known, shelves: Shelves, actor: Actor) -> Page:
    rows = [_writable(row) for row in _lines(name, known, shelves, actor)]
    return SHEETS[name].page(rows, without=_unseen(known, actor) if name == PEOPLE.name else ())


def _unseen(known: Known, actor: Actor) -> tuple[str, ...]:
    """Columns left out whole where the actor may not see them of everybody: an empty cell would say there is none."""
    all_seen = all(sees_particulars(actor, person.state, ()) for person in known.people)
    return () if all_seen else people.SEEN_BY_SOME


def _lines(name: str, known: Known, shelves: Shelves, actor: Actor) -> Lines:
    if name == VISITS.name:
        return _visits(known, shelves, actor)
    return _agreements(known, shelves) if name == AGREEMENTS.name else LINES[name](known)


def _agreements(known: Known, shelves: Shelves) -> Lines:
    """The text that stands of each: while an agreement is in effect the one in force."""
    found = [each.state for each in shelves.agreements.all()]
    agreed = Agreed(found)
    return [
        {"agreement": agreed.text_of(each.id), **text_cells(each.text, known), **condition_cells(row, each.text, known)}
        for each in found
        for row in each.conditions
    ]


def _visits(known: Known, shelves: Shelves, actor: Actor) -> Lines:
    """The latest visits that took place, of those that the actor may see: as many as one import takes."""
    agreed = Agreed([each.state for each in shelves.agreements.all()])
    found: list[Visit] = []
    after = None
    while len(found) < MOST_ROWS and (page := shelves.visits.page(actor, state=FULFILLED, after=after, limit=_PAGE)):
        found += [each.state for each in page]
        after = page[-1].id
    return [visits.cells(each, known, agreed) for each in found[:MOST_ROWS]]


def _sites(known: Known) -> Lines:
    return [sites.cells(site.state, known) for site in known.sites]


def _departments(known: Known) -> Lines:
    return [departments.cells(each, site.state, known) for site in known.sites for each in site.state.departments]


def _people(known: Known) -> Lines:
    return [people.cells(person.state, known) for person in known.people]


LINES: dict[str, Callable[[Known], Lines]] = {SITES.name: _sites, DEPARTMENTS.name: _departments, PEOPLE.name: _people}


def _writable(row: Mapping[str, str]) -> dict[str, str]:
    return {column: writable(text) for column, text in row.items()}


def _file(name: str, content: bytes) -> View:
    return {"file": name, "content": base64.b64encode(content).decode()}
