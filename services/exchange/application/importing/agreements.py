"""Rows of the sheet of agreements: one for each condition, all those of one agreement being its text."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from chassis.kernel.cells import writable
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from services.exchange.application.importing.agreed import Agreed
from services.exchange.application.importing.agreement_becoming import becoming, own_name, row_key
from services.exchange.application.importing.agreement_cells import REPEATED, condition_cells, text_cells
from services.exchange.application.importing.agreement_lines import Readings, lines_of
from services.exchange.application.importing.agreement_rules import look_at_rules
from services.exchange.application.importing.agreement_writing import Group, written
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.problems import in_order
from services.exchange.application.importing.reading import Reading
from services.exchange.application.importing.refusing import RowsDisagree
from services.exchange.application.importing.work import CellRefused, Decided, Work, in_column, planned
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_text import Text
from services.exchange.domain.importing_rows import UNCHANGED, WRONG, Row

_SAYS_NOTHING_OF_THE_TEXT = ("agreement", "reason")


COLUMN_OF = {
    "names": "name_en",
    "names.en": "name_en",
    "names.zh": "name_zh",
    "names.ur": "name_ur",
    "conditions": "kind",
    "id": "condition",
    "expects_outcome.type": "expects_outcome",
    "expects_outcome.due_days": "outcome_due_days",
    "DatesReversed": "in_effect_until",
    "TooManyYears": "in_effect_until",
    "PartnerNamedTwice": "partners",
    "NotAllowed": "partners",
    "SameSite": "host_site",
    "UnknownRule": "rules",
    "UnknownRuleLevel": "rules",
    "UnknownLineKind": "cost_sharing",
    "UnknownPayer": "cost_sharing",
}
"""Refusal or field -> column, where they are called differently."""


def decided_agreements(rows: Sequence[Row], known: Known, work: Work) -> list[Decided]:
    """Drafts what is new, amends what differs. Where one row of an agreement is wrong, all of its rows are."""
    agreed = Agreed([each.state for each in work.agreements.all()])
    rows_of: dict[str, list[Row]] = defaultdict(list)
    standing: dict[str, Loaded[Agreement] | None] = {}
    lost: list[Decided] = []
    for row in rows:
        try:
            meant = _meant(row, agreed)
        except CellRefused as refused:
            lost += _lost(row, refused, known)
            continue
        name = agreed.text_of(meant.id) if meant else own_name(row)
        standing[name] = work.agreements.load(meant.id) if meant else None
        rows_of[name].append(row)
    groups = (Group(name, standing[name], tuple(rows)) for name, rows in rows_of.items())
    decided = [each for group in groups for each in _decided(group, known, work)]
    return sorted((*lost, *decided), key=lambda each: each.planned.row)


def _meant(row: Row, agreed: Agreed) -> Agreement | None:
    """The agreement of which the row speaks; `None` where it describes a new one. Raises `CellRefused`."""
    text = row.cells.get("agreement", "")
    with in_column("agreement" if text else "name_en"):
        try:
            return agreed.called(text or own_name(row))
        except Unknown:
            if text in ("", own_name(row)):
                return None
            raise


def _lost(row: Row, refused: CellRefused, known: Known) -> list[Decided]:
    """It says of no agreement what it is to change; what else is wrong with it shows all the same."""
    readings = {row.number: Reading(row, COLUMN_OF)}
    readings[row.number].refuse(refused)
    readings[row.number].cells()
    unnamed = replace(row, cells={column: cell for column, cell in row.cells.items() if column != "condition"})
    look_at_rules(lines_of([unnamed], (), known, readings), readings)
    return _wrong([row], "", readings)


def _decided(group: Group, known: Known, work: Work) -> list[Decided]:
    if _stands(group, known):
        return _unchanged(group)
    readings = {row.number: Reading(row, COLUMN_OF) for row in group.rows}
    for row in group.rows:
        readings[row.number].cells()
        _must_repeat(row, group.rows[0], readings[row.number])
    made = written(group, known, work, readings)
    if not all(readings.values()):
        return _wrong(group.rows, group.name, readings)
    return [Decided(each) for each in becoming(group, made, known)] if made else _unchanged(group)


def _wrong(rows: Sequence[Row], name: str, readings: Readings) -> list[Decided]:
    """All of them: an agreement is right or wrong as a whole."""
    return [
        Decided(planned(row, row_key(row, name), WRONG), in_order(row, readings[row.number].problems)) for row in rows
    ]


def _unchanged(group: Group) -> list[Decided]:
    return [Decided(planned(row, row_key(row, group.name), UNCHANGED)) for row in group.rows]


def _must_repeat(row: Row, first: Row, reading: Reading) -> None:
    for column in REPEATED:
        if row.cells.get(column) != first.cells.get(column):
            reading.refuse(CellRefused(column, RowsDisagree(row=first.number)))


def _stands(group: Group, known: Known) -> bool:
    """Whether the rows are what an export would write, of the text that stands or of the one that waits."""
    if group.standing is None or any(row.formulas for row in group.rows):
        return False
    columns = [name for name in group.rows[0].cells if name not in _SAYS_NOTHING_OF_THE_TEXT]
    said = {tuple(row.cells[column] for column in columns) for row in group.rows}
    return any(said == _lines(text, columns, known) for text in group.texts)


def _lines(text: Text, columns: list[str], known: Known) -> set[tuple[str, ...]]:
    rows = [text_cells(text, known) | condition_cells(each, text, known) for each in text.conditions]
    return {tuple(writable(row.get(column, "")) for column in columns) for row in rows}
