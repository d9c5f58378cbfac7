"""Research's ports for what took place and who answers for whom, in memory."""

from collections.abc import Iterable
from dataclasses import replace

from chassis.kernel.documents import Loaded, Transaction
from chassis.kernel.errors import WriteConflict
from contracts.envelope import CloudEvent
from services.research.domain.delegation import Delegation
from services.research.domain.occurrence import Named, Occurrence
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory


class FakeOccurrences:
    """`Occurrences` in memory."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    @property
    def kept(self) -> dict[Named, tuple[str, Occurrence]]:
        """By what names them; each with its event's sequence."""
        return self._memory.shelf("occurrence")  # type: ignore[return-value] # by no id

    def keep(self, event: CloudEvent, occurrence: Occurrence) -> None:
        sequence, stands = self.kept.get(occurrence.named, ("", occurrence))
        if event.sequence > sequence:
            self.kept[occurrence.named] = event.sequence, replace(occurrence, mistake=stands.mistake)

    def mark(self, origin: str, *, reason: str) -> None:
        for named, (sequence, occurrence) in list(self.kept.items()):
            if named.id == origin:
                self.kept[named] = sequence, replace(occurrence, mistake=reason)

    def of(self, named: Iterable[Named]) -> dict[Named, Occurrence]:
        return {each: self.kept[each][1] for each in named if each in self.kept}

    def rely_on(self, named: Iterable[Named], within: Transaction) -> None:  # noqa: ARG002 (who has it holds the lock)
        for each in named:
            if each not in self.kept or self.kept[each][1].mistake is not None:
                raise WriteConflict(id=each.id)


class FakeDelegations(InMemoryDocuments[Delegation]):
    """`Delegations` in memory."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, "delegation", lambda delegation: delegation.state)

    def with_person(self, person: str, *, limit: int) -> list[Loaded[Delegation]]:
        of_theirs = (self.load(each) for each in self.kept)
        found = [each for each in of_theirs if person in (each.state.person, each.state.delegate)]
        return sorted(found, key=lambda each: (each.state.until, each.id), reverse=True)[:limit]
