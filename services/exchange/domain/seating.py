"""Who sits where: one of the department's numbered places for each visitor, for the whole stay."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chassis.kernel.decision import Decision
from services.exchange.domain.visit import Visit, Visitor


def who_needs_a_seat(visit: Visit) -> tuple[Visitor, ...]:
    """Those who are to come or are there; who has left keeps the seat of the days that are over."""
    return tuple(visitor for visitor in visit.going if visitor.departed_on is None)


def left_behind(visit: Visit) -> frozenset[int]:
    """Seats of visitors who left: on the days until then the same visit holds them already."""
    return frozenset(each.seat for each in visit.going if each.departed_on and each.seat)


def in_seats(decision: Decision[Visit], free: Sequence[int]) -> Decision[Visit]:
    """The same decision with a free seat for each who needs one: their own where that is free, else the first that is.

    The events tell no seats, so they stay as they are. Raises `ValueError` where fewer are free than are needed.
    """
    return replace(decision, state=_seated(decision.state, free))


def _seated(visit: Visit, free: Sequence[int]) -> Visit:
    if len(free) < len(who_needs_a_seat(visit)):
        raise ValueError(f"{len(free)} free seats are too few")
    kept = {each.person: each.seat for each in who_needs_a_seat(visit) if each.seat in free}
    others = iter(seat for seat in free if seat not in kept.values())
    given = {each.person: kept.get(each.person) or next(others) for each in who_needs_a_seat(visit)}
    return replace(visit, visitors=_with_seats(visit.visitors, given))


def _with_seats(visitors: Iterable[Visitor], seats: dict[str, int]) -> tuple[Visitor, ...]:
    return tuple(replace(each, seat=seats.get(each.person, each.seat)) for each in visitors)
