"""The rows of one agreement as the fields of a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.exchange.application.importing.agreement_cells import (
    condition_fields,
    looks,
    sites_of,
    text_fields,
)
from services.exchange.application.importing.knowing import Ambiguous, Known
from services.exchange.application.importing.problems import Against
from services.exchange.application.importing.refusing import NamedTwice
from services.exchange.application.importing.work import CellRefused, in_column
from services.exchange.domain.agreement_text import Condition, Text
from services.exchange.domain.importing_rows import Row
from services.exchange.domain.refusals import NoSuchCondition

_KNOWN_BY = ("kind", "field", "sending_site", "host_site")


@dataclass(frozen=True)
class Lines:
    """A command's fields, and the rows of its conditions, in the conditions' order."""

    fields: dict[str, Any]
    rows: tuple[Row, ...]


def lines_of(rows: Sequence[Row], texts: Sequence[Text], known: Known, against: Against) -> Lines:
    """What the rows say. `texts`: those that they may change, first the one whose place theirs is to take.

    Conditions that it has keep its order, so that rows may stand in any.
    """
    before = texts[0] if texts else None
    said: list[tuple[Row, dict[str, Any]]] = []
    earlier: dict[tuple[str, ...], Row] = {}
    for row in _unlike(rows):
        with against.row(row):
            fields = _condition(row, texts, known)
            _must_be_first(row, fields, earlier)
            said.append((row, fields))
    order = [each.id for each in before.conditions] if before else []
    said.sort(key=lambda each: order.index(each[1]["id"]) if each[1].get("id") in order else len(order))
    repeated: dict[str, Any] = {}
    with against.row(rows[0]):
        repeated = text_fields(rows[0], known, before)
    return Lines(repeated | {"conditions": [fields for _, fields in said]}, tuple(row for row, _ in said))


def _unlike(rows: Sequence[Row]) -> list[Row]:
    """The first of those that say the same throughout."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first.setdefault(tuple(row.cells.values()), row)
    return list(first.values())


def _must_be_first(row: Row, fields: dict[str, Any], earlier: dict[tuple[str, ...], Row]) -> None:
    """Raises `NamedTwice`."""
    one = (fields["id"],) if "id" in fields else tuple(fields[name] for name in _KNOWN_BY)
    if earlier.setdefault(one, row) is not row:
        raise NamedTwice(row=earlier[one].number)


def _condition(row: Row, texts: Sequence[Text], known: Known) -> dict[str, Any]:
    sites = sites_of(row, known)
    named = row.cells.get("condition", "").strip()
    found = _named(named, texts) if named else _like((row.cells["kind"], row.cells["field"].strip(), *sites), texts)
    return condition_fields(row, sites, found)


def _named(condition: str, texts: Sequence[Text]) -> Condition:
    for text in texts:
        for each in text.conditions:
            if each.id == condition:
                return each
    raise CellRefused(
        "condition", NoSuchCondition(agreement=texts[0].names["en"] if texts else "", condition=condition)
    )


def _like(looked_for: tuple[str, str, str, str], texts: Sequence[Text]) -> Condition | None:
    """The condition of that kind, field and direction; of the first text that has it."""
    for text in texts:
        found = [each for each in text.conditions if looks(each) == looked_for]
        if len(found) > 1:
            with in_column("field"):
                raise Ambiguous(kind="condition", id=f"{looked_for[0]}, {looked_for[1]}")
        if found:
            return found[0]
    return None
