"""One file per intent: load, decide, save."""

from services.notify.application.commands.acknowledge import Acknowledge, acknowledge
from services.notify.application.commands.add_address import AddAddress, add_address
from services.notify.application.commands.announce import Announce, announce
from services.notify.application.commands.answer_by_link import AnswerByLink, answer_by_link
from services.notify.application.commands.change_webhook import ChangeWebhook, change_webhook
from services.notify.application.commands.confirm_address import ConfirmAddress, confirm_address
from services.notify.application.commands.erase import erase
from services.notify.application.commands.erase_person import ErasePerson, erase_person
from services.notify.application.commands.escalate import escalate
from services.notify.application.commands.give_back_link import GiveBackLink, give_back_link
from services.notify.application.commands.mark_read import MarkRead, mark_read
from services.notify.application.commands.name_deputy import NameDeputy, name_deputy
from services.notify.application.commands.pause_channel import (
    PauseChannel,
    ResumeChannel,
    pause_channel,
    resume_channel,
)
from services.notify.application.commands.register_webhook import RegisterWebhook, register_webhook
from services.notify.application.commands.remind import remind
from services.notify.application.commands.remove_address import RemoveAddress, remove_address
from services.notify.application.commands.report_bounce import report_bounce
from services.notify.application.commands.reseal_addresses import reseal_addresses
from services.notify.application.commands.resend import Resend, resend
from services.notify.application.commands.rotate_webhook_secret import RotateWebhookSecret, rotate_webhook_secret
from services.notify.application.commands.see_inbox import SeeInbox, see_inbox
from services.notify.application.commands.send_code import send_code
from services.notify.application.commands.send_test_to_webhook import SendTestToWebhook, send_test_to_webhook
from services.notify.application.commands.set_pace_by_link import SetPaceByLink, set_pace_by_link
from services.notify.application.commands.set_preferences import SetPreferences, set_preferences
from services.notify.application.commands.stop_escalation import StopEscalation, stop_escalation
from services.notify.application.commands.suppress_address import (
    ReleaseAddress,
    SuppressAddress,
    release_address,
    suppress_address,
)
from services.notify.application.commands.suppress_bounced import suppress_bounced
from services.notify.application.commands.suppress_refused import suppress_refused
from services.notify.application.commands.switch_webhook import (
    DisableWebhook,
    EnableWebhook,
    RemoveWebhook,
    disable_webhook,
    enable_webhook,
    remove_webhook,
)
from services.notify.application.commands.tell_announced import tell_announced
from services.notify.application.commands.withdraw_announcement import WithdrawAnnouncement, withdraw_announcement
from services.notify.application.commands.withdraw_deputy import WithdrawDeputy, withdraw_deputy

__all__ = [
    "Acknowledge",
    "AddAddress",
    "Announce",
    "AnswerByLink",
    "ChangeWebhook",
    "ConfirmAddress",
    "DisableWebhook",
    "EnableWebhook",
    "ErasePerson",
    "GiveBackLink",
    "MarkRead",
    "NameDeputy",
    "PauseChannel",
    "RegisterWebhook",
    "ReleaseAddress",
    "RemoveAddress",
    "RemoveWebhook",
    "Resend",
    "ResumeChannel",
    "RotateWebhookSecret",
    "SeeInbox",
    "SendTestToWebhook",
    "SetPaceByLink",
    "SetPreferences",
    "StopEscalation",
    "SuppressAddress",
    "WithdrawAnnouncement",
    "WithdrawDeputy",
    "acknowledge",
    "add_address",
    "announce",
    "answer_by_link",
    "change_webhook",
    "confirm_address",
    "disable_webhook",
    "enable_webhook",
    "erase",
    "erase_person",
    "escalate",
    "give_back_link",
    "mark_read",
    "name_deputy",
    "pause_channel",
    "register_webhook",
    "release_address",
    "remind",
    "remove_address",
    "remove_webhook",
    "report_bounce",
    "reseal_addresses",
    "resend",
    "resume_channel",
    "rotate_webhook_secret",
    "see_inbox",
    "send_code",
    "send_test_to_webhook",
    "set_pace_by_link",
    "set_preferences",
    "stop_escalation",
    "suppress_address",
    "suppress_bounced",
    "suppress_refused",
    "tell_announced",
    "withdraw_announcement",
    "withdraw_deputy",
]
