"""One department: its seats, what is held of them, and who is booked on days on which it is closed."""

from collections import Counter

from chassis.clock import Clock
from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.documents import Loaded
from contracts.words import DepartmentId, SiteId
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.directory import closure_view, department_particulars
from services.exchange.application.queries.views import View
from services.exchange.domain.permissions.directory import may_look_up
from services.exchange.domain.permissions.visits import may_see
from services.exchange.domain.site import Closure
from services.exchange.domain.visit import Visit, holds, parts_of_seat_key


class AskDepartment(Command):
    site_id: SiteId
    department_id: DepartmentId


def department(asked: AskDepartment, actor: Actor, sites: Sites, visits: Visits, clock: Clock) -> View:
    """The department; each closed period also says how many visits are `booked` in it and lists those one may see.

    `most_held`: the most places that visits hold on one day from today on; `beyond_seats`: visits on places that there
    are no more, which can only be such as were booked before a department could not lose them.
    """
    may_look_up(actor)
    site = sites.load(asked.site_id).state
    found = site.department(asked.department_id)
    holding = [(visit, _places(visit.state, found.id)) for visit in visits.holding_places(found.id)]
    today = site.today(clock.now()).isoformat()
    per_day = Counter(day for _, places in holding for _, day in places if day >= today)
    beyond = [visit for visit, places in holding if any(seat > found.seats for seat, day in places if day >= today)]
    return {
        **department_particulars(found),
        "closed": [_closed(closure, holding, actor) for closure in found.closed],
        "most_held": max(per_day.values(), default=0),
        "beyond_seats": [_line(visit) for visit in beyond if may_see(actor, visit.state)],
    }


def _places(visit: Visit, department: str) -> list[tuple[int, str]]:
    return [parts_of_seat_key(key) for key in holds(visit) if key.startswith(f"seat:{department}:")]


def _closed(closure: Closure, holding: list[tuple[Loaded[Visit], list[tuple[int, str]]]], actor: Actor) -> View:
    first, last = closure.first.isoformat(), closure.last.isoformat()
    inside = [visit for visit, places in holding if any(first <= day <= last for _, day in places)]
    shown = [_line(visit) for visit in inside if may_see(actor, visit.state)]
    return {**closure_view(closure), "booked": len(inside), "visits": shown}


def _line(visit: Loaded[Visit]) -> View:
    return {
        "id": visit.id,
        "version": visit.version,
        "state": visit.state.state,
        "leader": visit.state.leader,
        "planned_arrival": visit.state.planned_arrival.isoformat(),
        "planned_departure": visit.state.planned_departure.isoformat(),
    }
