"""Somebody has a message sent once more."""

from chassis.commands import Command, FullParagraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.errors import Unknown
from contracts.words import NotificationId
from services.notify.application.brought_calendars import CalendarsBrought
from services.notify.application.gate import ChannelName
from services.notify.application.ports import Notifications, People
from services.notify.application.shelves import found_on
from services.notify.application.suppressions import Suppressions, suppressed_among
from services.notify.domain.admin.permissions import may_resend
from services.notify.domain.admin.refusals import AddressSuppressed
from services.notify.domain.admin.resending import resend as decide
from services.notify.domain.brought_calendars import still_holds
from services.notify.domain.channels import EMAIL
from services.notify.domain.person import Person


class Resend(Command):
    """A notification, or a digest, by one channel, whatever its reader prefers."""

    notification: NotificationId
    channel: ChannelName
    reason: FullParagraph


def resend(
    command: Resend,
    context: Context,
    shelves: tuple[Notifications, Notifications],
    people: People,
    suppressions: Suppressions,
    calendars: CalendarsBrought,
) -> Receipt:
    """Queues it anew, with the calendar file that it had, where that still holds.

    `shelves`: of notifications, and of digests. Raises `NotAllowed`, `Unknown`, `StillWaiting`, `AddressSuppressed`.
    """
    shelf, found = found_on(shelves, command.notification)
    recipient = people.named([found.state.recipient]).get(found.state.recipient)
    if recipient is None:
        raise Unknown(kind="person", id=found.state.recipient)
    may_resend(context.actor, recipient)
    if answer := found.answered(context):
        return answer
    _must_be_written_to(recipient, command.channel, suppressions)
    calendar = still_holds(found.state, calendars.about(found.state.about)) if command.channel == EMAIL else None
    decision = decide(found.state, command.channel, reason=command.reason, now=context.now, calendar=calendar)
    return shelf.save(found, decision, context)


def _must_be_written_to(recipient: Person, channel: str, suppressions: Suppressions) -> None:
    suppressed = suppressed_among([recipient], suppressions) if channel == EMAIL else {}
    if recipient.id in suppressed:
        raise AddressSuppressed(person=recipient.id, reason=suppressed[recipient.id])
