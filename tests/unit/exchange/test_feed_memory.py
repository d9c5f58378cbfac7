"""A feed reads what has changed, and nothing else."""

from collections.abc import Iterable
from datetime import UTC, datetime

from services.exchange.application.feed_memory import FeedMemory
from services.exchange.application.ports.calendar_files import Revision
from services.exchange.application.ports.diary import Entry
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.diary.meetings import Stamp
from tests.unit.exchange.given_consultation import consultation

AT = datetime(2026, 3, 2, tzinfo=UTC)


class Shelf:
    """Consultations in some version, and which were read."""

    def __init__(self, **versions: int) -> None:
        self.versions = versions
        self.asked: list[list[str]] = []

    def read(self, ids: Iterable[str]) -> list[Entry[Consultation]]:
        self.asked.append(list(ids))
        found = [each for each in self.asked[-1] if each in self.versions]
        return [Entry(Stamp(self.versions[each], AT, AT), consultation(id=each)) for each in found]

    def wanted(self) -> list[Revision]:
        return [Revision(each, version) for each, version in self.versions.items()]


def test_what_has_not_changed_is_not_read_again() -> None:
    shelf = Shelf(a=1, b=1)
    memory = FeedMemory(shelf.read)
    assert [each.state.id for each in memory.of(shelf.wanted())] == ["a", "b"]
    memory.of(shelf.wanted())
    shelf.versions["b"] = 2
    assert [each.stamp.version for each in memory.of(shelf.wanted())] == [1, 2]
    assert shelf.asked == [["a", "b"], ["b"]]


def test_what_is_gone_is_left_out() -> None:
    memory = FeedMemory(Shelf(a=1).read)
    assert [each.state.id for each in memory.of([Revision("a", 1), Revision("gone", 1)])] == ["a"]


def test_it_remembers_so_many_and_forgets_what_was_not_asked_for_longest() -> None:
    shelf = Shelf(a=1, b=1, c=1)
    memory = FeedMemory(shelf.read, most=2)
    for wanted in ("a", "b", "a", "c", "a", "b"):
        memory.of([Revision(wanted, 1)])
    assert shelf.asked == [["a"], ["b"], ["c"], ["b"]]
