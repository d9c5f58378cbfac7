"""What a visit reminds of: its arrival and departure, and replies that nobody has given."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from chassis.kernel.zones import zone_named
from services.notify.domain.lines import Facts, Line
from services.notify.domain.reminders.rows import Aim, Row, end_of
from services.notify.domain.roles import HOST_COORDINATOR, SENDING_COORDINATOR, VISITOR

FOLLOWED = tuple(
    f"exchange.visit.{what}.v1"
    for what in (
        "proposed",
        "replied",
        "booked",
        "arrived",
        "fulfilled",
        "cancelled",
        "rescheduled",
        "extension-asked",
        "extended",
        "visitor-withdrew",
        "departed",
        "noshow",
        "entered-in-error",
        "entered-later",
        "deputy-named",
        "note-added",
    )
)
"""Every event with a visit's full state: which of them is the newest is what counts."""

HOST, SENDING = "host_site", "sending_site"
_REPLIES_FOR_ITSELF = "sending-site"
"""The party that the sending site speaks for; the host speaks for all others."""


def _people(role: str) -> Callable[[Facts], Iterable[str]]:
    return lambda facts: facts[role]


def _coordinators(end: str) -> Callable[[Facts], Iterable[str]]:
    return lambda facts: facts[end]["coordinators"]


def _arrival(end: str) -> Callable[[Facts], Aim | None]:
    """For the people of an end: once it is booked, until the day of the arrival has come at the host."""

    def arrival(facts: Facts) -> Aim | None:
        if facts["state"] != "booked":
            return None
        day = date.fromisoformat(facts["planned_arrival"])
        until = end_of(day - timedelta(days=1), facts[HOST]["zone"])
        return Aim(f"arrival {day}", day, (facts[end]["zone"],), until)

    return arrival


def _departure(facts: Facts) -> Aim | None:
    """While somebody is there, until the last day is over. Everybody concerned is at the host."""
    if facts["state"] != "arrived":
        return None
    day, zone = date.fromisoformat(facts["planned_departure"]), facts[HOST]["zone"]
    return Aim(f"departure {day}", day, (zone,), end_of(day, zone))


def _reply(end: str) -> Callable[[Facts], Aim | None]:
    """For the people of an end: while a party that they speak for has not answered, until replies are due."""

    def reply(facts: Facts) -> Aim | None:
        if facts["state"] not in ("proposed", "pending") or not any(speaks_for(end, each) for each in awaited(facts)):
            return None
        until, zone = datetime.fromisoformat(facts["reply_by"]), facts[end]["zone"]
        return Aim(f"reply {facts['reply_by']}", until.astimezone(zone_named(zone)).date(), (zone,), until)

    return reply


def awaited(facts: Facts) -> tuple[str, ...]:
    """The parties that have not answered; the host where an earlier event does not tell who was asked."""
    replies = facts.get("replies")
    if replies is None:
        return ("host-department",)
    return tuple(each["party"] for each in replies if each["status"] == "needs-action")


def speaks_for(end: str, party: str) -> bool:
    """Whether the people of an end (`HOST`, `SENDING`) answer for the party."""
    return (party == _REPLIES_FOR_ITSELF) == (end == SENDING)


ROWS = (
    Row("arrival-of-you", (14, 3, 1), Line("arrival-near-for-you", VISITOR, _people("visitors")), _arrival(SENDING)),
    Row("arrival-at-host", (3,), Line("arrival-near", HOST_COORDINATOR, _coordinators(HOST)), _arrival(HOST)),
    Row(
        "arrival-of-yours", (14,), Line("arrival-near", SENDING_COORDINATOR, _coordinators(SENDING)), _arrival(SENDING)
    ),
    Row("departure-of-you", (1,), Line("departure-near-for-you", VISITOR, _people("visitors")), _departure),
    Row("departure-at-host", (1,), Line("departure-near", HOST_COORDINATOR, _coordinators(HOST)), _departure),
    Row("reply-of-host", (3, 1), Line("reply-awaited", HOST_COORDINATOR, _coordinators(HOST)), _reply(HOST)),
    Row(
        "reply-of-sending",
        (3, 1),
        Line("reply-awaited", SENDING_COORDINATOR, _coordinators(SENDING)),
        _reply(SENDING),
    ),
)
