"""Bookings as they were last read, so that a feed reads what has changed since, and nothing else."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from services.exchange.application.ports.calendar_files import Revision
from services.exchange.application.ports.diary import Entry

State = TypeVar("State")


class FeedMemory(Generic[State]):
    """At most `most` of them, some kilobytes each; what was not asked for longest goes first. Safe among threads."""

    def __init__(self, read: Callable[[Iterable[str]], list[Entry[State]]], most: int = 5_000) -> None:
        self._read, self._most = read, most
        self._kept, self._lock = OrderedDict[str, Entry[State]](), Lock()

    def of(self, wanted: Sequence[Revision]) -> list[Entry[State]]:
        """These, in this version or a later one, in this order; those that are gone are left out."""
        known = self._known(wanted)
        unknown = [each.id for each in wanted if each.id not in known]
        both = known | (self._fresh(unknown) if unknown else {})
        return [both[each.id] for each in wanted if each.id in both]

    def _known(self, wanted: Sequence[Revision]) -> dict[str, Entry[State]]:
        with self._lock:
            kept = ((each, self._kept.get(each.id)) for each in wanted)
            known = {each.id: entry for each, entry in kept if entry and entry.stamp.version >= each.version}
            for each in known:
                self._kept.move_to_end(each)
        return known

    def _fresh(self, ids: Sequence[str]) -> dict[str, Entry[State]]:
        read = {entry.state.id: entry for entry in self._read(ids)}  # type: ignore[attr-defined]
        with self._lock:
            self._kept.update(read)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return read
