"""What the exchange's processes need to know to run, beside what every process needs."""

import re
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from chassis.mailbox import MailServer, mail_server
from chassis.seals import SealKeys, keys_in
from chassis.settings import ServiceSettings

_ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}")


class ExchangeSettings(ServiceSettings):
    """Each field is an environment variable of the same name, in capitals."""

    khunjerab_passport_keys: SealKeys = Field(
        description="Fernet keys, with commas between them: the first seals passports and letters, each of them opens"
    )
    web_url: str = Field(description="where people reach the pages: what a letter names for its check")
    calendar_address: str = Field(
        default="", description="where replies of calendar programs go; without it calendar@ and the host of WEB_URL"
    )
    imap_url: SecretStr = Field(
        default=SecretStr(""), description="the mailbox behind calendar_address: imaps://user:password@host/INBOX"
    )

    @property
    def passport_keys(self) -> list[str]:
        return keys_in(self.khunjerab_passport_keys)

    @property
    def reply_address(self) -> str:
        return self.calendar_address or f"calendar@{urlsplit(self.web_url).hostname or 'localhost'}"

    @field_validator("calendar_address")
    @classmethod
    def _is_an_address(cls, address: str) -> str:
        if address and not _ADDRESS.fullmatch(address):
            raise ValueError("a mail address is needed, like calendar@khunjerab.example")
        return address

    @property
    def mailbox(self) -> MailServer | None:
        """Where replies are collected; nowhere where none is named."""
        address = self.imap_url.get_secret_value()
        return mail_server(address) if address else None

    @field_validator("imap_url")
    @classmethod
    def _is_a_mailbox(cls, address: SecretStr) -> SecretStr:
        if address.get_secret_value():
            mail_server(address.get_secret_value())
        return address
