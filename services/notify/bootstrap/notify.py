"""Everything that notify can be asked and told, on one database."""

from collections.abc import Callable, Sequence
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.subscriber.handling import Batch
from chassis.timers import Timers
from contracts.envelope import CloudEvent, EventData
from contracts.exchange.v1 import PersonChanged
from services.notify.adapters.pace_tokens import HmacPaceTokens
from services.notify.adapters.samples import SampleLibrary
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import reactions
from services.notify.application.pace_links import PaceTokens
from services.notify.application.webhooks import OFFERED
from services.notify.bootstrap.addresses import AddressBook
from services.notify.bootstrap.announcing import Announcing
from services.notify.bootstrap.channels import ChannelOffice
from services.notify.bootstrap.deliveries import Deliveries
from services.notify.bootstrap.deputies import StandIns
from services.notify.bootstrap.erasing import Erasing
from services.notify.bootstrap.escalating import Escalating
from services.notify.bootstrap.inbox import Inbox
from services.notify.bootstrap.pacing import Pacing
from services.notify.bootstrap.previews import Previews
from services.notify.bootstrap.reminding import Reminding
from services.notify.bootstrap.replies import Replies
from services.notify.bootstrap.stores import stores_on
from services.notify.bootstrap.webhooks import Outgoing, WebhookOffice, outgoing
from services.notify.domain.reminders.table import FOLLOWED
from services.notify.domain.telling import TABLE
from services.notify.webhook_settings import AskedSettings


class Notify(
    ChannelOffice,
    Inbox,
    Deliveries,
    Previews,
    StandIns,
    Reminding,
    Escalating,
    Announcing,
    WebhookOffice,
    Replies,
    Pacing,
    AddressBook,
    Erasing,
):
    """One per process; safe for several threads."""

    def __init__(
        self, database: Database[dict[str, Any]], clock: Clock, outgoing: Outgoing, pace_tokens: PaceTokens
    ) -> None:
        self.stores, self.clock, self.writer = stores_on(database), clock, TemplateWriter()
        self.samples = SampleLibrary()
        self.outgoing, self.pace_tokens = outgoing, pace_tokens
        self.timers = (
            Timers(database["reminders"], self.reminding(), clock),
            Timers(database["announcements"], self.announcing(), clock),
            Timers(database["erasures"], self.erasing(), clock),
            Timers(database["escalations"], self.escalating(), clock),
        )

    def keep_person(self, event: CloudEvent, person: PersonChanged) -> None:
        reactions.keep_person(event, person, self.stores.people, self.stores.erased)

    def take(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        """Whoever is to be told is told, now and later on, and so are their systems."""
        self.keep_calendars(events)
        self.notify_of(events)
        self.keep_reminders(events)
        self.keep_escalations(events)
        self.tell_webhooks(events)

    def keep_calendars(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        reactions.keep_calendars(events, self.stores.calendars, self.clock.now())

    def notify_of(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        reactions.notify_of(events, self.stores.notifications, self.clock.now(), self.absent)

    def keep_reminders(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        reactions.keep_reminders(events, self.stores.reminders, self.clock.now())

    def keep_escalations(self, events: Sequence[tuple[CloudEvent, EventData]]) -> None:
        reactions.keep_escalations(events, self.stores.escalations, self.clock.now())

    def handlers(self) -> dict[str, Callable[[CloudEvent, Any], None] | Batch]:
        """What is done with each event that the manifest subscribes to."""
        # One batch for all types: a burst of any mixture is one write.
        together = Batch(self.take)
        return {PersonChanged.type: self.keep_person, **dict.fromkeys((*TABLE, *FOLLOWED, *OFFERED), together)}


def notify_on(database: Database[dict[str, Any]], clock: Clock, settings: AskedSettings) -> Notify:
    """The whole of it, with the keys that the settings name."""
    return Notify(database, clock, outgoing(settings), HmacPaceTokens(settings.link_key))
