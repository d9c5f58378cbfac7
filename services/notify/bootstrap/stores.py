"""What notify keeps, opened on a database."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.store import DocumentStore
from services.notify.adapters.address_store import AddressStore
from services.notify.adapters.announcement_store import AnnouncementStore
from services.notify.adapters.brought_calendar_store import BroughtCalendarStore
from services.notify.adapters.channel_stores import CHANNEL_SHAPE, SUPPRESSION_SHAPE, BreakerStore
from services.notify.adapters.claims import LEASE_SECONDS
from services.notify.adapters.deputy_store import DEPUTATION_SHAPE
from services.notify.adapters.escalation_store import EscalationStore
from services.notify.adapters.inbox_store import InboxStore
from services.notify.adapters.notification_store import NotificationStore
from services.notify.adapters.people_copies import PeopleCopies
from services.notify.adapters.preference_store import PreferenceStore
from services.notify.adapters.reminder_store import ReminderStore
from services.notify.adapters.reply_link_store import ReplyLinkStore
from services.notify.adapters.shapes import ERASURE_SHAPE
from services.notify.adapters.ticket_store import TicketStore
from services.notify.adapters.traces import TracesOfPeople
from services.notify.adapters.webhook_lanes import WebhookLanes
from services.notify.adapters.webhook_stores import WebhookDeliveryStore, WebhookStore
from services.notify.application.announcements import Announcements
from services.notify.application.brought_calendars import CalendarsBrought
from services.notify.application.chat import Addresses
from services.notify.application.deputies import Deputies
from services.notify.application.erasures import Erasures, Traces, erased_among
from services.notify.application.escalations import Escalations
from services.notify.application.gate import Breakers, Channels, Gate
from services.notify.application.ports import Inboxes, Notifications, People, PreferencesOfPeople
from services.notify.application.reminders import Reminders
from services.notify.application.reply_links import ReplyLinks
from services.notify.application.suppressions import Suppressions
from services.notify.application.surroundings import Lookup
from services.notify.application.tickets import Tickets
from services.notify.application.webhooks import Lanes, WebhookDeliveries, Webhooks


@dataclass(frozen=True)
class Stores:
    """Every kind of document, behind its port."""

    notifications: Notifications
    digests: Notifications
    calendars: CalendarsBrought
    inboxes: Inboxes
    preferences: PreferencesOfPeople
    people: People
    deputies: Deputies
    reminders: Reminders
    escalations: Escalations
    webhooks: Webhooks
    webhook_deliveries: WebhookDeliveries
    lanes: Lanes
    reply_links: ReplyLinks
    announcements: Announcements
    addresses: Addresses
    channels: Channels
    suppressions: Suppressions
    breakers: Breakers
    tickets: Tickets
    erasures: Erasures
    traces: Traces

    def erased(self, people: Collection[str]) -> Collection[str]:
        """Those of these people who were erased, or are being so: nothing is kept for them any more."""
        return erased_among(people, self.erasures)


def stores_on(database: Database[dict[str, Any]], lease_seconds: float = LEASE_SECONDS) -> Stores:
    """Those of a MongoDB database. `lease_seconds`: how long one attempt to send keeps others away."""
    erasures = DocumentStore(database["erasures"], ERASURE_SHAPE)
    erased = partial(erased_among, erasures=erasures)
    return Stores(
        notifications=NotificationStore(database["notifications"], lease_seconds, erased=erased),
        digests=NotificationStore(database["digests"], lease_seconds, erased=erased),
        calendars=BroughtCalendarStore(database["calendars"], erased),
        inboxes=InboxStore(database["inboxes"]),
        preferences=PreferenceStore(database["preferences"]),
        people=PeopleCopies(database["people"]),
        deputies=DocumentStore(database["deputies"], DEPUTATION_SHAPE),
        reminders=ReminderStore(database["reminders"]),
        escalations=EscalationStore(database["escalations"]),
        webhooks=WebhookStore(database["webhooks"]),
        webhook_deliveries=WebhookDeliveryStore(database["webhook_deliveries"]),
        lanes=WebhookLanes(database["webhook_lanes"]),
        reply_links=ReplyLinkStore(database["reply_links"]),
        announcements=AnnouncementStore(database["announcements"]),
        addresses=AddressStore(database["addresses"]),
        channels=DocumentStore(database["channels"], CHANNEL_SHAPE),
        suppressions=DocumentStore(database["suppressions"], SUPPRESSION_SHAPE),
        breakers=BreakerStore(database["breakers"]),
        tickets=TicketStore(database["tickets"]),
        erasures=erasures,
        traces=TracesOfPeople(database),
    )


def lookup_in(stores: Stores) -> Lookup:
    """Where it is looked up what has to be known to send something."""
    return Lookup(
        stores.notifications,
        stores.people,
        stores.preferences,
        stores.announcements,
        stores.suppressions,
        stores.escalations,
    )


def gate_of(stores: Stores, clock: Clock) -> Gate:
    """What is asked before anything goes out."""
    return Gate(stores.channels, stores.breakers, clock)
