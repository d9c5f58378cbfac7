"""Dealing with what comes to a mailbox."""

from collections.abc import Callable

import structlog

from chassis.kernel.errors import KhunjerabError, Refusal
from chassis.mailbox.received import Mailbox, Received

MOST_AT_ONCE = 20
"""Mails of one round."""

log = structlog.get_logger(__name__)


class Post:
    """Deals with each mail once, if `deal_with` makes of a mail that comes twice what it made of the first.

    What is refused, and what nobody foresaw, is put aside for people to look at: those behind it get their turn.
    `what`: the word for one mail in the log.
    """

    def __init__(self, what: str, mailbox: Mailbox, deal_with: Callable[[Received], object]) -> None:
        self._what, self._mailbox, self._deal_with = what, mailbox, deal_with

    def collect(self) -> int:
        """How many mails were dealt with. Raises `Unavailable`: what was not dealt with comes again."""
        return sum(self._dealt_with(message) for message in self._mailbox.unseen(MOST_AT_ONCE))

    def _dealt_with(self, message: Received) -> bool:
        try:
            self._deal_with(message)
        except Refusal as refusal:
            # Its name alone: neither addresses nor what somebody wrote are anybody's business in a log.
            log.info("mail refused", mail=self._what, refusal=refusal.name)
            self._mailbox.refuse(message.id)
        except KhunjerabError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one mail raises, those behind it get their turn
            log.error("mail failed", mail=self._what, error=type(error).__name__)
            self._mailbox.refuse(message.id)
        else:
            self._mailbox.seen(message.id)
        return True
