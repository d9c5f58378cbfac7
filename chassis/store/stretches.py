"""How far back a list looks at a time: stretches that grow, from where a page begins until everything is seen.

What a query reads is then bounded by a range, and not only by how many are wanted: there are servers that read all that
lies in the range before they count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

Filter = dict[str, Any]

_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, TIMES = timedelta(hours=6), 8
"""How long the first stretch is, in which a busy list may fill a page; and how many times as long each next one."""
LONGEST = timedelta(days=365) // _MILLISECOND
"""Where the next would be longer all the rest comes at once: a list with so little in so long a time is short."""
_END = 1 << 48
"""Behind every moment that an id can tell, see `kernel.ids.uuid7`."""
_PART = 16


@dataclass(frozen=True)
class Behind:
    """All that lies behind the place where a page begins, as ranges: `whole`, and in `stretches`, the last first."""

    whole: Sequence[Filter]
    stretches: Sequence[Filter]


def behind_id(prefix: str, after: str | None, now: datetime) -> Behind:
    """The ids with this prefix, from behind `after` on; all of them where that is `None`.

    Any ids may be among them: one that tells no moment, or another than its own, costs time and is never left out.
    """
    # "`" is the character behind "_".
    first, last = f"{prefix}_", f"{prefix}`" if after is None else after
    edges = _edges(_END if after is None else _moment_of(after), _milliseconds(now))
    begins = [begin for edge in edges if edge and (begin := f"{prefix}_{edge:012x}") < last]
    ranges = [{"_id": {"$gte": since, "$lt": until}} for until, since in pairwise([last, *begins, first])]
    return Behind([{"_id": {"$gte": first, "$lt": last}}], ranges)


def behind_moment(field: str, place: tuple[datetime, str] | None, now: datetime, first: timedelta = FIRST) -> Behind:
    """The moments in `field`, from behind `place` on: moment and id of a document; all where that is `None`.

    `first`: how long the first stretch is; longer for lists that fill more slowly, as one person's do.
    Of those at the same moment the ones with a lesser id lie behind it.
    """
    before = {} if place is None else {"$lt": place[0]}
    same: list[Filter] = [] if place is None else [{field: place[0], "_id": {"$lt": place[1]}}]
    edges = _edges(_milliseconds(now if place is None else place[0]), _milliseconds(now), first)
    begins = [_EPOCH + edge * _MILLISECOND for edge in edges]
    ends = [before, *({"$lt": begin} for begin in begins)]
    ranges = [{field: {"$gte": since} | until} for until, since in zip(ends, begins, strict=False)]
    return Behind([*same, {field: before} if before else {}], [*same, *ranges])


def _edges(start: int, now: int, first: timedelta = FIRST) -> Iterator[int]:
    """Where the stretches begin, in milliseconds since the epoch, ever earlier and at last 0."""
    if start > now:
        # Derived ids were made by no clock: they lie anywhere, and that is nearly always behind the present.
        yield start - (start - now) // _PART
        yield now
    edge, step = min(start, now), first // _MILLISECOND
    while step <= LONGEST and edge > step:
        edge, step = edge - step, step * TIMES
        yield edge
    yield 0


def _moment_of(document_id: str) -> int:
    """What a time-ordered id tells; for any other id something, or 0."""
    try:
        return int(document_id.partition("_")[2][:12], 16)
    except ValueError:
        return 0


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND
