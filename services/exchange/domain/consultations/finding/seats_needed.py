"""Every open seat finds an interpreter: where it does not, what would help."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from services.exchange.domain.consultations.finding.changes import WITHOUT_INTERPRETER, Change
from services.exchange.domain.consultations.finding.needs import Remedy, let_off, smallest
from services.exchange.domain.consultations.finding.seats import fillable, speaks
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Wish


@dataclass(frozen=True)
class SeatsNeeded:
    """All of them at once: who fills one fills no other."""

    def unmet(self, timetable: Timetable, wish: Wish) -> int:
        return timetable.starts & ~fillable(timetable, wish)

    def tells_apart(self, timetable: Timetable) -> Iterator[int]:
        for each in timetable.plan.interpreters:
            yield from timetable.person(each.person, each.site).hindered.values()

    def only_by_itself(self, timetable: Timetable, wish: Wish) -> int:  # noqa: ARG002
        """A waiver for an interpreter may help a participant, too."""
        return 0

    def remedies(self, timetable: Timetable, wish: Wish, start: int) -> list[Remedy]:
        """Leaving some seats empty, and for the others the waivers with which interpreters can come."""
        filled = _filled(timetable, wish, start)
        seats = range(len(wish.interpreters))
        found = []
        for empty in (each for count in range(len(seats) + 1) for each in combinations(seats, count)):
            if _first_of_their_kind(empty, wish):
                without = frozenset(Change(WITHOUT_INTERPRETER, seat=seat) for seat in empty)
                taken = sum(1 << seat for seat in seats if seat not in empty)
                found += [without | waivers for waivers in filled[taken]]
        return smallest(found)


def _filled(timetable: Timetable, wish: Wish, start: int) -> list[list[Remedy]]:
    """By set of seats every smallest set of waivers with which it can be filled."""
    filled: list[list[Remedy]] = [[] for _ in range(1 << len(wish.interpreters))]
    filled[0] = [frozenset()]
    for interpreter in timetable.plan.interpreters:
        needed = let_off(timetable.person(interpreter.person, interpreter.site), wish, start)
        if needed is None:
            continue
        fits = [seat for seat, pair in enumerate(wish.interpreters) if speaks(interpreter, pair)]
        # The largest first: nobody takes two seats.
        for seats in range(len(filled) - 1, 0, -1):
            more = [each | needed for seat in fits if seats >> seat & 1 for each in filled[seats ^ 1 << seat]]
            filled[seats] = smallest([*filled[seats], *more])
    return filled


def _first_of_their_kind(empty: tuple[int, ...], wish: Wish) -> bool:
    """Whether of seats for the same languages the first ones stay empty: any others would be the same change."""
    pairs = wish.interpreters
    return all(other in empty for seat in empty for other in range(seat) if set(pairs[other]) == set(pairs[seat]))
