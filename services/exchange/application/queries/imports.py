"""Imports: how far one has come, what it would do and what stands against it, and the list."""

from typing import Annotated

from pydantic import Field

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.failing import failing_view
from contracts.words import ImportId
from services.exchange.application.importing.ports import Imports
from services.exchange.application.ports.directory import People
from services.exchange.application.queries.views import View, history_view, text_of
from services.exchange.domain.importing import Import
from services.exchange.domain.importing_rows import Planned, Problem
from services.exchange.domain.permissions.imports import may_import, may_see_import, sees_import


class AskImport(Command):
    import_id: ImportId


class AskPreview(Command):
    """`after`: how many rows and problems have been seen."""

    import_id: ImportId
    after: Annotated[int, Field(ge=0, strict=True)] = 0
    limit: PageSize = 100


def import_progress(asked: AskImport, actor: Actor, kept: Imports) -> View:
    """`{id, version, state, file, rows, counts, problem_count, problems_left_out}`.

    `counts` is sheet -> action -> rows; `problems_left_out`: so many of those counted are not kept.
    `failing` is null, or `{error, since, last, times, again_at}` where a worker failed at it: the type of what it met,
    when, how often, and when it is tried again.
    """
    may_import(actor)
    found = kept.load(asked.import_id)
    may_see_import(actor, found.state)
    return _progress(found.id, found.version, found.state)


def imports(actor: Actor, kept: Imports) -> View:
    """`{items}`: the last imports that the actor may see, newest first."""
    may_import(actor)
    seen = [found for found in kept.all() if sees_import(actor, found.state)]
    return {"items": [_progress(found.id, found.version, found.state) for found in seen]}


def import_preview(asked: AskPreview, actor: Actor, kept: Imports, people: People) -> View:
    """The progress with `rows_planned`, `problems` and `conflicts`, all three pages of the same size.

    `rows_planned`: `{sheet, row, key, action, what, changes, flags}`, of which each change is `{column, from, to}`.
    `problems` and `conflicts`: `{cell, value, name, reason}`. `next` is what to ask `after`, null at the end of all.
    `history` is there whole.
    """
    may_import(actor)
    found = kept.recorded(asked.import_id)
    may_see_import(actor, found.state)
    state, until = found.state, asked.after + asked.limit
    return {
        **_progress(found.id, found.version, state),
        "rows_planned": [_planned(each) for each in state.planned[asked.after : until]],
        "problems": [_problem(each) for each in state.problems[asked.after : until]],
        "conflicts": [_problem(each) for each in state.conflicts[asked.after : until]],
        "next": until if until < max(len(state.planned), len(state.problems)) else None,
        "history": history_view(found.history, people),
    }


def _planned(row: Planned) -> View:
    changes = [{"column": each.column, "from": each.before, "to": each.after} for each in row.changes]
    return {
        "sheet": row.sheet,
        "row": row.row,
        "key": row.key,
        "action": row.action,
        "what": list(row.what),
        "changes": changes,
        "flags": list(row.flags),
    }


def _problem(problem: Problem) -> View:
    return {"cell": problem.cell, "value": problem.value, "name": problem.name, "reason": problem.reason}


def _progress(import_id: str, version: int, imported: Import) -> View:
    return {
        "id": import_id,
        "version": version,
        "state": imported.state,
        "file": imported.file,
        "by": imported.importer.person,
        "asked_at": text_of(imported.asked_at),
        "rows": imported.rows,
        "counts": {sheet: dict(actions) for sheet, actions in imported.counts.items()},
        "problem_count": imported.problem_count,
        "problems_left_out": imported.problems_left_out,
        "failing": failing_view(imported.failing),
        "conflict_count": len(imported.conflicts),
    }
