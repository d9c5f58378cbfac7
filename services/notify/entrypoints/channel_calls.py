"""Calls about channels, and addresses that are not written to."""

from typing import Any

from chassis.kernel.decision import Receipt
from chassis.rpc.asking import Asking
from chassis.rpc.call import Call
from chassis.rpc.server import rpc
from services.notify.application import commands, queries
from services.notify.application.queries.views import View
from services.notify.bootstrap import Notify


class ChannelCalls(Asking):
    application: Notify

    @rpc
    def pause_channel(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.PauseChannel, self.application.pause_channel, call, fields)

    @rpc
    def resume_channel(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ResumeChannel, self.application.resume_channel, call, fields)

    @rpc
    def suppress_address(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.SuppressAddress, self.application.suppress_address, call, fields)

    @rpc
    def release_address(self, call: Call, **fields: Any) -> Receipt:
        return self.give(commands.ReleaseAddress, self.application.release_address, call, fields)

    @rpc
    def channels(self, call: Call, **fields: Any) -> View:
        return self.ask(queries.AskChannels, self.application.channels, call, fields)
