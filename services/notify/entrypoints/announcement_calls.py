"""Calls about announcements."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class AnnouncementCalls(Asking):
    application: Notify

    @rpc
    def announce(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.Announce, self.application.announce, call, fields)

    @rpc
    def withdraw_announcement(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.WithdrawAnnouncement, self.application.withdraw_announcement, call, fields)

    @rpc
    def preview_announcement(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskAnnouncementPreview, self.application.preview_announcement, call, fields)

    @rpc
    def announcements(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskAnnouncements, self.application.announcements, call, fields)

    @rpc
    def announcement(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskAnnouncement, self.application.announcement, call, fields)
