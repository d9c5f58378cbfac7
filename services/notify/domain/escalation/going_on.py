"""What is done when nobody has answered: who is told next, or why nobody is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.kernel.decision import Decision
from services.notify.domain.escalation.escalation import Escalation
from services.notify.domain.escalation.happenings import ACKNOWLEDGED, NOBODY, TOO_LATE, Ended, Raised
from services.notify.domain.escalation.matters import Matter
from services.notify.domain.escalation.steps import DEPUTY, MANAGER, Moment


@dataclass(frozen=True)
class Around:
    """What else decides who is next: deputies by whom they stand in for, and when people said last that they know of
    what they are asked.
    """

    deputies: Mapping[str, str]
    acknowledged: Mapping[str, datetime]


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
    """Takes every step whose moment has come; `None` where none has."""
    after, told = escalation, list[ToTell]()
    for moment in (each for each in escalation.awaited if each.at <= now):
        if moment in after.awaited:
            after, next_told = _taken(after, moment, around, now)
            told += next_told
    if after == escalation:
        return None
    return GoneOn(Decision(after, what="went on" if told else "looked at"), tuple(told))


def _taken(
    escalation: Escalation, moment: Moment, around: Around, now: datetime
) -> tuple[Escalation, Sequence[ToTell]]:
    """A step of one matter; where no deputy is left to tell, the next one with it."""
    if ended := _over(escalation, moment, around, now):
        return replace(escalation, ended=(*escalation.ended, ended)), ()
    told = _next_in_line(escalation, moment, around)
    if moment.step == MANAGER and not told:
        nobody = Ended(moment.matter.anchor, now, NOBODY)
        return replace(escalation, ended=(*escalation.ended, nobody)), ()
    if moment.step == DEPUTY and not told:
        return _taken(escalation, replace(moment, step=MANAGER), around, now)
    raised = Raised(moment.matter.anchor, moment.step, now, tuple(each.recipient for each in told))
    return replace(escalation, raised=(*escalation.raised, raised)), told


def _over(escalation: Escalation, moment: Moment, around: Around, now: datetime) -> Ended | None:
    matter = moment.matter
    if now >= matter.until:
        return Ended(matter.anchor, now, TOO_LATE)
    known = {each: at for each, at in around.acknowledged.items() if each in _told_of(escalation, matter)}
    by = next((each for each, at in sorted(known.items()) if at >= moment.since), None)
    return Ended(matter.anchor, now, ACKNOWLEDGED, by) if by else None


def _next_in_line(escalation: Escalation, moment: Moment, around: Around) -> tuple[ToTell, ...]:
    """Who is told at the step, each once, and nobody who was told of it before."""
    known = _told_of(escalation, moment.matter)
    if moment.step == MANAGER:
        managers = dict.fromkeys(each for each in moment.matter.managers if each not in known)
        return tuple(ToTell(moment, each) for each in managers)
    stand_ins: dict[str, list[str]] = {}
    for person in moment.matter.asked:
        deputy = around.deputies.get(person)
        if deputy and deputy not in known:
            stand_ins.setdefault(deputy, []).append(person)
    return tuple(ToTell(moment, deputy, tuple(people)) for deputy, people in stand_ins.items())


def _told_of(escalation: Escalation, matter: Matter) -> set[str]:
    told: Iterable[str] = (each for raised in escalation.steps_of(matter) for each in raised.told)
    return {*matter.asked, *told}
