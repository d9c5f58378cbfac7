"""Texts to WeCom, DingTalk, Feishu, WhatsApp and telephones, through the plugins of Apprise and the one way out.

messenger = AppriseMessenger(GuardedHttp(AddressGuard(), tls_context()), accounts)
answer = messenger.send(Text("wecom", {"key": "…"}, "Visit booked: …", "en"))

- A plugin is made from fields that were checked. Nobody's address of Apprise's is ever read: those name a hundred
  services, files and hosts.
- Each plugin's module is loaded apart, and what it knows as `requests` is ours: it posts to the one host that stands in
  `PLUGINS` and has no other way out.
- What came of a text is read from the service's own answer. Apprise tells no more than yes or no, and for WeCom and
  DingTalk says yes to whatever comes with status 200.
"""

from services.notify.adapters.chat.accounts import Accounts, SmsAccount, WhatsAppAccount
from services.notify.adapters.chat.messenger import AppriseMessenger
from services.notify.adapters.chat.words import ChatWords

__all__ = ["Accounts", "AppriseMessenger", "ChatWords", "SmsAccount", "WhatsAppAccount"]
