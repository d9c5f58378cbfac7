"""Bookings as they were last read, so that a feed reads what has changed since, and nothing else."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from chassis.recent import Recent
from services.exchange.application.ports.calendar_files import Revision
from services.exchange.application.ports.diary import Entry

State = TypeVar("State")


class FeedMemory(Generic[State]):
    """At most `most` of them, some kilobytes each; what was not asked for longest goes first. Safe among threads."""

    def __init__(self, read: Callable[[Iterable[str]], list[Entry[State]]], most: int = 5_000) -> None:
        self._read, self._kept = read, Recent[str, Entry[State]](most)

    def of(self, wanted: Sequence[Revision]) -> list[Entry[State]]:
        """These, in this version or a later one, in this order; those that are gone are left out."""
        known = self._known(wanted)
        unknown = [each.id for each in wanted if each.id not in known]
        both = known | (self._fresh(unknown) if unknown else {})
        return [both[each.id] for each in wanted if each.id in both]

    def _known(self, wanted: Sequence[Revision]) -> dict[str, Entry[State]]:
        kept = ((each, self._kept.get(each.id)) for each in wanted)
        return {each.id: entry for each, entry in kept if entry and entry.stamp.version >= each.version}

    def _fresh(self, ids: Sequence[str]) -> dict[str, Entry[State]]:
        read = {entry.state.id: entry for entry in self._read(ids)}  # type: ignore[attr-defined]
        for each, entry in read.items():
            self._kept.put(each, entry)
        return read
