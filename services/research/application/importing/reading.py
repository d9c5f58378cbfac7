"""A file that somebody brought is read."""

from chassis.clock import Clock
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import Transaction
from chassis.kernel.errors import Refusal, WriteConflict
from services.research.application.importing.progress import Progress
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
    clock: Clock,
) -> None:
    """Keeps the file's records, those that cannot be read among them, each with what earlier ones say already.

    A file that is refused as a whole is told so. Either way it is not needed any more. While it is read the import
    tells how far that is, and nothing else of it is kept: a worker that dies leaves the file to be read again.
    """
    imported = imports.load(import_id)
    if imported.state.state != READING:
        return
    progress = Progress(imported, context, imports, clock)
    try:
        _read_and_keep(progress, context, imports, files, kept, references)
    except WriteConflict:
        # Whoever wrote it meanwhile has given it up, or it is theirs now: reading it here once more would help nobody.
        if imports.load(import_id).version == progress.imported.version:
            raise


def _read_and_keep(
    progress: Progress,
    context: Context,
    imports: Imports,
    files: ImportFiles,
    kept: ImportRecords,
    references: ReferenceFiles,
) -> None:
    import_id = progress.imported.id
    try:
        records, decision = _read(progress, files.of(import_id), references)
    except Refusal as refusal:
        records, decision = [], refuse(progress.imported.state, problem_of(refusal))

    def all_of_it(within: Transaction) -> None:
        imports.save(progress.imported, decision, context, within)
        kept.keep(import_id, records, within)
        files.drop(import_id, within)

    imports.atomically(all_of_it)


def _read(progress: Progress, content: bytes, references: ReferenceFiles) -> tuple[list[Record], Decision[Import]]:
    asked = progress.imported.state
    file = references.read(content, asked.file, format_name=asked.format, encoding=asked.encoding)
    numbered = enumerate(progress.told(file.records, file.about), start=1)
    records = list(with_earlier(as_read(number, each) for number, each in numbered))
    state = progress.imported.state
    decision = read(state, len(records), file_format=file.format, encoding=file.encoding, is_guessed=file.is_guessed)
    return records, decision


def problem_of(refusal: Refusal) -> Problem:
    """What was refused, as it is shown."""
    return Problem(refusal.name, ", ".join(f"{fact}: {value}" for fact, value in refusal.facts.items()))
