"""What an outcome is made of a record."""

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived, document_id
from services.research.domain.details.amounts import Decimals
from services.research.domain.entering import import_reference
from services.research.domain.importing.importing import Import
from services.research.domain.outcome import Outcome
from services.research.domain.references import Reference


def outcome_of(imported: Import, number: int, reference: Reference, decimals: Decimals) -> Decision[Outcome]:
    """Raises whatever `import_reference` does."""
    return import_reference(
        reference,
        outcome_id=document_id("out", derived(imported.id, str(number))),
        responsible=imported.responsible,
        sites=imported.sites,
        on=imported.asked_at.date(),
        decimals=decimals,
        read_by=imported.id,
    )


def importer_of(imported: Import) -> Actor:
    """Who brought it, as they were then."""
    return imported.importer.actor


def confirmer_of(imported: Import) -> Actor:
    """On whose behalf it is written, as they were when they confirmed it."""
    return (imported.confirmed_by or imported.importer).actor


def context_of(imported: Import, part: str, worker: Context) -> Context:
    """Those in which a part of it is written, such as a record: its id is one, however often that is tried."""
    command_id = derived(imported.id, part)
    return Context(command_id, confirmer_of(imported), worker.now, correlation_id=derived(imported.id, ""))
