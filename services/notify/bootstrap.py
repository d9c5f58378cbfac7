"""Notify, put together: its documents, and each intent, question and reaction with what it needs."""

from collections.abc import Callable, Sequence
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.subscriber.handling import Batch
from contracts.envelope import CloudEvent, EventData
from contracts.exchange.v1 import PersonChanged
from services.notify.adapters.notification_store import NotificationStore
from services.notify.adapters.people_copies import PeopleCopies
from services.notify.adapters.smtp_postman import SmtpPostman
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import commands, queries, reactions
from services.notify.application.mailing import Mailing
from services.notify.application.queries.views import View
from services.notify.domain.telling import TABLE
from services.notify.settings import MailSettings


class Notify:
    """Everything that notify can be asked. One per process; safe for several threads."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock) -> None:
        self.clock = clock
        self._notifications = NotificationStore(database["notifications"])
        self._people = PeopleCopies(database["people"])
        self._writer = TemplateWriter()

    @decided_again_on_conflict
    def mark_read(self, command: commands.MarkRead, context: Context) -> Receipt:
        return commands.mark_read(command, context, self._notifications)

    def inbox(self, asked: queries.AskInbox, actor: Actor) -> View:
        return queries.inbox(asked, actor, self._notifications, self._people, self._writer)

    def deliveries(self, asked: queries.AskDeliveries, actor: Actor) -> View:
        return queries.deliveries(asked, actor, self._notifications)

    def keep_person(self, event: CloudEvent, person: PersonChanged) -> None:
        reactions.keep_person(event, person, self._people)

    def notify_of(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        reactions.notify_of(events, self._notifications, self.clock.now())

    def handlers(self) -> dict[str, Callable[[CloudEvent, Any], None] | Batch]:
        """What is done with each event that the manifest subscribes to."""
        # One batch for all types: a burst of any mixture is one write.
        together = Batch(self.notify_of)
        return {PersonChanged.type: self.keep_person, **dict.fromkeys(TABLE, together)}


def mailing(database: Database[dict[str, Any]], clock: Clock, settings: MailSettings) -> Mailing:
    """The worker's task of sending mails."""
    return Mailing(
        NotificationStore(database["notifications"], settings.mail_lease_seconds),
        PeopleCopies(database["people"]),
        TemplateWriter(settings.web_url),
        SmtpPostman(settings.account),
        clock,
    )
