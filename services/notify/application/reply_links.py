"""The links by which messages are answered: where they are kept, and how one is made for a message."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.kernel.documents import Documents, Loaded
from chassis.kernel.errors import Unknown
from chassis.kernel.ids import derived
from services.notify.application.ports import Offer
from services.notify.application.reactions.notify_of import in_chain_of
from services.notify.domain.asking import question_of
from services.notify.domain.notification import Notification
from services.notify.domain.reply_link import ReplyLink, link_id, link_of


class ReplyLinks(Documents[ReplyLink], Protocol):
    """One for each message that asks for an answer, under the hash of its token."""

    def forget(self, before: datetime, limit: int) -> int:
        """Deletes those used, or over unused, before a moment, at most `limit`; returns how many."""
        ...


class Tokens(Protocol):
    """Makes the secrets of links."""

    def token_for(self, notification_id: str) -> str:
        """The same for a message each time, and guessed by nobody: at least 128 bits that no one knows."""
        ...


@dataclass(frozen=True)
class Linking:
    """Makes the link of a message when its mail is written."""

    tokens: Tokens
    links: ReplyLinks

    def offered(self, notification: Notification, now: datetime) -> Offer | None:
        """What the mail is to offer; nothing where the message asks for nothing.

        Written again after a crash, the mail has the same link.
        """
        question = question_of(notification)
        if question is None:
            return None
        token = self.tokens.token_for(notification.id)
        context = in_chain_of(notification.cause, derived(notification.id, "reply-link"), now)
        self.links.add(link_id(token), link_of(notification, question, token), context)
        return Offer(token, question.answers)


def link_under(token: str, links: ReplyLinks) -> Loaded[ReplyLink]:
    """The link. Raises `Unknown`, which does not tell what was asked for."""
    try:
        return links.load(link_id(token))
    except Unknown:
        raise Unknown(kind="reply-link", id="") from None
