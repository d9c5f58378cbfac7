"""Apprise's plugins, each with no other way out than the one that it is given."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec, module_from_spec
from typing import Any
from urllib.parse import unquote

from services.notify.adapters.chat.accounts import Accounts
from services.notify.adapters.chat.posting import OnePlace
from services.notify.application.chat import Text
from services.notify.domain.channels import DINGTALK, FEISHU, SMS, WECOM, WHATSAPP

_LANGUAGES = {"en": "en", "zh": "zh_CN", "ur": "ur"}
"""As WhatsApp names the languages of a template."""

Kind = Callable[..., Any]
Made = Callable[[Kind, Text, Accounts], Any]


@dataclass(frozen=True)
class Plugin:
    """`module` and `name`: where Apprise has it. `host`: the only one that it may speak to. `made`: one for a text."""

    module: str
    name: str
    host: str
    made: Made


class NotOffered(Exception):
    """The operator does not offer the channel any more."""


def _must_offer(channel: str, accounts: Accounts) -> None:
    if channel not in accounts.bots:
        raise NotOffered


def _wecom(plugin: Kind, text: Text, accounts: Accounts) -> Any:
    _must_offer(WECOM, accounts)
    return plugin(key=text.fields["key"])


def _dingtalk(plugin: Kind, text: Text, accounts: Accounts) -> Any:
    _must_offer(DINGTALK, accounts)
    made = plugin(token=text.fields["token"], secret=text.fields.get("secret"))
    signature = made.get_signature

    def as_it_is() -> tuple[str, str]:
        """Apprise writes it as addresses do, and `requests` does so again: DingTalk answers `sign not match`."""
        timestamp, sign = signature()
        return timestamp, unquote(sign)

    made.get_signature = as_it_is
    return made


def _feishu(plugin: Kind, text: Text, accounts: Accounts) -> Any:
    _must_offer(FEISHU, accounts)
    return plugin(token=text.fields["token"])


def _whatsapp(plugin: Kind, text: Text, accounts: Accounts) -> Any:
    account = accounts.whatsapp
    if account is None:
        raise NotOffered
    return plugin(
        token=account.token,
        from_phone_id=account.phone_id,
        targets=[text.fields["phone"]],
        template=account.template,
        language=_LANGUAGES[text.language],
        template_mapping={"body": "1"},
    )


def _sms(plugin: Kind, text: Text, accounts: Accounts) -> Any:
    account = accounts.sms
    if account is None:
        raise NotOffered
    return plugin(
        account_sid=account.sid, auth_token=account.token, source=account.sender, targets=[text.fields["phone"]]
    )


PLUGINS: Mapping[str, Plugin] = {
    WECOM: Plugin("wecombot", "NotifyWeComBot", "qyapi.weixin.qq.com", _wecom),
    DINGTALK: Plugin("dingtalk", "NotifyDingTalk", "oapi.dingtalk.com", _dingtalk),
    FEISHU: Plugin("feishu", "NotifyFeishu", "open.feishu.cn", _feishu),
    WHATSAPP: Plugin("whatsapp", "NotifyWhatsApp", "graph.facebook.com", _whatsapp),
    SMS: Plugin("twilio", "NotifyTwilio", "api.twilio.com", _sms),
}
"""All that there is of Apprise here."""


def loaded(plugin: Plugin, place: OnePlace) -> Kind:
    """What makes the plugin's objects, in a copy of its module that nobody else knows, whose `requests` is `place`."""
    _hush()
    spec = find_spec(f"apprise.plugins.{plugin.module}")
    if spec is None or spec.loader is None:
        raise ImportError(f"Apprise has no plugin {plugin.module}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module)["requests"] = place
    return partial(getattr(module, plugin.name), asset=_asset())


def _asset() -> Any:
    """What Apprise says of itself, as ours; and nothing is kept in files."""
    from apprise import AppriseAsset, PersistentStoreMode

    return AppriseAsset(app_id="Khunjerab", app_desc="Khunjerab", storage_mode=PersistentStoreMode.MEMORY)


def _hush() -> None:
    """Apprise's log names tokens, telephone numbers and texts."""
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
