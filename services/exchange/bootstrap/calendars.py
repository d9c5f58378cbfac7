"""Calendars that others subscribe to, and what theirs answer."""

from typing import Any

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.mailbox import Mailbox
from services.exchange.adapters.icalendar.mail import calendar_of
from services.exchange.application import queries
from services.exchange.application.collecting_replies import ReplyPost
from services.exchange.application.commands import calendars as commands
from services.exchange.application.convening import Convening
from services.exchange.application.feeding import Feeding
from services.exchange.application.ports.calendar_files import MailedCalendar
from services.exchange.application.ports.letters import Codes
from services.exchange.application.queries.views import View
from services.exchange.bootstrap.calendar_office import CalendarOffice
from services.exchange.bootstrap.stores import Stores


class Calendars:
    """What can be asked about calendars."""

    stores: Stores
    clock: Clock
    office: CalendarOffice
    feeding: Feeding
    secrets: Codes
    convening: Convening

    @decided_again_on_conflict
    def open_calendar_address(self, command: commands.OpenCalendarAddress, context: Context) -> dict[str, Any]:
        addresses, web_url = self.stores.calendar_addresses, self.office.web_url
        return commands.open_calendar_address(command, context, addresses, self.feeding, self.secrets, web_url)

    @decided_again_on_conflict
    def revoke_calendar_address(self, command: commands.RevokeCalendarAddress, context: Context) -> Receipt:
        return commands.revoke_calendar_address(command, context, self.stores.calendar_addresses)

    @decided_again_on_conflict
    def receive_calendar_reply(self, command: commands.ReceiveCalendarReply, context: Context) -> Receipt:
        return commands.receive_calendar_reply(command, context, self._answering())

    @decided_again_on_conflict
    def receive_mailed_reply(self, mailed: MailedCalendar, context: Context) -> Receipt:
        return commands.receive_mailed_reply(mailed, context, self._answering())

    def reply_post(self, mailbox: Mailbox) -> ReplyPost:
        """What collects the replies that come to the mailbox."""
        return ReplyPost(mailbox, calendar_of, self.receive_mailed_reply, self.clock)

    def calendar_addresses(self, asked: queries.AskCalendarAddresses, actor: Actor) -> View:
        return queries.calendar_addresses(asked, actor, self.stores.calendar_addresses)

    def calendar_owner(self, asked: queries.AskCalendarOwner, actor: Actor) -> View:  # noqa: ARG002 (anybody may)
        return queries.calendar_owner(asked, self.stores.calendar_addresses)

    def calendar_feed(self, asked: queries.AskCalendarFeed, actor: Actor) -> View:
        addresses, web_url = self.stores.calendar_addresses, self.office.web_url
        return queries.calendar_feed(asked, actor, addresses, self.feeding, web_url, self.clock.now())

    def _answering(self) -> commands.Answering:
        stores = self.stores
        reader = self.office.replies()
        return commands.Answering(reader, stores.consultations, stores.agreements, stores.people, self.convening)
