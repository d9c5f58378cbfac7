"""A message is answered by its link."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import StringConstraints

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.application.acknowledging import together, writes_of
from services.notify.application.escalations import Escalations
from services.notify.application.ports import Notifications
from services.notify.application.reply_links import ReplyLinks, link_under
from services.notify.domain.asking import ACKNOWLEDGED
from services.notify.domain.reading import acknowledge
from services.notify.domain.reply_link import answer

Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,100}$")]
GivenAnswer = Literal["accepted", "tentative", "declined", "acknowledged"]


class AnswerByLink(Command):
    """Whoever has the token answers in the person's name."""

    token: Token
    answer: GivenAnswer


def answer_by_link(
    command: AnswerByLink,
    context: Context,
    links: ReplyLinks,
    notifications: Notifications,
    escalations: Escalations,
) -> Receipt:
    """Uses the link for the answer; an acknowledgement is noted on the notification with it, at once, and ends what
    waited for it.

    Raises `Unknown`, `NotAnAnswer`, `LinkUsed`, `LinkExpired`.
    """
    link = link_under(command.token, links)
    decision = answer(link.state, command.answer, now=context.now)
    if decision is None:
        return Receipt(link.id, link.version, link.state.state)
    context = replace(context, actor=Actor(link.state.person))
    used = links.saving(link, decision, context)
    if command.answer != ACKNOWLEDGED:
        return used(None)
    notification = notifications.load(link.state.notification)
    known = acknowledge(notification.state, now=context.now)
    if known is None:
        return used(None)
    noted = writes_of(notification, known, context, notifications, escalations)
    return links.atomically(together(*noted, used))
