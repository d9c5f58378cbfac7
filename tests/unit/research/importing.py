"""Imports of references in memory: brought, and worked at until somebody is asked."""

import base64
from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import derived
from services.research.application import commands, queries
from services.research.bootstrap import Research
from tests.unit.research import given

STEPS = {"reading": "read_import", "checking": "check_import", "applying": "apply_import"}
MOST_STEPS = 500


def paper(key: str, title: str, year: int = 2026, doi: str = "", author: str = "Bano, Shahida") -> str:
    """One record in BibTeX."""
    told = f"  doi = {{{doi}}},\n" if doi else ""
    return (
        f"@article{{{key},\n  author = {{{author}}},\n  title = {{{title}}},\n  journal = {{Acta Tropica}},\n"
        f"{told}  year = {{{year}}}\n}}\n"
    )


def bring(research: Research, text: str, who: Actor = given.MANAGER, **more: Any) -> str:
    """A file in BibTeX; answers the import's id."""
    content = base64.b64encode(text.encode()).decode()
    fields = {"file": "papers.bib", "content": content, **more}
    return research.start_import(parsed(commands.StartImport, fields), of(research, who, "start", text)).id


def work(research: Any, import_id: str, until: tuple[str, ...] = ("ready", "refused", "applied")) -> str:
    """What a worker does until it has nothing to do, or the import is in one of these states."""
    for number in range(MOST_STEPS):
        state = str(research.stores.imports.load(import_id).state.state)
        if state in until:
            return state
        getattr(research, STEPS[state])(import_id, of(research, SYSTEM, "work", str(number)))
    raise AssertionError(f"it is still {state} after {MOST_STEPS} steps")


def decide(research: Research, import_id: str, who: Actor = given.MANAGER, **wanted: Any) -> Receipt:
    version = research.stores.imports.load(import_id).version
    fields = {"import_id": import_id, "expected_version": version, **wanted}
    context = of(research, who, "decide", str(version), version=version)
    return research.decide_import_records(parsed(commands.DecideImportRecords, fields), context)


def confirm(research: Research, import_id: str, who: Actor = given.MANAGER) -> Receipt:
    version = research.stores.imports.load(import_id).version
    command = parsed(commands.ConfirmImport, {"import_id": import_id, "expected_version": version})
    return research.confirm_import(command, of(research, who, "confirm", import_id, version=version))


def applied(research: Research, text: str, who: Actor = given.MANAGER) -> str:
    """Brought, confirmed as it is, and written."""
    import_id = bring(research, text, who)
    work(research, import_id)
    confirm(research, import_id, who)
    work(research, import_id)
    return import_id


def preview(research: Research, import_id: str, who: Actor = given.MANAGER, **more: Any) -> dict[str, Any]:
    return research.import_preview(parsed(queries.AskPreview, {"import_id": import_id, **more}), who)


def listed(research: Research, who: Actor = given.MANAGER) -> list[dict[str, Any]]:
    """The outcomes that are seen."""
    items: list[dict[str, Any]] = research.outcomes(parsed(queries.AskOutcomes, {"limit": 200}), who)["items"]
    return items


def of(research: Research, who: Actor, *parts: str, version: int | None = None) -> Context:
    return Context(derived(*parts, who.person or ""), who, research.clock.now(), version)
