"""Mails handed over to an SMTP server. Source: RFC 5321; replies: 4xx passing, 5xx for good.

A refusal of the recipient or of the message is about this mail. A refusal before that (greeting, TLS, sign-in,
sender) is about how this service is set up: then the mail waits, whatever the code says.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage

from services.notify.adapters.mail_message import BadAddress, message_of, sender_of
from services.notify.application.ports import Mail
from services.notify.domain.delivery import LATER, NEVER, TAKEN, Answer

TIMEOUT_SECONDS = 10.0
_ENHANCED = re.compile(r"\d\.\d{1,3}\.\d{1,3}\b")
_LONGEST_DETAIL = 300


@dataclass(frozen=True)
class SmtpAccount:
    """Where and how to hand mails over. `user` empty: no sign-in. `sender` as it stands in `From`."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    starttls: bool = False


class SmtpPostman:
    """`Postman` over SMTP: one connection from the first `send` to `hang_up`."""

    def __init__(self, account: SmtpAccount, timeout: float = TIMEOUT_SECONDS) -> None:
        self._account, self._timeout = account, timeout
        self._sender = sender_of(account.sender)
        self._server: smtplib.SMTP | None = None

    def send(self, mail: Mail) -> Answer:
        try:
            message = message_of(mail, self._sender)
        except BadAddress:
            return Answer(NEVER, reason="bad-address")
        began_before = self._server is not None
        answer = self._handed_over(message)
        if began_before and answer.server_away:
            # Servers end long conversations: that says nothing about whether another can be begun.
            answer = self._handed_over(message)
        return answer

    def hang_up(self) -> None:
        server, self._server = self._server, None
        if server:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _handed_over(self, message: EmailMessage) -> Answer:
        try:
            self._server = self._server or self._connected()
            self._server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            answer = _answer_to(error)
            if answer.server_away:
                self.hang_up()
            return answer
        return Answer(TAKEN)

    def _connected(self) -> smtplib.SMTP:
        server = smtplib.SMTP(self._account.host, self._account.port, timeout=self._timeout)
        try:
            if self._account.starttls:
                server.starttls(context=ssl.create_default_context())
            if self._account.user:
                server.login(self._account.user, self._account.password)
        except BaseException:
            server.close()
            raise
        return server


def _answer_to(error: Exception) -> Answer:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _judged(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPDataError):
        return _judged(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        # An address may need SMTPUTF8, which is about this mail; STARTTLS and sign-in are about all.
        if "SMTPUTF8" in str(error):
            return Answer(NEVER, reason="address-not-supported", detail=str(error))
        return Answer(LATER, reason="not-supported", detail=str(error), server_away=True)
    if isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, _text(error.smtp_error)
        return Answer(LATER, reason=_reason(code, text), detail=text, server_away=True)
    return Answer(LATER, reason=type(error).__name__, detail=str(error)[:_LONGEST_DETAIL], server_away=True)


def _judged(code: int, said: bytes | str) -> Answer:
    text = _text(said)
    verdict = NEVER if 500 <= code < 600 else LATER
    return Answer(verdict, reason=_reason(code, text), detail=text, server_away=code == 421)


def _reason(code: int, text: str) -> str:
    enhanced = _ENHANCED.search(text)
    return f"smtp {code} {enhanced.group()}" if enhanced else f"smtp {code}"


def _text(said: bytes | str) -> str:
    return (said.decode(errors="replace") if isinstance(said, bytes) else said)[:_LONGEST_DETAIL]
