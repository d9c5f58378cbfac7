"""Where somebody is, and what keeps them from taking part, quarter by quarter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.finding.bits import Grid, meeting
from services.exchange.domain.consultations.finding.plan import Away, Plan
from services.exchange.domain.consultations.finding.rules import BUSY, HOLIDAY, NIGHT, WEEKEND, Cause, is_waived
from services.exchange.domain.consultations.finding.site_times import SiteTimes


@dataclass(frozen=True)
class PersonTimes:
    """`at`: the quarters that they spend at each site. `hindered`: by cause, starts at which it keeps them away."""

    person: str
    site: str
    at: Mapping[str, int]
    hindered: Mapping[Cause, int]

    def comes(self, waived: frozenset[Cause]) -> int:
        """The starts at which nothing keeps them away but what is waived; also such as lie outside the grid."""
        hindered = 0
        for cause, starts in self.hindered.items():
            if not is_waived(cause, waived):
                hindered |= starts
        return ~hindered

    def causes(self, start: int) -> frozenset[Cause]:
        """What keeps them away then."""
        return frozenset(cause for cause, starts in self.hindered.items() if starts >> start & 1)

    def site_at(self, start: int) -> str:
        """Where they are when it begins."""
        return next(site for site, quarters in self.at.items() if quarters >> start & 1)


def person_times(
    person: str, site: str, busy: int, plan: Plan, grid: Grid, sites: Mapping[str, SiteTimes]
) -> PersonTimes:
    """Of somebody who takes part for the site; on a staff visit they keep the days and hours of their host."""
    at = _whereabouts(site, plan.away.get(person, ()), plan, grid)
    length = plan.wish.quarters
    found = {Cause(BUSY): busy, **dict(_at_sites(at, sites))}
    return PersonTimes(person, site, at, {cause: meeting(each, length) for cause, each in found.items() if each})


def days_away(away: Away, plan: Plan) -> tuple[datetime, datetime]:
    """From when until when they are at the host."""
    zone = zone_named(plan.sites[away.host].zone)
    last = away.last + timedelta(days=1)
    return datetime.combine(away.first, time(), zone), datetime.combine(last, time(), zone)


def _whereabouts(home: str, visits: tuple[Away, ...], plan: Plan, grid: Grid) -> dict[str, int]:
    at: dict[str, int] = {}
    elsewhere = 0
    for away in visits:
        there = grid.within(*days_away(away, plan)) & ~elsewhere
        elsewhere |= there
        at[away.host] = at.get(away.host, 0) | there
    at[home] = at.get(home, 0) | grid.all & ~elsewhere
    return {site: quarters for site, quarters in at.items() if quarters}


def _at_sites(at: Mapping[str, int], sites: Mapping[str, SiteTimes]) -> Iterator[tuple[Cause, int]]:
    for site, quarters in at.items():
        times = sites[site]
        yield Cause(NIGHT, site), quarters & times.night
        yield Cause(HOLIDAY, site), quarters & times.holiday
        yield Cause(WEEKEND, site), quarters & times.weekend
