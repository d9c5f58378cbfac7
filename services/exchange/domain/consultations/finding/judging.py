"""Every rule on one concrete time."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from chassis.kernel.zones import zone_named
from services.exchange.domain.consultations.finding import rules, site_findings
from services.exchange.domain.consultations.finding.covered import against
from services.exchange.domain.consultations.finding.looking import Found, Look
from services.exchange.domain.consultations.finding.plan import Plan
from services.exchange.domain.consultations.finding.refusals import (
    NoInterpreter,
    ParticipantBusy,
    RoomTaken,
    RoomTooSmall,
    SessionInThePast,
    TooShortNoticeForConsultation,
    WaiverNeedsReason,
)
from services.exchange.domain.consultations.finding.rules import Cause
from services.exchange.domain.consultations.finding.seats import chosen
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.quarters import must_be_on_the_quarter
from services.exchange.domain.rules.rule import Finding
from services.exchange.domain.words import FORBID, WARN


def judge_each(plan: Plan, beginnings: Iterable[datetime]) -> Iterator[Finding]:
    """Everything that is wrong with sessions that begin then, one after the other, in the order of the rules.

    What is waived, and what keeps away somebody who is optional or has a deputy, is found, too, and only warns.
    The plan has to reach from the first session to the last. Raises `NotOnTheQuarter`.
    """
    timetable = Timetable(plan)
    for begins in beginnings:
        must_be_on_the_quarter(begins)
        yield from findings(Look(timetable, plan.wish, timetable.grid.quarter(begins)))


def findings(look: Look) -> Iterator[Finding]:
    """The same of one start that is looked at."""
    for rule in rules.RULES:
        for refusal, forbids in JUDGES[rule.name](look):
            yield Finding(rule.name, FORBID if forbids else WARN, type(refusal), refusal.facts)


def past(look: Look) -> Iterable[Found]:
    """It has begun by now."""
    now = look.timetable.plan.now
    if look.begins <= now:
        yield SessionInThePast(begins=look.begins.isoformat(), now=now.isoformat()), True


def agreement(look: Look) -> Iterable[Found]:
    """Not in effect on the day on which it begins in the wish's zone, or without the condition by now."""
    day = look.begins.astimezone(zone_named(look.wish.zone)).date()
    return [(refusal, True) for refusal in against(look.timetable.plan, day)]


def lead(look: Look) -> Iterable[Found]:
    """Shorter notice than a routine consultation gives; without a reason no other gives less."""
    earliest = look.timetable.plan.now + rules.LEAD_TIME
    if look.timetable.plan.now < look.begins < earliest:
        refusal = TooShortNoticeForConsultation(
            begins=look.begins.isoformat(),
            needed_hours=rules.LEAD_TIME // timedelta(hours=1),
            earliest=earliest.isoformat(),
        )
        yield refusal, Cause(rules.LEAD) not in look.wish.waives
        if look.wish.urgent and not look.wish.reason:
            yield WaiverNeedsReason(rules=[rules.LEAD]), True


def busy(look: Look) -> Iterable[Found]:
    """Everybody whom another consultation has; who has a deputy, or is optional, may be."""
    for each in look.hindered(Cause(rules.BUSY)):
        person = each.participant.person
        begins = look.first_in(look.timetable.taken("person", person)).isoformat()
        yield ParticipantBusy(person=person, begins=begins, deputy=each.deputy), each.is_missed


def room(look: Look) -> Iterable[Found]:
    """Each room that another consultation has."""
    for site, taken in look.wish.rooms.items():
        if look.timetable.room_taken(taken) >> look.start & 1:
            begins = look.first_in(look.timetable.taken("room", taken)).isoformat()
            yield RoomTaken(site=site, room=taken, begins=begins), True


def room_size(look: Look) -> Iterable[Found]:
    """Each room with fewer places than the site has people who are asked."""
    for site, small in look.wish.rooms.items():
        places, people = look.timetable.places(site, small), look.timetable.people_of(site)
        if places < people:
            yield RoomTooSmall(site=site, room=small, places=places, people=people), True


def interpreter(look: Look) -> Iterable[Found]:
    """Each open seat that nobody is left for."""
    found = chosen(look.timetable, look.wish, look.start)
    for pair, who in zip(look.wish.interpreters, found, strict=True):
        if who is None:
            yield NoInterpreter(languages=list(pair), begins=look.begins.isoformat()), True


JUDGES: Mapping[str, Callable[[Look], Iterable[Found]]] = {
    rules.PAST: past,
    rules.AGREEMENT: agreement,
    rules.LEAD: lead,
    rules.BUSY: busy,
    rules.ROOM: room,
    rules.ROOM_SIZE: room_size,
    rules.INTERPRETER: interpreter,
    rules.NIGHT: site_findings.night,
    rules.HOLIDAY: site_findings.holiday,
    rules.WEEKEND: site_findings.weekend,
    rules.HOURS: site_findings.hours,
    rules.PROVISIONAL: site_findings.provisional,
    rules.VISIT: site_findings.visit,
}
"""What each rule has against a time."""
