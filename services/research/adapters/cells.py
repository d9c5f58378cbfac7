"""The cells of the measures on MongoDB: small documents whose figures grow in the transaction of an outcome's save.

What an outcome is counted for stands in its own document, as `counted`: its cell's id and its figures. The next save
takes off just that, whatever the rules were by which it was counted.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.kernel.errors import WriteConflict
from chassis.kernel.ids import derived
from chassis.store import store_faults
from services.research.domain.measuring import Cell, Share

Document = dict[str, Any]
Counted = Sequence[str]


class Cells:
    """Every cell. One per process, as it remembers which are there."""

    def __init__(self, cells: Collection[Document], outcomes: Collection[Document]) -> None:
        self.cells, self._outcomes = cells, outcomes
        self._open: set[str] = set()

    def opened(self, share: Share | None) -> Counted:
        """What is to stand in the outcome's document; the cell is there from now on, if only with nothing in it.

        Before the transaction: two that make one document would be in each other's way. Should somebody have emptied
        the collection since, `move` finds that out, and the next try opens the cell again.
        """
        if share is None:
            return ()
        cell = cell_id(share.cell)
        if cell not in self._open:
            with store_faults():
                self.cells.update_one({"_id": cell}, {"$setOnInsert": _fields(share.cell)}, upsert=True)
            self._open.add(cell)
        return (cell, *share.figures)

    def move(self, outcome_id: str, after: Counted, within: ClientSession) -> bool:
        """Counts the outcome for this and for nothing else; false where it was already."""
        with store_faults(within):
            found = self._outcomes.find_one({"_id": outcome_id}, {"counted": 1}, session=within) or {}
            before = found.get("counted", [])
            if before == list(after):
                return False
            self._outcomes.update_one({"_id": outcome_id}, {"$set": {"counted": list(after)}}, session=within)
            for cell, changes in _changes(before, after).items():
                done = self.cells.update_one({"_id": cell}, {"$inc": changes}, session=within)
                if not done.matched_count and cell in self._open:
                    self._open.remove(cell)
                    raise WriteConflict(id=cell)
        return True


def cell_id(cell: Cell) -> str:
    """Always the same for the same cell."""
    return derived("cell", cell.agreement, cell.field, str(cell.year), *cell.sites)


def _fields(cell: Cell) -> Document:
    return {"agreement": cell.agreement, "field": cell.field, "year": cell.year, "sites": list(cell.sites)}


def _changes(before: Counted, after: Counted) -> dict[str, dict[str, int]]:
    """By cell, what each figure grows by; always in the same order, so that no two wait for each other."""
    changes: dict[str, Counter[str]] = {}
    for counted, by in ((before, -1), (after, 1)):
        for cell, figure in ((counted[0], figure) for figure in counted[1:]):
            changes.setdefault(cell, Counter())[figure] += by
    grown = {cell: {figure: by for figure, by in changes[cell].items() if by} for cell in sorted(changes)}
    return {cell: by for cell, by in grown.items() if by}
