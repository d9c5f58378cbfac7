"""Research's people and organisations for the public in memory: found anew from the outcomes' whole lives."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import attrgetter

from services.research.application.ports.harvesting import Stamped
from services.research.domain.harvesting.named import Named, told_in
from services.research.domain.harvesting.tokens import Mark
from services.research.domain.outcome import Outcome
from tests.fakes.documents import InMemoryDocuments


class FakePublicNames:
    """`PublicNames` in memory."""

    def __init__(self, outcomes: InMemoryDocuments[Outcome]) -> None:
        self._outcomes = outcomes

    def page(
        self,
        types: Sequence[str],
        *,
        since: datetime | None,
        before: datetime | None,
        after: Mark | None,
        limit: int,
    ) -> list[Stamped]:
        fits = [
            each
            for each in self._all().values()
            if each.what.type in types
            and (since is None or each.changed_at >= since)
            and (before is None or each.changed_at < before)
            and (after is None or each.mark > after)
        ]
        return sorted(fits, key=attrgetter("mark"))[:limit]

    def one(self, named_id: str) -> Stamped | None:
        return self._all().get(named_id)

    def earliest(self) -> datetime | None:
        return min((each.changed_at for each in self._all().values()), default=None)

    def _all(self) -> dict[str, Stamped]:
        """Every moment of every outcome again, one after the other: what is told changes with what it names."""
        told: dict[str, Stamped] = {}
        standing: dict[str, list[Named]] = {}
        for at, outcome in sorted(self._lives(), key=lambda life: life[0]):
            gone = [Named(each.id, each.type) for each in standing.get(outcome.id, [])]
            standing[outcome.id] = told_in(outcome)
            for each in {named.id: named for named in (*gone, *standing[outcome.id])}.values():
                now = _together(each, standing)
                if each.id not in told or told[each.id].what != now:
                    told[each.id] = Stamped(now, at)
        return told

    def _lives(self) -> Iterator[tuple[datetime, Outcome]]:
        for kept in self._outcomes.kept.values():
            yield from ((line.at, state) for line, state in zip(kept.history, kept.states, strict=True))


def _together(named: Named, standing: dict[str, list[Named]]) -> Named:
    everywhere = [each for named_there in standing.values() for each in named_there if each.id == named.id]
    names = {name for each in everywhere for name in each.names}
    return Named(named.id, named.type, everywhere[0].identifier if everywhere else "", tuple(sorted(names)))
