"""Everything that is asked about one thing: its newest facts, what is to be known of it, and how far each has gone on.

One document for all of it: the newest event says the whole of what is awaited, so that a matter of which it says
nothing any more cannot be left standing, in whatever order events come.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from chassis.kernel.decision import Due
from chassis.kernel.ids import derived, document_id
from services.notify.domain.escalation.happenings import Ended, Raised
from services.notify.domain.escalation.matters import Matter, matters
from services.notify.domain.escalation.news import EscalationSettled
from services.notify.domain.escalation.steps import LAST, STEPS, Moment, moments
from services.notify.domain.escalation.to_know import CAME_OR_NEVER_WILL, ToKnow, newest_deeds, standing, to_know
from services.notify.domain.following import Following, Heard
from services.notify.domain.lines import Facts

OPEN, OVER = "open", "over"


@dataclass(frozen=True)
class Escalation(Following):
    """`raised`: the steps that were taken, oldest first; `ended`: what goes on no further though nobody answered.

    `to_know`: what is to be acknowledged in time, in the order of the keys; `stands`: how the thing does, by the newest
    event; `deeds`: who changed it themselves, and where in its sequence they did last.
    """

    raised: tuple[Raised, ...] = ()
    ended: tuple[Ended, ...] = ()
    to_know: tuple[ToKnow, ...] = ()
    stands: str = ""
    deeds: Mapping[str, str] = field(default_factory=dict)

    def anchors(self, facts: Facts) -> Collection[str]:
        """What is asked."""
        return {matter.anchor for matter in matters(self.about, facts)}

    def noting(self, heard: Heard, *, is_newest: bool) -> Self:
        """With what is to be known of the event; without what nobody has to know any more."""
        stands, over = standing(heard.facts) if is_newest else self.stands, self._over
        newest_last = sorted((*self.to_know, *to_know(heard)), key=lambda each: each.sequence)
        by_key = {each.key: each for each in newest_last}
        kept = (by_key[key] for key in sorted(by_key))
        deeds = newest_deeds(self.deeds, heard)
        still = tuple(each for each in kept if each.matter.anchor not in over and not each.known_by_deeds(deeds))
        return replace(self, to_know=() if stands in CAME_OR_NEVER_WILL else still, stands=stands, deeds=deeds)

    def news(self, after: Self) -> tuple[Any, ...]:
        """Of what had gone on to others, that it goes no further."""
        return settled(self, after)

    @property
    def since(self) -> Mapping[str, datetime]:
        """Since when each answer has been awaited, by anchor."""
        return {**super().since, **{each.matter.anchor: each.since for each in self.to_know}}

    @property
    def asked(self) -> tuple[Matter, ...]:
        """All that waits for an answer, whether it may go on or not."""
        return (*matters(self.about, self.facts), *(each.matter for each in self.to_know))

    @property
    def open(self) -> tuple[Matter, ...]:
        """The matters that wait for an answer and may go on."""
        over = self._over
        return tuple(matter for matter in self.asked if matter.anchor not in over)

    @property
    def awaited(self) -> tuple[Moment, ...]:
        """The steps that are still to come, matter by matter in their order."""
        since = self.since
        return tuple(
            moment
            for matter in self.open
            for moment in moments(matter, since[matter.anchor])
            if STEPS.index(moment.step) > self._reached(matter)
        )

    def source_of(self, matter: Matter) -> "Escalation | ToKnow":
        """Where the facts and the chain of what is asked stand."""
        return next((each for each in self.to_know if each.matter == matter), self)

    def end(self, *ended: Ended) -> Self:
        """What goes on no further, and why. Of what is to be known nothing is kept that speaks of people."""
        over = {each.anchor for each in ended}
        left = tuple(each for each in self.to_know if each.matter.anchor not in over)
        return replace(self, ended=(*self.ended, *ended), to_know=left)

    @property
    def state(self) -> str:
        """`open` while any matter is."""
        return OPEN if self.open else OVER

    def steps_of(self, matter: Matter) -> tuple[Raised, ...]:
        """Those that were taken in the matter."""
        return tuple(each for each in self.raised if each.anchor == matter.anchor)

    @property
    def _over(self) -> set[str]:
        return {each.anchor for each in self.ended}

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
    steps = (Due(moment.step, moment.at) for moment in escalation.awaited)
    # Of what is asked of a visit or consultation, the exchange tells that its time is over.
    return tuple(dict.fromkeys((*steps, *(Due(LAST, each.until) for each in escalation.to_know))))


def settled(before: Escalation, after: Escalation) -> tuple[EscalationSettled, ...]:
    """What had gone on to others before or does now, and goes on no further after."""
    still, ends = {matter.anchor for matter in after.open}, {each.anchor: each for each in after.ended}
    over = [matter for matter in before.open if matter.anchor not in still and after.steps_of(matter)]
    return tuple(EscalationSettled(after.id, after.about, each, ends.get(each.anchor)) for each in over)
