"""A plan as sets of quarters: computed once, asked often."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from services.exchange.domain.consultations.finding.bits import Grid, meeting, ones
from services.exchange.domain.consultations.finding.covered import covered
from services.exchange.domain.consultations.finding.person_times import PersonTimes, person_times
from services.exchange.domain.consultations.finding.plan import Plan
from services.exchange.domain.consultations.finding.rules import LEAD_TIME
from services.exchange.domain.consultations.finding.site_times import SiteTimes, site_times
from services.exchange.domain.consultations.participants import Participant
from services.exchange.domain.consultations.quarters import QUARTER, parts_of_key


class Timetable:
    """What does not depend on who is required and on what is waived, so that it serves for every relaxation.

    A *start* is the number of the quarter with which a session begins; a set of starts is a whole number, too.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.length = plan.wish.quarters
        self.grid = Grid(plan.begins, (plan.ends - plan.begins) // QUARTER)
        self.starts = ones(self.grid.quarters - self.length + 1)
        self.sites: dict[str, SiteTimes] = {
            site: site_times(plan.sites[site], calendar, self.grid) for site, calendar in plan.calendars.items()
        }
        self._busy = _taken_quarters(plan.taken, self.grid)
        self._people: dict[tuple[str, str], PersonTimes] = {}

    def person(self, person: str, site: str) -> PersonTimes:
        """Of somebody who takes part for the site."""
        if (person, site) not in self._people:
            busy = self.taken("person", person)
            self._people[person, site] = person_times(person, site, busy, self.plan, self.grid, self.sites)
        return self._people[person, site]

    def able(self, participant: Participant) -> list[PersonTimes]:
        """Who may come: the participant, then those who stand in, in their order of preference."""
        people = (participant.person, *participant.deputies)
        return [self.person(person, participant.site) for person in people]

    def taken(self, kind: str, thing: str) -> int:
        """The quarters in which another consultation has the person or the room."""
        return self._busy[kind, thing]

    def room_taken(self, room: str) -> int:
        """The starts at which another consultation has the room."""
        return meeting(self.taken("room", room), self.length)

    def places(self, site: str, room: str) -> int:
        """How many people the room has places for. Raises `NoSuchRoom`."""
        return self.plan.sites[site].room(room).places

    def people_of(self, site: str) -> int:
        """How many take part for the site, required or not."""
        return sum(each.site == site for each in self.plan.wish.participants)

    @cached_property
    def past(self) -> int:
        """The starts that do not lie ahead."""
        return self.starts & ones(self.grid.quarter(self.plan.now) + 1)

    @cached_property
    def too_soon(self) -> int:
        """The starts of which a routine consultation gives too short notice."""
        return self.starts & ones(-((self.grid.begins - self.plan.now - LEAD_TIME) // QUARTER))

    @cached_property
    def uncovered(self) -> int:
        """The starts on days that the agreement does not cover."""
        return self.starts & ~covered(self.plan, self.grid)


def _taken_quarters(keys: Iterable[str], grid: Grid) -> defaultdict[tuple[str, str], int]:
    """By kind and thing the quarters that are taken."""
    taken: dict[tuple[str, str], set[int]] = defaultdict(set)
    for key in keys:
        kind, thing, quarter = parts_of_key(key)
        taken[kind, thing].add(grid.quarter(quarter))
    quarters: defaultdict[tuple[str, str], int] = defaultdict(int)
    for what, numbers in taken.items():
        quarters[what] = sum(1 << number for number in numbers if 0 <= number < grid.quarters)
    return quarters
