"""The places of a department that visits hold."""

from datetime import date

from chassis.kernel.documents import Transaction
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.visit import holds, parts_of_seat_key


def seats_held(visits: Visits, department: str, *, since: date, within: Transaction | None = None) -> list[str]:
    """The keys of the department's places that visits hold on the day `since` or later."""
    held = (key for visit in visits.holding_places(department, within) for key in holds(visit.state))
    here = (key for key in held if key.startswith(f"seat:{department}:"))
    return [key for key in here if parts_of_seat_key(key)[1] >= since.isoformat()]
