"""Staying longer: asked for by either end, and so once every party that the agreement asks has said the same day."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from chassis.kernel.decision import Decision
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.dates import must_be_a_stay
from services.exchange.domain.events import VisitExtended, VisitExtensionAsked
from services.exchange.domain.lifecycle import must_fit
from services.exchange.domain.parties import ACCEPTED, Extension, Reply
from services.exchange.domain.refusals import DateInThePast
from services.exchange.domain.standing import DEPARTED, those
from services.exchange.domain.visit import ARRIVED, Visit, Visitor
from services.exchange.domain.visit_refusals import NobodyExpected, NotAnExtension


def extend(
    visit: Visit,
    departure: date,
    agreement: Agreement,
    *,
    parties: Iterable[str],
    by: str | None,
    reason: str,
    today: date,
    now: datetime,
) -> Decision[Visit]:
    """Says yes to a later departure for the `parties` that the person speaks for; another day starts anew.

    Raises `WrongState`, `NobodyExpected` where all have left, `NotAnExtension`, `DateInThePast`, `VisitTooLong`,
    `AgreementNotInEffect`, `ConditionRemoved`.
    """
    must_fit(visit, "extend_visit")
    _somebody_must_be_left(visit)
    _must_be_later(visit, departure, today)
    agreement.must_cover(visit.planned_arrival, departure)
    agreement.must_have(visit.condition)
    said = Reply(ACCEPTED, by, now, reason)
    accepted = {**_accepted_before(visit, departure), **{party: said for party in parties if party in visit.needs}}
    if set(visit.needs) - set(accepted):
        asked = replace(visit, extension=Extension(departure, accepted))
        told = VisitExtensionAsked(asked, departure, by=by, reason=reason)
        return Decision(asked, what=f"extension asked until {departure.isoformat()}", events=(told,), why=reason)
    extended = replace(visit, planned_departure=departure, visitors=tuple(_stay_or_left(visit)), extension=None)
    was = VisitExtended(extended, visit.planned_departure, by=by, reason=reason)
    return Decision(extended, what=f"extended until {departure.isoformat()}", events=(was,), why=reason)


def asked_since(standing: Visit | None) -> date | None:
    """The first day that a visit as it stands can still ask for; `None` while it has not begun and asks for all."""
    if standing is None or standing.state != ARRIVED:
        return None
    return standing.planned_departure + timedelta(days=1)


def arrival_held(standing: Visit | None) -> date | None:
    """The day of arrival that a visit as it stands holds: while it stays, nobody asks again how they get there."""
    return standing.planned_arrival if standing and standing.is_holding else None


def _accepted_before(visit: Visit, departure: date) -> dict[str, Reply]:
    asked = visit.extension
    return dict(asked.accepted) if asked and asked.departure == departure else {}


def _somebody_must_be_left(visit: Visit) -> None:
    if len(those(visit, DEPARTED)) == len(visit.going):
        raise NobodyExpected(command="extend_visit")


def _stay_or_left(visit: Visit) -> Iterator[Visitor]:
    """The visitors of the visit that is extended: nothing more is planned for who has left."""
    left = those(visit, DEPARTED)
    for each in visit.visitors:
        until = each.planned_until or visit.planned_departure
        yield replace(each, planned_until=until) if each.person in left else each


def _must_be_later(visit: Visit, departure: date, today: date) -> None:
    if departure <= visit.planned_departure:
        raise NotAnExtension(departure=departure.isoformat(), planned_departure=visit.planned_departure.isoformat())
    if departure < today:
        raise DateInThePast(date=departure.isoformat(), today=today.isoformat())
    must_be_a_stay(visit.planned_arrival, departure)
