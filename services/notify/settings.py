"""What notify's processes need to know to run, beside what every process needs."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from chassis.mailbox import MailServer, mail_server
from chassis.settings import ServiceSettings
from services.notify.adapters.bounces import ReturnAddress
from services.notify.adapters.claims import LEASE_SECONDS
from services.notify.adapters.mail_message import sender_of
from services.notify.adapters.smtp_account import IMPLICIT, PLAIN, STARTTLS, SmtpAccount
from services.notify.limit_settings import LimitSettings

HERE = ("127.0.0.1", "localhost", "::1")


class LinkSettings(ServiceSettings):
    """What makes the links in mails, and opens those by which people say how soon they want them."""

    reply_link_key: SecretStr = Field(
        min_length=32, description="makes the links in mails by which people answer without signing in"
    )

    @property
    def link_key(self) -> str:
        return self.reply_link_key.get_secret_value()


class MailSettings(LinkSettings, LimitSettings):
    """What the worker needs to send mails. Each field is an environment variable of the same name, in capitals."""

    smtp_host: str
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_from: str = Field(description="as it stands in From: Khunjerab <noreply@hospital.example>")
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_starttls: bool = Field(default=False, description="encrypted, or nothing is sent: usual at port 587")
    smtp_tls: bool = Field(
        default=False, validate_default=True, description="encrypted from the first byte on: usual at port 465"
    )
    smtp_ca_file: str = Field(default="", description="authorities for the server's certificate, beside the system's")
    smtp_connections: int = Field(default=2, ge=1, le=20, description="how many mails are handed over at a time")
    smtp_client_name: str = Field(default="", description="what this machine calls itself; without it by its own name")
    smtp_bounces_to: str = Field(default="", description="where what cannot be delivered comes back to: an address")
    smtp_bounces_tagged: bool = Field(default=False, description="bounces+…@ reaches that mailbox: one for each mail")
    bounces_imap_url: SecretStr = Field(
        default=SecretStr(""), description="the mailbox behind it: imaps://user:password@host/INBOX"
    )
    web_url: str = Field(description="where people reach the pages: what links in mails begin with")
    notifications_kept_days: int = Field(default=730, ge=30, description="how long what people were told is kept")
    mail_lease_seconds: float = Field(default=LEASE_SECONDS, gt=0, description="how long one attempt keeps others away")

    @field_validator("smtp_from")
    @classmethod
    def _can_send(cls, text: str) -> str:
        sender_of(text)
        return text

    @field_validator("smtp_bounces_to")
    @classmethod
    def _can_be_sent_to(cls, address: str) -> str:
        if address:
            sender_of(address)
        return address

    @field_validator("bounces_imap_url")
    @classmethod
    def _is_a_mailbox(cls, address: SecretStr, others: ValidationInfo) -> SecretStr:
        if address.get_secret_value():
            mail_server(address.get_secret_value())
            if not others.data.get("smtp_bounces_to"):
                raise ValueError("SMTP_BOUNCES_TO has to say which address leads to it")
        return address

    @field_validator("smtp_ca_file")
    @classmethod
    def _is_there(cls, path: str) -> str:
        if path and not Path(path).is_file():
            raise ValueError("no such file")
        return path

    @field_validator("smtp_tls")
    @classmethod
    def _goes_with_the_others(cls, tls: bool, others: ValidationInfo) -> bool:
        known = others.data
        if tls and known.get("smtp_starttls"):
            raise ValueError("it and SMTP_STARTTLS are two ways to encrypt: choose one")
        encrypted = tls or known.get("smtp_starttls") or known.get("smtp_host") in HERE
        if known.get("smtp_user") and not encrypted:
            raise ValueError("only on this machine a password may travel unencrypted: set it, or SMTP_STARTTLS")
        return tls

    @property
    def patience(self) -> float:
        """Seconds for handing over one mail. The last one of a round is begun a third of a lease after its start: it
        is done before the lease is over, or another worker would take it meanwhile.
        """
        return self.mail_lease_seconds / 2

    @property
    def round_patience(self) -> float:
        """Seconds after which no other of those leased together is begun."""
        return self.mail_lease_seconds / 3

    @property
    def account(self) -> SmtpAccount:
        """The SMTP server to hand mails over to."""
        return SmtpAccount(
            host=self.smtp_host,
            port=self.smtp_port,
            sender=self.smtp_from,
            user=self.smtp_user,
            password=self.smtp_password.get_secret_value(),
            encryption=STARTTLS if self.smtp_starttls else IMPLICIT if self.smtp_tls else PLAIN,
            ca_file=self.smtp_ca_file,
            client_name=self.smtp_client_name,
            returns_to=self.returns_to,
        )

    @property
    def returns_to(self) -> ReturnAddress | None:
        """Where bounces go; to whom mails are from where no other address is named."""
        if not self.smtp_bounces_to:
            return None
        return ReturnAddress(sender_of(self.smtp_bounces_to).addr_spec, self.smtp_bounces_tagged)

    @property
    def bounces(self) -> MailServer | None:
        """The mailbox in which bounces are collected; nowhere where none is named."""
        address = self.bounces_imap_url.get_secret_value()
        return mail_server(address) if address else None

    @property
    def domain(self) -> str:
        """Behind the `@` of each Message-ID."""
        return sender_of(self.smtp_from).domain
