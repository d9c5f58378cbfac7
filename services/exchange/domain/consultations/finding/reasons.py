"""Why there is no time: who and what excludes how many of the starts."""

from collections.abc import Iterator
from dataclasses import replace

from services.exchange.domain.consultations.finding.answer import Excluded, ExcludedPerson
from services.exchange.domain.consultations.finding.needs import PersonNeeded, RoomNeeded
from services.exchange.domain.consultations.finding.person_times import PersonTimes
from services.exchange.domain.consultations.finding.rules import (
    AGREEMENT,
    LEAD,
    PAST,
    ROOM,
    ROOM_SIZE,
    Cause,
    is_waived,
)
from services.exchange.domain.consultations.finding.seats import fillable
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Pair, Wish


def by_rule(timetable: Timetable, wish: Wish) -> dict[str, int]:
    """What everybody is bound to: how many starts each rule excludes, where it excludes any."""
    lead = 0 if Cause(LEAD) in wish.waives else timetable.too_soon & ~timetable.past
    found = {PAST: timetable.past, AGREEMENT: timetable.uncovered, LEAD: lead}
    return {rule: starts.bit_count() for rule, starts in found.items() if starts}


def people(timetable: Timetable, wish: Wish) -> Iterator[ExcludedPerson]:
    """Every required participant who is missed at some start."""
    for participant in wish.participants:
        missed = PersonNeeded(participant).unmet(timetable, wish) if participant.required else 0
        if missed:
            alone, *deputies = (_excluded(each, timetable, wish) for each in timetable.able(participant))
            named = tuple(zip(participant.deputies, deputies, strict=True))
            yield ExcludedPerson(participant, missed.bit_count(), alone, named)


def rooms(timetable: Timetable, wish: Wish) -> dict[str, Excluded]:
    """By site each room that is taken, or too small, at some start."""
    found = {}
    for site, room in wish.rooms.items():
        unmet = RoomNeeded(site, room).unmet(timetable, wish)
        taken = timetable.starts & timetable.room_taken(room)
        small = timetable.starts if timetable.places(site, room) < timetable.people_of(site) else 0
        rules = {rule: starts.bit_count() for rule, starts in ((ROOM, taken), (ROOM_SIZE, small)) if starts}
        if rules:
            found[site] = Excluded(unmet.bit_count(), rules)
    return found


def interpreters(timetable: Timetable, wish: Wish) -> Iterator[tuple[Pair, int]]:
    """Each open seat for which nobody is free at some start, were it the only one; all of them, where each could be.

    Where each seat by itself finds somebody, they all want the same person.
    """
    together = timetable.starts & ~fillable(timetable, wish)
    for pair in dict.fromkeys(wish.interpreters):
        alone = timetable.starts & ~fillable(timetable, replace(wish, interpreters=(pair,)))
        if unfilled := alone or together:
            yield pair, unfilled.bit_count()


def _excluded(person: PersonTimes, timetable: Timetable, wish: Wish) -> Excluded:
    rules: dict[str, int] = {}
    for cause, starts in person.hindered.items():
        if not is_waived(cause, wish.waives):
            rules[cause.rule] = rules.get(cause.rule, 0) | starts & timetable.starts
    missed = timetable.starts & ~person.comes(wish.waives)
    return Excluded(missed.bit_count(), {rule: starts.bit_count() for rule, starts in rules.items() if starts})
