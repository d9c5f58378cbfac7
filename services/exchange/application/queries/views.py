"""Parts that several answers are made of. Every answer is plain JSON values; days and instants are ISO 8601 text."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from chassis.kernel.documents import HistoryLine
from services.exchange.application.ports.directory import People
from services.exchange.domain.parties import Note
from services.exchange.domain.rules import Finding
from services.exchange.domain.site import Site
from services.exchange.domain.visit import Warned

View = dict[str, Any]


def site_view(site: Site) -> View:
    """`{id, names, zone}`."""
    return {"id": site.id, "names": dict(site.names), "zone": site.zone}


def department_view(site: Site, department_id: str) -> View:
    """`{id, names}`."""
    department = site.department(department_id)
    return {"id": department.id, "names": dict(department.names)}


def history_view(history: tuple[HistoryLine, ...], people: People) -> list[View]:
    """`[{at, by, by_name, what, why, version}]`, oldest first; `by` is null for the system."""
    names = people.named({line.by for line in history if line.by})
    return [
        {
            "at": line.at.isoformat(),
            "by": line.by,
            "by_name": names[line.by].passport_name if line.by in names else None,
            "what": line.what,
            "why": line.why,
            "version": line.version,
        }
        for line in history
    ]


def notes_view(notes: tuple[Note, ...], people: People) -> list[View]:
    """`[{by, by_name, at, text}]`, oldest first."""
    names = people.named({note.by for note in notes if note.by})
    return [
        {
            "by": note.by,
            "by_name": names[note.by].passport_name if note.by in names else None,
            "at": text_of(note.at),
            "text": note.text,
        }
        for note in notes
    ]


def warnings_view(warnings: Iterable[Finding | Warned]) -> list[View]:
    """`[{rule, facts}]`."""
    return [{"rule": warning.rule, "facts": dict(warning.facts)} for warning in warnings]


def text_of(moment: date | datetime | None) -> str | None:
    """ISO 8601 text, or null."""
    return moment.isoformat() if moment else None
