"""Saving a decision together with what it takes or gives back: seats, people and quota."""

from collections.abc import Iterable, Iterator
from itertools import islice

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import HoldTaken, Loaded, Transaction
from chassis.kernel.errors import KhunjerabError
from services.exchange.application.planning import NOTHING_SEEN, Planning, Seen
from services.exchange.application.ports.agreements import Ledgers
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Dice, Visits
from services.exchange.application.turns import Turns
from services.exchange.domain.claims import moves
from services.exchange.domain.closing import must_be_open
from services.exchange.domain.extending import asked_since
from services.exchange.domain.proposing import warned
from services.exchange.domain.refusals import HostFull, VisitorDoubleBooked
from services.exchange.domain.rules import Plan
from services.exchange.domain.seating import in_seats, left_behind, who_needs_a_seat
from services.exchange.domain.site import Department
from services.exchange.domain.visit import PROPOSED, Visit, holds, seat_key

TRIES = 20
"""How often a writer who was beaten to a seat picks another."""


class SeatGone(KhunjerabError):
    """The department has fewer seats than when they were looked at."""


class Booking:
    """Keeps visits, holds and quota in step."""

    def __init__(self, visits: Visits, ledgers: Ledgers, sites: Sites, dice: Dice, planning: Planning) -> None:
        self._visits, self._ledgers, self._sites, self._dice = visits, ledgers, sites, dice
        self._planning, self._turns = planning, Turns()

    def save(
        self, loaded: Loaded[Visit], decision: Decision[Visit], context: Context, seen: Seen = NOTHING_SEEN
    ) -> Receipt:
        """Saves the decision and moves the quota with it, all or nothing.

        What newly occupies days is put to the rules and seated first; a proposal that moves is put to them, too, though
        it occupies none.

        Raises what the rules forbid, and for who was beaten meanwhile `HostFull`, `DepartmentClosed`,
        `VisitorDoubleBooked`, `QuotaExceeded`, `QuotaClosed`, `WriteConflict`.
        """
        before, after, plan = loaded.state, decision.state, None
        occupies_more = _occupies_more(before, after)
        if occupies_more or _proposes_other_days(before, after):
            plan, warnings = self._planning.must_allow(after, before, context.now, seen)
            decision = warned(decision, warnings, before)
        if plan and occupies_more:
            return self._save_seated_or_tell(loaded, decision, context, plan)
        return self._save(loaded, decision, context)

    def add(self, visit_id: str, decision: Decision[Visit], context: Context) -> Receipt:
        """Keeps a new visit and moves the quota with it, all or nothing."""

        def both(within: Transaction) -> Receipt:
            self._move_quota(None, decision.state, within)
            return self._visits.add(visit_id, decision, context, within)

        return self._visits.atomically(both)

    def _save_seated_or_tell(
        self, loaded: Loaded[Visit], decision: Decision[Visit], context: Context, plan: Plan
    ) -> Receipt:
        try:
            return self._save_seated(loaded, decision, context, plan)
        except HostFull as full:
            raise self._planning.with_alternatives(full, decision.state, loaded.state, context.now) from None

    def _save_seated(self, loaded: Loaded[Visit], decision: Decision[Visit], context: Context, plan: Plan) -> Receipt:
        visit = decision.state
        for free in islice(self._free_seats(loaded.state, visit, plan), TRIES):
            shuffled = self._dice.shuffled(free)
            # Behind the look at the places: one that is given back on a day closed meanwhile is not free.
            department = self._open_department(visit, loaded.state)
            try:
                return self._save(loaded, in_seats(decision, shuffled), context)
            except SeatGone:
                continue
            except HoldTaken as beaten:
                if beaten.key.startswith("person:"):
                    raise _double_booked(beaten.key) from None
        raise _host_full(visit, department, free=0)

    def _free_seats(self, before: Visit, visit: Visit, plan: Plan) -> Iterator[list[int]]:
        """Seats that nobody but the visit itself holds on any of its days, look after look. The first was the plan's.

        Raises `HostFull` where they are too few.
        """
        own = frozenset(holds(before))
        yield _enough(visit, plan.department, plan.free_seats)
        while True:
            department = self._open_department(visit, before)
            numbers = range(1, department.seats + 1)
            keys = {seat_key(department.id, seat, day): seat for seat in numbers for day in visit.days}
            taken = {keys[key] for key in self._visits.held_keys(keys) - own}
            yield _enough(visit, department, (seat for seat in numbers if seat not in taken))

    def _open_department(self, visit: Visit, standing: Visit) -> Department:
        department = self._sites.load(visit.host_site).state.department(visit.host_department)
        must_be_open(department, asked_since(standing) or visit.planned_arrival, visit.planned_departure)
        return department

    def _save(self, loaded: Loaded[Visit], decision: Decision[Visit], context: Context) -> Receipt:
        before, after = loaded.state, decision.state
        ledgers = [move.ledger for move in moves(before, after)]
        write = self._visits.saving(loaded, decision, context)

        def both(within: Transaction) -> Receipt:
            # Site and ledger last: who else wants them gets in the way only from here to the end.
            receipt = write(within)
            if _occupies_more(before, after):
                self._must_have_its_seats(after, within)
            self._move_quota(before, after, within)
            return receipt

        if not ledgers:
            return write(None)
        with self._turns.taken(after.host_site, *ledgers):
            return self._visits.atomically(both)

    def _move_quota(self, before: Visit | None, after: Visit, within: Transaction) -> None:
        for move in moves(before, after):
            self._ledgers.move(move, within)

    def _must_have_its_seats(self, visit: Visit, within: Transaction) -> None:
        highest = max((each.seat or 0 for each in who_needs_a_seat(visit)), default=0)
        if not self._sites.has_seats(visit.host_site, visit.host_department, highest, within):
            raise SeatGone(department=visit.host_department, seat=highest)


def _enough(visit: Visit, department: Department, free: Iterable[int]) -> list[int]:
    """Those of the free seats that may be given to who needs one. Raises `HostFull`."""
    left = [seat for seat in free if seat not in left_behind(visit)]
    if len(left) < len(who_needs_a_seat(visit)):
        raise _host_full(visit, department, free=len(left))
    return left


def _occupies_more(before: Visit, after: Visit) -> bool:
    return not set(holds(after)) <= set(holds(before))


def _proposes_other_days(before: Visit, after: Visit) -> bool:
    days = [(each.planned_arrival, each.planned_departure) for each in (before, after)]
    return after.state == PROPOSED and days[0] != days[1]


def _host_full(visit: Visit, department: Department, *, free: int) -> HostFull:
    return HostFull(
        department=department.id,
        arrival=visit.planned_arrival.isoformat(),
        departure=visit.planned_departure.isoformat(),
        seats=department.seats,
        free=free,
        asked=len(who_needs_a_seat(visit)),
    )


def _double_booked(key: str) -> VisitorDoubleBooked:
    _, person, day = key.split(":")
    return VisitorDoubleBooked(person=person, date=day)
