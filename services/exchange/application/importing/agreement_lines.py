"""The rows of one agreement as the fields of a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.exchange.application.commands.agreement_text import AmendedCondition, NewCondition
from services.exchange.application.importing.agreement_cells import (
    condition_fields,
    looks,
    sites_of,
    text_fields,
)
from services.exchange.application.importing.knowing import Ambiguous, Known
from services.exchange.application.importing.reading import Reading
from services.exchange.application.importing.refusing import NamedTwice
from services.exchange.application.importing.work import CellRefused
from services.exchange.domain.agreement_text import Condition, Text
from services.exchange.domain.importing_rows import Row
from services.exchange.domain.refusals import NoSuchCondition

_KNOWN_BY = ("kind", "field", "sending_site", "host_site")
Readings = Mapping[int, Reading]
"""Of each row, by its number."""


@dataclass(frozen=True)
class Lines:
    """A command's fields, and the rows of its conditions, in the conditions' order."""

    fields: dict[str, Any]
    rows: tuple[Row, ...]


def lines_of(rows: Sequence[Row], texts: Sequence[Text], known: Known, readings: Readings) -> Lines:
    """What the rows say. `texts`: those that they may change, first the one whose place theirs is to take.

    Conditions that it has keep its order, so that rows may stand in any.
    """
    before = texts[0] if texts else None
    said: list[tuple[Row, dict[str, Any]]] = []
    earlier: dict[tuple[str, ...], Row] = {}
    for row in _unlike(rows):
        reading = readings[row.number]
        fields = _condition(row, texts, known, reading)
        reading.checked(AmendedCondition if texts else NewCondition, fields)
        with reading.row():
            _must_be_first(row, fields, earlier, reading)
        said.append((row, fields))
    order = [each.id for each in before.conditions] if before else []
    said.sort(key=lambda each: order.index(each[1]["id"]) if each[1].get("id") in order else len(order))
    repeated = text_fields(rows[0], known, before, readings[rows[0].number])
    return Lines(repeated | {"conditions": [fields for _, fields in said]}, tuple(row for row, _ in said))


def _unlike(rows: Sequence[Row]) -> list[Row]:
    """The first of those that say the same throughout."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first.setdefault(tuple(row.cells.values()), row)
    return list(first.values())


def _must_be_first(row: Row, fields: Mapping[str, Any], earlier: dict[tuple[str, ...], Row], reading: Reading) -> None:
    """Raises `NamedTwice`."""
    if reading.refused & {*_KNOWN_BY, "condition"}:
        return
    one = (fields["id"],) if "id" in fields else tuple(fields[name] for name in _KNOWN_BY)
    if earlier.setdefault(one, row) is not row:
        raise NamedTwice(row=earlier[one].number)


def _condition(row: Row, texts: Sequence[Text], known: Known, reading: Reading) -> dict[str, Any]:
    sites = sites_of(row, known, reading)
    named = row.cells.get("condition", "").strip()
    found = None
    with reading.row():
        found = _named(named, texts) if named else _like(row, sites, texts)
    return condition_fields(row, sites, found, reading)


def _named(condition: str, texts: Sequence[Text]) -> Condition:
    for text in texts:
        for each in text.conditions:
            if each.id == condition:
                return each
    raise CellRefused(
        "condition", NoSuchCondition(agreement=texts[0].names["en"] if texts else "", condition=condition)
    )


def _like(row: Row, sites: Mapping[str, str], texts: Sequence[Text]) -> Condition | None:
    """The condition of that kind, field and direction; of the first text that has it."""
    kind, field = row.cells["kind"], row.cells["field"].strip()
    for text in texts:
        found = [each for each in text.conditions if looks(each) == (kind, field, *sites.values())]
        if len(found) > 1:
            raise CellRefused("field", Ambiguous(kind="condition", id=f"{kind}, {field}"))
        if found:
            return found[0]
    return None
