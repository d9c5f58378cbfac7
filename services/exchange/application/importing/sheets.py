"""The sheets that there are, with their columns; and a file's tables as rows of them."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from chassis.kernel.sheets import Line, Table, TooManyRows, letters
from services.exchange.application.importing.limits import MOST_ROWS
from services.exchange.application.importing.ports import Kind, Page
from services.exchange.domain.importing_refusals import (
    CellsWithoutHeading,
    ColumnTwice,
    MissingColumns,
    PassportColumn,
    UnknownColumns,
    UnknownSheets,
)
from services.exchange.domain.importing_rows import Row

SheetName = Literal["Sites", "Departments", "People", "Agreements", "Visits"]
_IS_OF_PASSPORTS = re.compile("passport|护照|پاسپورٹ", re.IGNORECASE)
_IS_A_HEADING = re.compile("[A-Za-z]+([_ ][a-z]+)*")
_SHOWN = 10
NOTE = "#"
"""A first line that begins with this and says nothing further is a note."""


@dataclass(frozen=True)
class Sheet:
    """One kind of row. `needed` columns have to be there; `kinds` says which values are no text.

    `prose`: the columns of free text and of names in scripts whose marks of direction and joiners mean something.
    """

    name: str
    note: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    prose: tuple[str, ...] = ("name_zh", "name_ur")

    def page(self, rows: Sequence[Mapping[str, str]], without: Sequence[str] = ()) -> Page:
        """The rows, ready to be written, `without` some columns."""
        columns = [name for name in self.columns if name not in without]
        return Page(self.name, self.note, {name: self.kinds.get(name, "text") for name in columns}, rows)


SITES = Sheet(
    "Sites",
    "One row for each hospital or commission, known by English name and country. Several values: a; b",
    ("name_en", "name_zh", "name_ur", "country", "zone", "coordinators", "managers", "languages"),
    ("name_en", "country", "zone"),
)
DEPARTMENTS = Sheet(
    "Departments",
    "One row for each department, known by site and English name. A site is written: Name [PK]",
    ("site", "name_en", "name_zh", "name_ur", "seats", "fields"),
    ("site", "name_en", "seats"),
    {"seats": "number"},
)
PEOPLE = Sheet(
    "People",
    "One row for each person, known by e-mail. Several sites: Gilgit [PK]; Kashgar [CN]. No passport numbers, ever.",
    (
        "email", "passport_name", "local_name", "language", "zone", "sites",
        "fields", "languages", "home_department", "birth_date", "sex",
    ),
    ("email",),
    {"birth_date": "day"},
    prose=("local_name",),
)  # fmt: skip
AGREEMENTS = Sheet(
    "Agreements",
    "One row for each condition; all rows of one agreement are its text and repeat what is said of it as a whole.",
    (
        "agreement", "name_en", "name_zh", "name_ur", "partners", "fields", "in_effect_from", "in_effect_until", "note",
        "condition", "kind", "field", "sending_site", "host_site",
        "visits_per_year", "visitor_days_per_year", "outcomes_per_year", "acceptance", "reply_within_days",
        "expects_outcome", "outcome_due_days", "rules", "minimum_gap_days", "cost_sharing", "reason",
    ),
    (
        "name_en", "partners", "in_effect_from", "in_effect_until", "kind", "field", "sending_site", "host_site",
        "visits_per_year", "visitor_days_per_year", "outcomes_per_year", "acceptance", "reply_within_days",
    ),
    {
        "in_effect_from": "day", "in_effect_until": "day", "visits_per_year": "number",
        "visitor_days_per_year": "number", "outcomes_per_year": "number", "reply_within_days": "number",
        "outcome_due_days": "number", "minimum_gap_days": "number",
    },
    prose=("name_zh", "name_ur", "note", "reason"),
)  # fmt: skip
VISITS = Sheet(
    "Visits",
    "One row for each visit that took place, known by leader, host and arrival. An agreement: Name [2026-01-01]",
    (
        "agreement", "kind", "field", "sending_site", "host_site", "host_department", "leader", "visitors",
        "arrival", "departure", "purpose", "report", "reason",
    ),
    (
        "agreement", "kind", "field", "sending_site", "host_site", "host_department", "leader",
        "arrival", "departure", "purpose",
    ),
    {"arrival": "day", "departure": "day"},
    prose=("purpose", "report", "reason"),
)  # fmt: skip
SHEETS = {sheet.name: sheet for sheet in (SITES, DEPARTMENTS, PEOPLE, AGREEMENTS, VISITS)}
"""In the order in which their rows are decided: what is referred to comes first."""


def rows_of(tables: Sequence[Table]) -> list[Row]:
    """Every row of every table.

    Raises `UnknownSheets`, `UnknownColumns`, `MissingColumns`, `ColumnTwice`, `CellsWithoutHeading`, `TooManyRows`.
    """
    if unknown := [table.name for table in tables if table.name not in SHEETS]:
        raise UnknownSheets(sheets=unknown, known=list(SHEETS))
    rows = [row for table in tables for row in _rows(SHEETS[table.name], table)]
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    return rows


def _rows(sheet: Sheet, table: Table) -> list[Row]:
    lines = table.lines[1:] if table.lines and _is_note(table.lines[0]) else table.lines
    head = [cell.strip() for cell in lines[0].cells] if lines else []
    names = {name: place for place, name in enumerate(head) if name}
    _must_be_columns(sheet, names, [name for name in head if name])
    _must_be_under_headings(sheet, lines[1:], set(names.values()))
    return [_row(sheet, line, names) for line in lines[1:]]


def _is_note(line: Line) -> bool:
    return line.cells[0].startswith(NOTE) and not any(line.cells[1:])


def _must_be_columns(sheet: Sheet, names: Mapping[str, int], found: list[str]) -> None:
    unknown = {name: place for name, place in names.items() if name not in sheet.columns}
    if passports := [_told(name, place) for name, place in unknown.items() if _IS_OF_PASSPORTS.search(name)]:
        raise PassportColumn(sheet=sheet.name, columns=passports)
    if unknown:
        told = [_told(name, place) for name, place in unknown.items()]
        raise UnknownColumns(sheet=sheet.name, columns=told, known=list(sheet.columns))
    if missing := [name for name in sheet.needed if name not in found]:
        raise MissingColumns(sheet=sheet.name, columns=missing)
    if twice := [name for name in found if found.count(name) > 1]:
        raise ColumnTwice(sheet=sheet.name, column=twice[0])


def _must_be_under_headings(sheet: Sheet, lines: Sequence[Line], places: Set[int]) -> None:
    """Raises `CellsWithoutHeading`: a comma too many in a row of CSV would have moved all that stands behind it."""
    lost = [
        f"{sheet.name}!{letters(place)}{line.number}"
        for line in lines
        for place, cell in enumerate(line.cells)
        if cell.strip() and place not in places
    ]
    if lost:
        raise CellsWithoutHeading(cells=lost[:_SHOWN], more=len(lost[_SHOWN:]))


def _told(heading: str, place: int) -> str:
    """A heading, or where it stands: in a file without headings it is somebody's name or number, and not to be told."""
    return heading if _IS_A_HEADING.fullmatch(heading) else f"column {letters(place)}"


def _row(sheet: Sheet, line: Line, names: Mapping[str, int]) -> Row:
    cells = {name: line.cells[place] if place < len(line.cells) else "" for name, place in names.items()}
    return Row(
        sheet=sheet.name,
        number=line.number,
        cells=cells,
        places={name: letters(place) for name, place in names.items()},
        formulas=tuple(name for name, place in names.items() if place in line.formulas),
    )
