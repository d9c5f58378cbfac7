"""An announcement is withdrawn."""

from chassis.commands import Command, Paragraph
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from contracts.words import AnnouncementId
from services.notify.application.announcements import Announcements
from services.notify.domain.announcement import withdraw
from services.notify.domain.announcing_permissions import may_withdraw_announcement


class WithdrawAnnouncement(Command):
    """Names no version: that grows by itself while people are being told, and nothing else changes."""

    announcement_id: AnnouncementId
    reason: Paragraph = ""


def withdraw_announcement(command: WithdrawAnnouncement, context: Context, announcements: Announcements) -> Receipt:
    """What was not sent yet never is; what stands in inboxes shows it. Raises `NotAllowed`, `WithdrawnAlready`."""
    found = announcements.load(command.announcement_id)
    may_withdraw_announcement(context.actor, found.state)
    if answer := found.answered(context):
        return answer
    return announcements.save(found, withdraw(found.state, why=command.reason, now=context.now), context)
