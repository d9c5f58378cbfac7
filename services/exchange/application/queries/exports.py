"""The directory as files that an import reads again."""

import base64
from collections.abc import Callable, Mapping, Sequence

from pydantic import Field

from chassis.commands import Command
from chassis.kernel.actor import Actor
from services.exchange.application.importing import departments, people, sites
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.ports import Page, Spreadsheets
from services.exchange.application.importing.sheets import DEPARTMENTS, PEOPLE, SHEETS, SITES, SheetName
from services.exchange.application.importing.work import Shelves
from services.exchange.application.queries.views import View
from services.exchange.domain.importing_text import writable
from services.exchange.domain.permissions import may_export

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
    return _file("khunjerab.xlsx", spreadsheets.write_xlsx(_pages(wanted, shelves)))


def export_csv(asked: ExportCsv, actor: Actor, shelves: Shelves, spreadsheets: Spreadsheets) -> View:
    """`{file, content}`: one sheet as CSV in base64."""
    may_export(actor)
    page = _pages([asked.sheet], shelves)[0]
    return _file(f"{asked.sheet.lower()}.csv", spreadsheets.write_csv(page))


def _pages(wanted: Sequence[str], shelves: Shelves) -> list[Page]:
    known = Known(shelves.sites, shelves.people)
    return [SHEETS[name].page([_writable(row) for row in LINES[name](known)]) for name in wanted]


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
