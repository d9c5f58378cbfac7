"""What an agreement promises of outcomes against what was delivered, counted as the agreement's balance counts it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.zones import zone_named
from services.research.domain.outcome import VISIT

JOINT_OUTCOME = "joint-outcome"


@dataclass(frozen=True)
class Promise:
    """One cooperation condition. `outcomes`: how many it promises, by year.

    `since`: when the first text that has it came into force; `until`: when one without it did.
    """

    condition: str
    kind: str
    field: str
    sending_site: str
    host_site: str
    outcomes: Mapping[int, int]
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Promised:
    """All that one agreement promises. `zones`: the IANA zone of each partner."""

    zones: Mapping[str, str]
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Delivered:
    """So `many` delivered outcomes of one condition and year, that came of something of one kind between `sites`, a
    visit's sending one first, and were `reported` at the same moment.
    """

    condition: str
    year: int
    field: str
    kind: str
    sites: tuple[str, ...]
    reported: datetime
    many: int = 1


@dataclass(frozen=True)
class Balance:
    """One condition in one year."""

    promise: Promise
    year: int
    promised: int
    delivered: int


def balances(promised: Promised, delivered: Iterable[Delivered]) -> Iterator[Balance]:
    """Each condition in each of its years.

    An outcome counts toward the condition of what it came of, in that year, and toward every joint outcome that it
    is, in the year of its report.
    """
    outcomes = list(delivered)
    for promise in promised.promises:
        for year, many in sorted(promise.outcomes.items()):
            counted = sum(each.many for each in outcomes if _counts(promise, year, each, promised.zones))
            yield Balance(promise, year, many, counted)


def _counts(promise: Promise, year: int, outcome: Delivered, zones: Mapping[str, str]) -> bool:
    if promise.condition == outcome.condition:
        return year == outcome.year
    return _is_joint(promise, outcome) and year == _year_of_report(outcome, zones)


def _is_joint(promise: Promise, outcome: Delivered) -> bool:
    """Of the same field and way, by the text in force at the report; who meets sends nobody, and is of both ways."""
    ends = (promise.sending_site, promise.host_site)
    between = ends == outcome.sites[:2] if outcome.kind == VISIT else set(ends) <= set(outcome.sites)
    same = promise.kind == JOINT_OUTCOME and promise.field.casefold() == outcome.field.casefold()
    in_force = promise.since <= outcome.reported and (promise.until is None or outcome.reported < promise.until)
    return same and between and in_force


def _year_of_report(outcome: Delivered, zones: Mapping[str, str]) -> int:
    """At the partner where it ends last."""
    return min(outcome.reported.astimezone(zone_named(zone)).year for zone in zones.values())
