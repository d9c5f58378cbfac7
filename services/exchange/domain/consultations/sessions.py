"""The times at which a consultation meets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.participants import Answer, Roster

PLANNED, HELD, CALLED_OFF, MISSED = "planned", "fulfilled", "cancelled", "noshow"
"""What a session's `state` may be, in the field's words: to come, took place, will not, was waited for in vain."""

REMINDERS = (timedelta(days=1), timedelta(hours=1))
"""So long before it begins everybody is reminded of a session."""


@dataclass(frozen=True)
class Session:
    """One meeting, from `begins` to before `ends`; both lie on a quarter of an hour, UTC.

    `slot`: when it was first to begin. It names the session for good, wherever it is moved (RFC 5545, RECURRENCE-ID).
    `link`: where people join. `answers`: of participants who answered for this session alone. `attended`: everybody who
    was there, once that is recorded, and `attended_for` which site, whoever takes part later. `found`: the type of the
    outcome that is expected of what the sites found in it together; empty where nothing is. `roster`: see `with_ended`;
    those that were over before there were rosters have none. `stand_ins`: participant -> the deputy whose time is held
    for them until somebody says who comes, as another consultation has them.
    """

    slot: datetime
    begins: datetime
    ends: datetime
    state: str = PLANNED
    link: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    attended: tuple[str, ...] | None = None
    attended_for: Mapping[str, str] = field(default_factory=dict)
    found: str = ""
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    reminded: int = 0
    asked_to_close: bool = False
    roster: Roster | None = None

    @property
    def is_planned(self) -> bool:
        return self.state == PLANNED

    @property
    def is_over(self) -> bool:
        """Whether it took place, or was waited for in vain."""
        return self.state in (HELD, MISSED)

    @property
    def is_arrived(self) -> bool:
        """Whether attendance is being recorded."""
        return self.is_planned and self.attended is not None

    @property
    def minutes(self) -> int:
        return int((self.ends - self.begins).total_seconds()) // 60


def planned(slot: datetime, minutes: int, *, now: datetime, link: str = "") -> Session:
    """A session that begins in its slot. Reminders whose time is over when it is planned are not made up for."""
    over = sum(slot - before <= now for before in REMINDERS)
    return Session(slot, slot, slot + timedelta(minutes=minutes), link=link, reminded=over)


def day_of(session: Session, zone: str) -> date:
    """The calendar day on which the session begins there: it counts for the agreement, its quota and what is due."""
    return session.begins.astimezone(zone_named(zone)).date()
