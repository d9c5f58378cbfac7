"""`Messenger` with Apprise's plugins."""

from functools import cached_property
from threading import Lock
from typing import Any

from services.notify.adapters.chat.accounts import Accounts
from services.notify.adapters.chat.answers import answer_to
from services.notify.adapters.chat.plugins import PLUGINS, Kind, NotOffered, Plugin, loaded
from services.notify.adapters.chat.posting import OnePlace
from services.notify.adapters.egress import GuardedHttp
from services.notify.adapters.plain_text import one_line
from services.notify.application.chat import Text
from services.notify.domain.channels import FEISHU, WECOM, WHATSAPP
from services.notify.domain.delivery import NEVER, Answer

_NO_TAGS = str.maketrans("<>", "‹›")
"""In a text, WeCom and Feishu read `<@all>` and `<at user_id="all">`: nobody's name of a visit calls a whole group."""


class AppriseMessenger:
    """By all channels; texts by one channel go one after the other, those of another never wait for them."""

    def __init__(self, http: GuardedHttp, accounts: Accounts) -> None:
        self._ways = {channel: _Way(plugin, http, accounts) for channel, plugin in PLUGINS.items()}

    def send(self, text: Text) -> Answer:
        return self._ways[text.channel].send(text)


class _Way:
    """The way by one channel. Apprise is read when the first text goes: not every process needs it."""

    def __init__(self, plugin: Plugin, http: GuardedHttp, accounts: Accounts) -> None:
        self._plugin, self._accounts = plugin, accounts
        self._place, self._lock = OnePlace(plugin.host, http), Lock()

    @cached_property
    def _kind(self) -> Kind:
        return loaded(self._plugin, self._place)

    def send(self, text: Text) -> Answer:
        with self._lock:
            try:
                plugin = self._made(text)
            except NotOffered:
                return Answer(NEVER, reason="not-offered")
            if plugin is None:
                return Answer(NEVER, reason="bad-address")
            plugin.notify(body=_plain(text), body_format="text")
            return answer_to(text.channel, self._place.what_came())

    def _made(self, text: Text) -> Any:
        """Anew for each text: what Apprise keeps of one sending must not slow down another's."""
        kind = self._kind
        from apprise.exception import AppriseImproperlyConfigured

        try:
            return self._plugin.made(kind, text, self._accounts)
        except AppriseImproperlyConfigured:
            return None


def _plain(text: Text) -> str:
    if text.channel == WHATSAPP:
        # A template's place takes no line breaks.
        return one_line(text.body)
    return text.body.translate(_NO_TAGS) if text.channel in (WECOM, FEISHU) else text.body
