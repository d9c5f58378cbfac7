"""An agreement's text as rows, one for each condition, and what such rows say."""

from collections.abc import Mapping
from typing import Any

from chassis.kernel.cells import joined, separated
from services.exchange.application.importing.cells import day, number, paired, pairs_of
from services.exchange.application.importing.knowing import Known, name_cells, names_in
from services.exchange.application.importing.reading import Reading
from services.exchange.domain.agreement_text import Condition, Text
from services.exchange.domain.importing_rows import Row

COUNTED = ("visits_per_year", "visitor_days_per_year", "outcomes_per_year", "reply_within_days", "minimum_gap_days")
REPEATED = (
    "agreement", "name_en", "name_zh", "name_ur", "partners", "fields", "in_effect_from", "in_effect_until",
    "note", "reason",
)  # fmt: skip
"""Columns that say the same in every row of one agreement; the others are of the row's condition."""


def text_cells(text: Text, known: Known) -> dict[str, str]:
    """What every row of the text repeats."""
    return {
        **name_cells(text.names),
        "partners": joined([known.site_text(site) for site in text.partners]),
        "fields": joined(text.fields),
        "in_effect_from": text.in_effect_from.isoformat(),
        "in_effect_until": text.in_effect_until.isoformat(),
        "note": text.note,
    }


def condition_cells(condition: Condition, text: Text, known: Known) -> dict[str, str]:
    """What the row of one of the text's conditions says of it. Its id stands where others of the text look like it."""
    alike = [each for each in text.conditions if looks(each) == looks(condition)]
    expected = condition.expects_outcome
    return {
        "condition": condition.id if len(alike) > 1 else "",
        "kind": condition.kind,
        "field": condition.field,
        "sending_site": known.site_text(condition.sending_site),
        "host_site": known.site_text(condition.host_site),
        **{column: str(getattr(condition, column)) for column in COUNTED},
        "acceptance": joined(condition.acceptance),
        "expects_outcome": expected.type if expected else "",
        "outcome_due_days": str(expected.due_days) if expected else "",
        "rules": paired(condition.rules),
        "cost_sharing": paired(condition.cost_sharing),
    }


def looks(condition: Condition) -> tuple[str, str, str, str]:
    """What a row knows a condition by."""
    return condition.kind, condition.field, condition.sending_site, condition.host_site


def text_fields(row: Row, known: Known, before: Text | None, reading: Reading) -> dict[str, Any]:
    """The fields of a text that a row repeats; a column that is not there says what stands."""
    fields: dict[str, Any] = {"names": names_in(row, before.names if before else {})}
    with reading.column("partners"):
        partners = tuple(known.site(text).id for text in separated(row.cells["partners"]))
        fields["partners"] = _as_before(partners, before.partners if before else ())
    for column in ("in_effect_from", "in_effect_until"):
        with reading.column(column):
            fields[column] = day(row.cells[column])
    standing = before.fields if before else ()
    fields["fields"] = _as_before(separated(row.cells["fields"]), standing) if "fields" in row.cells else standing
    fields["note"] = row.cells.get("note", before.note if before else "")
    return fields


def sites_of(row: Row, known: Known, reading: Reading) -> dict[str, str]:
    """The ids of the two sites of the row's condition, by column."""
    found: dict[str, str] = {}
    for column in ("sending_site", "host_site"):
        with reading.column(column):
            found[column] = known.site(row.cells[column]).id
    return found


def condition_fields(row: Row, sites: Mapping[str, str], before: Condition | None, reading: Reading) -> dict[str, Any]:
    """The fields of the row's condition; a column that is not there says what stands."""
    fields: dict[str, Any] = {column: number(row.cells[column]) for column in COUNTED if column in row.cells}
    if "minimum_gap_days" not in fields or fields["minimum_gap_days"] == "":
        fields["minimum_gap_days"] = before.minimum_gap_days if before and "minimum_gap_days" not in fields else 0
    for column in ("rules", "cost_sharing"):
        with reading.column(column):
            standing = dict(getattr(before, column)) if before else {}
            fields[column] = pairs_of(row.cells[column]) if column in row.cells else standing
    acceptance = separated(row.cells["acceptance"])
    return {
        **({"id": before.id} if before else {}),
        "kind": row.cells["kind"],
        "field": row.cells["field"],
        **sites,
        "acceptance": _as_before(acceptance, before.acceptance if before else ()),
        "expects_outcome": _expected(row, before),
        **fields,
    }


def _expected(row: Row, before: Condition | None) -> dict[str, Any] | None:
    standing = before.expects_outcome if before else None
    kind = row.cells.get("expects_outcome", standing.type if standing else "")
    within = row.cells.get("outcome_due_days", str(standing.due_days) if standing else "")
    return {"type": kind, "due_days": number(within)} if kind or within else None


def _as_before(wanted: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """In the order in which they stand: another order of the same in a cell is no other text."""
    return before if sorted(wanted) == sorted(before) else wanted
