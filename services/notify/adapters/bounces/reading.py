"""Bounces read: delivery status notifications (RFC 3464), and what servers write that know none.

Of which mail it tells stands in the address that it came to (`return_address`), else in the Message-ID of what came
back. Nothing of it is kept but the status and the last server's words, short, without addresses.
"""

import re
from collections.abc import Iterator
from email.message import Message

from chassis.mailbox.opening import opened, parts
from services.notify.adapters.bounces.return_address import NOTIFICATION_ID, ReturnAddress
from services.notify.adapters.bounces.statuses import Failure, failure_in_report, failure_in_words
from services.notify.domain.bounce import Bounce
from services.notify.domain.refusals import BounceOfNothing, BounceTooLarge, NotABounce

_CAME_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Failed-Recipients")
MOST_HEADERS, LONGEST_HEADER, LONGEST_TEXT = 20, 2_000, 64 * 1024
_DAEMON = re.compile(r"\b(mailer-daemon|postmaster|mail-daemon|mail delivery (sub)?system)\b", re.IGNORECASE)


class BounceReader:
    """`ReadBounce`. `domain`: that of our Message-IDs."""

    def __init__(self, returns_to: ReturnAddress, domain: str) -> None:
        self._returns_to = returns_to
        self._message_id = re.compile(rf"<({NOTIFICATION_ID})(?:\.[0-9]+)?@{re.escape(domain)}>", re.IGNORECASE)

    def read(self, raw: bytes) -> Bounce | None:
        """The bounce; `None` where a mail is only late, has arrived, or somebody is only out of the office.

        Raises `NotABounce`, `BounceOfNothing`, `BounceTooLarge`.
        """
        message = opened(raw, BounceTooLarge)
        found = list(parts(message, BounceTooLarge))
        report = next((part for part in found if part.get_content_type() == "message/delivery-status"), None)
        failure = failure_in_report(report) if report else self._in_words(message, found)
        if failure is None:
            return None
        notification = self._came_to(message) or self._came_back(found)
        if notification is None:
            raise BounceOfNothing
        return Bounce(notification, failure.status, failure.diagnostic)

    def _in_words(self, message: Message, found: list[Message]) -> Failure | None:
        if _answers_by_itself(message):
            return None
        if not _is_from_a_server(message):
            raise NotABounce
        failure = failure_in_words(_text(found))
        if failure is None:
            raise NotABounce
        return failure

    def _came_to(self, message: Message) -> str | None:
        headers = (header for name in _CAME_TO for header in message.get_all(name, [])[:MOST_HEADERS])
        named = (self._returns_to.named_in(str(header)[:LONGEST_HEADER]) for header in headers)
        return next((each for each in named if each), None)

    def _came_back(self, found: list[Message]) -> str | None:
        """In the headers of what came back, else in what a server wrote about it."""
        written = (*_returned_ids(found), _text(found))
        ids = (self._message_id.search(text) for text in written)
        return next((each[1].lower() for each in ids if each), None)


def _returned_ids(found: list[Message]) -> Iterator[str]:
    for part in found:
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and isinstance(inner[0], Message):
            yield str(inner[0].get("Message-ID", ""))[:LONGEST_HEADER]
        if part.get_content_type() == "text/rfc822-headers":
            yield _decoded(part)


def _text(found: list[Message]) -> str:
    return "\n".join(_decoded(part) for part in found if part.get_content_type() == "text/plain")[:LONGEST_TEXT]


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    # What is looked for is ASCII in every charset that mail servers write.
    return content[:LONGEST_TEXT].decode("ascii", "replace") if isinstance(content, bytes) else ""


def _answers_by_itself(message: Message) -> bool:
    """An automatic reply of a person's program (RFC 3834): it goes to the envelope's sender, too."""
    return str(message.get("Auto-Submitted", "")).strip().lower().startswith("auto-replied")


def _is_from_a_server(message: Message) -> bool:
    """Whoever bounces a mail has no address of their own (RFC 5321, 4.5.5)."""
    return_path = str(message.get("Return-Path", "")).strip()
    return return_path == "<>" or bool(_DAEMON.search(str(message.get("From", ""))[:LONGEST_HEADER]))
