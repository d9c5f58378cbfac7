"""What people are to be reminded of about one thing: its newest facts, and what was told of them already.

Since when something is known only says which moments were past already, so that a booking made two days ahead does not
remind of what is a fortnight ahead.
"""

from collections.abc import Collection
from dataclasses import dataclass

from chassis.kernel.decision import Due
from chassis.kernel.ids import derived, document_id
from services.notify.domain.following import Following
from services.notify.domain.lines import Facts
from services.notify.domain.reminders.rows import Moment
from services.notify.domain.reminders.table import planned

STANDING, OVER = "standing", "over"


@dataclass(frozen=True)
class Reminder(Following):
    """`told`: ids of the moments that are done with."""

    told: tuple[str, ...] = ()

    def anchors(self, facts: Facts) -> Collection[str]:
        """What is counted back from."""
        return {moment.anchor for moment in planned(self.about, facts)}

    @property
    def awaited(self) -> tuple[Moment, ...]:
        """The moments that are waited for: planned, not told of, and not past before anybody could know of them."""
        return tuple(
            moment
            for moment in planned(self.about, self.facts)
            if self.since[moment.anchor] < moment.at and moment.id_in(self.id) not in self.told
        )

    @property
    def state(self) -> str:
        """`standing` while anything is waited for."""
        return STANDING if self.awaited else OVER


def reminder_id(about: str) -> str:
    """The one reminder about a thing, whichever event is heard of first."""
    return document_id("rem", derived(about, "reminder"))


def no_reminder_yet(about: str) -> Reminder:
    """The one of which nothing was heard."""
    return Reminder(reminder_id(about), about)


def due(reminder: Reminder) -> tuple[Due, ...]:
    """A reminder wants to be looked at whenever somebody is to be reminded."""
    return tuple(Due(moment.kind, moment.at) for moment in reminder.awaited)
