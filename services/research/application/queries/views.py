"""Parts that several answers are made of. Every answer is plain JSON values; days and instants are ISO 8601 text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chassis.kernel.documents import HistoryLine
from services.research.domain.outcome import Origin, Outcome
from services.research.domain.transferring import transfers

View = dict[str, Any]


def line_view(outcome: Outcome, names: Mapping[str, str]) -> View:
    """What a list shows of an outcome, and a page too."""
    return {
        "state": outcome.state,
        "overdue": outcome.overdue,
        "questioned": outcome.questioned,
        "type": outcome.type,
        "title": outcome.title,
        "field": outcome.field,
        "agreement": outcome.agreement,
        "condition": outcome.condition,
        "origin": _origin(outcome.origin) if outcome.origin else None,
        "also_of": [_origin(each) for each in outcome.also_of],
        "sites": list(outcome.sites),
        "responsible": outcome.responsible,
        "responsible_name": names.get(outcome.responsible),
        "due_on": outcome.due_on.isoformat(),
        "transfers": transfers(outcome.type),
        "stage": outcome.stage,
        "gate_due": outcome.gate_due,
    }


def _origin(origin: Origin) -> View:
    slot = origin.slot.isoformat() if origin.slot else None
    return {"kind": origin.kind, "id": origin.id, "slot": slot, "title": origin.title}


def told_view(outcome: Outcome) -> View:
    """What was told of it beside title and summary; `details` are null until somebody tells. `label`, `also`: see
    `Outcome`."""
    return {
        "details": dict(outcome.details) if outcome.details is not None else None,
        "contributors": [vars(each) for each in outcome.contributors],
        "organisations": [vars(each) for each in outcome.organisations],
        "attachments": [vars(each) for each in outcome.attachments],
        "label": outcome.label,
        "also": dict(outcome.also),
        "public": bool(outcome.public),
    }


def history_view(history: tuple[HistoryLine, ...], names: Mapping[str, str]) -> list[View]:
    """`[{at, by, by_name, for, for_name, what, why, version}]`, oldest first; `by` is null for the system.

    `for`: in whose place they did it, null where in their own.
    """
    return [
        {
            "at": line.at.isoformat(),
            "by": line.by,
            "by_name": names.get(line.by or ""),
            "for": line.on_behalf_of,
            "for_name": names.get(line.on_behalf_of or ""),
            "what": line.what,
            "why": line.why,
            "version": line.version,
        }
        for line in history
    ]


def text_of(day: date | None) -> str | None:
    """ISO 8601 text, or null."""
    return day.isoformat() if day else None
