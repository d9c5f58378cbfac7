"""A visit as an entry of the diary: its days are whole days at the host."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from services.exchange.domain.diary.meetings import VISIT, Attendee, Meeting, Said, Span, Stamp
from services.exchange.domain.diary.naming import digits_of, name_of
from services.exchange.domain.parties import ACCEPTED, DECLINED, NEEDS_ACTION, Reply
from services.exchange.domain.site import Site
from services.exchange.domain.visit import CANCELLED, Visit, Visitor

VISITOR = "visitor"
_PLACES = {"sending-site", "host-department"}


def of_visit(visit: Visit, host: Site, stamp: Stamp) -> Meeting:
    """The visit's one meeting, from the beginning of the day of arrival to the end of the day of departure."""
    planned = _days(host, visit.planned_arrival, visit.planned_departure)
    return Meeting(
        name=name_of(visit.id),
        booking=visit.id,
        kind=VISIT,
        status=visit.state,
        what=visit.kind,
        field=visit.field,
        zone=host.zone,
        begins=planned.begins,
        ends=planned.ends,
        sites=frozenset({visit.sending_site, visit.host_site}),
        attendees=(*_visitors(visit, host), *_parties(visit, host)),
        stamp=stamp,
        declined_by=_declined_by(visit),
    )


def _visitors(visit: Visit, host: Site) -> Iterator[Attendee]:
    for visitor in visit.visitors:
        yield Attendee(
            key=digits_of(visitor.person),
            role=VISITOR,
            # Visitors do not reply: who is on the list goes, until they withdraw.
            status=DECLINED if visitor.withdrawn else ACCEPTED,
            site=visit.sending_site,
            person=visitor.person,
            held=_held(visit, visitor, host),
        )


def _held(visit: Visit, visitor: Visitor, host: Site) -> Span | None:
    days = visit.days_of(visitor) if visit.is_holding else ()
    return _days(host, days[0], days[-1]) if days else None


def _parties(visit: Visit, host: Site) -> Iterator[Attendee]:
    for party in dict.fromkeys((*visit.needs, *visit.replies)):
        reply = visit.replies.get(party)
        yield Attendee(
            key=party,
            role=party,
            status=reply.status if reply else NEEDS_ACTION,
            site=(visit.sending_site if party == "sending-site" else visit.host_site) if party in _PLACES else None,
            within=visit.host_department if party == "host-department" else None,
            said=_said(reply, host) if reply else None,
        )


def _said(reply: Reply, host: Site) -> Said:
    instead = _days(host, reply.arrival, reply.departure) if reply.arrival and reply.departure else None
    return Said(reply.status, reply.at, instead)


def _declined_by(visit: Visit) -> str | None:
    declined = (party for party, reply in visit.replies.items() if reply.status == DECLINED)
    return next(declined, None) if visit.state == CANCELLED else None


def _days(host: Site, first: date, last: date) -> Span:
    return Span(*(host.begin_of(day).astimezone(UTC) for day in (first, last + timedelta(days=1))))
