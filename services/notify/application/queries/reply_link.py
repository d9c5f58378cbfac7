"""What a link asks of whom, for the page that it opens."""

from datetime import datetime

from chassis.commands import Command
from services.notify.application.commands.answer_by_link import Token
from services.notify.application.ports import Notifications, People, Writer
from services.notify.application.queries.views import View, text_of
from services.notify.application.reply_links import ReplyLinks, link_under
from services.notify.domain.asking import Question
from services.notify.domain.person import stranger
from services.notify.domain.reply_link import OPEN
from services.notify.domain.telling import people_in


class AskReplyLink(Command):
    token: Token


def reply_link(
    asked: AskReplyLink, now: datetime, links: ReplyLinks, notifications: Notifications, people: People, writer: Writer
) -> View:
    """Whom is asked what, in their language, and how the link stands: `open`, `used` or `expired`.

    Whoever has the token may ask. Changes nothing. Raises `Unknown`.
    """
    link = link_under(asked.token, links).state
    notification = notifications.load(link.notification).state
    known = people.named(people_in(notification.cause.facts) | {link.person})
    reader = known.get(link.person) or stranger(link.person)
    subject, text = writer.line(notification, reader, known)
    return {
        "id": link.id,
        "person": link.person,
        "name": reader.name_for(reader.language),
        "language": reader.language,
        "zone": reader.zone,
        "subject": subject,
        "text": text,
        "about": link.about,
        "version": link.told_version,
        "state": "expired" if link.state == OPEN and link.is_over(now) else link.state,
        "answer": link.answer,
        "answered_at": text_of(link.answered_at),
        **_question_view(link.question),
    }


def _question_view(question: Question) -> View:
    return {
        "answers": list(question.answers),
        "until": question.until.isoformat(),
        "party": question.party,
        "site": question.site,
        "participant": question.participant,
        "slot": question.slot,
        "announcement": question.announcement,
    }
