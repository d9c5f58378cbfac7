"""What a new text of an agreement makes of each of its rows, for people to see before they confirm."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.exchange.application.importing.agreement_cells import condition_cells, text_cells
from services.exchange.application.importing.agreement_writing import Group, Written
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.work import changes_of
from services.exchange.domain.agreement_text import Condition, Text
from services.exchange.domain.importing_rows import CHANGED, NEW, UNCHANGED, Change, Planned, Row, shortened

REMOVED = "condition"
"""The column under which a condition is told that no row speaks of any more."""


def own_name(row: Row) -> str:
    """What a cell calls the agreement that the row itself describes."""
    return f"{row.cells['name_en']} [{row.cells['in_effect_from']}]"


def row_key(row: Row, agreement: str) -> str:
    """`Memorandum [2026-01-01]: training, liver echinococcosis, Gilgit > Kashgar`."""
    cells = row.cells
    return f"{agreement}: {cells['kind']}, {cells['field']}, {cells['sending_site']} > {cells['host_site']}"


def becoming(group: Group, made: Written, known: Known) -> Iterator[Planned]:
    """Each row: what it changes of its condition, and the first beside that what changes of the text around them."""
    conditions = {row.number: each for row, each in zip(made.rows, made.text.conditions, strict=True)}
    before = group.texts[0] if group.texts else None
    for row in group.rows:
        changes: tuple[Change, ...] = ()
        if before and row is group.rows[0]:
            changes = (*changes_of(row, text_cells(before, known), text_cells(made.text, known)),)
            changes += tuple(_removed(before, made.text, known))
        yield _planned(row, group, _Of(conditions.get(row.number), before, made.text), changes, known)


@dataclass(frozen=True)
class _Of:
    """The condition that a row makes, and the two texts. None: another row says the same."""

    condition: Condition | None
    before: Text | None
    after: Text


def _planned(row: Row, group: Group, of: _Of, changes: tuple[Change, ...], known: Known) -> Planned:
    action, stood = UNCHANGED, None
    if of.condition:
        stood = _condition(of.before, of.condition.id)
        action = UNCHANGED if stood else NEW
    if of.condition and stood and of.before:
        will = condition_cells(of.condition, of.after, known)
        changes += changes_of(row, condition_cells(stood, of.before, known), will)
    seen = group.standing.version if group.standing else None
    action = CHANGED if changes else action
    what = tuple(each.column for each in changes)
    named = row_key(row, group.name)
    return Planned(row.sheet, row.number, named, action, what, None if action == UNCHANGED else seen, changes)


def _condition(text: Text | None, condition_id: str) -> Condition | None:
    return next((each for each in text.conditions if each.id == condition_id), None) if text else None


def _removed(before: Text, after: Text, known: Known) -> Iterator[Change]:
    for each in before.conditions:
        if not _condition(after, each.id):
            between = f"{known.site_text(each.sending_site)} > {known.site_text(each.host_site)}"
            yield Change(REMOVED, shortened(f"{each.kind}, {each.field}, {between}"), "")
