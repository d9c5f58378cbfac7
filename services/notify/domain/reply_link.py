"""A link by which the reader of one message answers it once, without signing in.

Whoever has the link can answer in the person's name, as whoever has the mail can. So it is a secret that cannot be
guessed and of which only a hash is kept, it is for one message alone, and it ends: when it is used, when its time is
over, and when what was asked has changed, which the exchange finds.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from chassis.kernel.decision import Decision, Due
from chassis.kernel.ids import document_id
from services.notify.domain.asking import Question
from services.notify.domain.notification import Notification
from services.notify.domain.refusals import LinkExpired, LinkUsed, NotAnAnswer

OPEN, USED = "open", "used"
OVER = "over"


@dataclass(frozen=True)
class ReplyLink:
    """`told_version`: that of what it is about, of which the message tells. `answer`: what it was used for."""

    id: str
    notification: str
    person: str
    purpose: str
    about: str
    told_version: int
    question: Question
    answer: str | None = None
    answered_at: datetime | None = None

    @property
    def state(self) -> str:
        return USED if self.answer else OPEN

    @property
    def ends_at(self) -> datetime:
        """When it was used, or when it is too late to use it."""
        return self.answered_at or self.question.until

    def is_over(self, now: datetime) -> bool:
        """Whether it is too late to answer for the first time."""
        return now >= self.question.until


def link_id(token: str) -> str:
    """What is kept of the secret: 128 bits of its SHA-256. It is random enough that no slow hash is needed."""
    return document_id("lnk", sha256(token.encode()).hexdigest()[:32])


def due(link: ReplyLink) -> tuple[Due, ...]:
    """The moment at which nothing is left to be done by it: how long it is kept is counted from there."""
    return (Due(OVER, link.ends_at),)


def link_of(notification: Notification, question: Question, token: str) -> Decision[ReplyLink]:
    """The link for what the message asks, under the token that goes into its mail."""
    link = ReplyLink(
        id=link_id(token),
        notification=notification.id,
        person=notification.recipient,
        purpose=notification.purpose,
        about=notification.about,
        told_version=notification.cause.version,
        question=question,
    )
    return Decision(link, what="made")


def answer(link: ReplyLink, said: str, *, now: datetime) -> Decision[ReplyLink] | None:
    """The link is used for the answer; `None` where it was used for just that: then it is given again, once.

    Raises `NotAnAnswer`, `LinkUsed`, `LinkExpired`.
    """
    if said not in link.question.answers:
        raise NotAnAnswer(answer=said, answers=list(link.question.answers))
    if link.answer == said:
        return None
    if link.answer:
        raise LinkUsed(answer=link.answer)
    if link.is_over(now):
        raise LinkExpired(until=link.question.until.isoformat())
    return Decision(replace(link, answer=said, answered_at=now), what=said)


def give_back(link: ReplyLink, said: str) -> Decision[ReplyLink] | None:
    """The exchange refused the answer, so that nothing was recorded: another may be given. `None` where none was."""
    if link.answer != said:
        return None
    return Decision(replace(link, answer=None, answered_at=None), what="given back", why=f"{said} was refused")
