"""When a person is busy, and free within the working hours of their site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from services.exchange.domain.calendar import Opening
from services.exchange.domain.diary.meetings import FREE, Attendee, Meeting, Span, Stamp
from services.exchange.domain.diary.naming import digits_of, moment_of, role_name
from services.exchange.domain.holidays import Calendar, works
from services.exchange.domain.site import Site
from services.exchange.domain.working_days import usual_hours

MOST_DAYS = 31
"""How many days are looked through at once."""


@dataclass(frozen=True)
class Time:
    """A stretch of somebody's time at a site of this zone, in UTC. `status`: `busy`, `busy-tentative` or `free`.

    `stamp`: of the booking that holds it; free time belongs to none.
    """

    name: str
    person: str
    site: str
    zone: str
    status: str
    begins: datetime
    ends: datetime
    stamp: Stamp | None = None


def entry_name(meeting: Meeting, attendee: Attendee) -> str:
    """What is called after the attendee of a meeting: what they said of it, and their time that it holds."""
    return f"{meeting.name}.{attendee.key}"


def held(meeting: Meeting, attendee: Attendee, site: Site) -> Time | None:
    """The attendee's time that the meeting holds, as it stands in their diary at the site; `None` where it does not."""
    if attendee.held is None or attendee.person is None:
        return None
    return Time(
        name=entry_name(meeting, attendee),
        person=attendee.person,
        site=site.id,
        zone=site.zone,
        status=meeting.hold,
        begins=attendee.held.begins,
        ends=attendee.held.ends,
        stamp=meeting.stamp,
    )


def busy(meetings: Iterable[Meeting], person: str, site: Site) -> list[Time]:
    """All of the person's time that meetings hold, whichever site they hold it for, in order."""
    key = digits_of(person)
    attending = ((meeting, attendee) for meeting in meetings if (attendee := meeting.attendee(key)))
    found = (held(meeting, attendee, site) for meeting, attendee in attending)
    return sorted((each for each in found if each), key=lambda each: (each.begins, each.name))


def free(taken: Iterable[Time], person: str, site: Site, calendar: Calendar, days: Iterable[date]) -> Iterator[Time]:
    """What is left of the site's hours on these days, in order. `calendar`: that of the site, see `calendar_of`.

    Nothing where the site has told no hours, and on a day that may become a holiday.
    """
    spans = [Span(each.begins, each.ends) for each in taken]
    for day in days:
        for opening in usual_hours(site, day) if works(site, calendar, day) else ():
            for gap in _gaps(_span_of(site, day, opening), spans):
                name = f"{role_name(person, site.id)}.{moment_of(gap.begins)}"
                yield Time(name, person, site.id, site.zone, FREE, gap.begins, gap.ends)


def _gaps(whole: Span, spans: list[Span]) -> Iterator[Span]:
    at = whole.begins
    for span in sorted(spans, key=lambda each: each.begins):
        if span.begins > at and at < whole.ends:
            yield Span(at, min(span.begins, whole.ends))
        at = max(at, span.ends)
    if at < whole.ends:
        yield Span(at, whole.ends)


def _span_of(site: Site, day: date, opening: Opening) -> Span:
    return Span(*(site.moment_of(day, clock) for clock in opening))
