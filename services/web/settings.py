"""What web needs to know to run, beside what every process needs."""

from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from chassis.settings import ServiceSettings
from services.web.fhir.clients import clients_in


class WebSettings(ServiceSettings):
    """Each field is an environment variable of the same name, in capitals; a missing one fails at start by name."""

    secret_key: SecretStr = Field(min_length=32, description="signs cookies and CSRF tokens")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    web_url: str = Field(default="http://127.0.0.1:8000", description="where people reach the pages")
    threads: int = Field(default=8, ge=1, le=64)
    fhir_tokens: str = Field(
        default="", description="which systems may read the diary: name@site+site:SHA-256 of its token, with commas"
    )
    oai_repository: str = Field(
        default="",
        pattern=r"^([a-zA-Z0-9][a-zA-Z0-9-]*(\.[a-zA-Z0-9][a-zA-Z0-9-]*)+)?$",
        description="the host by whose name catalogues know what is public; none turns harvesting off",
    )
    oai_admin_email: str = Field(
        default="", pattern=r"^([^@\s<>]{1,64}@[A-Za-z0-9.-]{1,190})?$", description="whom catalogues write to"
    )
    proxies: int = Field(default=0, ge=0, le=5, description="reverse proxies in front that set X-Forwarded-*")

    @field_validator("fhir_tokens")
    @classmethod
    def _are_clients(cls, setting: str) -> str:
        clients_in(setting)
        return setting

    @model_validator(mode="after")
    def _somebody_is_written_to(self) -> Self:
        if self.oai_repository and not self.oai_admin_email:
            raise ValueError("OAI_REPOSITORY needs OAI_ADMIN_EMAIL beside it")
        return self

    @property
    def is_https(self) -> bool:
        """Whether people come over TLS: cookies are then bound to it, and browsers told to insist on it."""
        return self.web_url.startswith("https://")
