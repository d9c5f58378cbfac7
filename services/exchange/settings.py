"""What the exchange's processes need to know to run, beside what every process needs."""

import re
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from chassis.settings import ServiceSettings

_ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}")
_KEY = re.compile("[A-Za-z0-9_-]{43}=")


class ExchangeSettings(ServiceSettings):
    """Each field is an environment variable of the same name, in capitals."""

    khunjerab_passport_keys: SecretStr = Field(
        description="Fernet keys, with commas between them: the first seals passports and letters, each of them opens"
    )
    web_url: str = Field(description="where people reach the pages: what a letter names for its check")
    calendar_address: str = Field(
        default="", description="where replies of calendar programs go; without it calendar@ and the host of WEB_URL"
    )

    @property
    def passport_keys(self) -> list[str]:
        return [key.strip() for key in self.khunjerab_passport_keys.get_secret_value().split(",")]

    @property
    def reply_address(self) -> str:
        return self.calendar_address or f"calendar@{urlsplit(self.web_url).hostname or 'localhost'}"

    @field_validator("calendar_address")
    @classmethod
    def _is_an_address(cls, address: str) -> str:
        if address and not _ADDRESS.fullmatch(address):
            raise ValueError("a mail address is needed, like calendar@khunjerab.example")
        return address

    @field_validator("khunjerab_passport_keys")
    @classmethod
    def _are_keys(cls, keys: SecretStr) -> SecretStr:
        # Stricter than Fernet, which takes the first of two keys with a blank between them and forgets the other.
        if not all(_KEY.fullmatch(key.strip()) for key in keys.get_secret_value().split(",")):
            raise ValueError("each key is 32 bytes in URL-safe base64, as Fernet.generate_key makes them")
        return keys
