"""The ports of imports, in memory."""

from collections.abc import Sequence

from chassis.kernel.documents import Loaded, Transaction
from services.exchange.domain.importing import Import, holds
from services.exchange.domain.importing_rows import Row
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory


class FakeImports(InMemoryDocuments[Import]):
    """`Imports` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "import", lambda imported: imported.state, holds)

    def all(self) -> list[Loaded[Import]]:
        return [self.load(import_id) for import_id in sorted(self.kept, reverse=True)[:100]]


class FakeImportRows:
    """`ImportRows` in memory."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def keep(self, import_id: str, rows: Sequence[Row], within: Transaction) -> None:  # noqa: ARG002
        self.memory.shelf("import rows")[import_id] = tuple(rows)

    def of(self, import_id: str) -> list[Row]:
        return list(self.memory.shelf("import rows").get(import_id, ()))

    def drop(self, import_id: str, within: Transaction) -> None:  # noqa: ARG002
        self.memory.shelf("import rows").pop(import_id, None)
