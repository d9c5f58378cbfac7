"""The measures on MongoDB: cells, summed up by one aggregation."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter
from pymongo.collection import Collection

from chassis.store import store_faults
from services.research.adapters.counting_anew import CountingAnew
from services.research.application.ports.measures import SITE, Scope, Tally
from services.research.domain.measuring import MEASURED
from services.research.domain.outcome import ADOPTED, REPORTED, STAGES
from services.research.domain.promises import Delivered

Document = dict[str, Any]
_DELIVERED = TypeAdapter(Delivered)

_SUMS = (
    "outcomes",
    "overdue",
    "questioned",
    "delivered_adopted",
    *(f"states.{each}" for each in MEASURED),
    *(f"{what}.{each}" for what in ("here", "reached", "passed_over") for each in STAGES),
)
_MAPS = ("types", "adopters", "users", "days")
"""What only few of many names are in: to sum up each name in every cell would take longer than to put them together."""
_SUMMED = {str(number): path for number, path in enumerate(_SUMS)}
"""A group's fields have no dots in their names."""


class MeasuresStore:
    """`Measures` on MongoDB. The server's own `$median` is an estimate: days are counted, and their middle found."""

    def __init__(self, cells: Collection[Document], outcomes: Collection[Document], counting: CountingAnew) -> None:
        self._cells, self._outcomes, self._counting = cells, outcomes, counting

    def tallies(self, scope: Scope) -> list[Tally]:
        with store_faults():
            found = list(self._cells.aggregate(pipeline(scope)))
        return [_tally(each) for each in (_apart(found) if SITE in scope.by else found) if each["0"]]

    def delivered(self, agreement: str) -> list[Delivered]:
        with store_faults():
            found = self._outcomes.aggregate(_delivered(agreement))
            return [_DELIVERED.validate_python({**each["_id"], "many": each["many"]}) for each in found]

    def is_complete(self) -> bool:
        return self._counting.is_complete()

    def count_anew(self) -> None:
        self._counting.begin()


def pipeline(scope: Scope) -> list[Document]:
    """The aggregation. By site, a group has all that took part: what they have in common is then read once."""
    named = {name: f"${'sites' if name == SITE else name}" for name in scope.by}
    sums = {number: {"$sum": f"${path}"} for number, path in _SUMMED.items()}
    maps = {name: {"$push": f"${name}"} for name in _MAPS}
    return [{"$match": _match(scope)}, {"$group": {"_id": named or None, **sums, **maps}}]


def _match(scope: Scope) -> Document:
    asked = {"agreement": scope.agreement, "field": scope.field, "sites": scope.site, "year": scope.year}
    fits: Document = {name: value for name, value in asked.items() if value is not None}
    if scope.seen is not None:
        sites, agreements = scope.seen
        fits["$or"] = [{"sites": {"$in": sorted(sites)}}, {"agreement": {"$in": sorted(agreements)}}]
    return fits


def _delivered(agreement: str) -> list[Document]:
    """Of outcomes kept before sites stood with their origin those of the outcome are the same."""
    sites = {"$cond": [{"$gt": [{"$size": {"$ifNull": ["$origin.sites", []]}}, 0]}, "$origin.sites", "$sites"]}
    alike = {
        "condition": "$condition",
        "year": "$origin.year",
        "field": "$field",
        "kind": "$origin.kind",
        "sites": sites,
        "reported": {"$let": {"vars": {"first": {"$arrayElemAt": ["$reached", 0]}}, "in": "$$first.at"}},
    }
    served = {"agreement": agreement, "state": {"$in": [REPORTED, ADOPTED]}}
    counts = {"questioned": "", "reached.0": {"$exists": True}}
    return [{"$match": served}, {"$match": counts}, {"$group": {"_id": alike, "many": {"$sum": 1}}}]


def _apart(found: Iterable[Document]) -> Iterable[Document]:
    """The groups of each site, of those of the sites that took part together."""
    groups: dict[tuple[Any, ...], Document] = {}
    for each in found:
        for site in each["_id"][SITE]:
            of = {**each["_id"], SITE: site}
            group = groups.setdefault(tuple(of.values()), {"_id": of, **dict.fromkeys(_SUMMED, 0)})
            group |= {number: group[number] + each[number] for number in _SUMMED}
            group |= {name: group.get(name, []) + each[name] for name in _MAPS}
    return groups.values()


def _tally(found: Document) -> Tally:
    types = {f"types.{each}": many for each, many in _together(found["types"]).items()}
    return Tally(
        of=found["_id"] or {},
        counts={path: found[number] for number, path in _SUMMED.items() if found[number]} | types,
        adopters=_together(found["adopters"]),
        users=_together(found["users"]),
        days={
            stage: {int(days): many for days, many in _together(each.get(stage, {}) for each in found["days"]).items()}
            for stage in STAGES[1:]
        },
    )


def _together(maps: Iterable[Mapping[str, int]]) -> dict[str, int]:
    whole: Counter[str] = Counter()
    for each in maps:
        for key, many in each.items():
            whole[key] += many
    return {key: many for key, many in whole.items() if many}
