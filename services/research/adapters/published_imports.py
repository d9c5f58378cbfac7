"""What happens to imports as the events of their contract."""

from functools import singledispatch
from typing import Any

from contracts.envelope import EventData
from contracts.research import imports as told
from services.research.domain.importing import events
from services.research.domain.importing.importing import Import


@singledispatch
def published_import(event: Any) -> EventData:
    """The event of the contracts that tells of what happened to an import."""
    raise TypeError(f"no event of the contracts tells of {type(event).__name__}")


@published_import.register
def _(event: events.ImportChecked) -> told.ImportChecked:
    facts = {"records": event.imported.records, "found": dict(event.imported.found)}
    return told.ImportChecked.model_validate(_import(event.imported) | facts)


@published_import.register
def _(event: events.ImportRefused) -> told.ImportRefused:
    why = event.imported.refused.name if event.imported.refused else ""
    return told.ImportRefused.model_validate(_import(event.imported) | {"why": why})


@published_import.register
def _(event: events.ImportApplied) -> told.ImportApplied:
    imported = event.imported
    confirmed_by = imported.confirmed_by.person if imported.confirmed_by else None
    facts = {"records": imported.records, "became": dict(imported.became), "confirmed_by": confirmed_by}
    return told.ImportApplied.model_validate(_import(imported) | facts)


def _import(imported: Import) -> dict[str, Any]:
    return {
        "import_id": imported.id,
        "file": imported.file,
        "importer": imported.importer.person,
        "responsible": imported.responsible,
        "sites": imported.sites,
    }
