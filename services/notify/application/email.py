"""Notifications carried by e-mail."""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis import crashpoints
from services.notify.application.ports import Invitation, Mail, Message, Postman, Writer
from services.notify.application.reply_links import Linking
from services.notify.domain.delivery import Answer
from services.notify.domain.notification import Notification


@dataclass(frozen=True)
class Email:
    """`Carrier` by mail. `linking`: makes the links by which a mail can be answered."""

    writer: Writer
    postman: Postman
    linking: Linking | None = None

    def carry(self, message: Message, now: datetime) -> Answer:
        notification = message.notification
        offer = self.linking.offered(notification, now) if self.linking else None
        letter = self.writer.letter(replace(message, offer=offer))
        crashpoints.reached("mail.before-smtp")
        invitation = _invitation(notification, letter.language)
        return self.postman.send(Mail(notification.id, notification.about, message.reader, letter, now, invitation))

    def rest(self) -> None:
        self.postman.hang_up()


def _invitation(notification: Notification, language: str) -> Invitation | None:
    calendar = notification.calendar
    if calendar is None:
        return None
    return Invitation(calendar.method, calendar.reply_to, calendar.text_for(language).encode())
