"""A file of references is brought, to be read."""

import base64
import binascii
from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.commands import Command, Line
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import Transaction
from chassis.kernel.errors import NotAllowed, Unknown
from chassis.kernel.ids import document_id
from chassis.kernel.importer import importer
from contracts.words import PersonId, SiteId
from services.research.application.ports.copies import People
from services.research.application.ports.imports import ImportFiles, Imports
from services.research.application.ports.references import MOST_BYTES
from services.research.domain.importing.importing import READING, Import, start
from services.research.domain.importing.permissions import may_import
from services.research.domain.importing.refusals import NotBase64
from services.research.domain.references_refusals import FileTooLarge

Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class StartImport(Command):
    """`content` is the file in base64; its `format` is told by its name's ending, its `encoding` by its bytes, where
    they are not named. `responsible`: who is to claim what comes of it, whoever brings it where nobody is named;
    `sites`: for which, all of theirs where none is named.
    """

    file: Line
    content: str
    format: Word = ""
    encoding: Word = ""
    responsible: PersonId | None = None
    sites: Annotated[tuple[SiteId, ...], Field(min_length=1, max_length=50)] | None = None


def start_import(
    command: StartImport, context: Context, imports: Imports, files: ImportFiles, people: People
) -> Receipt:
    """Keeps the file; a worker reads it. Nothing of it shows before it is confirmed and written."""
    import_id = document_id("imp", context.command_id)
    if answer := imports.made(import_id, context):
        return answer
    imported = _import(import_id, command, context)
    may_import(context.actor, imported.responsible, imported.sites)
    if imported.responsible != context.actor.person and people.sites(imported.responsible) is None:
        raise Unknown(kind="person", id=imported.responsible)
    content = _content(command.content)

    def both(within: Transaction) -> Receipt:
        files.keep(import_id, content, within)
        return imports.add(import_id, start(imported), context, within)

    return imports.atomically(both)


def _import(import_id: str, command: StartImport, context: Context) -> Import:
    sites = command.sites or tuple(sorted(context.actor.sites))
    responsible = command.responsible or context.actor.person
    if not sites or responsible is None:
        raise NotAllowed(action="start_import", needs="a site for which, and a person for whom")
    return Import(
        import_id,
        READING,
        command.file,
        responsible,
        tuple(dict.fromkeys(sites)),
        importer(context.actor),
        context.now,
        format=command.format,
        encoding=command.encoding,
    )


def _content(text: str) -> bytes:
    # Four characters stand for three bytes: what is longer is refused before it is decoded.
    if len(text) > (MOST_BYTES + 2) // 3 * 4:
        raise FileTooLarge(bytes=len(text) // 4 * 3, most=MOST_BYTES)
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotBase64 from None
