"""Where somebody reads the diary: who they are, what they may see and what is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis.kernel.actor import Actor
from services.exchange.application.diary.sought import Sought
from services.exchange.application.ports.diary import Diary, Entry, Known, Rendering, Resource
from services.exchange.application.ports.directory import Calendars, People
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.diary.conferring import of_consultation
from services.exchange.domain.diary.meetings import Meeting
from services.exchange.domain.diary.naming import digits_of
from services.exchange.domain.diary.visiting import of_visit
from services.exchange.domain.permissions.diary import may_see, own_sites
from services.exchange.domain.site import Site
from services.exchange.domain.visit import Visit


@dataclass(frozen=True)
class Desk:
    """`sites` are all that there are: as many as hospitals."""

    actor: Actor
    now: datetime
    sites: Mapping[str, Site]
    diary: Diary
    people: People
    calendars: Calendars
    rendering: Rendering

    @property
    def own(self) -> frozenset[str]:
        """The sites whose bookings may be looked through."""
        return own_sites(self.actor, self.sites)

    def site_with(self, digits: str) -> Site | None:
        """The site that these digits of a name stand for."""
        return next((site for site in self.sites.values() if digits_of(site.id) == digits), None)

    def known(self, meetings: Iterable[Meeting]) -> Known:
        """Everybody who takes part in the meetings."""
        attending = frozenset[str]().union(*(meeting.people for meeting in meetings))
        return Known(self.people.named(attending), self.sites)

    def seen(self, meetings: Iterable[Meeting]) -> list[Meeting]:
        """Those that the reader may see."""
        return [meeting for meeting in meetings if may_see(self.actor, meeting)]

    def booked(self, bookings: Iterable[str]) -> list[Meeting]:
        """The meetings of these visits and consultations, whoever may see them."""
        ids = set(bookings)
        visits = self.diary.visits(each for each in ids if each.startswith("vis_"))
        consultations = self.diary.consultations(each for each in ids if each.startswith("con_"))
        return self._meetings(visits, consultations)

    def of_person(self, person: str) -> list[Meeting]:
        """Every meeting in which the person takes part, or may have to, whoever may see it."""
        return self._meetings(self.diary.visits_of(person), self.diary.consultations_of(person))

    def _meetings(self, visits: Iterable[Entry[Visit]], consultations: Iterable[Entry[Consultation]]) -> list[Meeting]:
        visiting = [of_visit(each.state, self.sites[each.state.host_site], each.stamp) for each in visits]
        conferring = [meeting for each in consultations for meeting in of_consultation(each.state, each.stamp)]
        return visiting + conferring


@dataclass(frozen=True)
class Found:
    """A page of what a search means. `following`: where the next page begins, where there is one."""

    resources: list[Resource]
    total: int
    following: str | None


def page_of(keys: Iterable[str], sought: Sought) -> tuple[list[str], str | None]:
    """The keys on the page that is asked for, in order, and the last of them where more follow."""
    behind = sorted(key for key in keys if sought.after is None or key > sought.after)
    page = behind[: sought.count]
    return page, page[-1] if page and len(behind) > len(page) else None
