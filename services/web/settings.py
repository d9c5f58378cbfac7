"""What web needs to know to run, beside what every process needs."""

from pydantic import Field, SecretStr, field_validator

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
    proxies: int = Field(default=0, ge=0, le=5, description="reverse proxies in front that set X-Forwarded-*")

    @field_validator("fhir_tokens")
    @classmethod
    def _are_clients(cls, setting: str) -> str:
        clients_in(setting)
        return setting

    @property
    def is_https(self) -> bool:
        """Whether people come over TLS: cookies are then bound to it, and browsers told to insist on it."""
        return self.web_url.startswith("https://")
