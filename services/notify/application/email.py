"""Notifications carried by e-mail."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chassis import crashpoints
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from services.notify.application.pace_links import PaceTokens
from services.notify.application.ports import Invitation, Mail, Message, Writer
from services.notify.application.reactions.notify_of import in_chain_of
from services.notify.application.reply_links import Linking
from services.notify.domain.channels import EMAIL
from services.notify.domain.delivery import Answer
from services.notify.domain.digest import DIGEST
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person
from services.notify.domain.purposes import PURPOSES

Suppress = Callable[[Person, str, Context], None]
"""What is done about an address at which nobody is: whose, and the reason."""


class Postman(Protocol):
    """Hands mails over to the next hop."""

    def send(self, mail: Mail) -> Answer:
        """Hands one mail over and tells what came of it; raises nothing that the mail or the server is to blame for."""
        ...

    def hang_up(self) -> None:
        """Ends the conversation that `send` began, if any."""
        ...


@dataclass(frozen=True)
class Email:
    """`Carrier` by mail. `linking`: makes the links by which a mail can be answered; `pace_tokens`: those by which
    its reader says how soon they want others of its kind. `suppress`: lets an address be at which nobody is.
    """

    writer: Writer
    postman: Postman
    linking: Linking | None = None
    pace_tokens: PaceTokens | None = None
    suppress: Suppress | None = None

    def carry(self, message: Message, now: datetime) -> Answer:
        notification = message.notification
        offer = self.linking.offered(notification, now) if self.linking else None
        letter = self.writer.letter(replace(message, offer=offer, pace_token=self._pace_token(notification)))
        crashpoints.reached("mail.before-smtp")
        invitation = _invitation(notification, letter.language)
        again = notification.delivery_by(EMAIL).resent
        mail = Mail(notification.id, notification.about, message.reader, letter, now, invitation, again)
        answer = self.postman.send(mail)
        if answer.nobody_is_there and self.suppress:
            decided = derived(notification.id, "refused", str(again))
            self.suppress(message.reader, answer.reason, in_chain_of(notification.cause, decided, now))
        return answer

    def _pace_token(self, notification: Notification) -> str:
        if self.pace_tokens is None:
            return ""
        category = "" if notification.purpose == DIGEST else PURPOSES[notification.purpose].category
        return self.pace_tokens.token_for(notification.recipient, category)

    def rest(self) -> None:
        self.postman.hang_up()


def _invitation(notification: Notification, language: str) -> Invitation | None:
    calendar = notification.calendar
    if calendar is None:
        return None
    return Invitation(calendar.method, calendar.reply_to, calendar.text_for(language).encode())
