"""Something is announced to many people."""

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import document_id
from services.notify.application.announcements import Announcements
from services.notify.application.commands.announcing import Announcing
from services.notify.application.ports import People
from services.notify.domain import announcement
from services.notify.domain.announcing_permissions import may_announce
from services.notify.domain.audience import Audience
from services.notify.domain.person import Person


class Announce(Announcing):
    """Whoever announces it is not told."""


def announce(command: Announce, context: Context, announcements: Announcements, people: People) -> Receipt:
    """Settles to whom, whatever becomes of them later; a timer tells them. Raises `NotAllowed`, `NobodyReached`,
    `AudienceTooLarge`.
    """
    made = document_id("ann", context.command_id)
    if answer := announcements.made(made, context):
        return answer
    may_announce(context.actor, command.sites, urgent=command.urgent)
    by, audience = context.actor.person, command.audience()
    recipients = [each.id for each in reached(audience, by, people)]
    decision = announcement.announce(made, command.wording(), audience, recipients, by=by, now=context.now)
    return announcements.add(made, decision, context)


def reached(audience: Audience, by: str | None, people: People) -> list[Person]:
    """Everybody in the audience but whoever announces it."""
    return [each for each in people.everybody() if each.id != by and audience.has(each)]
