"""What imports of references need of their shelves: in memory and in the database alike."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.documents import HoldTaken
from chassis.kernel.ids import derived
from chassis.kernel.importer import Importer
from chassis.store import database_at
from services.research.adapters.import_store import ImportFileStore, ImportRecordStore, ImportStore
from services.research.adapters.shapes import IMPORT_SHAPE
from services.research.application.ports.imports import ImportFiles, ImportRecords, Imports
from services.research.domain.contributors import Contributor
from services.research.domain.duplicates.scoring import Described, likeness
from services.research.domain.importing.importing import APPLYING, BATCH, READY, Import, NotWritten
from services.research.domain.importing.records import Alike, Problem, Record
from services.research.domain.references import Reference, Remark
from tests.fakes.memory import Memory
from tests.fakes.research_imports import FakeImportFiles, FakeImportRecords, FakeImports
from tests.unit.research import given

IMPORTER = Importer("per_ali", ("programme-manager",), (given.GILGIT,))
IMPORT = Import(
    "imp_1", READY, "papers.bib", "per_bano", (given.GILGIT,), IMPORTER, given.NOW, "bibtex", "utf-8", True, 3, 3,
    {"new": 2, "unfit": 1}, {"imported": 1}, (NotWritten(2, "key", Problem("WrongState", "withdrawn")),),
    Problem("NotReferences", "nothing"),
)  # fmt: skip
HOSTILE = {"$where": "1", "a.b": "2", "": "3", "\u0000": "4", "标题": "علاج"}
REFERENCE = Reference(
    "key", "publication", "A\u0000B 肝", "summary", "10.1/a", {"year": 2026, "$set": {"x.y": [1]}},
    (Contributor("Bano", "author"),), also=HOSTILE, remarks=(Remark("bibtex:doi", "InvalidDoi"),),
)  # fmt: skip
ALIKE = Alike(likeness(Described("A", 2026), Described("A", 2025)), outcome="out_1")


@dataclass(frozen=True)
class Shelves:
    imports: Imports
    files: ImportFiles
    records: ImportRecords


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    if request.param == "in memory":
        memory = Memory()
        return Shelves(FakeImports(memory), FakeImportFiles(memory), FakeImportRecords(memory))
    from tests.contract.test_research_ports_contract import RESEARCH_ALONE

    installation = request.getfixturevalue("make_installation")([RESEARCH_ALONE])
    database = database_at(installation.mongo_url("research"))
    return Shelves(
        ImportStore(database["imports"], IMPORT_SHAPE),
        ImportFileStore(database["import_files"]),
        ImportRecordStore(database["import_records"]),
    )


def keep(shelves: Shelves, imported: Import) -> None:
    context = Context(derived(imported.id), given.MANAGER, given.NOW)
    shelves.imports.add(imported.id, Decision(imported, what="kept"), context)


def atomically(shelves: Shelves, *writes: Any) -> None:
    shelves.imports.atomically(lambda within: [write(within) for write in writes])


def record(number: int, **different: Any) -> Record:
    whole = Record(
        number, "key", "A", REFERENCE, "possible", (ALIKE,), "merge", "out_1", "out_2", Problem("A", "b", "c")
    )
    return replace(whole, **different)


def test_an_import_is_kept_whole_listed_newest_first_and_seen_by_its_importer(shelves: Shelves) -> None:
    keep(shelves, IMPORT)
    keep(shelves, replace(IMPORT, id="imp_2"))
    keep(shelves, replace(IMPORT, id="imp_3", importer=replace(IMPORTER, person="per_li")))
    assert shelves.imports.load("imp_1").state == IMPORT
    assert [each.id for each in shelves.imports.seen_by(given.MANAGER)] == ["imp_2", "imp_1"]
    administrator = Actor("per_root", frozenset({ADMINISTRATOR}))
    assert [each.id for each in shelves.imports.seen_by(administrator)] == ["imp_3", "imp_2", "imp_1"]


def test_one_import_is_written_at_a_time(shelves: Shelves) -> None:
    keep(shelves, replace(IMPORT, state=APPLYING))
    with pytest.raises(HoldTaken):
        keep(shelves, replace(IMPORT, id="imp_2", state=APPLYING))


def test_a_file_comes_back_byte_by_byte_and_goes_alone(shelves: Shelves) -> None:
    content = bytes(range(256)) * (20 << 10)
    atomically(shelves, lambda within: shelves.files.keep("imp_1", content, within))
    atomically(shelves, lambda within: shelves.files.keep("imp_10", b"another", within))
    assert shelves.files.of("imp_1") == content
    atomically(shelves, lambda within: shelves.files.drop("imp_1", within))
    assert (shelves.files.of("imp_1"), shelves.files.of("imp_10")) == (b"", b"another")


def test_records_come_back_batch_by_batch_whatever_their_file_calls_things(shelves: Shelves) -> None:
    many = [record(number) for number in range(1, BATCH + 3)]
    atomically(shelves, lambda within: shelves.records.keep("imp_1", many, within))
    assert list(shelves.records.batches("imp_1")) == [many[:BATCH], many[BATCH:]]
    assert shelves.records.batch("imp_1", 1)[0].reference == REFERENCE
    assert shelves.records.batch("imp_1", 1)[0].reference.remarks == REFERENCE.remarks  # type: ignore[union-attr]
    assert list(shelves.records.batches("imp_1", 1)) == [many[BATCH:]]
    assert shelves.records.batch("imp_1", 2) == []


def test_a_batch_is_written_in_the_place_of_the_one_that_stood(shelves: Shelves) -> None:
    many = [record(number) for number in range(1, BATCH + 3)]
    atomically(shelves, lambda within: shelves.records.keep("imp_1", many, within))
    changed = [record(BATCH + 1, choice="skip"), record(BATCH + 2)]
    atomically(shelves, lambda within: shelves.records.write("imp_1", 1, changed, within))
    assert list(shelves.records.batches("imp_1")) == [many[:BATCH], changed]
    atomically(shelves, lambda within: shelves.records.drop("imp_1", within))
    assert list(shelves.records.batches("imp_1")) == []


def test_what_a_transaction_wrote_that_fails_is_not_kept(shelves: Shelves) -> None:
    def fails(_: Any) -> None:
        raise HoldTaken(key="anything")

    with pytest.raises(HoldTaken):
        atomically(
            shelves,
            lambda within: shelves.records.keep("imp_1", [record(1)], within),
            lambda within: shelves.files.keep("imp_1", b"A", within),
            fails,
        )
    assert (shelves.records.batch("imp_1", 0), shelves.files.of("imp_1")) == ([], b"")
