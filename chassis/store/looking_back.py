"""A stored document as it stood at an earlier moment: what was decided since is undone, the latest first."""

from datetime import datetime
from typing import Any, TypeVar

from chassis.kernel.documents import Past
from chassis.store.shape import Shape
from chassis.store.undoing import undone
from chassis.store.writing import history_of

State = TypeVar("State")
Document = dict[str, Any]


def past_of(document: Document, moment: datetime, shape: Shape[State]) -> Past[State] | None:
    """`None` for a document made later. It is not `exact` where a line since then does not say what it took away."""
    lines = list(document["history"])
    if lines[0]["at"] > moment:
        return None
    fields, exact = dict(document), True
    while lines[-1]["at"] > moment:
        was = lines.pop().get("was")
        if was is None:
            exact = False
        fields |= {name: undone(fields.get(name), patch) for name, patch in (was or {}).items()}
    history = history_of({"history": lines})
    return Past(document["_id"], lines[-1]["version"], shape.state(fields), history, exact)
