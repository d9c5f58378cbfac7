"""The smallest changes to a wish that would give it a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from services.exchange.domain.consultations.finding.bits import each
from services.exchange.domain.consultations.finding.changes import MADE_URGENT, Change, cost
from services.exchange.domain.consultations.finding.needs import Need, Remedy
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Wish

MOST_RELAXATIONS = 3
MOST_STEPS = 20_000
"""So many sets of changes are looked at; where that is not enough, what was found until then is the answer."""

Unmet = tuple[tuple[Remedy, ...], ...]
"""Of each need that is not met its remedies: one of each is needed."""


def relaxations(timetable: Timetable, wish: Wish, needs: Sequence[Need], starts: int) -> list[Remedy]:
    """At most `MOST_RELAXATIONS` sets of changes, the smallest first, of equally many the cheapest.

    None contains another set that would be enough. `starts`: those at which only `needs` stand in the way.
    """
    return list(_Search(timetable, wish, needs).found(_different(timetable, needs, starts)))


def _different(timetable: Timetable, needs: Sequence[Need], starts: int) -> list[int]:
    """The first of each group of starts that nothing tells apart."""
    groups = [starts] if starts else []
    for parting in {apart & starts for need in needs for apart in need.tells_apart(timetable)}:
        groups = [part for group in groups for part in (group & parting, group & ~parting) if part]
    return [next(each(group)) for group in groups]


@dataclass(order=True)
class _Step:
    """Some changes for a start, in the order in which they are looked at: by the least that they can grow to.

    `unmet`: what they leave; `None` where that was not looked at yet.
    """

    size: int
    cost: int
    start: int
    changes: tuple[Change, ...] = ()
    unmet: Unmet | None = field(default=None, compare=False)


class _Search:
    """Best first (A*, Hart, Nilsson and Raphael 1968): what comes out is never larger or dearer than what follows.

    The estimate of what is still needed is never too large: needs without a change in common need one each. That a
    waiver is urgent is what nearly all have in common, and is counted by itself.
    """

    def __init__(self, timetable: Timetable, wish: Wish, needs: Sequence[Need]) -> None:
        self._timetable, self._wish = timetable, wish
        self._missing = [(need, need.unmet(timetable, wish)) for need in needs]
        self._by_itself = [need.only_by_itself(timetable, wish) for need in needs]
        self._tells_apart = {need: list(need.tells_apart(timetable)) for need in needs}
        self._known: dict[tuple[object, ...], tuple[Remedy, ...]] = {}
        self._costs: dict[Change, int] = {}
        self._open: list[_Step] = []
        self._seen: set[tuple[Unmet, Remedy]] = set()

    def found(self, starts: Sequence[int]) -> Iterator[Remedy]:
        """Sets of changes that are enough at one of the starts, in order."""
        self._open = [_Step(sum(alone >> start & 1 for alone in self._by_itself), 0, start) for start in starts]
        heapify(self._open)
        enough: list[Remedy] = []
        for _ in range(MOST_STEPS):
            if not self._open or len(enough) == MOST_RELAXATIONS:
                return
            step = heappop(self._open)
            changes = frozenset(step.changes)
            if any(other <= changes for other in enough):
                continue
            if step.unmet is None:
                self._push(step.start, changes, self._unmet(step.start))
            elif step.unmet:
                self._go_on(step.start, changes, step.unmet)
            else:
                enough.append(changes)
                yield changes

    def _unmet(self, start: int) -> Unmet:
        return tuple(self._remedies(need, start) for need, starts in self._missing if starts >> start & 1)

    def _remedies(self, need: Need, start: int) -> tuple[Remedy, ...]:
        """Looked up once for all starts that are alike to the need."""
        alike = (need, *(apart >> start & 1 for apart in self._tells_apart[need]))
        if alike not in self._known:
            self._known[alike] = tuple(need.remedies(self._timetable, self._wish, start))
        return self._known[alike]

    def _go_on(self, start: int, changes: Remedy, unmet: Unmet) -> None:
        """By each remedy of the need that has the fewest. Where one has none nothing helps."""
        for remedy in min(unmet, key=len):
            self._push(start, changes | remedy, unmet)

    def _push(self, start: int, changes: Remedy, unmet: Unmet) -> None:
        left = tuple(remedies for remedies in unmet if not any(remedy <= changes for remedy in remedies))
        # Many starts need the same.
        if (left, changes) in self._seen or not all(left):
            return
        self._seen.add((left, changes))
        urgent = any(all(MADE_URGENT in remedy for remedy in remedies) for remedies in left)
        known = changes | {MADE_URGENT} if urgent else changes
        apart = list(_without_common_changes(left, known | {MADE_URGENT}))
        size = len(known) + sum(min(map(len, needed)) for needed in apart)
        price = self._cost(known) + sum(min(map(self._cost, needed)) for needed in apart)
        heappush(self._open, _Step(size, price, start, tuple(sorted(changes)), left))

    def _cost(self, changes: Remedy) -> int:
        for change in changes - self._costs.keys():
            self._costs[change] = cost(change, self._wish)
        return sum(self._costs[change] for change in changes)


def _without_common_changes(unmet: Unmet, known: Remedy) -> Iterator[list[Remedy]]:
    """What needs still need beside `known`, of which no two could be helped by the same change."""
    touched: set[Change] = set()
    for remedies in unmet:
        left = [remedy - known for remedy in remedies]
        helping = frozenset[Change]().union(*left)
        if not helping & touched:
            touched |= helping
            yield left
