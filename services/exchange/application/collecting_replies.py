"""Collecting the replies that calendar programs sent by mail."""

from collections.abc import Callable

from chassis.clock import Clock
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.mailbox import Mailbox, Post, Received
from services.exchange.application.ports.calendar_files import MailedCalendar, OpenMail

Receive = Callable[[MailedCalendar, Context], object]


class ReplyPost(Post):
    """A second worker that finds the same mail does no harm: the file itself is the command."""

    def __init__(self, mailbox: Mailbox, open_mail: OpenMail, receive: Receive, clock: Clock) -> None:
        super().__init__("calendar reply", mailbox, self._answer)
        self._open, self._receive, self._clock = open_mail, receive, clock

    def _answer(self, message: Received) -> None:
        context = Context(derived("mailed reply", message.id), SYSTEM, self._clock.now())
        self._receive(self._open(message.raw), context)
