"""Moments as calendar programs write them (RFC 5545, 3.3.5 and 3.3.6)."""

import re
from datetime import UTC, datetime, timedelta

from services.exchange.adapters.icalendar.lines import Line
from services.exchange.adapters.icalendar.zones import zone_of
from services.exchange.domain.consultations.replies.refusals import AllDay, FloatingTime, NotADate

_MOMENT = re.compile(r"(\d{8}T\d{6})(Z?)", re.ASCII)
_DAY = re.compile(r"\d{8}", re.ASCII)
_DURATION = re.compile(r"\+?P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?", re.ASCII)


def moment_of(line: Line) -> datetime:
    """In UTC. Raises `NotADate`, `AllDay`, `FloatingTime`, `UnknownZone`."""
    facts = {"property": line.name, "value": line.value[:100]}
    if line.parameters.get("VALUE", "").upper() == "DATE" or _DAY.fullmatch(line.value):
        raise AllDay(**facts)
    read = _MOMENT.fullmatch(line.value)
    if not read:
        raise NotADate(**facts)
    try:
        local = datetime.strptime(read[1], "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- its zone stands elsewhere
        if read[2]:
            return local.replace(tzinfo=UTC)
        if "TZID" not in line.parameters:
            raise FloatingTime(**facts)
        return local.replace(tzinfo=zone_of(line.parameters["TZID"])).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotADate(**facts) from None


def after(begins: datetime, line: Line) -> datetime:
    """The end of what takes so long: days, hours, minutes, seconds; no session takes weeks. Raises `NotADate`."""
    read = _DURATION.fullmatch(line.value)
    if not read or not any(read.groups()):
        raise NotADate(property=line.name, value=line.value[:100])
    days, hours, minutes, seconds = (int(part or 0) for part in read.groups())
    try:
        return begins + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        raise NotADate(property=line.name, value=line.value[:100]) from None
