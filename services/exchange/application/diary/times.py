"""Schedules, one for each person at a site, and the slots in them: time that is held, and time that is free."""

from collections.abc import Iterator
from datetime import date, timedelta

from chassis.kernel.errors import Unknown
from chassis.kernel.zones import zone_named
from services.exchange.application.diary.desk import Desk, Found, page_of
from services.exchange.application.diary.directory import person_at, roles_sought
from services.exchange.application.diary.responses import attended
from services.exchange.application.diary.sought import ID, Sought
from services.exchange.application.ports.diary import Resource
from services.exchange.domain.diary.dates import Dates, fits, is_open, window_of
from services.exchange.domain.diary.naming import moment_in, moment_of, read
from services.exchange.domain.diary.refusals import InvalidParameter, ParameterNeeded
from services.exchange.domain.diary.times import MOST_DAYS, Time, busy, free, held
from services.exchange.domain.holidays import Calendar, calendar_of
from services.exchange.domain.permissions.diary import may_see_times
from services.exchange.domain.site import Site

STATUSES = ("busy", "free", "busy-unavailable", "busy-tentative", "entered-in-error")
"""All that FHIR knows (slotstatus)."""
SYSTEM = "http://hl7.org/fhir/slotstatus"
_A_DAY = timedelta(days=1)


def read_schedule(name: str, desk: Desk) -> Resource:
    person, site = person_at(name, desk)
    return desk.rendering.schedule(person, site)


def search_schedules(sought: Sought, desk: Desk) -> Found:
    """Those of people at the reader's sites, and those that are named."""
    found, keys, following = roles_sought(sought, desk, "actor")
    return Found([desk.rendering.schedule(*found[key]) for key in keys], len(found), following)


def read_slot(name: str, desk: Desk) -> Resource:
    """Time that is held is told to who may see the booking, free time to the person's own site. Raises `Unknown`."""
    time = _free_time(name, desk) if name.startswith("per-") else _held_time(name, desk)
    if time is None:
        raise Unknown(kind="Slot", id=name[:64])
    return desk.rendering.slot(time)


def search_slots(sought: Sought, desk: Desk) -> Found:
    """The slots of one schedule in at most `MOST_DAYS` days; free ones that are over are left out.

    Raises `InvalidParameter`, `ParameterNeeded`, and `NotAllowed` where the schedule is another site's.
    """
    statuses, dates = sought.codes("status", SYSTEM, STATUSES), sought.dates("start")
    person, site = _schedule_sought(sought, desk)
    found = {
        f"{moment_of(time.begins)}.{time.name}": time
        for time in _times(person, site, dates, desk)
        if all(time.status in wanted for wanted in statuses)
        and fits(dates, time.begins, site.zone)
        and all(time.name in wanted for wanted in sought.all_of(ID))
    }
    keys, following = page_of(found, sought)
    return Found([desk.rendering.slot(found[key]) for key in keys], len(found), following)


def _schedule_sought(sought: Sought, desk: Desk) -> tuple[str, Site]:
    sought.must_have("schedule")
    named = sought.names("Schedule", "schedule")
    if len(named) > 1 or len(named[0]) > 1:
        raise InvalidParameter(parameter="schedule", value="", problem="one schedule at a time is told")
    person, site = person_at(named[0][0], desk)
    may_see_times(desk.actor, site.id)
    return person.state.id, site


def _times(person: str, site: Site, dates: Dates, desk: Desk) -> Iterator[Time]:
    days = _days(dates)
    taken = busy(desk.of_person(person), person, site)
    yield from taken
    yield from _free(taken, person, site, days, desk)


def _free(taken: list[Time], person: str, site: Site, days: list[date], desk: Desk) -> Iterator[Time]:
    """Free time on these days that is not over."""
    found = free(taken, person, site, _calendar(site, days, desk), days)
    return (time for time in found if time.ends > desk.now)


def _days(dates: Dates) -> list[date]:
    """The days on which something may begin that is sought, in any zone. Raises `ParameterNeeded`."""
    first, last = window_of(dates)
    # The window is a day and more wider than what was written, whatever the zone.
    if is_open(first) or is_open(last) or last - first > (MOST_DAYS + 2) * _A_DAY:
        raise ParameterNeeded(type="Slot", needs=[f"start=ge… and start=lt…, at most {MOST_DAYS} days"])
    return [first.date() + number * _A_DAY for number in range((last - first).days + 2)]


def _calendar(site: Site, days: list[date], desk: Desk) -> Calendar:
    years = sorted({day.year for day in days})
    national = {day: each for year in years for day, each in desk.calendars.days(site.country, year).items()}
    return calendar_of(site, national)


def _held_time(name: str, desk: Desk) -> Time | None:
    meeting, attendee = attended(name, desk)
    return held(meeting, attendee, desk.sites[attendee.site]) if attendee.site else None


def _free_time(name: str, desk: Desk) -> Time | None:
    begins = moment_in(read(name, "per", rest=2).rest[1])
    person, site = person_at(name.rpartition(".")[0], desk)
    may_see_times(desk.actor, site.id)
    if begins is None:
        return None
    days = [begins.astimezone(zone_named(site.zone)).date()]
    taken = busy(desk.of_person(person.state.id), person.state.id, site)
    found = _free(taken, person.state.id, site, days, desk)
    return next((time for time in found if time.name == name), None)
