"""The e-mails as the local mail server received them."""

import mailbox
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import Path


@dataclass(frozen=True)
class Mail:
    """One received message. `message_id` tells a message sent twice after a crash from two messages; `thread`: the id
    of what it is about.
    """

    address: str
    subject: str
    message_id: str
    thread: str
    language: str


def received(folder: Path) -> list[Mail]:
    """Every message in a Maildir, each message id once, oldest first."""
    kept = mailbox.Maildir(folder, factory=None, create=True)
    messages = [_parsed(kept[key]) for key in sorted(kept.keys(), key=_moment)]
    return list({mail.message_id: mail for mail in messages}.values())


def _parsed(raw: mailbox.MaildirMessage) -> Mail:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw.as_bytes())
    return Mail(
        address=parseaddr(str(message["To"]))[1],
        subject=str(message["Subject"]).strip(),
        message_id=str(message["Message-ID"]),
        thread=str(message["In-Reply-To"]).strip("<>").partition("@")[0],
        language=str(message["Content-Language"]),
    )


def _moment(key: str) -> tuple[int, int]:
    """When a message came, in seconds and microseconds: a Maildir's file names begin with it."""
    seconds, rest = key.split(".")[:2]
    return int(seconds), int(rest[1:].partition("P")[0])
