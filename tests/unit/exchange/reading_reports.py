"""The written spreadsheet of a report, read back, and every figure added up again from its rows."""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from python_calamine import CalamineWorkbook

from chassis.commands import parsed
from chassis.kernel.decision import Receipt
from services.exchange.application import queries
from services.exchange.application.reporting import evidence_of
from services.exchange.domain.reporting.compiling import Account, compile_account
from tests.consulting import Consulting
from tests.fakes.exchange import AllianceInMemory
from tests.met_year import MetYear
from tests.reported_year import ReportedYear

Cell = Any
COUNT, SUM, MEDIAN = "number of rows", "sum of the column", "median of the column"
DISTINCT = "number of different values in the column"


@dataclass(frozen=True)
class Sheet:
    """`note` is the first line; each row is by its column's heading."""

    note: str
    headings: tuple[str, ...]
    rows: tuple[dict[str, Cell], ...]


def read(content: bytes) -> dict[str, Sheet]:
    """Every sheet, by its name."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: _sheet(lines) for name, lines in found.items()}


def _sheet(lines: Sequence[Sequence[Cell]]) -> Sheet:
    headings = tuple(str(cell) for cell in lines[1])
    return Sheet(str(lines[0][0]), headings, tuple(dict(zip(headings, line, strict=True)) for line in lines[2:]))


def wrong_figures(sheets: dict[str, Sheet]) -> dict[str, tuple[Cell, Cell]]:
    """The figures that their rows do not add up to: what is written, and what the rows say. For English reports."""
    found = {}
    for figure in sheets["Figures"].rows:
        again = _again(figure, [row for row in sheets[figure["Sheet"]].rows if figure["Code"] in _codes(row)])
        if again != _number(figure["Value"]):
            found[figure["Code"]] = (figure["Value"], again)
    return found


def _again(figure: dict[str, Cell], rows: Sequence[dict[str, Cell]]) -> Decimal | None:
    if figure["How"] == COUNT:
        return Decimal(len(rows))
    if figure["How"] == DISTINCT:
        return Decimal(len({row[figure["Column"]] for row in rows}))
    numbers = [_number(row[figure["Column"]]) for row in rows]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return None
    if figure["How"] == SUM:
        return sum(known, Decimal(0))
    return Decimal(median(known)) if known else None


def _codes(row: dict[str, Cell]) -> list[str]:
    return str(row["Counts in"]).split()


def _number(cell: Cell) -> Decimal | None:
    return None if cell == "" else Decimal(str(cell))


def fetched(alliance: AllianceInMemory | Consulting, report: Receipt, form: str = "xlsx") -> bytes:
    """A file, after the worker has come round."""
    exchange = alliance.exchange
    exchange.print_report(report.id, alliance.context(alliance.manager))
    asked = parsed(queries.AskReportFile, {"report_id": report.id, "format": form})
    return base64.b64decode(exchange.annual_report_file(asked, alliance.manager)["content"])


def account(year: ReportedYear | MetYear, report: Receipt) -> Account:
    """All that the report tells."""
    exchange = year.alliance.exchange
    asked = exchange.stores.reports.load(report.id).state.asked
    return compile_account(evidence_of(asked, exchange._sources))


def values(found: Account) -> dict[str, Any]:
    """Every figure's value, by its code."""
    return {each.code: each.value for table in found.tables for line in table.lines for each in line.figures}
