"""Neighbouring times are much alike: an answer offers different ones."""

from collections.abc import Mapping
from datetime import date, datetime

from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.finding.bits import Grid
from services.exchange.domain.consultations.finding.ranking import Score

NOON = 12


def varied(scores: Mapping[int, Score], grid: Grid, zone: str, length: int, most: int) -> list[int]:
    """At most so many of the starts, of which no two sessions overlap, the best first.

    First the best of each half-day, until noon and from noon on by the clock of the zone; where these are fewer than
    asked for, the best of the others.
    """
    ranked = sorted(scores, key=lambda start: (scores[start].order, start))
    half_days = {start: half_day(grid.at(start), zone) for start in ranked}
    taken: list[int] = []
    for one_of_each in (True, False):
        had = {half_days[start] for start in taken}
        for start in ranked:
            is_new = half_days[start] not in had or not one_of_each
            if is_new and len(taken) < most and all(abs(start - other) >= length for other in taken):
                taken.append(start)
                had.add(half_days[start])
    return sorted(taken, key=lambda start: (scores[start].order, start))


def half_day(begins: datetime, zone: str) -> tuple[date, bool]:
    """The day in the zone, and whether it is noon or later."""
    local = begins.astimezone(zone_named(zone))
    return local.date(), local.hour >= NOON
