"""Somebody stops all that goes out by a channel, or lets it go again."""

from collections.abc import Callable

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from services.notify.application.deciding import decided_on
from services.notify.application.gate import ChannelName, Channels
from services.notify.domain.admin.channel import Channel, channel_id, in_use, pause, resume
from services.notify.domain.admin.permissions import must_administer


class PauseChannel(Command):
    channel: ChannelName
    reason: FullParagraph


class ResumeChannel(Command):
    channel: ChannelName
    reason: FullParagraph


def pause_channel(command: PauseChannel, context: Context, channels: Channels) -> Receipt:
    """What is queued for it waits, without an attempt. Raises `NotAllowed`, `ChannelPaused`."""
    must_administer(context.actor, "pause_channel")
    return _decided(
        command.channel, context, channels, lambda stands: pause(stands, reason=command.reason, now=context.now)
    )


def resume_channel(command: ResumeChannel, context: Context, channels: Channels) -> Receipt:
    """What waited goes out. Raises `NotAllowed`, `ChannelNotPaused`."""
    must_administer(context.actor, "resume_channel")
    return _decided(command.channel, context, channels, lambda stands: resume(stands, reason=command.reason))


def _decided(
    name: str, context: Context, channels: Channels, decide: Callable[[Channel], Decision[Channel]]
) -> Receipt:
    return decided_on(channels, channel_id(name), in_use(name), decide, context)
