"""Calls about links by which messages are answered."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class ReplyCalls(Asking):
    application: Notify

    @rpc
    def answer_by_link(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.AnswerByLink, self.application.answer_by_link, call, fields)

    @rpc
    def give_back_link(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.GiveBackLink, self.application.give_back_link, call, fields)

    @rpc
    def reply_link(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskReplyLink, self.application.reply_link, call, fields)
