"""What notify can be asked over RPC. A method's fields are those of its command or question."""

from chassis.rpc.server import Application
from services.notify.bootstrap import Notify
from services.notify.entrypoints.address_calls import AddressCalls
from services.notify.entrypoints.announcement_calls import AnnouncementCalls
from services.notify.entrypoints.channel_calls import ChannelCalls
from services.notify.entrypoints.delivery_calls import DeliveryCalls
from services.notify.entrypoints.deputy_calls import DeputyCalls
from services.notify.entrypoints.erasure_calls import ErasureCalls
from services.notify.entrypoints.escalation_calls import EscalationCalls
from services.notify.entrypoints.inbox_calls import InboxCalls
from services.notify.entrypoints.pace_calls import PaceCalls
from services.notify.entrypoints.preview_calls import PreviewCalls
from services.notify.entrypoints.reminder_calls import ReminderCalls
from services.notify.entrypoints.reply_calls import ReplyCalls
from services.notify.entrypoints.subscriptions import Subscriptions
from services.notify.entrypoints.webhook_calls import WebhookCalls


class NotifyService(
    ChannelCalls,
    InboxCalls,
    DeliveryCalls,
    ErasureCalls,
    DeputyCalls,
    PreviewCalls,
    AnnouncementCalls,
    WebhookCalls,
    ReplyCalls,
    PaceCalls,
    ReminderCalls,
    AddressCalls,
    EscalationCalls,
    Subscriptions,
):
    """Calls and events of one process share the application and its connections."""

    name = "notify"
    application: Notify = Application()
