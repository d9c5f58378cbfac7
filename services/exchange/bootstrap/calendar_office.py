"""In whose name calendar files are written, and what reads and writes them."""

from dataclasses import dataclass

from chassis.clock import Clock
from services.exchange.adapters.icalendar.invited import Inviting
from services.exchange.adapters.icalendar.visit_calendars import VisitCalendars
from services.exchange.application.ports.calendar_files import Feeds, Invitations, ReplyReader, VisitFiles
from services.exchange.application.ports.directory import People


@dataclass(frozen=True)
class CalendarOffice:
    """`web_url`: where people reach the pages; `reply_address`: where their calendar programs send replies.

    What reads and writes files is loaded when it is first needed: only some commands do.
    """

    web_url: str
    reply_address: str

    def inviting(self, people: People, clock: Clock) -> Inviting:
        return Inviting(self._invitations, people, self.reply_address, clock.now)

    def visits(self, people: People) -> VisitCalendars:
        return VisitCalendars(self._visits, people)

    def feeds(self) -> Feeds:
        from services.exchange.adapters.icalendar.feeds import FeedFiles

        return FeedFiles(self.web_url, self.reply_address)

    def replies(self) -> ReplyReader:
        from services.exchange.adapters.icalendar.reading import ReplyFiles

        return ReplyFiles(self.web_url, self.reply_address)

    def _visits(self) -> VisitFiles:
        from services.exchange.adapters.icalendar.visit_files import PublishedVisits

        return PublishedVisits(self.web_url, self.reply_address)

    def _invitations(self) -> Invitations:
        from services.exchange.adapters.icalendar.invitations import InvitationFiles

        return InvitationFiles(self.web_url, self.reply_address)


HERE = CalendarOffice("http://127.0.0.1:8000", "calendar@localhost")
"""On one machine, for nobody else."""
