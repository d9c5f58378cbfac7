"""Finding the best times for a wish, or why there is none."""

from collections.abc import Iterable

from services.exchange.domain.consultations.finding import reasons
from services.exchange.domain.consultations.finding.answer import Answer, NoneBecause, Relaxation
from services.exchange.domain.consultations.finding.changes import Change, changed, cost
from services.exchange.domain.consultations.finding.needs import Need, NoticeNeeded, PersonNeeded, RoomNeeded
from services.exchange.domain.consultations.finding.plan import Plan
from services.exchange.domain.consultations.finding.ranking import scores
from services.exchange.domain.consultations.finding.relaxing import relaxations
from services.exchange.domain.consultations.finding.seats_needed import SeatsNeeded
from services.exchange.domain.consultations.finding.slots import slot_at
from services.exchange.domain.consultations.finding.thinning import varied
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Wish


def find(plan: Plan, most: int) -> Answer:
    """At most so many times within the plan, the best first; where there is none, why, and what would give one."""
    timetable, wish = Timetable(plan), plan.wish
    possible = possible_starts(timetable, wish)
    found = scores(timetable, wish, possible)
    best = varied(found, timetable.grid, wish.zone, timetable.length, most)
    return Answer(
        starts=timetable.starts.bit_count(),
        possible=possible.bit_count(),
        slots=tuple(slot_at(timetable, wish, start, found[start]) for start in best),
        none_because=None if possible else _none_because(timetable, wish),
    )


def possible_starts(timetable: Timetable, wish: Wish) -> int:
    """The starts that are times: nothing forbids them, and every need is met."""
    possible = _allowed(timetable)
    for need in needs_of(wish):
        possible &= ~need.unmet(timetable, wish)
    return possible


def needs_of(wish: Wish) -> list[Need]:
    """Everything that somebody could ask for differently."""
    people = [PersonNeeded(each) for each in wish.participants if each.required]
    rooms = [RoomNeeded(site, room) for site, room in wish.rooms.items()]
    seats = [SeatsNeeded()] if wish.interpreters else []
    return [NoticeNeeded(), *rooms, *people, *seats]


def _allowed(timetable: Timetable) -> int:
    """The starts that nobody's change of mind forbids: to come, and covered by the agreement."""
    return timetable.starts & ~timetable.past & ~timetable.uncovered


def _none_because(timetable: Timetable, wish: Wish) -> NoneBecause:
    found = relaxations(timetable, wish, needs_of(wish), _allowed(timetable))
    return NoneBecause(
        by_rule=reasons.by_rule(timetable, wish),
        people=tuple(reasons.people(timetable, wish)),
        rooms=reasons.rooms(timetable, wish),
        interpreters=tuple(reasons.interpreters(timetable, wish)),
        relaxations=tuple(_relaxation(timetable, wish, changes) for changes in found),
    )


def _relaxation(timetable: Timetable, wish: Wish, changes: Iterable[Change]) -> Relaxation:
    relaxed = changed(wish, changes)
    found = scores(timetable, relaxed, possible_starts(timetable, relaxed))
    (best,) = varied(found, timetable.grid, wish.zone, timetable.length, most=1)
    price = sum(cost(change, wish) for change in changes)
    return Relaxation(tuple(sorted(changes)), price, slot_at(timetable, relaxed, best, found[best]))
