"""Until when something stands: an approval, an agreement. Days are calendar days in the zone of who keeps them."""

from datetime import UTC, date, datetime, time, timedelta

from chassis.kernel.decision import Due
from chassis.kernel.zones import zone_named

IN_FORCE, EXPIRING, EXPIRED = "in-force", "expiring", "expired"
WARNED_BEFORE = timedelta(days=30)


def validity(expires_on: date | None, today: date) -> str:
    """`expired` from the day after the last on; `expiring` for the 30 days before that; `None` never expires."""
    if expires_on is None or today < expires_on - WARNED_BEFORE:
        return IN_FORCE
    return EXPIRED if today > expires_on else EXPIRING


def day_of(moment: datetime, zone: str) -> date:
    """The calendar day in a zone."""
    return moment.astimezone(zone_named(zone)).date()


def end_of(day: date, zone: str) -> datetime:
    """The moment at which a calendar day is over in a zone; UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone_named(zone)).astimezone(UTC)


def news(expires_on: date | None, zone: str, told: tuple[str, ...], now: datetime) -> str | None:
    """What has become of it by now and nobody was told: `expiring`, or `expired`."""
    state = validity(expires_on, day_of(now, zone))
    return state if state in (EXPIRING, EXPIRED) and state not in told else None


def due_of(expires_on: date | None, zone: str, told: tuple[str, ...]) -> tuple[Due, ...]:
    """The moments at which there will be news; what expired needs no warning any more."""
    if expires_on is None or EXPIRED in told:
        return ()
    warned = end_of(expires_on - WARNED_BEFORE - timedelta(days=1), zone)
    moments = {EXPIRING: warned, EXPIRED: end_of(expires_on, zone)}
    return tuple(Due(name, at) for name, at in moments.items() if name not in told)
