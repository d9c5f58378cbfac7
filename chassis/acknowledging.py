"""The acknowledgements of one channel, gathered for a few milliseconds.

Told one by one, they cost a quorum queue about as much as handing the messages out. One that is lost with the process
or the connection makes its message come again, as it would have a moment earlier.
"""

from collections.abc import Callable

from eventlet import spawn_after

_SECONDS = 0.005


class Acknowledging:
    """`send(tag, multiple)` tells the broker. Tags are delivery tags: they rise as messages come."""

    def __init__(self, send: Callable[[int, bool], object]) -> None:
        self._send = send
        self._unanswered: dict[int, None] = {}
        self._done: set[int] = set()
        self._passed_over: set[int] = set()
        self._scheduled = False

    def came(self, tag: int) -> None:
        """Notes a message that has no answer yet."""
        self._unanswered[tag] = None

    def answered(self, tag: int) -> None:
        """Notes that the broker has its answer by another way."""
        self._unanswered.pop(tag, None)

    def done(self, tag: int) -> None:
        """Has the message acknowledged within the next milliseconds."""
        self._done.add(tag)
        self._schedule()

    def flush(self, *, all_of_them: bool = False) -> None:
        """Acknowledges in one go all before the first that is not done, and one by one who was passed over before."""
        if last := self._last_before_a_gap():
            self._tell({tag for tag in self._done if tag <= last}, last, multiple=True)
        for tag in sorted(self._done if all_of_them else self._done & self._passed_over):
            self._tell({tag}, tag, multiple=False)
        self._passed_over = set(self._done)

    def _last_before_a_gap(self) -> int:
        last = 0
        for tag in self._unanswered:
            if tag not in self._done:
                break
            last = tag
        return last

    def _tell(self, tags: set[int], tag: int, *, multiple: bool) -> None:
        self._done -= tags
        for each in tags:
            self._unanswered.pop(each, None)
        self._send(tag, multiple)

    def _schedule(self) -> None:
        if not self._scheduled:
            self._scheduled = True
            spawn_after(_SECONDS, self._flush_again_while_some_are_left)

    def _flush_again_while_some_are_left(self) -> None:
        self._scheduled = False
        self.flush()
        if self._done:
            self._schedule()
