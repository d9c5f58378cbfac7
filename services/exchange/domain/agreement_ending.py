"""The end of an agreement: terminated by a partner, or expired.

A day of an agreement is over when it is over at every partner: what Kashgar may no longer book, Gilgit may not either,
and nobody loses an evening to a partner further east.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from chassis.kernel.decision import Decision, Due
from chassis.kernel.zones import zone_named
from services.exchange.domain.agreement import EXPIRED, IN_EFFECT, TERMINATED, Agreement, Termination, Version
from services.exchange.domain.events import AgreementExpired, AgreementTerminated
from services.exchange.domain.refusals import DateInThePast, EndsAnyway, WrongState

END = "end"


def today_of(zones: Iterable[str], now: datetime) -> date:
    """The earliest day that has not gone by at some partner."""
    return min(now.astimezone(zone_named(zone)).date() for zone in zones)


def timed(agreement: Agreement, zones: Iterable[str]) -> Agreement:
    """The agreement with the moment at which its last day is over at every partner."""
    midnight = datetime.combine(agreement.last_day + timedelta(days=1), time())
    return replace(agreement, ends_at=max(midnight.replace(tzinfo=zone_named(zone)) for zone in zones))


def due(agreement: Agreement) -> tuple[Due, ...]:
    """An agreement in effect wants to be looked at again when its last day is over."""
    return (Due(END, agreement.ends_at),) if agreement.state == IN_EFFECT and agreement.ends_at else ()


def terminate(agreement: Agreement, termination: Termination, zones: Iterable[str]) -> Decision[Agreement]:
    """Ends it with the day `on`: at once when that is today, else it stays in effect, for less time than was agreed.

    A text that waited for approval waits no more. Raises `WrongState`, `DateInThePast`, `EndsAnyway`.
    """
    zones, on = list(zones), termination.on
    if agreement.state != IN_EFFECT:
        raise WrongState(state=agreement.state, command="terminate_agreement", fits=[IN_EFFECT])
    today = today_of(zones, termination.at)
    if on < today:
        raise DateInThePast(date=on.isoformat(), today=today.isoformat())
    if on > agreement.last_day:
        raise EndsAnyway(on=on.isoformat(), until=agreement.last_day.isoformat())
    ending = timed(replace(_without_amendment(agreement), termination=termination), zones)
    event = AgreementTerminated(ending, termination)
    if on > today:
        return Decision(ending, what="termination announced", events=(event,), why=termination.reason)
    terminated = replace(ending, state=TERMINATED)
    return Decision(
        terminated, what="terminated", events=(replace(event, agreement=terminated),), why=termination.reason
    )


def end(agreement: Agreement, *, now: datetime) -> Decision[Agreement] | None:
    """Its last day is over. `None` when it is not, or the agreement is not in effect."""
    if agreement.state != IN_EFFECT or agreement.ends_at is None or now < agreement.ends_at:
        return None
    if agreement.termination:
        return Decision(replace(agreement, state=TERMINATED), what="terminated", why=agreement.termination.reason)
    expired = replace(_without_amendment(agreement), state=EXPIRED)
    return Decision(expired, what="expired", events=(AgreementExpired(expired),))


def _without_amendment(agreement: Agreement) -> Agreement:
    waited: tuple[Version, ...] = (agreement.amendment,) if agreement.amendment else ()
    return replace(agreement, amendment=None, superseded=(*agreement.superseded, *waited))
