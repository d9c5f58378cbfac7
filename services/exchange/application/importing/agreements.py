"""Rows of the sheet of agreements: one for each condition, all those of one agreement being its text."""

from collections import defaultdict
from collections.abc import Sequence

from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Unknown
from services.exchange.application.importing.agreed import Agreed
from services.exchange.application.importing.agreement_becoming import becoming, own_name, row_key
from services.exchange.application.importing.agreement_cells import REPEATED, condition_cells, text_cells
from services.exchange.application.importing.agreement_writing import Group, written
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.problems import Against, must_be_readable, must_say, problems_of
from services.exchange.application.importing.refusing import RowsDisagree
from services.exchange.application.importing.work import CellRefused, Decided, Work, in_column, planned
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_text import Text
from services.exchange.domain.importing_rows import UNCHANGED, WRONG, Row
from services.exchange.domain.importing_text import writable

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
            lost.append(Decided(planned(row, row_key(row, ""), WRONG), tuple(problems_of(row, refused, {}))))
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


def _decided(group: Group, known: Known, work: Work) -> list[Decided]:
    if _stands(group, known):
        return _unchanged(group)
    against = Against(COLUMN_OF)
    for row in group.rows:
        with against.row(row):
            must_say(row)
            _must_repeat(row, group.rows[0])
            must_be_readable(row)
    made = None if against else written(group, known, work, against)
    if against:
        return [Decided(planned(row, row_key(row, group.name), WRONG), against.of(row)) for row in group.rows]
    return [Decided(each) for each in becoming(group, made, known)] if made else _unchanged(group)


def _unchanged(group: Group) -> list[Decided]:
    return [Decided(planned(row, row_key(row, group.name), UNCHANGED)) for row in group.rows]


def _must_repeat(row: Row, first: Row) -> None:
    """Raises `CellRefused`, of `RowsDisagree`."""
    for column in REPEATED:
        if row.cells.get(column) != first.cells.get(column):
            raise CellRefused(column, RowsDisagree(row=first.number))


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
