# ruff: noqa: ARG002, N802 - names and arguments of handlers are aiosmtpd's
"""A real SMTP server on loopback that also refuses, drops and asks for sign-in, as it is told to."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from khunjerab.stack.ports import free_port

OK = "250 taken"
DROP, LOSE = "drop the connection", "take it, and drop the connection before saying so"
USER, PASSWORD = "notify", "an excellent secret"


@dataclass
class MailServer:
    """What it took is in `taken`, and from whom in `senders`.

    `to_sender`, `to_recipient` and `to_message` are its next answers; then it takes everything.
    """

    port: int = field(default_factory=lambda: free_port(set()))
    to_sender: list[str] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)
    to_message: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    clients: list[str] = field(default_factory=list)
    slow_by: float = 0.0
    connections: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        self.clients.append(hostname)
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.to_sender.pop(0) if self.to_sender else OK
        if answer == OK:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.to_recipient.pop(0) if self.to_recipient else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.slow_by)
        answer = self.to_message.pop(0) if self.to_message else OK
        if answer in (DROP, LOSE):
            assert server.transport
            server.transport.close()
        if answer in (OK, LOSE):
            message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
            self.senders.append(envelope.mail_from or "")
        return answer if answer not in (DROP, LOSE) else "451 gone"

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.taken]

    @contextmanager
    def running(self, **options: Any) -> Iterator["MailServer"]:
        """Answers on its port while the body runs. `options` are aiosmtpd's."""
        controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()


def only_signed_in(tls: ssl.SSLContext) -> dict[str, Any]:
    """Options of a server that takes mail only after STARTTLS and the sign-in of `USER`."""

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    return {"tls_context": tls, "require_starttls": True, "authenticator": authenticate, "auth_required": True}
