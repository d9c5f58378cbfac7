"""Collecting the replies that calendar programs sent by mail."""

from collections.abc import Callable

import structlog

from chassis.clock import Clock
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.errors import KhunjerabError, Refusal
from chassis.kernel.ids import derived
from services.exchange.application.ports.calendar_files import Mailbox, MailedCalendar, OpenMail, Received

MOST_AT_ONCE = 20
"""Mails of one round."""

log = structlog.get_logger(__name__)

Receive = Callable[[MailedCalendar, Context], object]


class ReplyPost:
    """Deals with each mail once. A second worker that finds the same mail does no harm: the file itself is the command.

    What is refused, and what nobody foresaw, is put aside for people to look at: those behind it get their turn.
    """

    def __init__(self, mailbox: Mailbox, open_mail: OpenMail, receive: Receive, clock: Clock) -> None:
        self._mailbox, self._open, self._receive, self._clock = mailbox, open_mail, receive, clock

    def collect(self) -> int:
        """How many mails were dealt with. Raises `Unavailable`: what was not dealt with comes again."""
        return sum(self._deal_with(message) for message in self._mailbox.unseen(MOST_AT_ONCE))

    def _deal_with(self, message: Received) -> bool:
        try:
            context = Context(derived("mailed reply", message.id), SYSTEM, self._clock.now())
            self._receive(self._open(message.raw), context)
        except Refusal as refusal:
            # Its name alone: neither addresses nor what somebody wrote are anybody's business in a log.
            log.info("calendar reply refused", refusal=refusal.name)
            self._mailbox.refuse(message.id)
        except KhunjerabError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one mail raises, those behind it get their turn
            log.error("calendar reply failed", error=type(error).__name__)
            self._mailbox.refuse(message.id)
        else:
            self._mailbox.seen(message.id)
        return True
