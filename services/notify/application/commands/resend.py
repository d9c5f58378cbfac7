"""Somebody has a message sent once more."""

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from contracts.words import NotificationId
from services.notify.application.gate import ChannelName
from services.notify.application.ports import Notifications, People
from services.notify.application.suppressions import Suppressions, suppressed_among
from services.notify.domain.admin.permissions import may_resend
from services.notify.domain.admin.refusals import AddressSuppressed
from services.notify.domain.admin.resending import resend as decide
from services.notify.domain.channels import EMAIL
from services.notify.domain.person import Person


class Resend(Command):
    """By one channel, whatever its reader prefers."""

    notification: NotificationId
    channel: ChannelName
    reason: FullParagraph


def resend(
    command: Resend, context: Context, notifications: Notifications, people: People, suppressions: Suppressions
) -> Receipt:
    """Queues it anew. Raises `NotAllowed`, `Unknown`, `StillWaiting`, `AddressSuppressed`."""
    found = notifications.load(command.notification)
    recipient = people.named([found.state.recipient]).get(found.state.recipient)
    if recipient is None:
        raise Unknown(kind="person", id=found.state.recipient)
    may_resend(context.actor, recipient)
    if answer := found.answered(context):
        return answer
    _must_be_written_to(recipient, command.channel, suppressions)
    return notifications.save(
        found, decide(found.state, command.channel, reason=command.reason, now=context.now), context
    )


def _must_be_written_to(recipient: Person, channel: str, suppressions: Suppressions) -> None:
    suppressed = suppressed_among([recipient], suppressions) if channel == EMAIL else {}
    if recipient.id in suppressed:
        raise AddressSuppressed(person=recipient.id, reason=suppressed[recipient.id])
