"""What was answered by a link was refused: the link is as if it had not been used."""

from chassis.commands import Command
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.application.commands.answer_by_link import GivenAnswer, Token
from services.notify.application.reply_links import ReplyLinks, link_under
from services.notify.domain.reply_link import give_back


class GiveBackLink(Command):
    """Given by who has the token and was told that the rules forbid the answer."""

    token: Token
    answer: GivenAnswer


def give_back_link(command: GiveBackLink, context: Context, links: ReplyLinks) -> Receipt:
    """From now on another answer may be given. Changes nothing where this one was not. Raises `Unknown`."""
    link = link_under(command.token, links)
    decision = give_back(link.state, command.answer)
    if decision is None:
        return Receipt(link.id, link.version, link.state.state)
    return links.save(link, decision, context)
