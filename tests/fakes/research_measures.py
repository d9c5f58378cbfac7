"""Research's measures and promises in memory: counted outcome by outcome whenever they are asked for."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from contracts.envelope import CloudEvent
from services.research.application.ports.measures import Scope, Tally
from services.research.domain.measuring import Share, is_delivered, share_of
from services.research.domain.outcome import Outcome
from services.research.domain.promises import Delivered, Promised
from tests.fakes.documents import InMemoryDocuments


class FakeMeasures:
    """`Measures` in memory."""

    def __init__(self, outcomes: InMemoryDocuments[Outcome]) -> None:
        self._outcomes = outcomes

    def tallies(self, scope: Scope) -> list[Tally]:
        groups: dict[tuple[str | int, ...], Counter[str]] = {}
        for share in filter(None, map(share_of, self._standing())):
            for group in _groups(share, scope):
                groups.setdefault(group, Counter()).update(share.figures)
        return [_tally(dict(zip(scope.by, group, strict=True)), counted) for group, counted in groups.items()]

    def delivered(self, agreement: str) -> list[Delivered]:
        """What was kept before anybody kept when it was reported is left out, as it is in the database."""
        alike = Counter(
            Delivered(each.condition, of.year, each.field, of.kind, of.sites or each.sites, each.reached[0].at)
            for each in self._standing()
            if each.agreement == agreement and is_delivered(each) and each.reached and (of := each.origin)
        )
        return [replace(each, many=many) for each, many in alike.items()]

    def is_complete(self) -> bool:
        return True

    def count_anew(self) -> None:
        """It always does."""

    def _standing(self) -> list[Outcome]:
        return [kept.state for kept in self._outcomes.kept.values()]


def _groups(share: Share, scope: Scope) -> Iterator[tuple[str | int, ...]]:
    cell = share.cell
    asked = ((scope.agreement, cell.agreement), (scope.field, cell.field), (scope.year, cell.year))
    if any(wanted not in (None, has) for wanted, has in asked) or scope.site not in (None, *cell.sites):
        return
    if scope.seen and not (scope.seen[0] & set(cell.sites) or cell.agreement in scope.seen[1]):
        return
    for site in cell.sites if "site" in scope.by else ("",):
        of: dict[str, str | int] = {"agreement": cell.agreement, "field": cell.field, "site": site, "year": cell.year}
        yield tuple(of[name] for name in scope.by)


def _tally(of: dict[str, str | int], counted: Counter[str]) -> Tally:
    days: dict[str, dict[int, int]] = {}
    sites: dict[str, dict[str, int]] = {"adopters": {}, "users": {}}
    counts: dict[str, int] = {}
    for path, many in counted.items():
        name, *rest = path.split(".")
        if name == "days":
            days.setdefault(rest[0], {})[int(rest[1])] = many
        elif name in sites:
            sites[name][rest[0]] = many
        else:
            counts[path] = many
    return Tally(of, counts, **sites, days=days)


class FakePromises:
    """`Promises` in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Promised]] = {}

    def keep(self, event: CloudEvent, promised: Promised) -> bool:
        if event.subject_id in self._kept and event.sequence <= self._kept[event.subject_id][0]:
            return False
        self._kept[event.subject_id] = event.sequence, promised
        return True

    def of(self, agreement: str) -> Promised | None:
        return self._kept[agreement][1] if agreement in self._kept else None

    def agreements_of(self, sites: Iterable[str]) -> frozenset[str]:
        wanted = set(sites)
        return frozenset(each for each, (_, promised) in self._kept.items() if wanted & promised.zones.keys())
