"""A file that somebody brought is read."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Transaction
from chassis.kernel.errors import Refusal
from services.research.application.ports.imports import ImportFiles, ImportRecords, Imports
from services.research.application.ports.references import ReferenceFiles
from services.research.domain.importing.importing import READING, Import
from services.research.domain.importing.records import Problem, Record, as_read
from services.research.domain.importing.steps import read, refuse
from services.research.domain.importing.within import with_earlier


def read_import(
    import_id: str,
    context: Context,
    imports: Imports,
    files: ImportFiles,
    kept: ImportRecords,
    references: ReferenceFiles,
) -> None:
    """Keeps the file's records, those that cannot be read among them, each with what earlier ones say already.

    A file that is refused as a whole is told so. Either way it is not needed any more.
    """
    imported = imports.load(import_id)
    if imported.state.state != READING:
        return
    try:
        records, decision = _read(imported.state, files.of(import_id), references)
    except Refusal as refusal:
        records, decision = [], refuse(imported.state, problem_of(refusal))

    def all_of_it(within: Transaction) -> None:
        imports.save(imported, decision, context, within)
        kept.keep(import_id, records, within)
        files.drop(import_id, within)

    imports.atomically(all_of_it)


def _read(imported: Import, content: bytes, references: ReferenceFiles) -> tuple[list[Record], Decision[Import]]:
    file = references.read(content, imported.file, format_name=imported.format, encoding=imported.encoding)
    records = [as_read(number, each) for number, each in enumerate(file.records, start=1)]
    decision = read(imported, len(records), file_format=file.format, encoding=file.encoding, is_guessed=file.is_guessed)
    return list(with_earlier(records)), decision


def problem_of(refusal: Refusal) -> Problem:
    """What was refused, as it is shown."""
    return Problem(refusal.name, ", ".join(f"{fact}: {value}" for fact, value in refusal.facts.items()))
