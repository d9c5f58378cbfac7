"""Where somebody is or was because of a visit."""

from datetime import date

from services.exchange.domain.rules.plan import Stay
from services.exchange.domain.visit import FULFILLED, Visit, holds, person_key


def stay_of(visit: Visit, person: str) -> Stay | None:
    """The days that the visit holds of the person, or those that it really took; `None` where it did not happen."""
    beginning = person_key(person, date.min).removesuffix(date.min.isoformat())
    held = sorted(key.removeprefix(beginning) for key in holds(visit) if key.startswith(beginning))
    if held:
        return Stay(date.fromisoformat(held[0]), date.fromisoformat(held[-1]))
    visitor = next((each for each in visit.going if each.person == person), None)
    if visitor is None or visit.state != FULFILLED:
        return None
    arrival, departure = visit.arrival_of(visitor), visitor.departed_on or visit.actual_departure
    return Stay(arrival, departure) if arrival and departure else None
