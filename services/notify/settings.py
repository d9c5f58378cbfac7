"""What notify's processes need to know to run, beside what every process needs."""

from pydantic import Field, SecretStr, field_validator

from chassis.settings import ServiceSettings
from services.notify.adapters.mail_message import sender_of
from services.notify.adapters.notification_store import LEASE_SECONDS
from services.notify.adapters.smtp_postman import SmtpAccount


class MailSettings(ServiceSettings):
    """What the worker needs to send mails. Each field is an environment variable of the same name, in capitals."""

    smtp_host: str
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_from: str = Field(description="as it stands in From: Khunjerab <noreply@hospital.example>")
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = False
    web_url: str = Field(description="where people reach the pages: what links in mails begin with")
    mail_lease_seconds: float = Field(default=LEASE_SECONDS, gt=0, description="how long one attempt keeps others away")

    @field_validator("smtp_from")
    @classmethod
    def _can_send(cls, text: str) -> str:
        sender_of(text)
        return text

    @property
    def account(self) -> SmtpAccount:
        """The SMTP server to hand mails over to."""
        return SmtpAccount(
            host=self.smtp_host,
            port=self.smtp_port,
            sender=self.smtp_from,
            user=self.smtp_user,
            password=self.smtp_password.get_secret_value(),
            starttls=self.smtp_starttls,
        )
