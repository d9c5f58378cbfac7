"""Everything that is asked about one visit or consultation: its newest facts, and how far each matter has gone on.

One document for all of it: the newest event says the whole of what is awaited, so that a matter of which it says
nothing any more cannot be left standing, in whatever order events come.
"""

from collections.abc import Collection
from dataclasses import dataclass

from chassis.kernel.decision import Due
from chassis.kernel.ids import derived, document_id
from services.notify.domain.escalation.happenings import Ended, Raised
from services.notify.domain.escalation.matters import Matter, matters
from services.notify.domain.escalation.steps import STEPS, Moment, moments
from services.notify.domain.following import Following
from services.notify.domain.lines import Facts

OPEN, OVER = "open", "over"


@dataclass(frozen=True)
class Escalation(Following):
    """`raised`: the steps that were taken, oldest first; `ended`: what goes on no further though nobody answered."""

    raised: tuple[Raised, ...] = ()
    ended: tuple[Ended, ...] = ()

    def anchors(self, facts: Facts) -> Collection[str]:
        """What is asked."""
        return {matter.anchor for matter in matters(self.about, facts)}

    @property
    def open(self) -> tuple[Matter, ...]:
        """The matters that wait for an answer and may go on."""
        over = {each.anchor for each in self.ended}
        return tuple(matter for matter in matters(self.about, self.facts) if matter.anchor not in over)

    @property
    def awaited(self) -> tuple[Moment, ...]:
        """The steps that are still to come, matter by matter in their order."""
        return tuple(
            moment
            for matter in self.open
            for moment in moments(matter, self.since[matter.anchor])
            if STEPS.index(moment.step) > self._reached(matter)
        )

    @property
    def state(self) -> str:
        """`open` while any matter is."""
        return OPEN if self.open else OVER

    def steps_of(self, matter: Matter) -> tuple[Raised, ...]:
        """Those that were taken in the matter."""
        return tuple(each for each in self.raised if each.anchor == matter.anchor)

    def _reached(self, matter: Matter) -> int:
        return max((STEPS.index(each.step) for each in self.steps_of(matter)), default=-1)


def escalation_id(about: str) -> str:
    """The one about a thing, whichever event is heard of first."""
    return document_id("esc", derived(about, "escalation"))


def no_escalation_yet(about: str) -> Escalation:
    """The one of which nothing was heard."""
    return Escalation(escalation_id(about), about)


def due(escalation: Escalation) -> tuple[Due, ...]:
    """It wants to be looked at whenever a step is to be taken. Several matters may take theirs at one moment."""
    return tuple(dict.fromkeys(Due(moment.step, moment.at) for moment in escalation.awaited))
