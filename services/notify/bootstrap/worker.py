"""What the worker alone does, with what it alone needs to know."""

from datetime import timedelta
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock, SystemClock
from chassis.seals import FernetSeals
from chassis.working import Task
from services.notify.adapters.chat import AppriseMessenger
from services.notify.adapters.egress import AddressGuard, GuardedHttp, tls_context
from services.notify.adapters.pace_tokens import HmacPaceTokens
from services.notify.adapters.reply_tokens import HmacTokens
from services.notify.adapters.smtp_postman import SmtpPostman
from services.notify.adapters.stencils import Stencils
from services.notify.adapters.ticket_store import TicketStore
from services.notify.adapters.webhook_courier import WebhookCourier
from services.notify.adapters.webhook_lanes import WebhookLanes
from services.notify.adapters.webhook_stores import WebhookDeliveryStore, WebhookStore
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.digesting import Digesting
from services.notify.application.email import Email
from services.notify.application.forgetting import Forgetting
from services.notify.application.ports import Queue
from services.notify.application.reply_links import Linking
from services.notify.application.sending import Sending
from services.notify.application.sharing import Shared
from services.notify.application.turnstile import Turnstile
from services.notify.application.webhook_sending import WebhookSending
from services.notify.bootstrap.bouncing import suppressing_refused
from services.notify.bootstrap.chat import sending_texts
from services.notify.bootstrap.stores import gate_of, lookup_in, stores_on
from services.notify.domain.channels import EMAIL
from services.notify.settings import MailSettings
from services.notify.webhook_settings import WorkerSettings


def sending_mails(database: Database[dict[str, Any]], clock: Clock, settings: MailSettings) -> list[Task]:
    """The worker's tasks of sending mails: of single notifications, by each connection what no other has leased, and of
    digests.
    """
    stores = stores_on(database, settings.mail_lease_seconds)
    lookup = lookup_in(stores)
    digesting = Digesting(stores.notifications, stores.digests, stores.escalations)
    linking = Linking(HmacTokens(settings.link_key), stores.reply_links)
    writer = Stencils(TemplateWriter(settings.web_url))
    gate, turnstile = gate_of(stores, clock), Turnstile(settings.limits, stores.tickets)
    suppress = suppressing_refused(stores)

    def of(queue: Queue) -> Sending:
        postman = SmtpPostman(settings.account, patience=settings.patience)
        carrier = Email(writer, postman, linking, HmacPaceTokens(settings.link_key), suppress)
        patience = settings.round_patience
        return Sending(EMAIL, queue, lookup, carrier, digesting, clock, patience, gate=gate, turnstile=turnstile)

    connections, shared = range(1, settings.smtp_connections + 1), Shared(stores.notifications)
    mails = [Task(f"mail {number}", of(shared).send_due, seconds=0.5) for number in connections]
    return [*mails, Task("digests", of(stores.digests).send_due, seconds=2)]


def forgetting(database: Database[dict[str, Any]], clock: Clock, settings: MailSettings) -> list[Task]:
    """The worker's tasks of letting go of what people were told long ago, and of tickets that are over."""
    stores = stores_on(database)
    kept = timedelta(days=settings.notifications_kept_days)
    task = Forgetting((stores.notifications, stores.digests, stores.calendars, stores.reply_links), kept, clock)
    return [
        Task("told long ago", task.forget_old, seconds=600),
        Task("tickets", lambda: stores.tickets.forget(clock.now()), seconds=60),
    ]


def writing_to_chats(database: Database[dict[str, Any]], clock: Clock, settings: WorkerSettings) -> list[Task]:
    """The worker's tasks of writing to chats and telephones: to public addresses alone, whatever webhooks may reach."""
    messenger = AppriseMessenger(GuardedHttp(AddressGuard(), tls_context()), settings.accounts)
    seals = FernetSeals(settings.webhook_keys)
    return sending_texts(database, clock, settings.web_url, seals, messenger, settings.limits)


AT_A_TIME = 4
"""How many webhooks are sent to at a time: so many may be slow before others have to wait for a turn."""


def sending_to_webhooks(database: Database[dict[str, Any]], clock: Clock, settings: WorkerSettings) -> list[Task]:
    """The worker's tasks of telling webhooks, and of forgetting what they were told long ago."""
    guard = AddressGuard(settings.allowed_networks)
    http = GuardedHttp(guard, tls_context(settings.webhook_ca_file))
    sending = WebhookSending(
        WebhookStore(database["webhooks"]),
        WebhookDeliveryStore(database["webhook_deliveries"]),
        WebhookLanes(database["webhook_lanes"], settings.webhook_lease_seconds),
        WebhookCourier(http, SystemClock()),
        FernetSeals(settings.webhook_keys),
        clock,
        Turnstile(settings.limits, TicketStore(database["tickets"])),
    )
    turns = [Task(f"webhooks {number}", sending.send_due, seconds=1) for number in range(1, AT_A_TIME + 1)]
    return [*turns, Task("webhooks told long ago", sending.forget_old, seconds=60)]
