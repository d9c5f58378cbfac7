"""What the events of visits carry for people's own calendars: for who goes, and for everybody else who is told.

A proposal that moves is published too, as TENTATIVE: it may have been booked before, and then stands in calendars on
days that are no longer so. For the same reason whatever is cancelled is taken out; programs pass over a CANCEL of what
they do not have (RFC 5546, 3.2.5).
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from chassis.store import Edition
from services.exchange.adapters.icalendar.invited import OFTEN
from services.exchange.application.ports.calendar_files import Directory, ListedVisit, VisitFiles
from services.exchange.application.ports.directory import People
from services.exchange.domain.events import (
    VisitBooked,
    VisitCancelled,
    VisitExtended,
    VisitHappening,
    VisitorWithdrew,
    VisitRescheduled,
)
from services.exchange.domain.site import Site
from services.exchange.domain.visit import Visit

METHODS: Mapping[type[VisitHappening], str] = {
    VisitBooked: "PUBLISH",
    VisitRescheduled: "PUBLISH",
    VisitExtended: "PUBLISH",
    VisitCancelled: "CANCEL",
    VisitorWithdrew: "CANCEL",
}


class VisitCalendars:
    """Writes them; it asks for people only where a file is to be written."""

    def __init__(self, files: Callable[[], VisitFiles], people: People) -> None:
        self._open_files, self._people = files, people

    @cached_property
    def _files(self) -> VisitFiles:
        return self._open_files()

    def carried(self, event: VisitHappening, edition: Edition, sites: Mapping[str, Site]) -> dict[str, Any]:
        """The field `calendar` of the event; no field where it carries none."""
        method = METHODS.get(type(event))
        if method is None:
            return {}
        visit = event.visit
        going, others = _readers(event, sites)
        among = Directory(self._people.named(sorted(going | others)), sites)
        listed = ListedVisit(visit, edition.version, edition.at)

        def texts(readers: Iterable[str], *, goes: bool) -> dict[str, str]:
            languages = {OFTEN, *(among.people[each].language for each in readers if each in among.people)}
            files = {each: self._files.write(method, listed, each, among, goes=goes) for each in sorted(languages)}
            return {language: file.decode() for language, file in files.items()}

        calendar = {"visitors": texts(going, goes=True)} | ({"others": texts(others, goes=False)} if others else {})
        return {"calendar": {"method": method, **calendar}}


def _readers(event: VisitHappening, sites: Mapping[str, Site]) -> tuple[set[str], set[str]]:
    """Who goes, and who else hears of it; of a withdrawal who withdrew alone: for everybody else the visit stands."""
    if isinstance(event, VisitorWithdrew):
        return {event.person}, set()
    return {each.person for each in event.visit.visitors}, _told_beside(event.visit, sites)


def _told_beside(visit: Visit, sites: Mapping[str, Site]) -> set[str]:
    """Who hears of it and does not go."""
    ends = (sites[visit.sending_site], sites[visit.host_site])
    coordinators = {person for site in ends for person in site.coordinators}
    return coordinators | ({visit.proposer} if visit.proposer else set())
