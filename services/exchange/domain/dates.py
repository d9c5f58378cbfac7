"""Days that a visit can be planned for."""

from datetime import date

from services.exchange.domain.refusals import DateInThePast, DatesReversed, VisitTooLong
from services.exchange.domain.visit import MOST_DAYS, days_between


def must_be_possible(arrival: date, departure: date, today: date) -> None:
    """Raises `DatesReversed`, `DateInThePast`, `VisitTooLong`; `today` is the host's."""
    must_be_a_stay(arrival, departure)
    if arrival < today:
        raise DateInThePast(date=arrival.isoformat(), today=today.isoformat())


def must_be_a_stay(arrival: date, departure: date) -> None:
    """Raises `DatesReversed`, `VisitTooLong`."""
    days_must_be_in_order(arrival, departure)
    if days_between(arrival, departure) > MOST_DAYS:
        raise VisitTooLong(days=days_between(arrival, departure), most=MOST_DAYS)


def days_must_be_in_order(arrival: date, departure: date) -> None:
    """Raises `DatesReversed`."""
    if departure < arrival:
        raise DatesReversed(arrival=arrival.isoformat(), departure=departure.isoformat())
