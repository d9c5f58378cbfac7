"""A visit's track: its steps as they stand, and how they follow the visit when it moves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chassis.kernel.decision import Due
from services.exchange.domain.site import Site
from services.exchange.domain.tracks.definitions import DEFINITIONS, Definition
from services.exchange.domain.tracks.refusals import NoSuchStep
from services.exchange.domain.visit import ARRIVED, HOLDING, OPEN, Visit

STEP_OPEN, DONE, WAIVED = "open", "done", "waived"
FOLLOWED = OPEN | HOLDING
"""States of a visit whose steps are still waited for."""
OVERDUE = "step-overdue"


@dataclass(frozen=True)
class Step:
    """One thing to do, for one visitor (`person`) or for all. Days are calendar days at the host.

    `margin` is the definition's. `expected`: when it will be done, where it slipped. `told`: the deadlines that passed
    and of which others were told. `why`: the reason for the waiver or the slip, or a note.
    """

    id: str
    name: str
    owner: str
    deadline: date
    margin: int | None
    person: str | None = None
    state: str = STEP_OPEN
    expected: date | None = None
    done_on: date | None = None
    variant: str | None = None
    why: str = ""
    told: tuple[date, ...] = ()

    @property
    def earliest_arrival(self) -> date | None:
        """The first day on which the visit can begin, as far as this step goes; `None` where it hinders nothing."""
        if self.state != STEP_OPEN or self.expected is None or self.margin is None:
            return None
        return self.expected + timedelta(days=self.margin)


@dataclass(frozen=True)
class ProposedDates:
    """When the visit can take place instead, where steps slipped past its arrival: looked for and told.

    `earliest`: the first arrival that the slipped steps allow, `because` of those. `arrival` and `departure`: the first
    days from then on, as long as planned, that every rule allows; `None` where there are none.
    """

    earliest: date
    because: tuple[str, ...]
    arrival: date | None
    departure: date | None


@dataclass(frozen=True)
class Track:
    """`visit_version` is the version of the visit that the track has followed; `zone` is the host's.

    `proposed`: what was last told of other days; `None` where the slipped steps let the visit begin as planned.
    """

    id: str
    visit: str
    visit_version: int
    visit_state: str
    sending_site: str
    host_site: str
    zone: str
    leader: str
    arrival: date
    departure: date
    steps: tuple[Step, ...] = ()
    proposed: ProposedDates | None = None

    @property
    def is_followed(self) -> bool:
        """Whether anything is still waited for."""
        return self.visit_state in FOLLOWED

    def step(self, step_id: str) -> Step:
        """Raises `NoSuchStep`."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise NoSuchStep(track=self.id, step=step_id, steps=[step.id for step in self.steps])

    def with_step(self, changed: Step) -> "Track":
        """The same track with this step in the place of the one with its id."""
        return replace(self, steps=tuple(changed if step.id == changed.id else step for step in self.steps))

    @property
    def awaited(self) -> tuple[Step, ...]:
        """Open steps, while anything is waited for at all."""
        return tuple(step for step in self.steps if step.state == STEP_OPEN) if self.is_followed else ()

    @property
    def pressing(self) -> tuple[Step, ...]:
        """Open steps of a visit that holds: nobody is late with anything for a mere proposal."""
        return self.awaited if self.visit_state in HOLDING else ()

    def overdue(self, now: datetime) -> tuple[Step, ...]:
        """Pressing steps whose deadline has passed."""
        return tuple(step for step in self.pressing if self.passes(step.deadline) <= now)

    def passes(self, deadline: date) -> datetime:
        """The moment at which a deadline is over: the end of its day at the host."""
        return datetime.combine(deadline + timedelta(days=1), time(), ZoneInfo(self.zone)).astimezone(UTC)


def track_id(visit_id: str) -> str:
    """The one track of a visit."""
    return f"trk_{visit_id.partition('_')[2]}"


def following(track: Track | None, visit: Visit, version: int, sending: Site, host: Site) -> Track:
    """The track as the visit, in this version, asks for it: opened, or brought up to date. What was done stays done.

    Deadlines count from the planned arrival; those after it from the real one, once it is known.
    """
    standing = {step.id: step for step in track.steps} if track else {}
    wanted = [each for each in DEFINITIONS if each.fits(sending.country, host.country, visit.kind)]
    return Track(
        id=track_id(visit.id),
        visit=visit.id,
        visit_version=version,
        visit_state=visit.state,
        sending_site=visit.sending_site,
        host_site=visit.host_site,
        zone=host.zone,
        leader=visit.leader,
        arrival=visit.planned_arrival,
        departure=visit.planned_departure,
        steps=tuple(_moved(fresh, standing) for each in wanted for fresh in _fresh(each, visit)),
        proposed=track.proposed if track else None,
    )


def due(track: Track) -> tuple[Due, ...]:
    """A track wants to be looked at when a deadline passes of which nobody was told yet; once for all of that day."""
    deadlines = {step.deadline for step in track.pressing if step.deadline not in step.told}
    return tuple(Due(OVERDUE, track.passes(deadline)) for deadline in sorted(deadlines))


def _fresh(definition: Definition, visit: Visit) -> Iterator[Step]:
    people: Iterable[str | None] = [each.person for each in visit.going] if definition.each else [None]
    for person in people:
        step_id = f"{definition.name}:{person}" if person else definition.name
        deadline = _counted_from(definition, visit, person) + timedelta(days=definition.days)
        yield Step(step_id, definition.name, definition.owner, deadline, definition.margin, person)


def _counted_from(definition: Definition, visit: Visit, person: str | None) -> date:
    if definition.days <= 0:
        return visit.planned_arrival
    arrivals = [visit.arrival_of(each) for each in visit.going if person in (None, each.person)]
    return max((arrived for arrived in arrivals if arrived), default=visit.planned_arrival)


def _moved(fresh: Step, standing: dict[str, Step]) -> Step:
    kept = standing.get(fresh.id)
    return replace(kept, deadline=fresh.deadline, margin=fresh.margin, owner=fresh.owner) if kept else fresh


@dataclass(frozen=True)
class EarliestDates:
    """The earliest days that the slipped steps allow, as long as planned, whatever the rules say of them.

    `because` names the steps.
    """

    arrival: date
    departure: date
    because: tuple[str, ...]


def earliest_dates(track: Track) -> EarliestDates | None:
    """New dates where a slipped step no longer lets the visit begin as planned; `None` where it can, or has begun."""
    late = [(step.earliest_arrival, step.id) for step in track.awaited if step.earliest_arrival]
    hindering = [(day, step) for day, step in late if day > track.arrival]
    if not hindering or track.visit_state == ARRIVED:
        return None
    arrival = max(day for day, _ in hindering)
    because = tuple(step for _, step in hindering)
    return EarliestDates(arrival, arrival + (track.departure - track.arrival), because)
