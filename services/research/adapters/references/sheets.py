"""CSV and XLSX: sheets with one outcome in each row."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chassis.kernel.cells import neutralised
from chassis.kernel.sheets import Limits, Line, Table, TooLarge, letters
from chassis.sheets.reading import csv_table, tables_of
from chassis.sheets.writing import escaped
from services.research.adapters.references.rest import FIELD
from services.research.adapters.references.sheet_rows import Row, read_row, rows_of
from services.research.adapters.references.sheet_table import ALWAYS, DETAILS
from services.research.adapters.references.shown import shown
from services.research.adapters.references.texts import UNREADABLE, plain
from services.research.application.ports.references import MOST_RECORDS
from services.research.domain.details.amounts import Decimals
from services.research.domain.references import Reference, Unreadable
from services.research.domain.references_refusals import NotReferences

LIMITS = Limits(unpacked=64 << 20, rows=MOST_RECORDS, columns=120, sheets=3, cells=600_000, in_a_cell=32_767)
_NOTE = "#"
_OURS = frozenset({*ALWAYS, *DETAILS, FIELD})
Records = Iterator[Reference | Unreadable]


def read_csv(text: str, decimals: Decimals) -> Records:
    return _records("csv", csv_table(text, "", _NOTE, LIMITS), decimals)


def read_xlsx(content: bytes, decimals: Decimals) -> Records:
    """Of the one sheet that says anything."""
    from python_calamine import CalamineError, CalamineWorkbook

    tables = [each for each in tables_of(content, LIMITS, CalamineWorkbook.from_filelike, CalamineError) if each.lines]
    if len(tables) > 1:
        raise NotReferences(format="xlsx", because=f"{len(tables)} sheets say something")
    return _records("xlsx", tables[0] if tables else Table("", ()), decimals)


def write_csv(references: Iterable[Reference], decimals: Decimals) -> str:
    """What a spreadsheet program would compute has a quote before it, which is no part of what is read again."""
    columns, rows = rows_of(references, decimals)
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([neutralised(name) for name in columns])
    lines.writerows([neutralised(row.get(column, "")) for column in columns] for row in rows)
    return "\ufeff" + written.getvalue()


def write_xlsx(references: Iterable[Reference], decimals: Decimals) -> bytes:
    """Every cell is text. Raises `TooLarge` where one would hold more than programs take."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    columns, rows = rows_of(references, decimals)
    if any(len(text) > LIMITS.in_a_cell for row in rows for text in row.values()):
        raise TooLarge(of="cell", most=LIMITS.in_a_cell)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Outcomes")
    sheet.append([_cell(WriteOnlyCell(sheet), name) for name in columns])
    for row in rows:
        sheet.append([_cell(WriteOnlyCell(sheet), row[name]) if name in row else None for name in columns])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(cell: Any, text: str) -> Any:
    # Set below the library's guessing, which would make `=…` a formula; the quote tells programs that it is text.
    cell._value, cell.data_type = escaped(text), "s"
    if neutralised(text) != text:
        cell.quotePrefix = True
    return cell


def _records(format_name: str, table: Table, decimals: Decimals) -> Records:
    lines = [line for line in table.lines if not _is_note(line)]
    headings = _headings(format_name, lines[0].cells if lines else ())
    return (_record(line, headings, decimals) for line in lines[1:])


def _is_note(line: Line) -> bool:
    return line.number == 1 and line.cells[0].startswith(_NOTE) and not any(line.cells[1:])


def _headings(format_name: str, cells: Sequence[str]) -> list[str]:
    """Ours by whatever letters; the others as they are written. Raises `NotReferences`."""
    bare = [plain(cell).strip() for cell in cells]
    headings = [each.lower() if each.lower() in _OURS else each for each in bare]
    named = [each for each in headings if each]
    if "title" not in named:
        raise NotReferences(format=format_name, because="no column is headed title")
    if twice := [each for each in named if named.count(each) > 1]:
        raise NotReferences(format=format_name, because=f"two columns are headed {twice[0][:60]}")
    return headings


def _record(line: Line, headings: list[str], decimals: Decimals) -> Reference | Unreadable:
    place = f"row {line.number}"
    row: Row = {name: plain(text) for name, text in zip(headings, line.cells, strict=False) if name}
    label = row.get("label", "").strip()
    if any(UNREADABLE in cell for cell in line.cells):
        return Unreadable(place, label, "Undecodable", shown("; ".join(line.cells)))
    if line.formulas:
        column = min(line.formulas)
        return Unreadable(f"{place}, {letters(column)}", label, "FormulaInCell", shown(line.cells[column]))
    headed = {column for column, name in enumerate(headings) if name}
    if lost := [column for column, cell in enumerate(line.cells) if cell and column not in headed]:
        return Unreadable(f"{place}, {letters(lost[0])}", label, "CellsWithoutHeading", shown(line.cells[lost[0]]))
    return read_row(place, row, decimals)
