"""Answers that are given by links in messages."""

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.notify.application import commands, queries
from services.notify.application.ports import Writer
from services.notify.application.queries.views import View
from services.notify.bootstrap.stores import Stores


class Replies:
    """What can be asked by whoever has a link's token: no other right is needed, and none helps."""

    stores: Stores
    clock: Clock
    writer: Writer

    @decided_again_on_conflict
    def answer_by_link(self, command: commands.AnswerByLink, context: Context) -> Receipt:
        stores = self.stores
        return commands.answer_by_link(command, context, stores.reply_links, stores.notifications, stores.escalations)

    @decided_again_on_conflict
    def give_back_link(self, command: commands.GiveBackLink, context: Context) -> Receipt:
        return commands.give_back_link(command, context, self.stores.reply_links)

    def reply_link(self, asked: queries.AskReplyLink, actor: Actor) -> View:  # noqa: ARG002 (the token says who may)
        stores = self.stores
        return queries.reply_link(
            asked, self.clock.now(), stores.reply_links, stores.notifications, stores.people, self.writer
        )
