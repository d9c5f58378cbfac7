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
    patterns = _patterns(timetable, wish, needs, starts)
    search = _Search(wish, list(patterns))
    return list(search.found())


def _patterns(timetable: Timetable, wish: Wish, needs: Sequence[Need], starts: int) -> dict[Unmet, int]:
    """What different starts need, and the first start of each: many are alike."""
    groups = [starts] if starts else []
    for parting in {apart & starts for need in needs for apart in need.tells_apart(timetable)}:
        groups = [part for group in groups for part in (group & parting, group & ~parting) if part]
    found: dict[Unmet, int] = {}
    missing = [(need, need.unmet(timetable, wish)) for need in needs]
    for start in sorted(next(each(group)) for group in groups):
        unmet = (need for need, unmet_at in missing if unmet_at >> start & 1)
        remedies = tuple(tuple(need.remedies(timetable, wish, start)) for need in unmet)
        # Where one has none, nothing helps: a chair without a deputy who is busy.
        if all(remedies):
            found.setdefault(remedies, start)
    return found


@dataclass(order=True)
class _Step:
    """Some changes, in the order in which they are looked at: by the least that they can grow to."""

    size: int
    cost: int
    pattern: int
    changes: tuple[Change, ...]
    unmet: Unmet = field(compare=False)


class _Search:
    """Best first (A*, Hart, Nilsson and Raphael 1968): what comes out is never larger or dearer than what follows.

    The estimate of what is still needed is never too large: needs without a change in common need one each. That a
    waiver is urgent is what nearly all have in common, and is counted by itself.
    """

    def __init__(self, wish: Wish, patterns: Sequence[Unmet]) -> None:
        self._wish = wish
        self._costs: dict[Change, int] = {}
        self._open = [self._step(number, frozenset(), unmet) for number, unmet in enumerate(patterns)]
        heapify(self._open)
        self._seen: set[tuple[int, Remedy]] = set()

    def found(self) -> Iterator[Remedy]:
        """Sets of changes that are enough, in order."""
        enough: list[Remedy] = []
        for _ in range(MOST_STEPS):
            if not self._open or len(enough) == MOST_RELAXATIONS:
                return
            step = heappop(self._open)
            changes = frozenset(step.changes)
            if any(other <= changes for other in enough):
                continue
            if step.unmet:
                self._go_on(step, changes)
            else:
                enough.append(changes)
                yield changes

    def _go_on(self, step: _Step, changes: Remedy) -> None:
        """By each remedy of the need that has the fewest."""
        for remedy in min(step.unmet, key=len):
            more = changes | remedy
            if (step.pattern, more) not in self._seen:
                self._seen.add((step.pattern, more))
                heappush(self._open, self._step(step.pattern, more, step.unmet))

    def _step(self, pattern: int, changes: Remedy, unmet: Unmet) -> _Step:
        left = tuple(remedies for remedies in unmet if not any(remedy <= changes for remedy in remedies))
        urgent = any(all(MADE_URGENT in remedy for remedy in remedies) for remedies in left)
        known = changes | {MADE_URGENT} if urgent else changes
        apart = list(_without_common_changes(left, known | {MADE_URGENT}))
        size = len(known) + sum(min(map(len, needed)) for needed in apart)
        price = self._cost(known) + sum(min(map(self._cost, needed)) for needed in apart)
        return _Step(size, price, pattern, tuple(sorted(changes)), left)

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
