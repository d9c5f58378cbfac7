"""The ports of research's imports, in memory."""

from collections.abc import Iterator, Sequence

from chassis.kernel.actor import ADMINISTRATOR, Actor
from chassis.kernel.documents import Loaded, Transaction
from services.research.domain.importing.importing import BATCH, BEING_APPLIED, Import, holds
from services.research.domain.importing.records import Record
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory


class FakeImports(InMemoryDocuments[Import]):
    """`Imports` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "import", lambda imported: imported.state, holds)

    def seen_by(self, actor: Actor) -> list[Loaded[Import]]:
        newest_first = [self.load(import_id) for import_id in sorted(self.kept, reverse=True)]
        theirs = (actor.has(ADMINISTRATOR) or actor.person == each.state.importer.person for each in newest_first)
        return [each for each, is_seen in zip(newest_first, theirs, strict=True) if is_seen][:100]

    def being_applied(self) -> list[Import]:
        return [self.load(each).state for each, kept in self.kept.items() if kept.holds & set(BEING_APPLIED)]


class FakeImportFiles:
    """`ImportFiles` in memory."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def keep(self, import_id: str, content: bytes, within: Transaction) -> None:  # noqa: ARG002
        self.memory.shelf("import files")[import_id] = content

    def of(self, import_id: str) -> bytes:
        content: bytes = self.memory.shelf("import files").get(import_id, b"")
        return content

    def drop(self, import_id: str, within: Transaction) -> None:  # noqa: ARG002
        self.memory.shelf("import files").pop(import_id, None)


class FakeImportRecords:
    """`ImportRecords` in memory."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def keep(self, import_id: str, records: Sequence[Record], within: Transaction) -> None:
        for number, at in enumerate(range(0, len(records), BATCH)):
            self.write(import_id, number, records[at : at + BATCH], within)

    def batch(self, import_id: str, number: int) -> list[Record]:
        return list(self.memory.shelf("import records").get(f"{import_id}:{number}", ()))

    def batches(self, import_id: str, first: int = 0) -> Iterator[list[Record]]:
        while batch := self.batch(import_id, first):
            yield batch
            first += 1

    def write(self, import_id: str, number: int, records: Sequence[Record], within: Transaction) -> None:  # noqa: ARG002
        self.memory.shelf("import records")[f"{import_id}:{number}"] = tuple(records)

    def drop(self, import_id: str, within: Transaction) -> None:  # noqa: ARG002
        shelf = self.memory.shelf("import records")
        for key in [key for key in shelf if key.startswith(f"{import_id}:")]:
            del shelf[key]
