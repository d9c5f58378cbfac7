"""Imports: how far one has come, what each record is and would become, and the list."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from chassis.kernel.failing import failing_view
from contracts.words import ImportId
from services.research.application.ports.copies import People
from services.research.application.ports.imports import ImportRecords
from services.research.application.ports.imports import Imports as KeptImports
from services.research.application.queries.duplicates import likeness_view
from services.research.application.queries.views import View, history_view
from services.research.domain.importing.importing import BATCH, WENT_ON, Import, NotWritten
from services.research.domain.importing.permissions import may_see_import
from services.research.domain.importing.records import Alike, Problem, Record

_REMARKS = 100
"""Of a record with more nobody reads the others."""
Found = Literal["new", "possible", "likely", "same", "unfit"]


class AskImport(Command):
    import_id: ImportId


class AskPreview(Command):
    """`after`: the number of the record behind which the page begins. `found`: only records that are this."""

    import_id: ImportId
    after: Annotated[int, Field(ge=0, strict=True)] = 0
    found: Found | None = None
    limit: PageSize = 100


def import_progress(asked: AskImport, actor: Actor, kept: KeptImports) -> View:
    """`{id, version, state, file, format, encoding, is_guessed, by, responsible, sites, asked_at, records, done, found,
    became, refused, failing}`.

    `done` of `records` are behind it in the step that it is at; while it is read, of about so many, or of 0 where
    nobody knows. `found`: how many are what; `became`: how many became what. `refused`: null, or why nothing can be
    read. `failing`: null, or `{error, since, last, times, again_at}`.
    """
    found = kept.load(asked.import_id)
    may_see_import(actor, found.state)
    return _progress(found.id, found.version, found.state)


def imports(actor: Actor, kept: KeptImports) -> View:
    """`{items}`: the last imports that the actor may see, newest first."""
    return {"items": [_progress(each.id, each.version, each.state) for each in kept.seen_by(actor)]}


def import_preview(asked: AskPreview, actor: Actor, kept: KeptImports, records: ImportRecords, people: People) -> View:
    """The progress with `items`, `not_written` and the whole `history`; `next` is what to ask `after`.

    Of a record: `{number, label, type, title, doi, found, alike, choice, into, problem, remarks}`; of what it may be:
    `{outcome, record, score, verdict, grounds}`. They are gone when the import is over; why something
    could not be written stays.
    """
    found = kept.recorded(asked.import_id)
    may_see_import(actor, found.state)
    page = list(_page(asked, records))
    names = people.names({line.by for line in found.history if line.by})
    return {
        **_progress(found.id, found.version, found.state),
        "items": [_record(each) for each in page],
        "next": page[-1].number if len(page) == asked.limit else None,
        "not_written": [_not_written(each) for each in found.state.not_written],
        "history": history_view(tuple(line for line in found.history if line.what != WENT_ON), names),
    }


def _page(asked: AskPreview, records: ImportRecords) -> Iterator[Record]:
    left = asked.limit
    for batch in records.batches(asked.import_id, asked.after // BATCH):
        for record in batch:
            if record.number > asked.after and asked.found in (None, record.found):
                yield record
                left -= 1
            if not left:
                return


def _progress(import_id: str, version: int, imported: Import) -> View:
    return {
        "id": import_id,
        "version": version,
        "state": imported.state,
        "file": imported.file,
        "format": imported.format,
        "encoding": imported.encoding,
        "is_guessed": imported.is_guessed,
        "by": imported.importer.person,
        "responsible": imported.responsible,
        "sites": list(imported.sites),
        "asked_at": imported.asked_at.isoformat(),
        "records": imported.records,
        "done": imported.done,
        "found": dict(imported.found),
        "became": dict(imported.became),
        "refused": _problem(imported.refused),
        "failing": failing_view(imported.failing),
    }


def _record(record: Record) -> View:
    told = record.reference
    return {
        "number": record.number,
        "label": record.label,
        "type": told.type if told else None,
        "title": record.title,
        "doi": told.doi if told else "",
        "found": record.found,
        "alike": [_alike(each) for each in record.alike],
        "choice": record.choice,
        "into": record.into or None,
        "problem": _problem(record.problem),
        "remarks": [vars(each) for each in told.remarks[:_REMARKS]] if told else [],
    }


def _alike(alike: Alike) -> View:
    return {"outcome": alike.outcome or None, "record": alike.record or None, **likeness_view(alike.likeness)}


def _not_written(each: NotWritten) -> View:
    return {"number": each.number, "label": each.label, "problem": _problem(each.problem)}


def _problem(problem: Problem | None) -> Mapping[str, str] | None:
    return None if problem is None else {"name": problem.name, "reason": problem.reason, "place": problem.place}
