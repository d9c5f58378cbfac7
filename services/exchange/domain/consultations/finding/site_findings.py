"""What the clocks and calendars of the sites have against a time."""

from collections.abc import Iterator
from datetime import date

from services.exchange.domain.consultations.finding import rules
from services.exchange.domain.consultations.finding.looking import Found, Look
from services.exchange.domain.consultations.finding.plan import Away
from services.exchange.domain.consultations.finding.refusals import (
    AtNight,
    OnStaffVisit,
    OutsideHours,
    SiteDayOff,
    SiteOnHoliday,
)
from services.exchange.domain.consultations.finding.rules import Cause
from services.exchange.domain.consultations.finding.site_times import day_off, is_provisional


def night(look: Look) -> Iterator[Found]:
    """For each site at which it is too early or too late for somebody who is asked."""
    for site, people, forbids in _hindering(look, rules.NIGHT):
        yield AtNight(**_hour(look, site), people=people), forbids


def holiday(look: Look) -> Iterator[Found]:
    """For each site that keeps a holiday: its country's, or its own."""
    for site, people, forbids in _hindering(look, rules.HOLIDAY):
        days = [day for day in look.local_days(site) if _day_off(look, site, day) == rules.HOLIDAY]
        yield _on_holiday(look, site, days, people, provisional=False), forbids


def weekend(look: Look) -> Iterator[Found]:
    """For each site that is closed on the weekday."""
    for site, people, forbids in _hindering(look, rules.WEEKEND):
        days = [day.isoformat() for day in look.local_days(site) if _day_off(look, site, day) == rules.WEEKEND]
        yield SiteDayOff(site=site, days=days, people=people), forbids


def hours(look: Look) -> Iterator[Found]:
    """For each site from which somebody comes outside its working hours, by how much."""
    for site in look.sites:
        if minutes := unsocial_minutes(look, site):
            yield OutsideHours(**_hour(look, site), minutes=minutes, people=look.at(site)), False


def provisional(look: Look) -> Iterator[Found]:
    """For each site from which somebody comes on a day that may become a holiday."""
    for site in look.sites:
        calendar = look.timetable.plan.calendars[site]
        if days := [day for day in look.local_days(site) if is_provisional(calendar, day)]:
            yield _on_holiday(look, site, days, look.at(site), provisional=True), False


def visit(look: Look) -> Iterator[Found]:
    """Everybody who comes from where they are on a staff visit."""
    for each in look.attendances:
        if each.comes and (away := away_at(look, each.comes, each.site)) and each.site != each.participant.site:
            first, last = away.first.isoformat(), away.last.isoformat()
            home = each.participant.site
            yield OnStaffVisit(person=each.comes, site=home, host=each.site, first=first, last=last), False


def away_at(look: Look, person: str, host: str) -> Away | None:
    """The staff visit for which somebody is at the host when it begins."""
    day = look.local(host)[0].date()
    visits = look.timetable.plan.away.get(person, ())
    return next((away for away in visits if away.host == host and away.first <= day <= away.last), None)


def unsocial_minutes(look: Look, site: str) -> int:
    """How much of it lies outside the site's working hours."""
    return look.minutes_in(look.timetable.grid.all & ~look.timetable.sites[site].hours)


def _hindering(look: Look, rule: str) -> Iterator[tuple[str, list[str], bool]]:
    """Each site at which the rule keeps somebody away, or would: whom, and whether that forbids the time."""
    for site in look.timetable.sites:
        cause = Cause(rule, site)
        if hindered := look.hindered(cause):
            yield site, [each.participant.person for each in hindered], look.forbids(cause)


def _hour(look: Look, site: str) -> dict[str, str]:
    begins, ends = look.local(site)
    zone = look.timetable.plan.sites[site].zone
    return {"site": site, "zone": zone, "local_begins": begins.isoformat(), "local_ends": ends.isoformat()}


def _day_off(look: Look, site: str, day: date) -> str | None:
    plan = look.timetable.plan
    return day_off(plan.sites[site], plan.calendars[site], day)


def _on_holiday(look: Look, site: str, days: list[date], people: list[str], *, provisional: bool) -> SiteOnHoliday:
    calendar = look.timetable.plan.calendars[site]
    return SiteOnHoliday(
        site=site,
        days=[day.isoformat() for day in days],
        names=[calendar[day].name for day in days],
        names_by_language=[dict(calendar[day].names) for day in days],
        provisional=provisional,
        people=people,
    )
