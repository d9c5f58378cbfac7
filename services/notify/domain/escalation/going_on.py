"""What is done when nobody has answered: who is told next, or why nobody is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain.escalation.escalation import Escalation, settled
from services.notify.domain.escalation.happenings import NOBODY, TOO_LATE, Ended, Raised
from services.notify.domain.escalation.knowing import Acknowledgement, ended_by, told_of
from services.notify.domain.escalation.news import EscalationRaised
from services.notify.domain.escalation.steps import DEPUTY, MANAGER, Moment


@dataclass(frozen=True)
class Around:
    """What else decides who is next: deputies by whom they stand in for, what was acknowledged about the thing, and
    which of those who are asked were erased.
    """

    deputies: Mapping[str, str]
    acknowledged: Sequence[Acknowledgement]
    erased: Collection[str] = frozenset()


@dataclass(frozen=True)
class ToTell:
    """One person to be told at a step; `in_place_of`: for whom, where they are a deputy."""

    moment: Moment
    recipient: str
    in_place_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoneOn:
    """The decision that these steps are taken, and who is told."""

    decision: Decision[Escalation]
    told: tuple[ToTell, ...]


def go_on(escalation: Escalation, around: Around, *, now: datetime) -> GoneOn | None:
    """Takes every step whose moment has come, and ends what it is too late for; `None` where there is neither."""
    after, told = escalation, list[ToTell]()
    for moment in (each for each in escalation.awaited if each.at <= now):
        if moment in after.awaited:
            after, next_told = _taken(after, moment, around, now)
            told += next_told
    after = _without_what_is_too_late(after, now)
    if after == escalation:
        return None
    news = (*_raised(escalation, after), *settled(escalation, after))
    return GoneOn(Decision(after, what="went on" if told else "looked at", events=news), tuple(told))


def _taken(
    escalation: Escalation, moment: Moment, around: Around, now: datetime
) -> tuple[Escalation, Sequence[ToTell]]:
    """A step of one matter; where no deputy is left to tell, the next one with it."""
    if ended := _over(escalation, moment, around, now):
        return escalation.end(ended), ()
    told = _next_in_line(escalation, moment, around)
    if moment.step == MANAGER and not told:
        return escalation.end(Ended(moment.matter.anchor, now, NOBODY)), ()
    if moment.step == DEPUTY and not told:
        return _taken(escalation, replace(moment, step=MANAGER), around, now)
    raised = Raised(moment.matter.anchor, moment.step, now, tuple(each.recipient for each in told))
    return replace(escalation, raised=(*escalation.raised, raised)), told


def _over(escalation: Escalation, moment: Moment, around: Around, now: datetime) -> Ended | None:
    if now >= moment.matter.until:
        return Ended(moment.matter.anchor, now, TOO_LATE)
    # A site still owes its reply; what one who is gone was to know is nobody else's to be told.
    if moment.matter.purpose and set(around.erased).issuperset(moment.matter.asked):
        return Ended(moment.matter.anchor, now, NOBODY)
    return ended_by(escalation, moment.matter, around.acknowledged, now=now)


def _without_what_is_too_late(escalation: Escalation, now: datetime) -> Escalation:
    late = (each.matter.anchor for each in escalation.to_know if now >= each.until)
    return escalation.end(*(Ended(anchor, now, TOO_LATE) for anchor in late))


def _raised(before: Escalation, after: Escalation) -> Iterator[EscalationRaised]:
    by_anchor = {matter.anchor: matter for matter in before.open}
    for each in after.raised[len(before.raised) :]:
        matter = by_anchor[each.anchor]
        yield EscalationRaised(after.id, after.about, matter, before.since[each.anchor], each)


def _next_in_line(escalation: Escalation, moment: Moment, around: Around) -> tuple[ToTell, ...]:
    """Who is told at the step, each once, and nobody who was told of it before."""
    known = told_of(escalation, moment.matter)
    if moment.step == MANAGER:
        managers = dict.fromkeys(each for each in moment.matter.managers if each not in known)
        return tuple(ToTell(moment, each) for each in managers)
    stand_ins: dict[str, list[str]] = {}
    for person in moment.matter.asked:
        deputy = around.deputies.get(person)
        if deputy and deputy not in known:
            stand_ins.setdefault(deputy, []).append(person)
    return tuple(ToTell(moment, deputy, tuple(people)) for deputy, people in stand_ins.items())
