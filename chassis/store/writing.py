"""A decision as the one write that makes it so."""

from typing import Any, TypeVar

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import HistoryLine, Loaded
from chassis.store.shape import Edition, Shape
from chassis.store.stamping import stamp
from chassis.store.undoing import taken

State = TypeVar("State")
Document = dict[str, Any]

ANSWERS_KEPT = 50
"""How many answers a document remembers; an older repeat is refused by its expected version."""

_BESIDE_THE_STATE = ("holds", "due", "found_by")
"""What the shape makes of a state, and what indexes find it by."""


def inserted(
    document_id: str, decision: Decision[State], context: Context, shape: Shape[State]
) -> tuple[Document, Receipt]:
    """The whole new document of a decision that makes one, and the answer to its command."""
    receipt = Receipt(document_id, 1, shape.state_word(decision.state))
    document = {
        "_id": document_id,
        "version": 1,
        "made_at": context.now,
        "changed_at": context.now,
        "made_by": _answer(receipt, context),
        **shape.fields(decision.state),
        "history": [_history_line(decision, context, receipt)],
        "outbox": _events(document_id, decision, context, 1, shape),
        "applied": [],
        **_occupied(decision.state, shape),
    }
    return document, receipt


def update_of(
    loaded: Loaded[State], decision: Decision[State], context: Context, shape: Shape[State]
) -> tuple[Document, Receipt]:
    """The update that turns the loaded version into the next, and the answer to its command.

    It touches single fields: replacing the document would bring events back that the relay has published meanwhile.
    """
    version = loaded.version + 1
    receipt = Receipt(loaded.id, version, shape.state_word(decision.state))
    before, after = shape.fields(loaded.state), shape.fields(decision.state)
    changed = {name: value for name, value in after.items() if name not in before or before[name] != value}
    occupied = _occupied(decision.state, shape)
    line = _history_line(decision, context, receipt)
    if shape.remembers:
        line["was"] = {name: taken(before[name], value) for name, value in changed.items() if name in before}
    update: Document = {
        "$inc": {"version": 1},
        "$set": {"changed_at": context.now, **changed, **occupied},
        "$push": {
            "history": line,
            "outbox": {"$each": _events(loaded.id, decision, context, version, shape)},
            "applied": {"$each": [_answer(receipt, context)], "$slice": -ANSWERS_KEPT},
        },
    }
    if gone := [name for name in _BESIDE_THE_STATE if name not in occupied]:
        update["$unset"] = dict.fromkeys(gone, "")
    return update, receipt


def answers_in(document: Document) -> dict[str, Receipt]:
    """The answers that a document remembers, by command: the last ones, and the one to the command that made it.

    That one stays for good: its repeat names no version that could refuse it.
    """
    return {
        entry["id"]: Receipt(document["_id"], entry["version"], entry["state"])
        for entry in (document["made_by"], *document["applied"])
    }


def history_of(document: Document) -> tuple[HistoryLine, ...]:
    """The lines that stand in a document's `history`."""
    return tuple(
        HistoryLine(
            line["at"],
            line["by"],
            line["what"],
            line["why"],
            line["version"],
            line.get("state", ""),
            line.get("on_behalf_of"),
        )
        for line in document["history"]
    )


def _answer(receipt: Receipt, context: Context) -> Document:
    return {"id": context.command_id, "version": receipt.version, "state": receipt.state}


def _occupied(state: State, shape: Shape[State]) -> Document:
    # Absent rather than empty: the sparse indexes then hold nothing of this document.
    holds = list(shape.holds(state))
    due = [{"name": moment.name, "moment": moment.at, "at": moment.at} for moment in shape.due(state)]
    found_by = list(shape.found_by(state))
    beside = zip(_BESIDE_THE_STATE, (holds, due, found_by), strict=True)
    return {name: values for name, values in beside if values}


def _history_line(decision: Decision[Any], context: Context, receipt: Receipt) -> Document:
    behalf = {"on_behalf_of": decision.on_behalf_of} if decision.on_behalf_of else {}
    return behalf | {
        "at": context.now,
        "by": context.actor.person,
        "what": decision.what,
        "why": decision.why,
        "version": receipt.version,
        "state": receipt.state,
        "command": context.command_id,
    }


def _events(
    document_id: str, decision: Decision[State], context: Context, version: int, shape: Shape[State]
) -> list[Document]:
    edition = Edition(version, context.now)
    return [
        stamp(
            told,
            service=shape.service,
            subject=f"{shape.kind}/{document_id}",
            version=version,
            number=number,
            context=context,
        )
        for number, newest in enumerate(shape.publish(decision.events, edition))
        # Versions of one event have its number and so its id: whoever listens to two of them acts once.
        for told in (newest, *shape.earlier(newest))
    ]
