"""Saving a decision together with what it takes or gives back: seats, people and quota."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import HoldTaken, Loaded, Transaction
from services.exchange.application.planning import Planning
from services.exchange.application.ports import Dice, Ledgers, Sites, Visits
from services.exchange.domain.closing import must_be_open
from services.exchange.domain.ledger import ledger_id
from services.exchange.domain.proposing import warned
from services.exchange.domain.refusals import HostFull, VisitorDoubleBooked
from services.exchange.domain.replying import seated
from services.exchange.domain.site import Department
from services.exchange.domain.visit import FULFILLED, Visit, seat_key

TRIES = 20
"""How often a writer who was beaten to a seat picks another."""


class Booking:
    """Keeps visits, holds and quota in step."""

    def __init__(self, visits: Visits, ledgers: Ledgers, sites: Sites, dice: Dice, planning: Planning) -> None:
        self._visits, self._ledgers, self._sites, self._dice = visits, ledgers, sites, dice
        self._planning = planning

    def save(self, loaded: Loaded[Visit], decision: Decision[Visit], context: Context) -> Receipt:
        """Saves the decision and moves the quota with it, all or nothing; what begins to hold is put to the rules.

        Raises what the rules forbid, and for who was beaten meanwhile `HostFull`, `DepartmentClosed`,
        `VisitorDoubleBooked`,
        `QuotaExceeded`, `QuotaClosed`, `WriteConflict`.
        """
        if decision.state.is_holding and not loaded.state.is_holding:
            warnings = self._planning.must_allow(decision.state, loaded.state, context.now)
            return self._save_seated_or_tell(loaded, warned(decision, warnings), context)
        return self._save(loaded, decision, context)

    def _save_seated_or_tell(self, loaded: Loaded[Visit], decision: Decision[Visit], context: Context) -> Receipt:
        try:
            return self._save_seated(loaded, decision, context)
        except HostFull as full:
            raise self._planning.with_alternatives(full, decision.state, loaded.state, context.now) from None

    def _save_seated(self, loaded: Loaded[Visit], decision: Decision[Visit], context: Context) -> Receipt:
        for _ in range(TRIES):
            department = self._open_department(decision.state)
            seats = self._dice.shuffled(self._free_seats(decision.state, department))
            # Again, behind the look at the places: one that is given back on a day closed meanwhile is not free.
            self._open_department(decision.state)
            try:
                return self._save(loaded, seated(decision, seats[: len(decision.state.visitors)]), context)
            except HoldTaken as beaten:
                if beaten.key.startswith("person:"):
                    raise _double_booked(beaten.key) from None
        raise _host_full(decision.state, department, free=0)

    def _open_department(self, visit: Visit) -> Department:
        department = self._sites.load(visit.host_site).state.department(visit.host_department)
        must_be_open(department, visit.planned_arrival, visit.planned_departure)
        return department

    def _save(self, loaded: Loaded[Visit], decision: Decision[Visit], context: Context) -> Receipt:
        def both(within: Transaction) -> Receipt:
            self._move_quota(loaded.state, decision.state, within)
            return self._visits.save(loaded, decision, context, within)

        if loaded.state.is_holding == decision.state.is_holding:
            return self._visits.save(loaded, decision, context)
        return self._visits.atomically(both)

    def _move_quota(self, before: Visit, after: Visit, within: Transaction) -> None:
        ledger = ledger_id(after.agreement, after.condition, after.year)
        if not before.is_holding:
            self._ledgers.hold(
                ledger,
                visitor_days=after.visitor_days,
                arrival=after.planned_arrival,
                departure=after.planned_departure,
                within=within,
            )
        elif after.state == FULFILLED:
            used = after.actual_visitor_days
            self._ledgers.use(ledger, held_days=before.visitor_days, used_days=used, within=within)
        else:
            self._ledgers.release(ledger, visitor_days=before.visitor_days, within=within)

    def _free_seats(self, visit: Visit, department: Department) -> list[int]:
        numbers = range(1, department.seats + 1)
        keys = {seat_key(department.id, seat, day): seat for seat in numbers for day in visit.days}
        taken = {keys[key] for key in self._visits.held_keys(keys)}
        free = [seat for seat in numbers if seat not in taken]
        if len(free) < len(visit.visitors):
            raise _host_full(visit, department, free=len(free))
        return free


def _host_full(visit: Visit, department: Department, *, free: int) -> HostFull:
    return HostFull(
        department=department.id,
        arrival=visit.planned_arrival.isoformat(),
        departure=visit.planned_departure.isoformat(),
        seats=department.seats,
        free=free,
        asked=len(visit.visitors),
    )


def _double_booked(key: str) -> VisitorDoubleBooked:
    _, person, day = key.split(":")
    return VisitorDoubleBooked(person=person, date=day)
