"""What imports need of their shelves: in memory and in the database alike."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import HoldTaken
from chassis.kernel.ids import derived
from chassis.kernel.importer import Importer
from chassis.store import database_at
from services.exchange.adapters.import_store import ImportRowStore, ImportStore, in_chunks
from services.exchange.adapters.shapes import IMPORT_SHAPE
from services.exchange.application.importing.limits import CHUNK_BYTES, MOST_IN_A_CELL
from services.exchange.application.importing.ports import ImportRows, Imports
from services.exchange.domain.importing import APPLYING, READY, Import
from services.exchange.domain.importing_rows import NEW, Planned, Problem, Row
from tests.alliance import ADMIN, EXCHANGE_ALONE
from tests.fakes.exchange_imports import FakeImportRows, FakeImports
from tests.fakes.memory import Memory
from tests.unit.exchange import given

IMPORT = Import(
    "imp_1", READY, "people.xlsx", 2, Importer("per_1", ("administrator",), ("sit_1",)), given.NOW,
    planned=(Planned("People", 3, "a@b.example", NEW, ("zone",)),),
    problems=(Problem("People!C7", "x", "UnknownZone", "zone: x"),),
    problem_count=1, counts={"People": {NEW: 1}},
)  # fmt: skip


@dataclass(frozen=True)
class Shelves:
    imports: Imports
    rows: ImportRows


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        memory = Memory()
        return Shelves(FakeImports(memory), FakeImportRows(memory))
    installation = request.getfixturevalue("make_installation")([EXCHANGE_ALONE])
    database = database_at(installation.mongo_url("exchange"))
    return Shelves(ImportStore(database["imports"], IMPORT_SHAPE), ImportRowStore(database["import_rows"]))


def keep(shelves: Shelves, imported: Import) -> None:
    shelves.imports.add(imported.id, Decision(imported, what="kept"), Context(derived(imported.id), ADMIN, given.NOW))


def row(number: int, size: int = 3) -> Row:
    return Row("People", number, {"a": "x" * size, "b": "张"}, {"a": "A", "b": "C"}, ("b",))


def kept(shelves: Shelves, rows: list[Row], import_id: str = "imp_1") -> list[Row]:
    shelves.imports.atomically(lambda within: shelves.rows.keep(import_id, rows, within))
    return shelves.rows.of(import_id)


def test_an_import_is_kept_whole_and_listed_newest_first(shelves: Shelves) -> None:
    keep(shelves, IMPORT)
    keep(shelves, replace(IMPORT, id="imp_2"))
    assert shelves.imports.load("imp_1").state == IMPORT
    assert [each.id for each in shelves.imports.all()] == ["imp_2", "imp_1"]


def test_rows_come_back_in_their_order_however_many_documents_they_take(shelves: Shelves) -> None:
    many = [row(number, MOST_IN_A_CELL) for number in range(500)]
    assert kept(shelves, many) == many
    assert kept(shelves, [row(1)], "imp_2") == [row(1)]


def test_rows_that_were_dropped_are_gone_and_others_stay(shelves: Shelves) -> None:
    kept(shelves, [row(1)])
    kept(shelves, [row(2)], "imp_2")
    shelves.imports.atomically(lambda within: shelves.rows.drop("imp_1", within))
    assert (shelves.rows.of("imp_1"), shelves.rows.of("imp_2")) == ([], [row(2)])


def test_rows_of_a_transaction_that_fails_are_not_kept(shelves: Shelves) -> None:
    def keeps_and_fails(within: Any) -> None:
        shelves.rows.keep("imp_1", [row(1)], within)
        raise HoldTaken(key="anything")

    with pytest.raises(HoldTaken):
        shelves.imports.atomically(keeps_and_fails)
    assert shelves.rows.of("imp_1") == []


def test_the_database_lets_one_import_be_applied_at_a_time(shelves: Shelves) -> None:
    keep(shelves, replace(IMPORT, state=APPLYING))
    with pytest.raises(HoldTaken):
        keep(shelves, replace(IMPORT, id="imp_2", state=APPLYING))


def test_no_chunk_of_rows_is_larger_than_twice_the_size() -> None:
    largest = [
        replace(row(number), cells={str(each): "张" * MOST_IN_A_CELL for each in range(40)}) for number in range(9)
    ]
    sizes = [sum(len(cell.encode()) for each in chunk for cell in each.cells.values()) for chunk in in_chunks(largest)]
    assert len(sizes) > 1
    assert max(sizes) < 2 * CHUNK_BYTES
