"""What notify's processes need to know about webhooks. Each field is an environment variable, in capitals."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from pydantic import Field, field_validator

from chassis.seals import SealKeys, keys_in
from chassis.settings import ServiceSettings
from services.notify.adapters.webhook_lanes import LEASE_SECONDS
from services.notify.chat_settings import ChatAccountSettings, ChatSettings
from services.notify.settings import LinkSettings, MailSettings


class WebhookSettings(ServiceSettings):
    """What registers webhooks needs, and what queues events for them."""

    khunjerab_webhook_keys: SealKeys = Field(
        description="Fernet keys, with commas between them: the first seals secrets, each of them opens"
    )
    webhook_allowed_networks: str = Field(
        default="", description="networks that webhooks may reach though they are not public: 10.20.0.0/16, fd12::/32"
    )

    @property
    def webhook_keys(self) -> list[str]:
        return keys_in(self.khunjerab_webhook_keys)

    @property
    def allowed_networks(self) -> list[IPv4Network | IPv6Network]:
        return _networks(self.webhook_allowed_networks)

    @field_validator("webhook_allowed_networks")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        try:
            _networks(text)
        except ValueError:
            raise ValueError("networks with commas between them are needed, like 10.20.0.0/16") from None
        return text


class AskedSettings(WebhookSettings, LinkSettings, ChatSettings):
    """What answers calls and takes events needs."""


class WorkerSettings(MailSettings, ChatAccountSettings, AskedSettings):
    """What the worker needs, which sends mails, texts and events."""

    webhook_ca_file: str = Field(
        default="", description="a PEM file with authorities that are believed beside those that the system knows"
    )
    webhook_lease_seconds: float = Field(
        default=LEASE_SECONDS, gt=0, description="how long one worker's turn at a webhook keeps others away"
    )

    @field_validator("webhook_ca_file")
    @classmethod
    def _is_a_file(cls, path: str) -> str:
        if path and not Path(path).is_file():
            raise ValueError("no such file")
        return path


def _networks(text: str) -> list[IPv4Network | IPv6Network]:
    return [ip_network(each.strip()) for each in text.split(",") if each.strip()]
