"""What the exchange's processes need to know to run, beside what every process needs."""

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, field_validator

from chassis.settings import ServiceSettings


class ExchangeSettings(ServiceSettings):
    """Each field is an environment variable of the same name, in capitals."""

    khunjerab_passport_keys: SecretStr = Field(
        description="Fernet keys, with commas between them: the first seals passports and letters, each of them opens"
    )
    web_url: str = Field(description="where people reach the pages: what a letter names for its check")

    @property
    def passport_keys(self) -> list[str]:
        return [key.strip() for key in self.khunjerab_passport_keys.get_secret_value().split(",")]

    @field_validator("khunjerab_passport_keys")
    @classmethod
    def _are_keys(cls, keys: SecretStr) -> SecretStr:
        for key in keys.get_secret_value().split(","):
            try:
                Fernet(key.strip())
            except ValueError:
                raise ValueError("each key is 32 bytes in URL-safe base64, as Fernet.generate_key makes them") from None
        return keys
