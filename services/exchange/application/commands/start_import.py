"""A file of rows is read, to be checked."""

import base64
import binascii

from chassis.apart import apart
from chassis.commands import Command, Line
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Transaction
from chassis.kernel.ids import document_id
from chassis.kernel.importer import importer
from chassis.kernel.sheets import NotASpreadsheet, TooLarge
from services.exchange.application.importing.limits import MOST_BYTES
from services.exchange.application.importing.ports import ImportRows, Imports, Spreadsheets
from services.exchange.application.importing.sheets import SheetName, rows_of
from services.exchange.domain.importing import start
from services.exchange.domain.importing_rows import Row
from services.exchange.domain.permissions.imports import may_import


class StartImport(Command):
    """`content` is the file in base64: XLSX, or CSV in UTF-8 or UTF-16 where `sheet` says what its rows are."""

    file: Line
    content: str
    sheet: SheetName | None = None


def start_import(
    command: StartImport, context: Context, imports: Imports, kept: ImportRows, spreadsheets: Spreadsheets
) -> Receipt:
    """Keeps the rows; a worker checks them. Nothing of them shows before they are confirmed and applied."""
    may_import(context.actor)
    import_id = document_id("imp", context.command_id)
    if answer := imports.made(import_id, context):
        return answer
    rows = apart(_rows, command, spreadsheets)
    decision = start(import_id, command.file, len(rows), importer(context.actor), context.now)

    def both(within: Transaction) -> Receipt:
        kept.keep(import_id, rows, within)
        return imports.add(import_id, decision, context, within)

    return imports.atomically(both)


def _rows(command: StartImport, spreadsheets: Spreadsheets) -> list[Row]:
    content = _content(command.content)
    if command.sheet is not None:
        return rows_of([spreadsheets.read_csv(content, command.sheet)])
    return rows_of(spreadsheets.read_xlsx(content))


def _content(text: str) -> bytes:
    # Four characters stand for three bytes: what is longer is refused before it is decoded.
    if len(text) > (MOST_BYTES + 2) // 3 * 4:
        raise TooLarge(of="file", most=MOST_BYTES)
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotASpreadsheet(because="not base64") from None
