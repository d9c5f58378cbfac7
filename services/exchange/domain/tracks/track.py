"""A visit's track: its steps as they stand, and what is late."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from chassis.kernel.decision import Due
from chassis.kernel.zones import zone_named
from services.exchange.domain.tracks.refusals import NoSuchStep
from services.exchange.domain.visit import ARRIVED, BOOKED, HOLDING, OPEN

STEP_OPEN, DONE, WAIVED = "open", "done", "waived"
FOLLOWED = OPEN | HOLDING
"""States of a visit whose steps are still waited for."""
BEGINNING = frozenset({BOOKED, ARRIVED})
"""States of a visit in which somebody may arrive."""
OVERDUE, NEAR = "overdue", "near"
REMINDED_BEFORE, REMINDED_AT = timedelta(days=7), time(9)
"""So long before the day of its deadline a step is told of, in the morning at the host."""
RECORDED_WITHIN = {"record_arrival": 1, "fulfil_visit": 7}
"""By how many days after the planned arrival or departure the host has recorded what happened."""


@dataclass(frozen=True)
class Step:
    """One thing to do, for one visitor (`person`) or for all. Days are calendar days at the host.

    `margin` is the definition's. `expected`: when it will be done, where it slipped. `told`: the deadlines that passed
    and of which others were told; `reminded`: those that were near. `why`: the reason for the waiver or the slip, or a
    note.
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
    reminded: tuple[date, ...] = ()

    @property
    def earliest_arrival(self) -> date | None:
        """The first day on which the visit can begin, as far as this step goes; `None` where it hinders nothing."""
        if self.state != STEP_OPEN or self.expected is None or self.margin is None:
            return None
        return self.expected + timedelta(days=self.margin)


@dataclass(frozen=True)
class Record:
    """What the host has to record of the visit itself: the command that does it, and the last day for it."""

    command: str
    by: date


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

    `expected`: whether somebody has yet to come. `arrived`: the day on which the last of those who are there came.
    `proposed`: what was last told of other days; `None` where the slipped steps let the visit begin as planned.
    `records_told`: what was not recorded in time, and of which others were told.
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
    expected: bool = True
    arrived: date | None = None
    proposed: ProposedDates | None = None
    records_told: tuple[Record, ...] = ()

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

    @property
    def awaited_records(self) -> tuple[Record, ...]:
        """What the host has yet to record; nothing for a proposal, and for what is over.

        Of visitors who come one by one the rest is waited for still; a stay ends no earlier than it began.
        """
        expects = self.expected and self.visit_state in BEGINNING
        arrivals = (self._record("record_arrival", self.arrival),) if expects else ()
        if self.visit_state != ARRIVED:
            return arrivals
        return (*arrivals, self._record("fulfil_visit", max(self.departure, self.arrived or self.departure)))

    def unrecorded(self, now: datetime) -> tuple[Record, ...]:
        """Awaited records whose last day has passed."""
        return tuple(record for record in self.awaited_records if self.passes(record.by) <= now)

    def passes(self, deadline: date) -> datetime:
        """The moment at which a deadline is over: the end of its day at the host."""
        return datetime.combine(deadline + timedelta(days=1), time(), zone_named(self.zone)).astimezone(UTC)

    def comes_near(self, deadline: date) -> datetime:
        """The moment from which on a deadline is near."""
        return datetime.combine(deadline - REMINDED_BEFORE, REMINDED_AT, zone_named(self.zone)).astimezone(UTC)

    def near(self, now: datetime) -> tuple[Step, ...]:
        """Pressing steps whose deadline is near; what is late already is not."""
        return tuple(
            step for step in self.pressing if self.comes_near(step.deadline) <= now < self.passes(step.deadline)
        )

    def _record(self, command: str, day: date) -> Record:
        return Record(command, day + timedelta(days=RECORDED_WITHIN[command]))


def track_id(visit_id: str) -> str:
    """The one track of a visit."""
    return f"trk_{visit_id.partition('_')[2]}"


def due(track: Track) -> tuple[Due, ...]:
    """A track wants to be looked at when a deadline comes near or passes of which nobody was told yet; once for all of
    that day.
    """
    coming = {step.deadline for step in track.pressing if step.deadline not in (*step.reminded, *step.told)}
    deadlines = {step.deadline for step in track.pressing if step.deadline not in step.told}
    deadlines |= {record.by for record in track.awaited_records if record not in track.records_told}
    return (
        *(Due(NEAR, track.comes_near(deadline)) for deadline in sorted(coming)),
        *(Due(OVERDUE, track.passes(deadline)) for deadline in sorted(deadlines)),
    )
