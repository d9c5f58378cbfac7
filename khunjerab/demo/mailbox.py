"""The e-mails as the local mail server received them."""

import mailbox
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path


@dataclass(frozen=True)
class Mail:
    """One received message. `message_id` tells a message sent twice after a crash from two messages."""

    recipient: str
    subject: str
    message_id: str
    parts: frozenset[str]


def received(folder: Path) -> list[Mail]:
    """Every message in a Maildir, each message id once, oldest first."""
    messages = [_parsed(raw) for raw in mailbox.Maildir(folder, factory=None, create=True)]
    return list({mail.message_id: mail for mail in messages}.values())


def _parsed(raw: mailbox.MaildirMessage) -> Mail:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw.as_bytes())
    return Mail(
        recipient=str(message["To"]),
        subject=str(message["Subject"]),
        message_id=str(message["Message-ID"]),
        parts=frozenset(part.get_content_type() for part in message.walk() if not part.is_multipart()),
    )
