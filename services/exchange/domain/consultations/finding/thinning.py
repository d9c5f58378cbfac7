"""Neighbouring times are much alike: an answer offers different ones."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.exchange.domain.consultations.finding.bits import Grid
from services.exchange.domain.consultations.finding.ranking import Score

NOON = 12


def varied(scores: Mapping[int, Score], grid: Grid, zone: str, length: int, most: int) -> list[int]:
    """At most so many of the starts, the best first.

    First the best of each half-day, until noon and from noon on by the clock of the zone. Where these are fewer than
    asked for, the best of the others that overlap none of those taken.
    """
    ranked = sorted(scores, key=lambda start: (scores[start].order, start))
    ofhalf_days: dict[tuple[date, bool], int] = {}
    for start in ranked:
        ofhalf_days.setdefault(half_day(grid.at(start), zone), start)
    taken = list(ofhalf_days.values())[:most]
    for start in ranked:
        if len(taken) >= most:
            break
        if all(abs(start - other) >= length for other in taken):
            taken.append(start)
    return sorted(taken, key=lambda start: (scores[start].order, start))


def half_day(begins: datetime, zone: str) -> tuple[date, bool]:
    """The day in the zone, and whether it is noon or later."""
    local = begins.astimezone(ZoneInfo(zone))
    return local.date(), local.hour >= NOON
