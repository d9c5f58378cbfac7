"""Mails handed over to an SMTP server (RFC 5321)."""

import smtplib
from contextlib import suppress
from email.message import EmailMessage

from services.notify.adapters.mail_message import BadAddress, message_of, sender_of
from services.notify.adapters.smtp_account import SmtpAccount, conversation_with
from services.notify.adapters.smtp_answers import answer_to
from services.notify.adapters.smtp_patience import Patience
from services.notify.application.ports import Mail
from services.notify.domain.delivery import NEVER, TAKEN, Answer

TIMEOUT_SECONDS = 10.0
"""For each answer of the server."""
PATIENCE_SECONDS = 15.0
"""For one mail. Shorter than a lease (`claims`), or another worker would take a mail that is under way."""


class SmtpPostman:
    """`Postman` over SMTP: one connection from the first `send` to `hang_up`."""

    def __init__(
        self, account: SmtpAccount, timeout: float = TIMEOUT_SECONDS, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._account, self._patience = account, Patience(timeout, patience)
        self._sender = sender_of(account.sender)
        self._server: smtplib.SMTP | None = None

    def send(self, mail: Mail) -> Answer:
        try:
            message = message_of(mail, self._sender)
        except BadAddress:
            return Answer(NEVER, reason="bad-address")
        began_before = self._server is not None
        self._patience.begin_anew()
        returns_to = self._returns_to(mail)
        answer = self._handed_over(message, returns_to)
        if began_before and answer.server_away:
            # Servers end long conversations: that says nothing about whether another can be begun.
            answer = self._handed_over(message, returns_to)
        return answer

    def hang_up(self) -> None:
        if self._server:
            self._patience.begin_anew()
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
        self._drop()

    def _drop(self) -> None:
        """Without a word: who does not answer would not answer to a goodbye either."""
        server, self._server = self._server, None
        if server:
            server.close()

    def _returns_to(self, mail: Mail) -> str:
        address = self._account.returns_to
        return address.of(mail.id) if address else self._sender.addr_spec

    def _handed_over(self, message: EmailMessage, returns_to: str) -> Answer:
        try:
            self._server = self._server or conversation_with(self._account, self._patience)
            to = [each.addr_spec for each in message["To"].addresses]
            self._server.send_message(message, from_addr=returns_to, to_addrs=to)
        except (smtplib.SMTPException, OSError) as error:
            answer = answer_to(error)
            if answer.server_away:
                self._drop()
            return answer
        return Answer(TAKEN)
