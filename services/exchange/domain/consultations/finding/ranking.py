"""Which of the times is best: who can come, then how human the hour is at each end, then the earlier one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from services.exchange.domain.consultations.finding.bits import digits, each
from services.exchange.domain.consultations.finding.site_times import SiteTimes
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.consultations.participants import Participant

IN_PERSON, BY_DEPUTY = 2, 1
"""What somebody counts who comes, and who is stood in for."""
OUTSIDE_HOURS, ON_A_DAY_OFF, AT_NIGHT, PERHAPS_A_HOLIDAY = 1, 2, 3, 1
"""What a minute costs at an end, one on top of the other. A day off and the night cost only where they are waived."""
WORST_END = 3
"""So many times counts the end that has it worst, each other one once."""
_MINUTES = 15


@dataclass(frozen=True)
class Score:
    """`required`, `optional`: two for each who comes in person, one for each deputy. `unsocial`: see `costs`."""

    required: int
    optional: int
    unsocial: int

    @property
    def order(self) -> tuple[int, int, int]:
        """The least is the best."""
        return -self.required, -self.optional, self.unsocial


def scores(timetable: Timetable, wish: Wish, starts: int) -> dict[int, Score]:
    """The score of each of the starts."""
    required = _points(timetable, wish, [each for each in wish.participants if each.required])
    optional = _points(timetable, wish, [each for each in wish.participants if not each.required])
    unsocial = costs(timetable, wish)
    return {start: Score(required[start], optional[start], unsocial[start]) for start in each(starts)}


def costs(timetable: Timetable, wish: Wish) -> list[int]:
    """By start, the weighted unsocial minutes of all ends from which somebody comes, the worst `WORST_END` times.

    An end counts once, however many sit there. Who fills an open seat counts nothing.
    """
    count = timetable.starts.bit_length()
    total, worst = [0] * count, [0] * count
    for site, starts in present(timetable, wish).items():
        cost = _cost(timetable, site)
        there = [each if digit == "1" else 0 for each, digit in zip(cost, digits(starts, count), strict=True)]
        total = [before + here for before, here in zip(total, there, strict=True)]
        worst = list(map(max, worst, there))
    return [every + (WORST_END - 1) * most for every, most in zip(total, worst, strict=True)]


def present(timetable: Timetable, wish: Wish) -> dict[str, int]:
    """By site the starts at which somebody who comes is there."""
    found: dict[str, int] = {}
    for participant in wish.participants:
        left = timetable.starts
        for able in timetable.able(participant):
            comes = left & able.comes(wish.waives)
            left &= ~comes
            for site, quarters in able.at.items():
                found[site] = found.get(site, 0) | comes & quarters
    return found


def _points(timetable: Timetable, wish: Wish, participants: Iterable[Participant]) -> list[int]:
    count = timetable.starts.bit_length()
    points = [0] * count
    for participant in participants:
        able = [each.comes(wish.waives) for each in timetable.able(participant)]
        somebody = 0
        for comes in able:
            somebody |= comes
        for starts, worth in ((somebody, BY_DEPUTY), (able[0], IN_PERSON - BY_DEPUTY)):
            points = [
                before + worth if digit == "1" else before
                for before, digit in zip(points, digits(starts, count), strict=True)
            ]
    return points


def _cost(timetable: Timetable, site: str) -> list[int]:
    """By start what a session costs at the site."""
    quarters, length = timetable.grid.quarters, timetable.length
    sums = list(accumulate(_quarter_costs(timetable.sites[site], timetable.grid.all, quarters), initial=0))
    return [sums[start + length] - sums[start] for start in range(quarters - length + 1)]


def _quarter_costs(times: SiteTimes, everything: int, count: int) -> list[int]:
    weighed = (
        (everything & ~times.usual, OUTSIDE_HOURS),
        (times.holiday | times.weekend, ON_A_DAY_OFF),
        (times.night, AT_NIGHT),
        (times.provisional, PERHAPS_A_HOLIDAY),
    )
    cost = [0] * count
    for quarters, weight in weighed:
        for quarter, digit in enumerate(digits(quarters, count)):
            if digit == "1":
                cost[quarter] += weight * _MINUTES
    return cost
