"""Bookings: seats that are held, a ledger that counts, an agreement that may be terminated, seats that are swapped."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant

ASKED, BOOKED, CANCELLED, REFUSED = "asked", "booked", "cancelled", "refused"


class Visit(NamedTuple):
    state: str = ASKED
    seat: int | None = None


class Reading(NamedTuple):
    """What a booking in flight has seen, the seat it picked, whether its half of the writes is done."""

    ledger_version: int
    seat: int
    counted: bool = False


class Ledger(NamedTuple):
    used: int = 0
    closed: bool = False
    version: int = 0


class Booking(NamedTuple):
    visits: tuple[Visit, ...] = (Visit(), Visit())
    in_flight: tuple[Reading | None, ...] = (None, None)
    ledgers: tuple[Ledger, ...] = (Ledger(), Ledger())
    terminated: bool = False
    booked_after_end: bool = False
    unfinished: str = ""  # the second of two writes, where they are not one


class BookingsUnderAQuota(Model[Booking]):
    """Two visits under a quota of one, and two seats."""

    quota: int | None = 1
    seats: tuple[int, ...] = (1, 2)
    one_agreement, may_end = True, False

    def initial(self) -> Booking:
        return Booking()

    def steps(self, state: Booking) -> Iterator[Step[Booking]]:
        if state.unfinished:
            yield from self._second_half(state)
            return
        for number, visit in enumerate(state.visits):
            if visit.state == ASKED:
                yield from self._book(state, number)
            elif visit.state == BOOKED:
                yield self._cancel(state, number)
        if self.may_end and not state.terminated:
            yield Step("the agreement is terminated", self._terminate(state))
        if len({visit.seat for visit in state.visits if visit.state == BOOKED}) == len(state.visits):
            yield self._swap(state)

    def _book(self, state: Booking, number: int) -> Iterator[Step[Booking]]:
        name, reading = f"visit {number + 1}", state.in_flight[number]
        if reading is not None:
            yield self._write(state, number, reading)
            yield Step(f"crash at {name}", _flight(state, number, None), fault=True)
            return
        free = set(self.seats) - {visit.seat for visit in state.visits}
        ledger = state.ledgers[self._ledger(number)]
        closed = ledger.closed if self.has(Guard.CLOSED_ON_LEDGER) else state.terminated
        if closed or not free or (self.quota is not None and ledger.used >= self.quota):
            yield Step(f"{name}: is refused", _visit(state, number, Visit(REFUSED)))
            return
        for seat in sorted(free):
            seen = Reading(ledger.version, seat)
            yield Step(f"{name}: reads the ledger and picks seat {seat}", _flight(state, number, seen))

    def _write(self, state: Booking, number: int, reading: Reading) -> Step[Booking]:
        name = f"visit {number + 1}"
        if not self.has(Guard.LEDGER_IN_TRANSACTION) and not reading.counted:
            counted = _flight(self._count(state, number, 1), number, reading._replace(counted=True))
            return Step(f"{name}: writes the ledger", counted)
        changed = reading.ledger_version != state.ledgers[self._ledger(number)].version
        taken = reading.seat in {visit.seat for visit in state.visits} and self.has(Guard.UNIQUE_HOLDS)
        if not reading.counted and (taken or (changed and self._conflicts())):
            return Step(f"{name}: is beaten and decides again", _flight(state, number, None))
        after = _flight(_visit(state, number, Visit(BOOKED, reading.seat)), number, None)
        if not reading.counted:
            after = self._count(after, number, 1)
        return Step(f"{name}: is booked", after._replace(booked_after_end=state.terminated))

    def _conflicts(self) -> bool:
        """Only who writes the ledger is stopped by another's write of it."""
        return self.has(Guard.LEDGER_CONFLICTS) and self.has(Guard.LEDGER_ALWAYS_WRITTEN)

    def _terminate(self, state: Booking) -> Booking:
        ended = state._replace(terminated=True)
        if not self.has(Guard.CLOSED_ON_LEDGER):
            return ended
        return ended._replace(ledgers=tuple(_write(ledger, closed=True) for ledger in state.ledgers))

    def _ledger(self, number: int) -> int:
        return 0 if self.one_agreement else number

    def _count(self, state: Booking, number: int, change: int) -> Booking:
        place = self._ledger(number)
        ledger = state.ledgers[place]
        counted = _write(ledger, used=ledger.used + change)
        if not self.has(Guard.LEDGER_ALWAYS_WRITTEN):
            counted = counted._replace(version=ledger.version)
        return state._replace(ledgers=(*state.ledgers[:place], counted, *state.ledgers[place + 1 :]))

    def _cancel(self, state: Booking, number: int) -> Step[Booking]:
        label = f"visit {number + 1}: is cancelled"
        if self.has(Guard.HOLDS_WITH_STATE):
            return Step(label, self._count(_visit(state, number, Visit(CANCELLED)), number, -1))
        half = _visit(state, number, state.visits[number]._replace(state=CANCELLED))
        return Step(label, self._count(half, number, -1)._replace(unfinished=f"free {number}"))

    def _swap(self, state: Booking) -> Step[Booking]:
        first, second = state.visits
        if self.has(Guard.SWAP_IN_TRANSACTION):
            swapped = first._replace(seat=second.seat), second._replace(seat=first.seat)
            return Step("the visits swap seats", state._replace(visits=swapped))
        moved = first._replace(seat=None), second._replace(seat=first.seat)
        return Step("visit 2: moves to visit 1's seat", state._replace(visits=moved, unfinished=f"seat {second.seat}"))

    def _second_half(self, state: Booking) -> Iterator[Step[Booking]]:
        what, number = state.unfinished.split()
        done = state._replace(unfinished="")
        if what == "free":
            yield Step("the seat is freed", _visit(done, int(number), Visit(CANCELLED)))
        else:
            yield Step("visit 1: moves to the seat left", _visit(done, 0, Visit(BOOKED, int(number))))
        yield Step("crash between the two writes", done, fault=True)

    def broken(self, state: Booking) -> Iterator[Invariant]:
        held = [visit.seat for visit in state.visits if visit.seat is not None]
        booked = sum(visit.state == BOOKED for visit in state.visits)
        half_way = any(reading and reading.counted for reading in state.in_flight)
        if len(set(held)) < len(held):
            yield Invariant.HELD_ONCE
        used = sum(ledger.used for ledger in state.ledgers)
        if (self.quota is not None and booked > self.quota) or (used != booked and not half_way):
            yield Invariant.QUOTA_EXACT
        if state.booked_after_end:
            yield Invariant.CLOSED_STAYS_CLOSED
        if not state.unfinished and any((visit.state == BOOKED) != (visit.seat is not None) for visit in state.visits):
            yield Invariant.HOLDS_FIT_STATE

    def good(self, state: Booking) -> bool:
        return not state.unfinished and all(visit.state != ASKED for visit in state.visits)


class BookingsOfOneSeat(BookingsUnderAQuota):
    """One seat, asked for under two agreements: their ledgers know nothing of each other."""

    quota, seats, one_agreement = 2, (1,), False


class BookingsThatSwap(BookingsUnderAQuota):
    """Room for both, two seats."""

    quota = 2


class BookingsWithoutQuota(BookingsUnderAQuota):
    """An agreement that limits nothing, and may end all the same."""

    quota, may_end = None, True


def _visit(state: Booking, number: int, visit: Visit) -> Booking:
    return state._replace(visits=(*state.visits[:number], visit, *state.visits[number + 1 :]))


def _flight(state: Booking, number: int, reading: Reading | None) -> Booking:
    return state._replace(in_flight=(*state.in_flight[:number], reading, *state.in_flight[number + 1 :]))


def _write(ledger: Ledger, *, used: int | None = None, closed: bool | None = None) -> Ledger:
    """The ledger with what is given changed, and a version more: whoever read it before conflicts."""
    return Ledger(
        ledger.used if used is None else used, ledger.closed if closed is None else closed, ledger.version + 1
    )
